//! Remarks and tracked changes on a .docx: what was there stays byte for byte, and what is added says what it should.

#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use hegao::Span;
use hegao::document::{BlockKind, Document};
use hegao::finding::{Edit, applied};
use hegao::ooxml::{Annotated, Comment, Look, Package, annotate, compose, read_document, revise, withdraw};
use hegao::reader::{Limits, read};
use proptest::prelude::*;
use regex::Regex;
use support::marks::{comment, differs_by_marks_alone, edits, lines, open, part, rejected, spans, stamp};
use support::{Docx, p, zip};

fn marked(bytes: &[u8], comments: &[Comment], edits: &[Edit]) -> Annotated {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let (_, pieces) = read_document("稿.docx", &package).unwrap();
    annotate(&package, &pieces, comments, edits, &stamp()).unwrap()
}

fn annotated(bytes: &[u8], comments: &[Comment], edits: &[Edit]) -> Vec<u8> {
    marked(bytes, comments, edits).bytes
}

/// The package with each part changed.
fn rewritten(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let package = Package::open(bytes, &Limits::default()).unwrap();
    let parts: Vec<(&str, String)> =
        package.entries().iter().map(|entry| (entry.name.as_str(), change(&entry.name, part(bytes, &entry.name)))).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, data)| (*name, data.as_bytes())).collect();
    zip(&parts)
}

/// A comment on each place `words` stand.
fn on_each(words: &str, document: &Document) -> Vec<Comment> {
    let places = document.text.as_str().match_indices(words);
    places.map(|(at, _)| comment(Span::new(at, at + words.len()), document)).collect()
}

