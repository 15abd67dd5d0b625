//! `hegao placeholders`

use std::cell::RefCell;
use std::io::Write;

use serde_json::json;

use super::args::{PlaceholderArgs, TableFormat};
use super::{Status, settings, view};
use crate::document::Document;
use crate::output::blank::{self, Blank, blanks};
use crate::output::table;
use crate::placeholder;
use crate::text::Folded;

pub(super) fn run(args: PlaceholderArgs) -> anyhow::Result<Status> {
    let rows = RefCell::new(Vec::new());
    let format = args.format;
    view::each(
        &args.input,
        &settings::of(&args.input)?,
        |document| of(&document),
        |_, found| {
            rows.borrow_mut().extend(found);
            Ok(())
        },
        |out| match format {
            TableFormat::Text => text(out, &rows.borrow()),
            TableFormat::Csv => table::csv(out, &blank::HEAD, &rows.borrow().iter().map(Blank::cells).collect::<Vec<_>>()),
            TableFormat::Json => {
                let rows = rows.borrow();
                let objects: Vec<_> = rows.iter().map(object).collect();
                serde_json::to_writer_pretty(&mut *out, &objects)?;
                writeln!(out)
            }
        },
    )
}

/// The blanks of one draft; nothing else is looked for.
fn of(document: &Document) -> Vec<Blank> {
    let mut folded = Folded::default();
    folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
    blanks(document, &placeholder::find(document, &folded))
}

fn text(out: &mut dyn Write, rows: &[Blank]) -> std::io::Result<()> {
    for of_file in rows.chunk_by(|a, b| a.path == b.path) {
        writeln!(out, "{}：{} 处待填", of_file[0].path, of_file.len())?;
        let cells = |blank: &Blank| {
            let place = format!("{}:{}", blank.place.line, blank.place.column);
            vec![place, blank.text.clone(), blank.placeholder.asks.label().into(), blank.unit.clone(), blank.sentence.clone()]
        };
        table::text(out, &["行:列", "空白", "要填", "单位", "所在语句"], &of_file.iter().map(cells).collect::<Vec<_>>(), 5)?;
        writeln!(out)?;
    }
    writeln!(out, "共 {} 处待填空白。", rows.len())
}

fn object(blank: &Blank) -> serde_json::Value {
    let Blank { path, place, placeholder, text, unit, sentence } = blank;
    json!({
        "path": path, "line": place.line, "column": place.column, "text": text,
        "kind": placeholder.kind.name(), "asks": placeholder.asks.name(), "unit": unit, "sentence": sentence,
    })
}
