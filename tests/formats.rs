//! Documents in every format a real program saves them in, as `docs/formats.md` tells: what each cell of its table says is shown by a case in
//! `tests/formats.md`.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hegao::document::{Document, Format};
use hegao::reader::{Limits, ReadError, read, text};

fn file(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)).unwrap()
}

fn open(name: &str) -> Result<Document, ReadError> {
    read(name, &file(name), &Limits::default())
}

// ---- the cases of tests/formats.md ----

/// One case: the row of the table it belongs to, the files, what is said of each.
struct Case<'a> {
    row: &'a str,
    files: Vec<&'a str>,
    lines: Vec<&'a str>,
}

fn cases() -> Vec<Case<'static>> {
    let (mut row, mut cases) = ("", Vec::new());
    for piece in include_str!("formats.md").split("\n\n") {
        if let Some(title) = piece.strip_prefix("## ") {
            row = title;
        } else if let Some(case) = piece.strip_prefix("```\n") {
            let mut lines = case.lines().take_while(|line| *line != "```");
            let files = lines.next().unwrap().split(' ').collect();
            cases.push(Case { row, files, lines: lines.collect() });
        }
    }
    cases
}

/// What is read from a file, in the words of a case.
fn said(name: &str) -> Vec<String> {
    let document = match open(name) {
        Ok(document) => document,
        Err(error) => return vec![format!("Refused    {error}")],
    };
    let mut said = Vec::new();
    if let Format::Text(encoding) | Format::Markdown(encoding) | Format::Html(encoding) = document.format {
        assert_eq!(text::encode(document.text.as_str(), encoding), file(name), "{name} is written back as it came");
        said.push(format!("Encoding   {encoding:?}"));
    }
    said.extend(document.blocks.iter().map(|block| {
        let level = if block.level > 0 { format!(" {}", block.level) } else { String::new() };
        let kind = format!("{:?}{level}", block.kind);
        let shown = document.shown(block);
        let (label, text) = shown.split_at(block.label as usize);
        let label = if label.is_empty() { String::new() } else { format!("{}|", label.trim()) };
        // A hyphen that does not break has its own character in some formats, and signs of fonts that are not known show nothing.
        let text = text.trim().replace('\n', "⏎").replace('\u{2011}', "-").replace(|c| ('\u{f000}'..='\u{f0ff}').contains(&c), "�");
        format!("{kind:<9}  {label}{text}")
    }));
    said
}

/// Whether lines are what a pattern says, in which `...` stands for any.
fn fits(pattern: &[&str], lines: &[String]) -> bool {
    match pattern {
        [] => lines.is_empty(),
        ["...", rest @ ..] => (0..=lines.len()).any(|skipped| fits(rest, &lines[skipped..])),
        [first, rest @ ..] => lines.first().is_some_and(|line| line == first) && fits(rest, &lines[1..]),
    }
}

#[test]
fn every_file_says_what_its_cases_say() {
    for Case { row, files, lines } in cases() {
        let (nowhere, pattern): (Vec<&str>, Vec<&str>) = lines.iter().partition(|line| line.starts_with("Nowhere"));
        for name in files {
            let said = said(name);
            assert!(fits(&pattern, &said), "{row}: {name} says\n{}", said.join("\n"));
            for words in nowhere.iter().map(|line| line["Nowhere".len()..].trim()) {
                assert!(!said.iter().any(|line| line.contains(words)), "{row}: {name} says {words}");
            }
        }
    }
}

#[test]
fn every_cell_of_the_documentation_has_a_case_and_every_case_a_cell() {
    let documentation = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md")).unwrap();
    let mut table = documentation.lines().skip_while(|line| !line.starts_with("| | .docx")).take_while(|line| line.starts_with('|'));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let header = cells(table.next().unwrap());
    let mut told = BTreeSet::new();
    for line in table.skip(1) {
        let row = cells(line);
        told.extend(header.iter().zip(&row).skip(1).filter(|(_, cell)| *cell != "–").map(|(column, _)| (row[0].clone(), column.clone())));
    }
    let column = |name: &str| {
        let (_, ending) = name.rsplit_once('.').unwrap();
        header.iter().find(|column| column.split(' ').any(|word| word.strip_prefix('.') == Some(ending))).unwrap().clone()
    };
    let shown =
        cases().into_iter().flat_map(|case| case.files.into_iter().map(|name| (case.row.to_owned(), column(name))).collect::<Vec<_>>());
    let shown: BTreeSet<(String, String)> = shown.collect();
    let (unshown, untold): (Vec<_>, Vec<_>) = (told.difference(&shown).collect(), shown.difference(&told).collect());
    assert!(unshown.is_empty() && untold.is_empty(), "told and not shown: {unshown:?}\nshown and not told: {untold:?}");
}

// ---- what no table tells ----

/// The text of each block.
fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|block| document.text_of(block)).collect()
}

#[test]
fn scans_say_so() {
    assert_eq!(open("scan.pdf").unwrap_err(), ReadError::NoTextLayer);
    let mixed = open("mixed.pdf").unwrap();
    assert_eq!(lines(&mixed), ["青禾镇工作总结", "特此报告。"]);
    assert!(mixed.unread.unwrap().contains("第 2 页没有文字层"));
}

#[test]
fn a_file_cut_anywhere_is_an_error() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let whole = file(&format!("report.{ending}"));
        for cut in 8..whole.len() {
            let error = read("report", &whole[..cut], &Limits::default()).expect_err(&cut.to_string());
            assert!(matches!(error, ReadError::Truncated { .. } | ReadError::Corrupt { .. }), "{ending} {cut}: {error}");
        }
    }
}

#[test]
fn a_flipped_bit_never_panics_or_adds_text() {
    for ending in ["docx", "doc", "odt", "rtf"] {
        let whole = file(&format!("report.{ending}"));
        let blocks = read("report", &whole, &Limits::default()).unwrap().blocks.len();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at * 5 % 8);
            let document = read("report", &flipped, &Limits::default());
            // The parts of a package have checksums, so a bit can hide text there but not invent any.
            let checked = ["docx", "odt"].contains(&ending);
            let honest = document.map_or(true, |document| !checked || document.blocks.len() <= blocks);
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