/// 布 for 部 at each place.
fn corrections(document: &Document) -> Vec<Edit> {
    let places = document.text.as_str().match_indices("布署");
    places.map(|(at, _)| Edit { span: Span::new(at, at + "布".len()), text: "部".into() }).collect()
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
    let unseen = Regex::new("(?s)<w:del .*?</w:del>|<mc:AlternateContent>.*?</mc:AlternateContent>").unwrap();
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

/// The file without our comments.
fn withdrawn(bytes: &[u8]) -> Option<Vec<u8>> {
    withdraw(&Package::open(bytes, &Limits::default()).unwrap(), &stamp().author).unwrap()
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

/// A run, on one line or set for reading.
fn run() -> impl Strategy<Value = String> {
    let properties = prop_oneof![Just(""), Just("<w:rPr><w:b/></w:rPr>"), Just("<w:rPr><w:sz w:val=\"32\"/></w:rPr>")];
    let content = (run_text(), any::<bool>())
        .prop_map(|(text, keeps)| if keeps { format!("<w:t xml:space=\"preserve\">{text}</w:t>") } else { format!("<w:t>{text}</w:t>") });
    let child = prop_oneof![8 => content, 1 => Just("<w:tab/>".to_owned()), 1 => Just("<w:br/>".to_owned())];
    (properties, prop::collection::vec(child, 1..4), prop_oneof![3 => Just(""), 1 => Just("\n  ")])
        .prop_map(|(properties, children, line)| format!("<w:r>{line}{properties}{line}{}{line}</w:r>", children.join(line)))
}

/// A paragraph: runs, some in a link, a field or a control, some inserted or moved by somebody else, some in a text box that stands there twice.
fn paragraph() -> impl Strategy<Value = String> {
    let some = prop_oneof![
        6 => run(),
        1 => run().prop_map(|run| format!("<w:hyperlink r:id=\"x\">{run}</w:hyperlink>")),
        1 => run().prop_map(|run| format!("<w:ins w:id=\"7\" w:author=\"张三\">{run}</w:ins>")),
        1 => run().prop_map(|run| format!("<w:moveTo w:id=\"9\" w:author=\"张三\">{run}</w:moveTo>")),
        1 => run().prop_map(|run| format!("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>")),
        1 => run().prop_map(|run| {
            let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
            format!("{}<w:r><w:instrText> REF a </w:instrText></w:r>{}{run}{}", field("begin"), field("separate"), field("end"))
        }),
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
    fn comments_that_are_withdrawn_leave_nothing_of_themselves(body in body(), picks in prop::collection::vec(any::<(u16, u16, u8)>(), 1..8)) {
        let bytes = Docx::body(body).bytes();
        let (document, _) = open(&bytes);
        let comments: Vec<Comment> = spans(&document, &picks).iter().map(|&span| comment(span, &document)).collect();
        let once = annotated(&bytes, &comments, &[]);
        let without = withdrawn(&once).unwrap();
        prop_assert!(!part(&without, "word/document.xml").contains("<w:comment"));
        prop_assert!(!part(&without, "word/comments.xml").contains("<w:comment "));
        let (after, _) = open(&without);
        prop_assert_eq!(after.text.as_str(), document.text.as_str());
        prop_assert_eq!(after.blocks, document.blocks);
        // Said again, it is said once.
        let twice = annotated(&without, &comments, &[]);
        prop_assert_eq!(part(&twice, "word/comments.xml").matches("<w:comment ").count(), comments.len());
        prop_assert_eq!(withdrawn(&bytes), None);
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

// ---- a draft that went round: tests/data/reviewed.docx, made by `LibreOffice` 7.4 from reviewed.fodt ----

const REVIEWED: &[u8] = include_bytes!("data/reviewed.docx");

fn ids(xml: &str) -> Vec<u32> {
    let ids = Regex::new(r#"<w:(?:comment|ins|del|bookmarkStart) [^>]*?w:id="(\d+)""#).unwrap();
    ids.captures_iter(xml).map(|found| found[1].parse().unwrap()).collect()
}

#[test]
fn comments_and_changes_of_others_stay_as_they_are() {
    let (document, _) = open(REVIEWED);
    let result = annotated(REVIEWED, &on_each("布署", &document), &corrections(&document));
    let names = |bytes: &[u8]| {
        let package = Package::open(bytes, &Limits::default()).unwrap();
        package.entries().iter().map(|entry| entry.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&result), names(REVIEWED));
    let changed: Vec<String> = names(REVIEWED).into_iter().filter(|name| part(&result, name) != part(REVIEWED, name)).collect();
    // The tracked changes reach into the notes and headers; properties, settings, relationships and who settled which comment do not change.
    let text =
        ["word/comments.xml", "word/footnotes.xml", "word/header1.xml", "word/endnotes.xml", "word/header2.xml", "word/document.xml"];
    assert_eq!(changed.iter().map(String::as_str).collect::<BTreeSet<_>>(), text.into());
    let (before, after) = (part(REVIEWED, "word/comments.xml"), part(&result, "word/comments.xml"));
    let ours = after.strip_prefix(before.strip_suffix("</w:comments>").unwrap()).unwrap();
    assert_eq!(ours.matches("<w:comment ").count(), 11);

    let theirs: BTreeSet<u32> = text.iter().flat_map(|name| ids(&part(REVIEWED, name))).collect();
    let own = text.map(|name| part(&result, name)).concat();
    let own: Vec<u32> = Regex::new(r#"<w:(?:comment|ins|del) [^>]*w:author="核稿"[^>]*>"#)
        .unwrap()
        .find_iter(&own)
        .flat_map(|tag| ids(tag.as_str()))
        .collect();
    // A text box stands in the file twice, and so do its changes.
    assert_eq!(own.len(), 11 + 2 * 11 + 2);
    assert_eq!(own.iter().collect::<BTreeSet<_>>().len(), 11 + 2 * 11);
    assert!(own.iter().all(|id| !theirs.contains(id)));
}

#[test]
fn what_we_said_before_is_withdrawn_and_what_others_said_stays() {
    let (document, _) = open(REVIEWED);
    let once = annotated(REVIEWED, &on_each("布署", &document), &[]);
    let without = withdrawn(&once).unwrap();
    assert_eq!(part(&without, "word/comments.xml"), part(REVIEWED, "word/comments.xml"));
    let marks = |bytes: &[u8]| part(bytes, "word/document.xml").matches("<w:comment").count();
    assert!(marks(&once) > marks(REVIEWED));
    assert_eq!(marks(&without), marks(REVIEWED));
    assert_eq!(open(&without).0.text.as_str(), document.text.as_str());
    assert_eq!(withdrawn(REVIEWED), None);
}

/// Word tells in a part of its own who answers whom, by the ids of paragraphs.
#[test]
fn a_comment_that_was_answered_stays() {
    let bytes = Docx::body(format!("{}{}", p("布署工作"), p("再布署工作"))).bytes();
    let once = annotated(&bytes, &on_each("布署", &open(&bytes).0), &[]);
    let saved = rewritten(&once, |name, xml| {
        match name {
        "word/comments.xml" => xml.replacen("<w:p>", "<w:p w14:paraId=\"0A\">", 1),
        "word/_rels/document.xml.rels" => xml.replace(
            "</Relationships>",
            "<Relationship Id=\"e\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"extended.xml\"/></Relationships>",
        ),
        _ => xml,
    }
    });
    let package = Package::open(&saved, &Limits::default()).unwrap();
    let mut parts: Vec<(String, String)> = package.entries().iter().map(|entry| (entry.name.clone(), part(&saved, &entry.name))).collect();
    parts.push((
        "word/extended.xml".into(),
        "<w15:commentsEx><w15:commentEx w15:paraId=\"0B\" w15:paraIdParent=\"0A\"/></w15:commentsEx>".into(),
    ));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, data)| (name.as_str(), data.as_bytes())).collect();
    let without = withdrawn(&zip(&parts)).unwrap();
    assert_eq!(part(&without, "word/comments.xml").matches("<w:comment ").count(), 1);
    assert_eq!(ids(&part(&without, "word/comments.xml")), [0]);
    assert_eq!(part(&without, "word/document.xml").matches("w:id=\"0\"").count(), 3);
    assert_eq!(part(&without, "word/document.xml").matches("w:id=\"1\"").count(), 0);
}

#[test]
fn each_comment_stands_on_the_words_or_on_what_stands_for_them() {
    let (document, _) = open(REVIEWED);
    let comments = on_each("布署", &document);
    let xml = part(&annotated(REVIEWED, &comments, &[]), "word/document.xml");
    let written = part(&annotated(REVIEWED, &comments, &[]), "word/comments.xml");
    let places: Vec<(BlockKind, String)> = comments
        .iter()
        .zip(ids(&written).into_iter().skip(2))
        .map(|(comment, id)| {
            let block = document.blocks.iter().find(|block| block.span == comment.block).unwrap();
            (block.kind, anchored(&xml, id))
        })
        .collect();
    let expected = [
        (BlockKind::Paragraph, "布署"),
        (BlockKind::Paragraph, "布署"),
        (BlockKind::Paragraph, "布署"),
        // The run that holds the box has no words of its own.
        (BlockKind::TextBox, ""),
        (BlockKind::TableCell, "布署"),
        (BlockKind::TableCell, "布署"),
        (BlockKind::Paragraph, "布署"),
        // The marks of the notes.
        (BlockKind::Note, ""),
        (BlockKind::Note, ""),
        // The first words of the section.
        (BlockKind::Header, "青禾镇"),
        (BlockKind::Header, "附表见本页，做好工作布署。共"),
    ];
    assert_eq!(places.iter().map(|(kind, words)| (*kind, words.as_str())).collect::<Vec<_>>(), expected);
    assert!(Regex::new(r#"Start w:id="\d+"/><w:r><w:rPr><w:rStyle w:val="FootnoteAnchor"/></w:rPr><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd"#).unwrap().is_match(&xml));
}

#[test]
fn a_text_box_is_corrected_in_both_places_and_a_change_of_others_is_closed_for_ours() {
    let (document, _) = open(REVIEWED);
    let result = annotated(REVIEWED, &[], &corrections(&document));
    let xml = part(&result, "word/document.xml");
    assert_eq!(open(&result).0.text.as_str(), document.text.as_str().replace("布署", "部署"));
    let back = rewritten(REVIEWED, |name, part| if name == "word/document.xml" { rejected(&xml) } else { part });
    assert_eq!(open(&back).0.text.as_str(), document.text.as_str());
    let boxes: Vec<&str> = xml.split("<w:txbxContent>").skip(1).map(|rest| rest.split("</w:txbxContent>").next().unwrap()).collect();
    assert!(boxes.len() == 2 && boxes[0] == boxes[1] && boxes[0].contains("<w:t xml:space=\"preserve\">部</w:t>"));
    assert_eq!(xml.matches(r#"w:author="周会计""#).count(), 3);
}

// ---- what programs and people make of a Word file ----

#[test]
fn ids_that_are_taken_are_not_given_again() {
    let run = |id: &str| format!("<w:commentRangeStart w:id={id}/><w:r><w:t>工作</w:t></w:r><w:commentRangeEnd w:id={id}/>");
    let body = format!("<w:p><w:bookmarkStart w:id='0' w:name='a'/>{}</w:p><w:p><w:r><w:t>工作</w:t></w:r></w:p>", run("\"4294967295\""));
    let comments = format!("<w:comment w:id=\"4294967295\" w:author=\"甲\">{}</w:comment><w:comment w:id='1' w:author='乙'/>", p("请看"));
    let bytes = Docx { comments, ..Docx::body(body) }.bytes();
    let result = annotated(&bytes, &on_each("工作", &open(&bytes).0), &[]);
    assert_eq!(ids(&part(&result, "word/comments.xml")), [4_294_967_295, 2, 3]);
}

#[test]
fn a_name_that_is_taken_is_not_given_to_the_new_part() {
    let bytes = rewritten(&Docx::body(p("工作")).bytes(), |name, part| match name {
        "[Content_Types].xml" => part.replace("<Types/>", "<Types><Override PartName=\"/word/comments.xml\" ContentType=\"x\"/></Types>"),
        _ => part,
    });
    let result = annotated(&bytes, &on_each("工作", &open(&bytes).0), &[]);
    assert!(part(&result, "word/comments-hegao.xml").contains("建议改为"));
    assert_eq!(part(&result, "[Content_Types].xml").matches("PartName=\"/word/comments.xml\"").count(), 1);
    assert!(part(&result, "word/_rels/document.xml.rels").contains("Target=\"comments-hegao.xml\""));
}

#[test]
fn what_somebody_moved_is_closed_and_opened_again() {
    let body = "<w:p><w:moveTo w:id=\"5\" w:author=\"甲\"><w:r><w:t>做好工作布署。</w:t></w:r></w:moveTo></w:p>";
    let bytes = Docx::body(body).bytes();
    let (document, _) = open(&bytes);
    let result = annotated(&bytes, &on_each("布署", &document), &corrections(&document));
    assert_eq!(open(&result).0.text.as_str(), "做好工作部署。");
    let xml = part(&result, "word/document.xml");
    assert_eq!((xml.matches("<w:moveTo ").count(), xml.matches("</w:moveTo>").count()), (2, 2));
}

#[test]
fn xml_set_for_reading_is_marked_too() {
    let body =
        "<w:p>\n <w:r w:rsidR=\"00A1\">\n  <!-- by hand -->\n  <w:rPr>\n   <w:b/>\n  </w:rPr>\n  <w:t>布署工作</w:t>\n </w:r>\n</w:p>";
    let bytes = Docx::body(body).bytes();
    let (document, _) = open(&bytes);
    let marked = marked(&bytes, &on_each("布署", &document), &corrections(&document));
    assert_eq!((marked.comments, marked.changes), (1, 1));
    let xml = part(&marked.bytes, "word/document.xml");
    assert_eq!(anchored(&xml, 0), "部署");
    assert!(xml.contains("<w:p>\n <w:commentRangeStart w:id=\"0\"/><w:del "), "{xml}");
    assert!(xml.contains("<w:r w:rsidR=\"00A1\"><w:rPr>\n   <w:b/>\n  </w:rPr><w:t xml:space=\"preserve\">部</w:t></w:r>"), "{xml}");
}

#[test]
fn a_strict_file_gets_strict_comments() {
    let strict = |_: &str, part: String| {
        let part = part
            .replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main");
        part.replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
    };
    let draft = Docx::body(p("做好工作布署。"));
    let there = Docx {
        comments: format!("<w:comment w:id=\"1\" w:author=\"甲\">{}</w:comment>", p("请看")),
        ..Docx::body(p("做好工作布署。"))
    };
    for draft in [draft, there] {
        let bytes = rewritten(&draft.bytes(), strict);
        let (document, _) = open(&bytes);
        let result = annotated(&bytes, &on_each("布署", &document), &corrections(&document));
        let (after, _) = open(&result);
        assert_eq!((after.text.as_str(), after.remarks.last().unwrap().span.of(after.text.as_str())), ("做好工作部署。", "部署"));
        let written = ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/comments.xml", "word/document.xml"]
            .map(|name| part(&result, name));
        assert!(written[1].contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments"));
        assert!(
            written[1..]
                .iter()
                .all(|part| !part.contains("openxmlformats.org/wordprocessingml") && !part.contains("2006/relationships/comments"))
        );
        // Strict files call the sides start and end.
        assert!(written[2].contains("w:start=\"0\" w:end=\"0\"") && !written[2].contains("left"));
    }
}

#[test]
fn a_header_without_words_in_its_section_is_stood_for_by_what_comes_before() {
    let header = |body: &str| Docx {
        body: format!("{body}<w:p/><w:sectPr><w:headerReference r:id=\"m0\"/></w:sectPr>"),
        margins: vec![("header", p("做好工作布署"))],
        ..Docx::default()
    };
    let first = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>";
    let bytes = header(first).bytes();
    let result = marked(&bytes, &on_each("布署", &open(&bytes).0), &[]);
    assert_eq!((result.comments, anchored(&part(&result.bytes, "word/document.xml"), 0).as_str()), (1, "正文"));
    // Without a word in the body there is nowhere to put it: that is told, and the header is not touched.
    let bytes = header("").bytes();
    let result = marked(&bytes, &on_each("布署", &open(&bytes).0), &[]);
    assert_eq!((result.comments, result.bytes.len() > 100, part(&result.bytes, "word/comments.xml").as_str()), (0, true, ""));
    assert_eq!(part(&result.bytes, "word/header0.xml"), part(&bytes, "word/header0.xml"));
}

#[test]
fn a_correction_that_would_take_the_mark_of_a_note_with_it_is_left_out_as_a_whole() {
    let body = "<w:p><w:r><w:t>做好布</w:t><w:footnoteReference w:id=\"2\"/><w:t>署工作。</w:t></w:r></w:p>";
    let bytes = Docx { footnotes: format!("<w:footnote w:id=\"2\">{}</w:footnote>", p("注")), ..Docx::body(body) }.bytes();
    let (document, _) = open(&bytes);
    let at = document.text.as_str().find("布署").unwrap();
    let edits = [Edit { span: Span::new(at, at + "布署".len()), text: "部署好".into() }];
    let result = marked(&bytes, &on_each("布署", &document), &edits);
    assert_eq!((result.comments, result.changes), (1, 0));
    let xml = part(&result.bytes, "word/document.xml");
    assert!(!xml.contains("<w:ins") && !xml.contains("<w:del"));
    assert_eq!(anchored(&xml, 0), "布署");
}

// ---- a new file for a draft of another format ----

/// The texts of the cells, row by row.
fn rows(xml: &str) -> Vec<Vec<String>> {
    let rows = Regex::new("<w:tr>.*?</w:tr>").unwrap();
    let cells = Regex::new("<w:tc>.*?</w:tc>").unwrap();
    let texts = Regex::new("<w:t [^>]*>(.*?)</w:t>").unwrap();
    let text = |cell: &str| texts.captures_iter(cell).map(|found| found[1].to_owned()).collect();
    rows.find_iter(xml).map(|row| cells.find_iter(row.as_str()).map(|cell| text(cell.as_str())).collect()).collect()
}

#[test]
fn a_new_file_has_the_tables_of_the_draft() {
    let report: &[(&str, &[u8])] = &[
        ("doc", include_bytes!("data/report.doc")),
        ("odt", include_bytes!("data/report.odt")),
        ("rtf", include_bytes!("data/report.rtf")),
    ];
    let notice: &[(&str, &[u8])] = &[
        ("doc", include_bytes!("data/notice.doc")),
        ("odt", include_bytes!("data/notice.odt")),
        ("rtf", include_bytes!("data/notice.rtf")),
    ];
    // The first row of the second table is one cell over both columns; the first cell of its second row holds two paragraphs.
    let expected: [(_, &[&[&str]]); 2] =
        [(report, &[&["事项", "数量"], &["督查检查", "××次"]]), (notice, &[&["清单"], &["名称份数", "备注"]])];
    for (files, expected) in expected {
        for (ending, bytes) in files {
            let document = read(ending, bytes, &Limits::default()).unwrap();
            let (made, _) = compose(&document, &[]).unwrap();
            let xml = part(&made, "word/document.xml");
            assert_eq!(rows(&xml), expected, "{ending}");
            assert!(!xml.contains("〔表格〕"), "{ending}");
            // Nothing is lost, and nothing changes its place.
            let squeezed = |text: &str| text.replace(char::is_whitespace, "").replace("〔注释〕", "").replace("〔文本框〕", "");
            let again = open(&made).0;
            let mut text = squeezed(again.text.as_str());
            for (kind, place) in [(BlockKind::Header, "〔页眉〕"), (BlockKind::Footer, "〔页脚〕")] {
                text = text.replace(place, "");
                assert!(again.blocks.iter().filter(|block| block.kind == kind).count() < 2);
            }
            assert!(text.starts_with(&squeezed(document.text.as_str())), "{ending}: {text}");
        }
    }
}

#[test]
fn a_long_title_is_divided_over_lines_of_one_length() {
    let title = |text: &str| {
        let document = Document::from_text("a.txt", text);
        part(&compose(&document, &[Look::Title]).unwrap().0, "word/document.xml")
    };
    assert!(!title("青云镇2023年工作总结").contains("<w:ind "));
    assert!(title("2022年度履行全面从严治党主体责任情况报告").contains("<w:ind "));
    // Twenty-two characters of 22 points on two lines of thirteen at most; the type area holds twenty.
    assert!(title("关于青云镇二〇二三年度安全生产工作情况的报告").contains("<w:ind w:left=\"1562\" w:right=\"1562\" w:firstLine=\"0\"/>"));
}
