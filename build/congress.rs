//! Compiles `dictionaries/congresses.toml` into the tables of `src/dictionary/congress.rs`.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use toml::Spanned;

use crate::date::Date;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    congress: Table<Congress>,
    plenum: Table<Session>,
    ccdi: Table<Session>,
    npc: Table<Session>,
    cppcc: Table<Session>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table<T> {
    source: Spanned<String>,
    meetings: Vec<Spanned<T>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Congress {
    number: u8,
    opened: String,
    closed: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Session {
    term: u8,
    number: u8,
    opened: String,
    closed: Option<String>,
    document: Option<String>,
}

/// What is wrong, and at which byte.
type Problem = (usize, String);

/// Reads `congresses.toml` from `dictionaries` and writes `congress.rs` into `out`.
///
/// # Errors
/// A file that cannot be read or written, TOML that does not parse, and meetings that are out of order or have impossible
/// dates, with the line.
pub(crate) fn compile(dictionaries: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let path = dictionaries.join("congresses.toml");
    println!("cargo:rerun-if-changed={}", path.display());
    let text = fs::read_to_string(&path)?;
    let code = toml::from_str(&text)
        .map_err(|error| (error.span().map_or(0, |span| span.start), error.message().to_owned()))
        .and_then(|file| tables(&file))
        .map_err(|(at, message)| format!("{}:{}: {message}", path.display(), text[..at].matches('\n').count() + 1))?;
    fs::write(out.join("congress.rs"), code)?;
    Ok(())
}

fn tables(file: &File) -> Result<String, Problem> {
    let mut code = String::from("/// Party congresses, the first one first.\npub const CONGRESSES: &[Congress] = &[\n");
    let mut last: Option<(u8, Date)> = None;
    check_source(&file.congress.source)?;
    for meeting in &file.congress.meetings {
        let Congress { number, opened, closed } = meeting.get_ref();
        let opened = period(opened, closed.as_deref()).map_err(|why| (meeting.span().start, why))?;
        if *number != last.map_or(1, |(n, _)| n + 1) || last.is_some_and(|(_, date)| !opened.starts_after(date)) {
            return Err((meeting.span().start, "congresses are numbered from 1 in the order of their dates".into()));
        }
        last = Some((*number, opened));
        push(&mut code, &format!("Congress {{ number: {number}, opened: {} }}", constant(opened)));
    }
    code.push_str("];\n\n/// Sessions by body, term and number.\npub const SESSIONS: &[Session] = &[\n");
    let bodies = [("Central", &file.plenum), ("Discipline", &file.ccdi), ("People", &file.npc), ("Consultative", &file.cppcc)];
    for (body, table) in bodies {
        check_source(&table.source)?;
        sessions(&mut code, body, &table.meetings)?;
    }
    code.push_str("];\n");
    Ok(code)
}

fn sessions(code: &mut String, body: &str, meetings: &[Spanned<Session>]) -> Result<(), Problem> {
    let mut last: Option<(u8, u8, Date)> = None;
    let next = |last: Option<(u8, u8, Date)>, term, number, opened: Date| match last {
        None => number == 1,
        Some((t, n, date)) => ((term, number) == (t, n + 1) || (term, number) == (t + 1, 1)) && opened.starts_after(date),
    };
    for meeting in meetings {
        let Session { term, number, opened, closed, document } = meeting.get_ref();
        let at = |why: &str| (meeting.span().start, why.to_owned());
        let opened = period(opened, closed.as_deref()).map_err(|why| at(&why))?;
        if document.as_deref().is_some_and(|title| title.is_empty() || title.starts_with('《')) {
            return Err(at("a document is named without 《》"));
        }
        if !next(last, *term, *number, opened) {
            return Err(at("sessions are numbered from 1 in each term, in the order of their dates"));
        }
        last = Some((*term, *number, opened));
        let opened = constant(opened);
        push(code, &format!("Session {{ body: Body::{body}, term: {term}, number: {number}, opened: {opened} }}"));
    }
    Ok(())
}

/// The first day of a meeting, after a look at the last.
fn period(opened: &str, closed: Option<&str>) -> Result<Date, String> {
    let day = |text: &str| (text.len() == 10).then(|| Date::parse(text)).flatten().ok_or_else(|| format!("{text} is not a day YYYY-MM-DD"));
    let first = day(opened)?;
    match closed.map(day).transpose()? {
        Some(last) if !last.starts_after(first) => Err("closed must be later than opened".into()),
        _ => Ok(first),
    }
}

fn check_source(source: &Spanned<String>) -> Result<(), Problem> {
    if source.get_ref().is_empty() { Err((source.span().start, "source must not be empty".into())) } else { Ok(()) }
}

fn constant(date: Date) -> String {
    let (year, month, day) = date.parts();
    format!("Date::new({year}, {month}, {day})")
}

fn push(code: &mut String, item: &str) {
    // Writing into a string cannot fail.
    let _ = writeln!(code, "    {item},");
}
