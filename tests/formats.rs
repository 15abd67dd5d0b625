//! Documents in every format a real program saves them in: `tests/data/report.*` and `notice.*` are made by `LibreOffice` 7.4 from the .fodt
//! beside them (report.pdf without the tracked changes, which the program prints), as are mixed.pdf, scan.pdf and locked.pdf; stsong.pdf by reportlab 4.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use hegao::document::BlockKind::{self, Footer, Header, Heading, Note, Paragraph, TableCell, TextBox};
use hegao::document::{Document, Format};
use hegao::reader::{Limits, ReadError, read};

/// What every format says: kind, heading level, label, text behind the label.
const REPORT: [(BlockKind, u8, &str, &str); 16] = [
    (Paragraph, 0, "", "青禾镇2021年工作总结"),
    (Heading, 1, "一、", "工作开展情况"),
    (Paragraph, 0, "（一）", "加强组织领导。全年召开会议xx次，增强“四个意识”，成效明显。"),
    (Paragraph, 0, "1. ", "责任到人。"),
    (Paragraph, 0, "2. ", "措施到位。"),
    (Paragraph, 0, "（二）", "深化文明实践，A&B项目按期完工。"),
    (Heading, 1, "二、", "下一步打算"),
    (Paragraph, 0, "", "下一步，重点抓好以下工作："),
    (TableCell, 0, "", "事项"),
    (TableCell, 0, "", "数量"),
    (TableCell, 0, "", "督查检查"),
    (TableCell, 0, "", "××次"),
    (Paragraph, 0, "", "特此报告。"),
    (Note, 0, "", "数据截至十二月底。"),
    (Header, 0, "", "青禾镇内部资料"),
    (Footer, 0, "", "清样"),
];

/// Numbered headings, hidden text, a text box, an endnote, a rare character, line and page breaks, a link, joined cells.
const NOTICE: [(BlockKind, u8, &str, &str); 20] = [
    (Paragraph, 0, "", "关于报送材料的通知"),
    (Heading, 1, "一、", "报送内容"),
    (Heading, 2, "（一）", "基本情况"),
    (Paragraph, 0, "", "请各村（社区）报送工作总结，电话5555-1234，联系人𫖯某。"),
    (Paragraph, 0, "", "报送方式如下："),
    (TextBox, 0, "", "请于月底前报送"),
    (Paragraph, 0, "③", "当面报送。"),
    (Paragraph, 0, "④", "邮寄报送。"),
    (Heading, 2, "（二）", "有关数据"),
    (Heading, 1, "二、", "报送时间"),
    (Heading, 2, "（一）", "截止日期"),
    (Paragraph, 0, "", "第一行说明。"),
    (Paragraph, 0, "", "第二行说明，\n接着第二行。"),
    (Paragraph, 0, "", "附件：报送清单"),
    (TableCell, 0, "", "清单"),
    (TableCell, 0, "", "名称"),
    (TableCell, 0, "", "份数"),
    (TableCell, 0, "", "备注"),
    (Paragraph, 0, "", "青禾镇人民政府"),
    (Note, 0, "", "以盖章件为准。"),
];

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

fn bytes(ending: &str) -> Vec<u8> {
    file(&format!("report.{ending}"))
}

fn rows(document: &Document) -> Vec<(BlockKind, u8, &str, &str)> {
    let split = |block: &hegao::document::Block| document.text_of(block).split_at(block.label as usize);
    document
        .blocks
        .iter()
        .map(|block| {
            let (label, text) = split(block);
            (block.kind, block.level, label, text.trim())
        })
        .collect()
}

#[test]
fn every_format_says_the_same() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let document = read("report", &bytes(ending), &Limits::default()).unwrap();
        assert_eq!(rows(&document), REPORT, "{ending}");
    }
}

#[test]
fn every_format_says_the_same_of_odd_things() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let document = read("notice", &file(&format!("notice.{ending}")), &Limits::default()).unwrap();
        // RTF tells of a tab behind a label, and a hyphen that does not break has its own character in ODF.
        let plain = |text: &str| text.replace('\u{2011}', "-");
        let rows: Vec<_> =
            rows(&document).into_iter().map(|(kind, level, label, text)| (kind, level, label.trim_end(), plain(text))).collect();
        let expected = NOTICE.map(|(kind, level, label, text)| (kind, level, label, text.to_owned()));
        assert_eq!(rows, expected, "{ending}");
    }
}

/// The text of each block.
fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.text_of(block)).collect()
}

#[test]
fn a_pdf_has_paragraphs_again() {
    let document = read("a.pdf", &bytes("pdf"), &Limits::default()).unwrap();
    assert_eq!(document.format, Format::Pdf);
    assert_eq!(
        lines(&document),
        [
            "青禾镇内部资料",
            "青禾镇2021年工作总结",
            "一、工作开展情况",
            "（一）加强组织领导。全年召开会议xx次，增强“四个意识”，成效明显。",
            "1. 责任到人。",
            "2. 措施到位。",
            "（二）深化文明实践，A&B项目按期完工。",
            "二、下一步打算",
            "下一步，重点抓好以下工作：",
            "事项",
            "数量",
            "督查检查",
            "××次",
            "特此报告。",
            "1数据截至十二月底。",
            "清样",
        ]
    );
    // The font of this one is not in the file.
    let document = read("a.pdf", &file("stsong.pdf"), &Limits::default()).unwrap();
    let joined = "今年以来，全镇召开会议xx次，增强“四个意识”，各项工作取得新的进展，群众满意度明显提高。";
    assert_eq!(lines(&document), ["青禾镇工作总结", "一、工作情况", joined]);
}

#[test]
fn scans_and_locked_files_say_so() {
    let open = |name: &str| read(name, &file(name), &Limits::default());
    assert_eq!(open("scan.pdf").unwrap_err(), ReadError::NoTextLayer);
    assert_eq!(open("locked.pdf").unwrap_err(), ReadError::Encrypted);
    let mixed = open("mixed.pdf").unwrap();
    assert_eq!(lines(&mixed), ["青禾镇工作总结", "特此报告。"]);
    assert!(mixed.unread.unwrap().contains("第 2 页没有文字层"));
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let whole = bytes(ending);
        for cut in 8..whole.len() {
            let error = read("report", &whole[..cut], &Limits::default()).expect_err(&cut.to_string());
            assert!(matches!(error, ReadError::Truncated { .. } | ReadError::Corrupt { .. }), "{ending} {cut}: {error}");
        }
    }
}

#[test]
fn a_flipped_bit_never_panics_or_adds_text() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let whole = bytes(ending);
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at * 5 % 8);
            let document = read("report", &flipped, &Limits::default());
            // The parts of a package have checksums, so a bit can hide text there but not invent any.
            let checked = ["docx", "odt"].contains(&ending);
            let honest = document.map_or(true, |document| !checked || document.blocks.len() <= REPORT.len());
            assert!(honest, "{ending} {at}");
        }
    }
}

#[test]
fn a_damaged_pdf_ends_in_a_document_or_an_error() {
    // lopdf repairs what it can, so a cut file may still have text.
    for name in ["stsong.pdf", "mixed.pdf", "locked.pdf"] {
        let whole = file(name);
        for at in 0..whole.len() {
            let _ = read("a.pdf", &whole[..at], &Limits::default());
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at * 5 % 8);
            let _ = read("a.pdf", &flipped, &Limits::default());
        }
    }
}
