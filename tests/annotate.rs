//! Remarks and tracked changes on a .docx: what was there stays byte for byte, and what is added says what it should.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

mod support;

use std::sync::LazyLock;

use hegao::Span;
use hegao::document::Document;
use hegao::finding::{Edit, applied};
use hegao::ooxml::{Comment, Line, Package, Pieces, Stamp, Tone, annotate, read_document, revise};
use hegao::reader::Limits;
use proptest::prelude::*;
use regex::Regex;
use support::{Docx, p, zip};

fn stamp() -> Stamp {
    Stamp { author: "核稿".into(), initials: "核".into(), date: "2026-11-25T09:00:00Z".into() }
}

fn comment(span: Span, document: &Document) -> Comment {
    let n = document.blocks.partition_point(|block| block.span.end <= span.start);
    Comment { span, block: document.blocks[n].span, lines: vec![Line { text: "建议改为：<甲>".into(), tone: Tone::Strong }] }
}

fn open(bytes: &[u8]) -> (Document, Pieces) {
    read_document("稿.docx", &Package::open(bytes, &Limits::default()).unwrap()).unwrap()
}

fn part(bytes: &[u8], name: &str) -> String {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    package.part(name).unwrap().map(|part| String::from_utf8(part).unwrap()).unwrap_or_default()
}

fn annotated(bytes: &[u8], comments: &[Comment], edits: &[Edit]) -> Vec<u8> {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let (_, pieces) = read_document("稿.docx", &package).unwrap();
    annotate(&package, &pieces, comments, edits, &stamp()).unwrap()
}

fn revised(bytes: &[u8], edits: &[Edit]) -> String {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let (_, pieces) = read_document("稿.docx", &package).unwrap();
    open(&revise(&package, &pieces, edits).unwrap()).0.text.as_str().to_owned()
}

/// Whether `annotated` is `original` with marks of comments put in, runs divided around them, and nothing else. Each group of marks is
/// undone in both ways it can have come about: between two runs, or in a division of one.
fn differs_by_marks_alone(annotated: &str, original: &str) -> bool {
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

/// The words comment `id` is anchored on, as the final view shows them.
fn anchored(xml: &str, id: u32) -> String {
    let (_, rest) = xml.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).unwrap();
    let (inside, _) = rest.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap();
    let unseen = Regex::new("<w:del .*?</w:del>|<mc:AlternateContent>.*?</mc:AlternateContent>").unwrap();
    let shown = Regex::new(r"<w:t(?: [^>]*)?>(.*?)</w:t>|<w:(tab|br)/>").unwrap();
    let inside = unseen.replace_all(inside, "");
    // A range may begin or end inside a run.
    let signs = |found: regex::Captures| match found.get(2).map(|sign| sign.as_str()) {
        Some("tab") => "\t".to_owned(),
        Some(_) => "\n".to_owned(),
        None => found[1].replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"),
    };
    shown.captures_iter(&inside).map(signs).collect()
}

