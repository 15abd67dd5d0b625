//! One document in every format a real program saves it in: `tests/data/report.*` are made by `LibreOffice` 7.4 from `report.fodt`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use hegao::document::BlockKind::{self, Footer, Header, Heading, Note, Paragraph, TableCell};
use hegao::document::Document;
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

fn bytes(ending: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/report").with_extension(ending)).unwrap()
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
fn a_file_cut_anywhere_is_an_error() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let whole = bytes(ending);
        for cut in 8..whole.len() {
            let error = read("report", &whole[..cut], &Limits::default()).expect_err("cut");
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
