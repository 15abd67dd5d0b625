//! Readers on whatever bytes, and on real files where they are at hand.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, clippy::cast_possible_truncation, reason = "a test fails by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use hegao::document::{Document, Encoding, Format};
use hegao::reader::text::encode;
use hegao::reader::{Limits, ReadError, read};
use proptest::prelude::*;
use support::{Docx, p, zip};

fn open(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let document = read(name, bytes, &Limits::default())?;
    support::sound::document(&document);
    Ok(document)
}

#[test]
fn formats_are_told_by_content() {
    let docx = Docx::body(p("正文")).bytes();
    assert_eq!(open("报告.txt", &docx).unwrap().format, Format::Docx);
    let html = "<!DOCTYPE html><p>正文</p>".as_bytes();
    assert_eq!(open("报告.doc", html).unwrap().format, Format::Html(Encoding::Utf8 { bom: false }));
    assert_eq!(open("报告.docx", "正文".as_bytes()).unwrap().format, Format::Text(Encoding::Utf8 { bom: false }));
    assert_eq!(open("报告.md", "正文".as_bytes()).unwrap().format, Format::Markdown(Encoding::Utf8 { bom: false }));
    assert!(open("空.txt", b"").unwrap().blocks.is_empty());
    assert_eq!(open("空.docx", b"").unwrap_err(), ReadError::Blank);
    assert_eq!(open("图.docx", &Docx::body(p("")).bytes()).unwrap_err(), ReadError::Blank);
}

#[test]
fn what_is_not_read_says_what_to_do() {
    let pdf = error(b"%PDF-1.4\n%\xe2\xe3");
    assert!(pdf.contains("PDF 的结构有误"), "{pdf}");
    let big5 = encoding_rs::BIG5.encode("本年度召開會議十二次，開展調查研究，推動經濟發展。").0;
    assert!(error(&big5).contains("Big5"));
    assert!(error(&[0, 1, 2, 3, 255, 0, 7]).contains("不是文本"));
    let tiny = Limits { file_bytes: 10, ..Limits::default() };
    assert!(read("a", b"12345678901", &tiny).expect_err("too large").to_string().contains("10 字节"));
}

fn error(bytes: &[u8]) -> String {
    read("a.docx", bytes, &Limits::default()).expect_err("refused").to_string()
}

fn sample() -> Vec<Vec<u8>> {
    let text = "一、工作情况\n召开会议xx次，增强“四个意识”，**坚定**[自信](a)&ldquo;<b>两个</b>维护&rdquo;。\n| a | b |\n";
    let mut all: Vec<Vec<u8>> =
        [Encoding::Gb18030, Encoding::Utf16Le { bom: false }, Encoding::Utf16Be { bom: true }, Encoding::Utf8 { bom: true }]
            .map(|encoding| encode(text, encoding))
            .into();
    all.push(format!("<!doctype html><body><h1>{text}</h1><td>{text}").into_bytes());
    all.push(Docx::body(p("增强&amp;“四个意识”").repeat(4)).bytes());
    all.push(include_bytes!("data/report.odt").to_vec());
    all.push(include_bytes!("data/report.rtf").to_vec());
    all.push(include_bytes!("data/report.doc").to_vec());
    all.push(include_bytes!("data/stsong.pdf").to_vec());
    all
}

proptest! {
    #[test]
    fn damaged_files_never_panic(which in 0..10_usize, name in "a\\.(md|html|txt|docx)", cut in 0..20_000_usize, flips in proptest::collection::vec((any::<usize>(), 0..8_u8), 0..6)) {
        let mut bytes = sample().swap_remove(which);
        for (at, bit) in flips {
            let at = at % bytes.len();
            bytes[at] ^= 1 << bit;
        }
        bytes.truncate(cut.max(1));
        let _ = open(&name, &bytes);
    }

    #[test]
    fn any_text_is_read_as_markdown_and_html(text in "[-a一、（）#*_`~<>&;/!\\[\\]()|\\\\= \n\"'3]{0,60}") {
        for name in ["a.md", "a.html", "a.txt"] {
            open(name, text.as_bytes()).unwrap();
        }
    }

    #[test]
    fn any_bytes_end_in_a_document_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = open("a.txt", &bytes);
    }

    #[test]
    fn text_survives_every_encoding(text in "[一-龥，。、\n0-9a-z\u{20000}-\u{20100}]{20,80}") {
        for encoding in [Encoding::Utf8 { bom: true }, Encoding::Utf16Le { bom: true }, Encoding::Utf16Be { bom: true }] {
            let document = open("a.txt", &encode(&text, encoding)).unwrap();
            prop_assert_eq!(document.text.as_str(), &text);
            prop_assert_eq!(document.format, Format::Text(encoding));
        }
    }
}

