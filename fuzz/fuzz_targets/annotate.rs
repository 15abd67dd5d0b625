//! Remarks and tracked changes on a .docx whose body the input describes: what the original was stays, what is read afterwards is the corrected text.
#![no_main]

use hegao::finding::applied;
use hegao::ooxml::{Comment, Package, annotate, read_document, revise};
use hegao::reader::Limits;
use hegao::span::Span;
use hegao_fuzz::support::marks::{comment, differs_by_marks_alone, edits, lines, open, part, rejected, spans, stamp};
use hegao_fuzz::support::{Docx, borrowed, stored};
use hegao_fuzz::{parts, run, text};
use libfuzzer_sys::fuzz_target;

const MAIN: &str = "word/document.xml";

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let [places, body] = parts(data);
        // XML as it is, or a recipe for some as Word would write it.
        let (body, is_words_own) = if body.starts_with(b"<") { (text(body), false) } else { (cooked(body), true) };
        let bytes = stored(&borrowed(&Docx::body(body).parts()));
        let package = Package::open(&bytes, &Limits::default()).expect("a package");
        let Ok((document, pieces)) = read_document("a.docx", &package) else { return };
        if document.blocks.is_empty() {
            return;
        }
        let picks: Vec<(u16, u16, u8)> = places.as_chunks().0.iter().take(12).map(|&[block, from, length]| (block.into(), from.into(), length)).collect();
        let spans = spans(&document, &picks);
        let comments: Vec<Comment> = spans.iter().map(|&span| comment(span, &document)).collect();
        let remarked = annotate(&package, &pieces, &comments, &[], &stamp()).expect("a package that was read").bytes;
        assert_eq!(open(&remarked).0.text.as_str(), document.text.as_str());
        let edits = edits(&pieces, spans);
        let all = document.text.as_str();
        let expected = lines(&applied(&edits, all, Span::new(0, all.len())));
        let revised = revise(&package, &pieces, &edits).expect("a package that was read");
        let changed = annotate(&package, &pieces, &comments, &edits, &stamp()).expect("a package that was read").bytes;
        if is_words_own {
            let original = part(&bytes, MAIN);
            assert!(differs_by_marks_alone(&part(&remarked, MAIN), &original), "{original}");
            assert_eq!(lines(open(&revised).0.text.as_str()), expected);
            assert_eq!(lines(open(&changed).0.text.as_str()), expected);
            let undone = stored(&[("[Content_Types].xml", b"<Types/>"), (MAIN, rejected(&part(&changed, MAIN)).as_bytes())]);
            assert_eq!(open(&undone).0.text.as_str(), all);
        }
    });
});

/// A body by a recipe: a byte a piece.
fn cooked(recipe: &[u8]) -> String {
    const WORDS: [&str; 12] = ["布署", "四个", "意思", "工作", "会仪", " ", "a b", "&amp;", "&lt;", "，", "一、", "xx"];
    let mut body = String::from("<w:p>");
    let mut bytes = recipe.iter().copied();
    while let Some(kind) = bytes.next() {
        let properties = ["", "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:sz w:val=\"32\"/></w:rPr>"][kind as usize / 64 % 3];
        let mut run = format!("<w:r>{properties}");
        for byte in bytes.by_ref().take(1 + kind as usize / 16 % 4) {
            let word = WORDS[byte as usize / 8 % WORDS.len()];
            run += &match byte % 8 {
                0 => "<w:tab/>".to_owned(),
                1 => "<w:br/>".to_owned(),
                2 | 3 => format!("<w:t xml:space=\"preserve\">{word}</w:t>"),
                _ => format!("<w:t>{word}</w:t>"),
            };
        }
        run += "</w:r>";
        body += &match kind % 16 {
            0 => format!("{run}</w:p><w:p>"),
            1 => format!("<w:hyperlink r:id=\"x\">{run}</w:hyperlink>"),
            2 => format!("<w:ins w:id=\"7\" w:author=\"张三\">{run}</w:ins>"),
            3 => "<w:del w:id=\"8\" w:author=\"张三\"><w:r><w:delText>旧</w:delText></w:r></w:del>".to_owned(),
            4 => {
                let content = format!("<w:txbxContent><w:p>{run}</w:p></w:txbxContent>");
                format!(
                    "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{content}</mc:Choice><mc:Fallback>{content}</mc:Fallback></mc:AlternateContent></w:r>"
                )
            }
            5 => format!("</w:p><w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl><w:p>"),
            _ => run,
        };
    }
    body + "</w:p>"
}
