//! `hegao placeholders`

use std::cell::RefCell;
use std::io::Write;

use serde_json::json;

use super::args::{PlaceholderArgs, TableFormat};
use super::{Status, settings, table, view};
use crate::document::Document;
use crate::placeholder;
use crate::span::Span;
use crate::text::Folded;

const HEAD: [&str; 7] = ["文件", "行", "列", "空白", "要填", "单位", "所在语句"];

/// One blank as it is shown.
struct Row {
    path: String,
    line: u32,
    column: u32,
    text: String,
    kind: &'static str,
    asks: &'static str,
    asks_label: &'static str,
    unit: String,
    sentence: String,
}

pub(super) fn run(args: PlaceholderArgs) -> anyhow::Result<Status> {
    let rows = RefCell::new(Vec::new());
    let format = args.format;
    view::each(
        &args.input,
        &settings::of(&args.input)?,
        |document| blanks(&document),
        |_, found| {
            rows.borrow_mut().extend(found);
            Ok(())
        },
        |out| match format {
            TableFormat::Text => text(out, &rows.borrow()),
            TableFormat::Csv => table::csv(out, &HEAD, &rows.borrow().iter().map(cells).collect::<Vec<_>>()),
            TableFormat::Json => {
                let rows = rows.borrow();
                let objects: Vec<_> = rows.iter().map(object).collect();
                serde_json::to_writer_pretty(&mut *out, &objects)?;
                writeln!(out)
            }
        },
    )
}

fn blanks(document: &Document) -> Vec<Row> {
    let source = document.text.as_str();
    let mut folded = Folded::default();
    folded.refill_without(source, document.blocks.iter().map(|block| block.span), &document.markup);
    let mut places = document.text.cursor();
    let row = |blank: placeholder::Placeholder| {
        let place = places.position(blank.span.start);
        Row {
            path: document.name.clone(),
            line: place.line,
            column: place.column,
            text: view::one_line(blank.span.of(source)),
            kind: blank.kind.name(),
            asks: blank.asks.name(),
            asks_label: blank.asks.label(),
            unit: blank.unit.map(|unit| view::one_line(unit.of(source))).unwrap_or_default(),
            sentence: view::one_line(around(source, blank.span)),
        }
    };
    placeholder::find(document, &folded).into_iter().map(row).collect()
}

/// The clause a blank stands in: up to the marks or line ends on both sides, at most some thirty characters.
fn around(source: &str, span: Span) -> &str {
    const REACH: usize = 15;
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | '\n' | '\r');
    let before = source[..span.start as usize].char_indices().rev().take(REACH).take_while(|&(_, c)| !ends(c)).last();
    let after = source[span.end as usize..].char_indices().take(REACH).take_while(|&(_, c)| !ends(c)).last();
    let start = before.map_or(span.start as usize, |(at, _)| at);
    let end = after.map_or(span.end as usize, |(at, c)| span.end as usize + at + c.len_utf8());
    &source[start..end]
}

fn text(out: &mut dyn Write, rows: &[Row]) -> std::io::Result<()> {
    for of_file in rows.chunk_by(|a, b| a.path == b.path) {
        writeln!(out, "{}：{} 处待填", of_file[0].path, of_file.len())?;
        let cells: Vec<Vec<String>> = of_file
            .iter()
            .map(|row| {
                vec![
                    format!("{}:{}", row.line, row.column),
                    row.text.clone(),
                    row.asks_label.into(),
                    row.unit.clone(),
                    row.sentence.clone(),
                ]
            })
            .collect();
        table::text(out, &["行:列", "空白", "要填", "单位", "所在语句"], &cells, 5)?;
        writeln!(out)?;
    }
    writeln!(out, "共 {} 处待填空白。", rows.len())
}

fn cells(row: &Row) -> Vec<String> {
    let Row { path, line, column, text, asks_label, unit, sentence, .. } = row;
    vec![path.clone(), line.to_string(), column.to_string(), text.clone(), (*asks_label).into(), unit.clone(), sentence.clone()]
}

fn object(row: &Row) -> serde_json::Value {
    let Row { path, line, column, text, kind, asks, unit, sentence, .. } = row;
    json!({ "path": path, "line": line, "column": column, "text": text, "kind": kind, "asks": asks, "unit": unit, "sentence": sentence })
}
