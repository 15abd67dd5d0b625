//! Correcting: twice changes nothing, and everything that is not corrected stays byte for byte.

#![allow(clippy::unwrap_used, reason = "how a test fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use encoding_rs::GB18030;
use hegao::finding::Applicability;
use hegao::fix::{corrected, fixes};
use hegao::{Checker, Date, Document};

mod support;

fn hegao(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hegao")).args(args).output().unwrap()
}

/// `bytes` as a file, corrected in place.
fn corrected_in_place(name: &str, bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let done = hegao(&["fix", "--no-config", "--in-place", path.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
    fs::read(&path).unwrap()
}

#[test]
fn correcting_the_corpora_twice_changes_nothing() {
    let checker = Checker::builder().today(Date::parse("2026-11-23").unwrap()).build().unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/marked");
    let mut corrections = 0;
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<PathBuf>>() {
        // The marks of the corpora read as brackets: what they say does not matter here.
        let draft = Document::from_text("draft.txt", fs::read_to_string(&path).unwrap());
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let once = fixes(&checker, &draft, least, |_| true);
            corrections += once.edits.len();
            let again = fixes(&checker, &corrected(&draft, &once.edits), least, |_| true);
            assert_eq!(again.edits, [], "{} with {least:?}", path.display());
        }
    }
    assert!(corrections > 100, "{corrections}");
}

#[test]
fn what_is_put_in_stands_behind_the_words_and_not_behind_the_spaces_that_follow() {
    let checker = Checker::builder().today(Date::parse("2026-11-23").unwrap()).build().unwrap();
    for (draft, right) in [
        ("落实“第一议题 　制度和“三会一课”制度。", "落实“第一议题” 　制度和“三会一课”制度。"),
        ("习近平总书记关于加强和改近人民信访工作的重要思   。", "习近平总书记关于加强和改进人民信访工作的重要思想   。"),
        ("落实“第一议题\u{200b}制度和“三会一课”制度。", "落实“第一议题”\u{200b}制度和“三会一课”制度。"),
    ] {
        let document = Document::from_text("draft.txt", draft);
        let report = checker.check(&document);
        let inside =
            |finding: &hegao::Finding| finding.fixes.iter().flat_map(|fix| &fix.edits).all(|edit| finding.span.contains(edit.span));
        assert!(!report.findings.is_empty() && report.findings.iter().all(inside), "{:?}", report.findings);
        let fixed = fixes(&checker, &document, Applicability::Unsafe, |_| true);
        assert_eq!(corrected(&document, &fixed.edits).text.as_str(), right);
    }
}

#[test]
fn characters_missing_beside_a_mark_are_put_in_in_their_order() {
    let checker = Checker::builder().build().unwrap();
    let report = checker.check(&Document::from_text("draft.txt", "我为群众办実事”活动"));
    let edits: Vec<_> = report.findings.iter().flat_map(|finding| &finding.fixes).map(|fix| &fix.edits).collect();
    assert!(!edits.is_empty() && edits.iter().all(|edits| edits.is_sorted_by(|a, b| a.span.end <= b.span.start)), "{edits:?}");
}

#[test]
fn encoding_mark_and_line_ends_stay() {
    let draft = "做好工作布署。\r\n\r\n开展督查xx次。\r落实部署\n";
    let right = draft.replace("布署", "部署");
    assert_eq!(corrected_in_place("a.txt", draft.as_bytes()), right.as_bytes());
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    assert_eq!(corrected_in_place("b.txt", &marked(draft)), marked(&right));
    let gb = |text: &str| GB18030.encode(text).0.into_owned();
    assert_eq!(corrected_in_place("c.txt", &gb(draft)), gb(&right));
    let utf16 = |text: &str| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    assert_eq!(corrected_in_place("d.txt", &utf16(draft)), utf16(&right));
    let html = "<p title=\"布署\">做好<b>工作布署</b>。</p>\n";
    assert_eq!(corrected_in_place("e.html", html.as_bytes()), "<p title=\"布署\">做好<b>工作部署</b>。</p>\n".as_bytes());
}

#[test]
fn a_word_file_keeps_its_formatting() {
    let run = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>");
    let body = |word: &str| format!("<w:p>{}{}{}</w:p>", run("<w:b/>", "做好工作"), run("<w:i/>", word), run("<w:b/>", "。"));
    let fixed = corrected_in_place("a.docx", &support::Docx::body(body("布署")).bytes());
    let expected = support::Docx::body(body("部署")).bytes();
    let texts = [fixed, expected].map(|bytes| {
        let package = hegao::ooxml::Package::open(&bytes, &hegao::reader::Limits::default()).unwrap();
        String::from_utf8(package.part("word/document.xml").unwrap().unwrap()).unwrap()
    });
    // The changed text says that its spaces count.
    assert_eq!(texts[0].replace(" xml:space=\"preserve\"", ""), texts[1]);
}
