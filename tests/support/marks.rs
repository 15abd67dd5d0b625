//! Annotating in tests: where remarks and changes are put, and the XML without them, which must be as it was.

use std::sync::LazyLock;

use hegao::Span;
use hegao::document::Document;
use hegao::finding::Edit;
use hegao::ooxml::{Comment, Line, Package, Pieces, Stamp, Tone, read_document};
use hegao::reader::Limits;
use regex::Regex;

/// Who annotates in tests.
pub fn stamp() -> Stamp {
    Stamp { author: "核稿".into(), initials: "核".into(), date: "2026-11-25T09:00:00Z".into() }
}

/// Whether `annotated` is `original` with marks of comments put in, runs divided around them, and nothing else. Each group of marks is
/// undone in both ways it can have come about: between two runs, or in a division of one.
pub fn differs_by_marks_alone(annotated: &str, original: &str) -> bool {
    static MARKS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:<w:commentRange(?:Start|End) w:id="\d+"/>(?:<w:r><w:commentReference w:id="\d+"/></w:r>)?)+"#).unwrap()
    });
    static CLOSED: [LazyLock<Regex>; 3] = [
        LazyLock::new(|| Regex::new(r#"</w:t><w:t xml:space="preserve">( +)</w:t></w:r>$"#).unwrap()),
        LazyLock::new(|| Regex::new("</w:t></w:r>()$").unwrap()),
        LazyLock::new(|| Regex::new("</w:r>()$").unwrap()),
    ];
    static OPENED: [LazyLock<Regex>; 3] = [
        LazyLock::new(|| Regex::new(r#"^<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t xml:space="preserve">( +)</w:t><w:t>"#).unwrap()),
        LazyLock::new(|| Regex::new("^<w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t(?: [^>]*)?>()").unwrap()),
        LazyLock::new(|| Regex::new("^<w:r>(?:<w:rPr>.*?</w:rPr>)?()").unwrap()),
    ];
    let Some(marks) = MARKS.find(annotated) else { return annotated == original };
    let (before, after) = (&annotated[..marks.start()], &annotated[marks.end()..]);
    if original.strip_prefix(before).is_some_and(|rest| differs_by_marks_alone(after, rest)) {
        return true;
    }
    CLOSED.iter().filter_map(|closed| closed.captures(before)).any(|closed| {
        let before = format!("{}{}", &before[..closed.get(0).unwrap().start()], &closed[1]);
        original.strip_prefix(&before).is_some_and(|rest| {
            OPENED.iter().filter_map(|opened| opened.captures(after)).any(|opened| {
                let after = format!("{}{}", &opened[1], &after[opened.get(0).unwrap().end()..]);
                differs_by_marks_alone(&after, rest)
            })
        })
    })
}

/// The XML with our tracked changes rejected.
pub fn rejected(xml: &str) -> String {
    // What somebody else inserted or moved was closed for ours and opened again.
    static INSERTED: LazyLock<Regex> = LazyLock::new(|| {
        let ours = r#"<w:ins w:id="\d+" w:author="核稿"[^>]*>.*?</w:ins>"#;
        Regex::new(&format!("(?s)</w:ins>{ours}<w:ins [^>]*>|</w:moveTo>{ours}<w:moveTo [^>]*>|{ours}")).unwrap()
    });
    static DELETED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"(?s)<w:del w:id="\d+" w:author="核稿"[^>]*>(.*?)</w:del>"#).unwrap());
    let kept = INSERTED.replace_all(xml, "");
    DELETED.replace_all(&kept, |found: &regex::Captures| found[1].replace("delText", "t")).into_owned()
}

/// The text without the lines that an edit emptied: an empty paragraph is none.
pub fn lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// A comment on a span.
pub fn comment(span: Span, document: &Document) -> Comment {
    let n = document.blocks.partition_point(|block| block.span.end <= span.start);
    Comment { span, block: document.blocks[n].span, lines: vec![Line { text: "建议改为：<甲>".into(), tone: Tone::Strong }] }
}

/// A .docx as it is read, and where its text stands.
pub fn open(bytes: &[u8]) -> (Document, Pieces) {
    read_document("稿.docx", &Package::open(bytes, &Limits::default()).unwrap()).unwrap()
}

/// A part as text; empty where there is none.
pub fn part(bytes: &[u8], name: &str) -> String {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    package.part(name).unwrap().map(|part| String::from_utf8(part).unwrap()).unwrap_or_default()
}

/// Spans of at least one character inside blocks, by random numbers.
pub fn spans(document: &Document, picks: &[(u16, u16, u8)]) -> Vec<Span> {
    let text = document.text.as_str();
    picks
        .iter()
        .map(|&(block, from, length)| {
            let block = document.blocks[block as usize % document.blocks.len()].span;
            let ends: Vec<usize> = block.of(text).char_indices().map(|(at, c)| block.start as usize + at + c.len_utf8()).collect();
            let first = from as usize % ends.len();
            let last = (first + length as usize % 6).min(ends.len() - 1);
            Span::new(if first == 0 { block.start as usize } else { ends[first - 1] }, ends[last])
        })
        .collect()
}

/// Edits at these spans, those left out that touch an earlier one.
pub fn edits(pieces: &Pieces, mut spans: Vec<Span>) -> Vec<Edit> {
    spans.sort_unstable();
    let mut edits: Vec<Edit> = Vec::new();
    for (n, span) in spans.into_iter().enumerate() {
        let span = if n % 4 == 3 { Span { end: span.start, ..span } } else { span };
        if edits.last().is_none_or(|last| last.span.end < span.start) && pieces.hold(span) {
            edits.push(Edit { span, text: ["新", "", "改成<的>话"][n % 3].to_owned() });
        }
    }
    edits.retain(|edit| !edit.span.is_empty() || !edit.text.is_empty());
    edits
}