// ---- real files, which are not part of the project ----

/// The folder of real reports beside the project, if there is one.
fn real(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(folder);
    if path.exists() {
        return Some(path);
    }
    eprintln!("跳过：没有 ../shared/data/{folder}");
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn all_real_texts_are_read_in_every_encoding() {
    for folder in ["reports", "drafts"].iter().filter_map(|folder| real(folder)) {
        for path in files(&folder) {
            let name = path.display().to_string();
            let document = open(&name, &fs::read(&path).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let text = document.text.as_str();
            for encoding in
                [Encoding::Gb18030, Encoding::Utf16Le { bom: false }, Encoding::Utf16Be { bom: false }, Encoding::Utf16Le { bom: true }]
            {
                let again = open(&name, &encode(text, encoding)).unwrap_or_else(|error| panic!("{name} {encoding:?}: {error}"));
                assert_eq!(again.format, Format::Text(encoding), "{name}");
                assert!(again.text.as_str() == text, "{name} {encoding:?}");
            }
        }
    }
}

#[test]
fn all_real_office_files_are_read() {
    let Some(folder) = real("office") else { return };
    for path in files(&folder) {
        let name = path.display().to_string();
        let bytes = fs::read(&path).unwrap();
        match open(&name, &bytes) {
            Ok(document) => {
                assert!(!document.blocks.is_empty(), "{name}");
                let expected = fs::read_to_string(format!("{name}.txt"));
                if let Some(expected) = expected.ok().filter(|_| path.extension().is_some_and(|ending| ending == "ofd")) {
                    assert_eq!(characters(document.text.as_str()), characters(&expected), "{name}");
                }
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

/// The characters of a text in the order of their code points, white space aside.
fn characters(text: &str) -> Vec<char> {
    let mut characters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    characters.sort_unstable();
    characters
}

#[test]
fn ofd_pages_are_read_in_order_and_empty_ones_are_named() {
    let object = |x: f32, y: f32, text: &str| {
        let gaps = text.chars().count().saturating_sub(1);
        format!(
            r#"<o:TextObject Boundary="{x} {y} 100 6" Size="5"><o:TextCode X="0" Y="5" DeltaX="g {gaps} 5">{text}</o:TextCode></o:TextObject>"#
        )
    };
    let package = |second: &str| {
        let content = |objects: &str| format!(r#"<o:Page xmlns:o="x"><o:Content><o:Layer>{objects}</o:Layer></o:Content></o:Page>"#);
        let first = content(&(object(30.0, 20.0, "一、情况") + &object(30.0, 30.0, second)));
        zip(&[
            ("OFD.xml", r#"<o:OFD xmlns:o="x"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>"#.as_bytes()),
            (
                "Doc_0/Document.xml",
                br#"<Document><Pages><Page ID="1" BaseLoc="Pages/0.xml"/><Page ID="2" BaseLoc="/Doc_0/Pages/1.xml"/></Pages></Document>"#,
            ),
            ("Doc_0/Pages/0.xml", if second.is_empty() { content("") } else { first }.as_bytes()),
            ("Doc_0/Pages/1.xml", content(if second.is_empty() { "" } else { "<TextObject/>" }).as_bytes()),
        ])
    };
    let document = open("a.ofd", &package("全年召开A&amp;B会议xx次。")).unwrap();
    assert_eq!(document.text.as_str(), "一、情况\n全年召开A&B会议xx次。");
    assert_eq!(document.format, Format::Ofd);
    assert_eq!(open("a.ofd", &package("")).unwrap_err(), ReadError::NoTextLayer);
}
