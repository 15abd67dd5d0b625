//! `hegao stats`

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::json;

use super::args::{StatsArgs, TableFormat};
use super::{Status, settings, view};
use crate::checker::Checker;
use crate::document::Document;
use crate::output::table;
use crate::placeholder::Kind;

const HEAD: [&str; 9] = ["文件", "字数", "句数", "一级", "二级", "三级", "四级", "待填", "固定表述"];

/// The figures of one draft.
struct Row {
    path: String,
    /// Characters, sentences, sections of the levels 一、（一）1.（1）, blanks, uses of set expressions.
    figures: [usize; 8],
    /// Blanks by the way they are left.
    placeholders: BTreeMap<Kind, usize>,
}

pub(super) fn run(args: StatsArgs) -> anyhow::Result<Status> {
    let config = settings::words(&args.dictionary).over(settings::of(&args.input)?);
    let checker = Checker::builder().dictionary(settings::dictionary(&config)?).build()?;
    let rows = RefCell::new(Vec::new());
    view::each(
        &args.input,
        &config,
        move |document| count(&checker, &document),
        |_, row| {
            rows.borrow_mut().push(row);
            Ok(())
        },
        |out| {
            let mut rows = rows.borrow_mut();
            let total = total(&rows);
            rows.push(total);
            match args.format {
                TableFormat::Text => text(out, &rows),
                TableFormat::Csv => csv(out, &rows),
                TableFormat::Json => {
                    serde_json::to_writer_pretty(&mut *out, &rows.iter().map(object).collect::<Vec<_>>())?;
                    writeln!(out)
                }
            }
        },
    )
}

fn count(checker: &Checker, document: &Document) -> Row {
    let report = checker.check(document);
    let sentences = document.blocks.iter().map(|block| sentences(&document.shown(block))).sum();
    let level = |name: &str| report.outline.counts().find(|(level, _)| level.name() == name).map_or(0, |(_, n)| n);
    let mut placeholders = BTreeMap::new();
    for blank in &report.placeholders {
        *placeholders.entry(blank.kind).or_default() += 1;
    }
    let figures =
        [report.characters, sentences, level("1"), level("2"), level("3"), level("4"), report.placeholders.len(), report.expressions];
    Row { path: document.name.clone(), figures, placeholders }
}

/// The sentences of a paragraph: a run of closing marks ends one, and so does the end where words follow the last mark.
fn sentences(paragraph: &str) -> usize {
    let mut count = 0;
    let mut open = false;
    for c in paragraph.chars() {
        match c {
            '。' | '！' | '？' | '…' => {
                count += usize::from(open);
                open = false;
            }
            c if c.is_alphanumeric() => open = true,
            _ => {}
        }
    }
    count + usize::from(open)
}

fn total(rows: &[Row]) -> Row {
    let mut total = Row { path: format!("合计（{} 份）", rows.len()), figures: [0; 8], placeholders: BTreeMap::new() };
    for row in rows {
        total.figures.iter_mut().zip(row.figures).for_each(|(sum, n)| *sum += n);
        row.placeholders.iter().for_each(|(kind, n)| *total.placeholders.entry(*kind).or_default() += n);
    }
    total
}

/// The figures, and below them the blanks by the ways they are left, as far as there are any.
fn text(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    table::text(out, &HEAD, &rows.iter().map(cells).collect::<Vec<_>>(), 1)?;
    let kinds: Vec<Kind> = Kind::ALL.into_iter().filter(|kind| rows.iter().any(|row| row.placeholders.contains_key(kind))).collect();
    if kinds.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n待填空白的写法：")?;
    let head: Vec<&str> = ["文件"].into_iter().chain(kinds.iter().map(|kind| kind.label())).collect();
    let of_row = |row: &Row| [row.path.clone()].into_iter().chain(by_kind(row, &kinds)).collect();
    let rows: Vec<Vec<String>> = rows.iter().filter(|row| !row.placeholders.is_empty()).map(of_row).collect();
    table::text(out, &head, &rows, 1)
}

/// The same in one row a draft, with a column for each way of leaving a blank, so that the columns are always the same.
fn csv(out: &mut dyn Write, rows: &[Row]) -> io::Result<()> {
    let kinds = Kind::ALL.map(|kind| format!("待填（{}）", kind.label()));
    let head: Vec<&str> = HEAD.into_iter().chain(kinds.iter().map(String::as_str)).collect();
    let of_row = |row: &Row| cells(row).into_iter().chain(by_kind(row, &Kind::ALL)).collect();
    table::csv(out, &head, &rows.iter().map(of_row).collect::<Vec<_>>())
}

fn by_kind(row: &Row, kinds: &[Kind]) -> impl Iterator<Item = String> {
    kinds.iter().map(|kind| row.placeholders.get(kind).copied().unwrap_or_default().to_string())
}

fn cells(row: &Row) -> Vec<String> {
    [row.path.clone()].into_iter().chain(row.figures.iter().map(ToString::to_string)).collect()
}

fn object(row: &Row) -> serde_json::Value {
    let by_kind: BTreeMap<&str, usize> = row.placeholders.iter().map(|(kind, n)| (kind.name(), *n)).collect();
    let [characters, sentences, one, two, three, four, placeholders, expressions] = row.figures;
    json!({
        "path": row.path, "characters": characters, "sentences": sentences, "sections": { "1": one, "2": two, "3": three, "4": four },
        "placeholders": placeholders, "placeholders_by_kind": by_kind, "expressions": expressions,
    })
}
