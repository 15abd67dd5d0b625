//! The way through the house: a module uses only modules above it in the list, and only the command line touches the terminal.

#![allow(clippy::panic, reason = "how a test fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in reading order; those in one row may use each other.
const ROWS: &[&[&str]] = &[
    &["embedded", "span", "nearest"],
    &["text"],
    &["finding", "input", "date", "numeral"],
    &["document"],
    &["ooxml"],
    &["reader"],
    &["matcher", "dictionary"],
    &["segment", "collocation"],
    &["mention"],
    &["outline", "placeholder", "as_of", "copies"],
    &["rules", "suppress"],
    &["config"],
    &["checker", "across"],
    &["fix", "revision"],
    &["batch"],
    &["output"],
    &["form"],
    &["fill"],
    &["cli"],
];

fn rank(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn sources() -> BTreeMap<PathBuf, String> {
    fn visit(folder: &Path, files: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).expect("a folder of the crate") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                visit(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                files.insert(path, text);
            }
        }
    }
    let mut files = BTreeMap::new();
    visit(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files
}

/// The module a file belongs to: the first part of its path below `src`.
fn module_of(path: &Path) -> String {
    let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("below src");
    let first = below.components().next().expect("a part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The part of a source file that is not tests.
fn without_tests(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn no_arrow_runs_back_up() {
    let mut wrong = Vec::new();
    for (path, text) in &sources() {
        let module = module_of(path);
        if matches!(module.as_str(), "main" | "lib") {
            continue;
        }
        let own = rank(&module).unwrap_or_else(|| panic!("module {module} has no place in the house; add it to ROWS"));
        for line in without_tests(text).lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                // A type re-exported at the top counts as its module.
                let used = match used.as_str() {
                    "Document" => "document",
                    "Checker" | "Report" => "checker",
                    "Dictionary" => "dictionary",
                    "Finding" | "Severity" => "finding",
                    "Date" => "date",
                    "Span" => "span",
                    other => other,
                };
                if rank(used).is_some_and(|rank| rank > own) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "upward arrows:\n{}", wrong.join("\n"));
}

#[test]
fn some_rooms_stay_closed_to_others() {
    let mut wrong = Vec::new();
    for (path, text) in &sources() {
        let module = module_of(path);
        let forbidden: &[&str] = match module.as_str() {
            "rules" => &["crate::reader", "crate::output", "std::fs"],
            "output" => &["crate::dictionary", "std::fs"],
            "batch" | "cli" | "main" => &[],
            _ => &["std::fs", "println!", "std::process::exit"],
        };
        let text = without_tests(text);
        wrong.extend(forbidden.iter().filter(|word| text.contains(**word)).map(|word| format!("{}: {word}", path.display())));
    }
    assert!(wrong.is_empty(), "rooms that should be closed:\n{}", wrong.join("\n"));
}
