//! The corpora as tests: `corpora/clean` stays silent, `corpora/marked` is reported exactly where its text says.
//!
//! The notation is explained in `corpora/README.md`: `⟦wrong words→right words|rule⟧` or `⟦wrong words|rule⟧`.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hegao::rules;
use hegao::{Checker, Date, Document, Finding, Severity, Span};

/// A mistake that the text says it holds.
struct Marked {
    span: Span,
    right: Option<String>,
    rule: String,
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

/// All rules, those too that are off by default: they can be marked, but nothing else asks for them.
fn checker() -> Checker {
    let builder = Checker::builder().today(Date::parse("2026-11-23").expect("a date"));
    builder.only(rules::ids().map(|id| id.name.to_owned())).build().expect("a checker")
}

/// Whether an unmarked finding is a difference: it is loud, and its rule runs without being asked for.
fn counts(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning && rules::ids().any(|id| id.name == finding.rule && id.default)
}

/// The text without its marks, and what they say.
fn unmark(source: &str) -> (String, Vec<Marked>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('⟦') {
        text.push_str(before);
        let (mark, after) = after.split_once('⟧').expect("a mark is closed");
        let (words, rule) = mark.rsplit_once('|').expect("a mark names its rule");
        let (wrong, right) = words.split_once('→').map_or((words, None), |(wrong, right)| (wrong, Some(right.to_owned())));
        let start = text.len();
        text.push_str(wrong);
        marks.push(Marked { span: Span::new(start, text.len()), right, rule: rule.to_owned() });
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

/// What the marked words become when the first proposal of the finding is applied.
fn repaired(text: &str, finding: &Finding, mark: &Marked) -> String {
    let whole = finding.span.cover(mark.span);
    let inner = finding.fixes.first().map_or_else(|| finding.span.of(text).to_owned(), |fix| fix.applied_to(text, finding.span));
    let before = Span { start: whole.start, end: finding.span.start };
    let after = Span { start: finding.span.end, end: whole.end };
    let all = format!("{}{inner}{}", before.of(text), after.of(text));
    // What the finding holds beyond the marked words stays as it is.
    let lead = Span { start: whole.start, end: mark.span.start };
    let tail = Span { start: mark.span.end, end: whole.end };
    let all = all.strip_prefix(lead.of(text)).unwrap_or(&all).to_owned();
    all.strip_suffix(tail.of(text)).unwrap_or(&all).to_owned()
}

fn difference(path: &Path, checker: &Checker) -> String {
    let (text, marks) = unmark(&fs::read_to_string(path).expect("a corpus text"));
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let document = Document::from_text(name.clone(), text);
    let text = document.text.as_str();
    let report = checker.check(&document);
    let line = |span: Span| document.text.position(span.start).line;
    let mut out = String::new();
    for mark in &marks {
        let found = report.findings.iter().find(|finding| finding.rule == mark.rule && finding.span.overlaps(mark.span));
        match (found, &mark.right) {
            (None, _) => writeln!(out, "{name}:{} missed “{}” ({})", line(mark.span), mark.span.of(text), mark.rule),
            (Some(finding), Some(right)) if repaired(text, finding, mark) != *right => {
                let words = repaired(text, finding, mark);
                writeln!(out, "{name}:{} “{}” becomes “{words}”, expected “{right}”", line(mark.span), mark.span.of(text))
            }
            _ => Ok(()),
        }
        .expect("memory");
    }
    for finding in report.findings.iter().filter(|finding| counts(finding) && !marks.iter().any(|mark| mark.span.overlaps(finding.span))) {
        let words = finding.span.of(text);
        writeln!(out, "{name}:{} unexpected {} “{words}”: {}", line(finding.span), finding.rule, finding.message).expect("memory");
    }
    out
}

#[test]
fn clean_reports_stay_silent_and_marked_ones_are_found_where_they_say() {
    let checker = checker();
    let all: Vec<PathBuf> = [files("clean"), files("marked")].concat();
    assert!(all.len() >= 40, "{} reports", all.len());
    let difference: String = all.iter().map(|path| difference(path, &checker)).collect();
    assert!(difference.is_empty(), "\n{difference}");
}

#[test]
fn what_is_said_about_wording_names_its_source() {
    let checker = checker();
    for path in files("marked") {
        let (text, _) = unmark(&fs::read_to_string(&path).expect("a corpus text"));
        for finding in checker.check(&Document::from_text("稿.txt", text)).findings {
            let of_a_record = finding.rule.starts_with("phrase/") || finding.rule.starts_with("congress/");
            assert_eq!(finding.source.is_some(), of_a_record, "{}: {} {}", path.display(), finding.rule, finding.message);
        }
    }
}

#[test]
fn every_rule_has_a_mistake_marked_for_it() {
    /// What a draft alone cannot show: two drafts are compared, or the marks that switch rules off are judged. `tests/cmd` shows them.
    const ELSEWHERE: [&str; 3] = ["repetition/across", "suppression/mark", "suppression/unused"];
    let marked: String = files("marked").iter().map(|path| fs::read_to_string(path).expect("a corpus text")).collect();
    let (_, marks) = unmark(&marked);
    let unmarked = rules::ids().map(|id| id.name).filter(|id| marks.iter().all(|mark| mark.rule != *id));
    let missing: Vec<&str> = unmarked.filter(|id| !ELSEWHERE.contains(id)).collect();
    assert!(missing.is_empty(), "no mark in corpora/marked for {missing:?}");
}
