//! `hegao stats`

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::json;

use super::args::{StatsArgs, TableFormat};
use super::{Status, settings, view};
use crate::checker::Checker;
use crate::document::Document;
use crate::output::table;

const HEAD: [&str; 9] = ["文件", "字数", "句数", "一级", "二级", "三级", "四级", "待填", "固定表述"];

/// The figures of one draft.
struct Row {
    path: String,
    /// Characters, sentences, sections of the levels 一、（一）1.（1）, blanks, uses of set expressions.
    figures: [usize; 8],
    placeholders: BTreeMap<&'static str, usize>,
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
                TableFormat::Text => table::text(out, &HEAD, &rows.iter().map(cells).collect::<Vec<_>>(), 1),
                TableFormat::Csv => table::csv(out, &HEAD, &rows.iter().map(cells).collect::<Vec<_>>()),
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
        *placeholders.entry(blank.kind.name()).or_default() += 1;
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
        row.placeholders.iter().for_each(|(kind, n)| *total.placeholders.entry(kind).or_default() += n);
    }
    total
}

fn cells(row: &Row) -> Vec<String> {
    [row.path.clone()].into_iter().chain(row.figures.iter().map(ToString::to_string)).collect()
}

fn object(row: &Row) -> serde_json::Value {
    let [characters, sentences, one, two, three, four, placeholders, expressions] = row.figures;
    json!({
        "path": row.path, "characters": characters, "sentences": sentences, "sections": { "1": one, "2": two, "3": three, "4": four },
        "placeholders": placeholders, "placeholders_by_kind": row.placeholders, "expressions": expressions,
    })
}
