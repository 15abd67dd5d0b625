//! What holds for every document and every report, whatever the file: positions on character boundaries, in order, and the way back from
//! each of them.

use hegao::checker::Report;
use hegao::document::Document;
use hegao::span::Span;
use hegao::text::Folded;

/// Asserts that a document is whole.
pub fn document(document: &Document) {
    let text = document.text.as_str();
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && !block.span.is_empty(), "blocks in order, none empty: {block:?} after {end}");
        assert!(is_span(block.span, text) && text.is_char_boundary((block.span.start + block.label) as usize), "{block:?}");
        assert!(block.label as usize <= block.span.len(), "{block:?}");
        let place = document.text.position(block.span.start);
        let line = document.text.line(place.line).expect("a line");
        let before: String = text[line.start as usize..].chars().take(place.column as usize - 1).collect();
        assert_eq!(line.start as usize + before.len(), block.span.start as usize, "line and column lead back");
        document.shown(block);
        end = block.span.end;
    }
    let mut end = 0;
    for mark in &document.markup {
        assert!(mark.span.start >= end && is_span(mark.span, text), "markup in order: {mark:?} after {end}");
        end = mark.span.end;
    }
    assert!(document.remarks.iter().all(|remark| is_span(remark.span, text)), "{:?}", document.remarks);
    folded(document);
}

/// Asserts that each folded character leads back to its own bytes.
fn folded(document: &Document) {
    let text = document.text.as_str();
    let mut view = Folded::default();
    view.refill_without(text, document.blocks.iter().map(|block| block.span), &document.markup);
    let mut end = 0;
    for n in (0..view.chars().len()).filter(|&n| view.chars()[n] != '\n') {
        let span = view.span(text, n, n + 1);
        assert!(span.start >= end && is_span(span, text) && !span.is_empty(), "folded character {n}: {span:?} after {end}");
        assert_eq!(view.index(span.start), n);
        end = span.end;
    }
}

/// Asserts that findings stand in the text, in order, with fixes inside them.
pub fn report(document: &Document, report: &Report) {
    let text = document.text.as_str();
    assert!(report.findings.is_sorted_by_key(|finding| (finding.span.start, finding.span.end)));
    for finding in &report.findings {
        assert!(is_span(finding.span, text) && (0.0..=1.0).contains(&finding.confidence), "{finding:?}");
        for fix in &finding.fixes {
            let mut end = finding.span.start;
            for edit in &fix.edits {
                assert!(is_span(edit.span, text) && edit.span.start >= end && edit.span.end <= finding.span.end, "{finding:?}");
                end = edit.span.end;
            }
        }
        finding.suggestions(text);
    }
    assert!(report.placeholders.iter().all(|blank| is_span(blank.span, text)), "{:?}", report.placeholders);
    for section in report.outline.sections() {
        assert!(is_span(section.title, text), "{section:?}");
    }
}

fn is_span(span: Span, text: &str) -> bool {
    span.start <= span.end && text.is_char_boundary(span.start as usize) && text.is_char_boundary(span.end as usize)
}
