//! `hegao dict check`: what is wrong with a user's dictionaries, each mistake with its line.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::Write;
use std::path::PathBuf;

use super::{Status, input};
use crate::checker::Checker;
use crate::date::Date;
use crate::dictionary::format::{File, Lines, Problem};
use crate::dictionary::{Dictionary, audit, lint};
use crate::document::Document;
use crate::finding::Severity;

pub(super) fn run(files: &[PathBuf]) -> anyhow::Result<Status> {
    let mut out = anstream::stdout().lock();
    let shipped = Dictionary::builtin();
    let mut problems = 0;
    for path in files {
        let found = problems_of(&input::read(path)?, &shipped)?;
        problems += found.len();
        for Problem { line, message } in &found {
            writeln!(out, "{}:{line}：{message}", path.display())?;
        }
        match found.len() {
            0 => writeln!(out, "{}：没有问题", path.display())?,
            count => writeln!(out, "{}：共{count}处问题，改好以后再检查一次", path.display())?,
        }
    }
    Ok(if problems > 0 { Status::Failed } else { Status::Clean })
}

/// The mistakes of the first stage that has any: the file by itself, its records beside all others, its examples.
fn problems_of(source: &str, shipped: &Dictionary) -> anyhow::Result<Vec<Problem>> {
    let file = match lint::read(source) {
        Ok(file) => file,
        Err(mistakes) => return Ok(mistakes),
    };
    let conflicts = audit::conflicts(source, &file, shipped);
    if conflicts.is_empty() { examples(source, &file) } else { Ok(conflicts) }
}

/// Right examples that are reported, and wrong ones that are not. A wording that has been replaced is judged by its own time, as in use.
fn examples(source: &str, file: &File) -> anyhow::Result<Vec<Problem>> {
    let today = Date::today();
    let mut checkers: BTreeMap<String, Checker> = BTreeMap::new();
    let mut reported = |text: &str, date: Option<&str>| -> anyhow::Result<bool> {
        let date = date.and_then(Date::parse).unwrap_or(today);
        let checker = match checkers.entry(date.iso()) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => {
                let dictionary = Dictionary::with_files(true, &[source], &[]).map_err(|(_, problem)| problem)?;
                place.insert(Checker::builder().dictionary(dictionary).as_of(date).build()?)
            }
        };
        let findings = checker.check(&Document::from_text("例句", text)).findings;
        Ok(findings.iter().any(|finding| finding.severity > Severity::Info))
    };
    let phrases = file.phrase.iter().map(|r| (r.span().start, r.get_ref())).map(|(at, r)| {
        let until = r.until.as_deref().filter(|_| r.replaced_by.is_some());
        (at, &r.good, &r.bad, until)
    });
    let templates = file.template.iter().map(|r| (r.span().start, &r.get_ref().good, &r.get_ref().bad, None));
    let (lines, mut found) = (Lines::of(source), Vec::new());
    for (at, good, bad, until) in phrases.chain(templates) {
        let line = lines.at(at);
        for text in good {
            if reported(text, until)? {
                found.push(Problem { line, message: format!("正例“{text}”不应报错却报了错") });
            }
        }
        for text in bad {
            if !reported(text, None)? {
                found.push(Problem { line, message: format!("错例“{text}”应当报错却没有报") });
            }
        }
    }
    Ok(found)
}