/// The XML with our tracked changes rejected.
fn rejected(xml: &str) -> String {
    // Somebody else's insertion was closed for ours and opened again.
    let ours = r#"<w:ins w:id="\d+" w:author="核稿"[^>]*>.*?</w:ins>"#;
    let inserted = Regex::new(&format!("</w:ins>{ours}<w:ins [^>]*>|{ours}")).unwrap();
    let deleted = Regex::new(r#"<w:del w:id="\d+" w:author="核稿"[^>]*>(.*?)</w:del>"#).unwrap();
    let kept = inserted.replace_all(xml, "");
    deleted.replace_all(&kept, |found: &regex::Captures| found[1].replace("delText", "t")).into_owned()
}

/// A stretch of text of one run.
fn run_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[四个意识自信会议精神近余次]{1,6}",
        2 => "[a-c ]{1,4}",
        1 => Just("&amp;".to_owned()),
        1 => Just("&lt;".to_owned()),
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn run() -> impl Strategy<Value = String> {
    let properties = prop_oneof![Just(""), Just("<w:rPr><w:b/></w:rPr>"), Just("<w:rPr><w:sz w:val=\"32\"/></w:rPr>")];
    let content = (run_text(), any::<bool>())
        .prop_map(|(text, keeps)| if keeps { format!("<w:t xml:space=\"preserve\">{text}</w:t>") } else { format!("<w:t>{text}</w:t>") });
    let child = prop_oneof![8 => content, 1 => Just("<w:tab/>".to_owned()), 1 => Just("<w:br/>".to_owned())];
    (properties, prop::collection::vec(child, 1..4))
        .prop_map(|(properties, children)| format!("<w:r>{properties}{}</w:r>", children.concat()))
}

/// A paragraph: runs, some in a link, some inserted by somebody else, some in a text box that stands there twice.
fn paragraph() -> impl Strategy<Value = String> {
    let some = prop_oneof![
        6 => run(),
        1 => run().prop_map(|run| format!("<w:hyperlink r:id=\"x\">{run}</w:hyperlink>")),
        1 => run().prop_map(|run| format!("<w:ins w:id=\"7\" w:author=\"张三\">{run}</w:ins>")),
        1 => run().prop_map(|_| "<w:del w:id=\"8\" w:author=\"张三\"><w:r><w:delText>旧</w:delText></w:r></w:del>".to_owned()),
        1 => run().prop_map(|run| {
            let content = format!("<w:txbxContent><w:p>{run}</w:p></w:txbxContent>");
            format!("<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>")
        }),
    ];
    prop::collection::vec(some, 1..5).prop_map(|runs| format!("<w:p>{}</w:p>", runs.concat()))
}

fn body() -> impl Strategy<Value = String> {
    prop::collection::vec(paragraph(), 1..5).prop_map(|paragraphs| {
        let (table, body) = paragraphs.split_at(1);
        format!("{}<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>{}", p("甲"), table.concat(), body.concat())
    })
}

/// The text without the lines that an edit emptied: an empty paragraph is none.
fn lines(text: &str) -> String {
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// Spans of at least one character inside blocks, by random numbers.
fn spans(document: &Document, picks: &[(u16, u16, u8)]) -> Vec<Span> {
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
fn edits(pieces: &Pieces, mut spans: Vec<Span>) -> Vec<Edit> {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_the_comments_the_original_is_left(body in body(), picks in prop::collection::vec(any::<(u16, u16, u8)>(), 0..8)) {
        let bytes = Docx::body(body).bytes();
        let (document, pieces) = open(&bytes);
        let spans = spans(&document, &picks);
        let comments: Vec<Comment> = spans.iter().map(|&span| comment(span, &document)).collect();
        let result = annotated(&bytes, &comments, &[]);
        let (xml, original) = (part(&result, "word/document.xml"), part(&bytes, "word/document.xml"));
        prop_assert!(differs_by_marks_alone(&xml, &original), "{}\n{}", xml, original);
        let (after, _) = open(&result);
        prop_assert_eq!(after.text.as_str(), document.text.as_str());
        let written = part(&result, "word/comments.xml");
        let ids = Regex::new("<w:comment [^>]*w:id=\"(\\d+)\"").unwrap();
        let ids: Vec<u32> = ids.captures_iter(&written).map(|found| found[1].parse().unwrap()).collect();
        prop_assert_eq!(ids.len(), comments.len());
        for (id, span) in ids.into_iter().zip(spans) {
            let is_open = pieces.within(span).iter().all(|piece| pieces.run(piece).unwrap().host.is_none());
            if is_open {
                let words = span.of(document.text.as_str());
                prop_assert_eq!(anchored(&xml, id).replace(' ', ""), words.replace(' ', ""));
            }
        }
    }

    #[test]
    fn accepting_gives_the_corrected_text_and_rejecting_the_original(body in body(), picks in prop::collection::vec(any::<(u16, u16, u8)>(), 0..8)) {
        let bytes = Docx::body(body).bytes();
        let (document, pieces) = open(&bytes);
        let text = document.text.as_str();
        let edits = edits(&pieces, spans(&document, &picks));
        let comments: Vec<Comment> = spans(&document, &picks).iter().map(|&span| comment(span, &document)).collect();
        let result = annotated(&bytes, &comments, &edits);
        let expected = lines(&applied(&edits, text, Span::new(0, text.len())));
        prop_assert_eq!(&lines(&revised(&bytes, &edits)), &expected);
        // What is read of a document is its final view.
        let (accepted, _) = open(&result);
        prop_assert_eq!(&lines(accepted.text.as_str()), &expected);
        let rejected = rejected(&part(&result, "word/document.xml"));
        let files: Vec<(String, String)> = ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"]
            .iter().map(|name| ((*name).to_owned(), part(&bytes, name))).chain([("word/document.xml".to_owned(), rejected)]).collect();
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, data)| (name.as_str(), data.as_bytes())).collect();
        let after = open(&zip(&files)).0;
        prop_assert_eq!(after.text.as_str(), text);
    }
}
