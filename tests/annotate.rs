//! Remarks and tracked changes on a .docx: what was there stays byte for byte, and what is added says what it should.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

mod support;

use hegao::Span;
use hegao::finding::{Edit, applied};
use hegao::ooxml::{Comment, Package, annotate, read_document, revise};
use hegao::reader::Limits;
use proptest::prelude::*;
use regex::Regex;
use support::marks::{comment, differs_by_marks_alone, edits, lines, open, part, rejected, spans, stamp};
use support::{Docx, p, zip};

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
