//! The reference report, converted by `LibreOffice`, says the same in every format. Skips, and says so, where either is not at hand.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use hegao::document::Document;
use hegao::reader::{Limits, read};
use hegao::{Checker, Date};

/// What a reader of the report would call the same.
#[derive(Debug, PartialEq)]
struct Said {
    /// Rule, words, proposals.
    findings: Vec<(&'static str, String, Vec<String>)>,
    /// Level and heading, without spaces.
    sections: Vec<(String, String)>,
    placeholders: Vec<String>,
}

fn said(checker: &Checker, document: &Document) -> Said {
    let report = checker.check(document);
    let text = document.text.as_str();
    let findings = report.findings.iter().map(|finding| {
        let proposals = finding.suggestions(text);
        (finding.rule, finding.span.of(text).to_owned(), proposals)
    });
    let sections = report.outline.sections().iter().map(|section| {
        let title: String = section.title.of(text).chars().filter(|c| !c.is_whitespace()).collect();
        (format!("{:?}", section.level), title)
    });
    Said {
        findings: findings.collect(),
        sections: sections.collect(),
        placeholders: report.placeholders.iter().map(|blank| blank.span.of(text).to_owned()).collect(),
    }
}

/// Converts a file beside it and gives the bytes; `None` where the program is missing or does not convert.
fn convert(file: &Path, ending: &str, from: &[&str]) -> Option<Vec<u8>> {
    let folder = file.parent().unwrap();
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--convert-to", ending])
        .args(from)
        .arg("--outdir")
        .arg(folder)
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .ok()?;
    status.success().then(|| fs::read(file.with_extension(ending)).ok())?
}

#[test]
fn the_reference_report_says_the_same_in_every_format() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/reference-report.txt");
    let Ok(text) = fs::read_to_string(&source) else {
        return eprintln!("跳过：没有 ../shared/data/reference-report.txt");
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    fs::write(&file, &text).unwrap();
    let checker = Checker::builder().today(Date::new(2026, 11, 23)).build().unwrap();
    let expected = said(&checker, &read("report.txt", text.as_bytes(), &Limits::default()).unwrap());
    assert!(!expected.findings.is_empty() && !expected.sections.is_empty());
    for ending in ["docx", "doc", "odt", "rtf", "pdf"] {
        let Some(bytes) = convert(&file, ending, &["--infilter=Text (encoded):UTF8,LF,,zh-CN"]) else {
            return eprintln!("跳过：没有能转换成 {ending} 的 soffice");
        };
        let document = read(&format!("report.{ending}"), &bytes, &Limits::default()).unwrap();
        assert_eq!(said(&checker, &document), expected, "{ending}");
    }
}
