//! `hegao placeholders`

use std::cell::RefCell;
use std::io::Write;

use serde_json::json;

use super::args::{PlaceholderArgs, TableFormat};
use super::{Status, form, settings, view};
use crate::output::blank::{self, Blank};
use crate::output::table as tables;

pub(super) fn run(args: PlaceholderArgs) -> anyhow::Result<Status> {
    if let Some(path) = &args.form {
        return form::run(&args.input, path);
    }
    let rows = RefCell::new(Vec::new());
    let format = args.format;
    view::each(
        &args.input,
        &settings::of(&args.input)?,
        |document| blank::all(&document),
        |_, found| {
            rows.borrow_mut().extend(found);
            Ok(())
        },
        |out| match format {
            TableFormat::Text => text(out, &rows.borrow()),
            TableFormat::Csv => tables::csv(out, &blank::HEAD, &rows.borrow().iter().map(Blank::cells).collect::<Vec<_>>()),
            TableFormat::Json => {
                let rows = rows.borrow();
                let objects: Vec<_> = rows.iter().map(object).collect();
                serde_json::to_writer_pretty(&mut *out, &objects)?;
                writeln!(out)
            }
        },
    )
}

fn text(out: &mut dyn Write, rows: &[Blank]) -> std::io::Result<()> {
    for of_file in rows.chunk_by(|a, b| a.path == b.path) {
        writeln!(out, "{}：{} 处待填", of_file[0].path, of_file.len())?;
        table(out, of_file)?;
        writeln!(out)?;
    }
    writeln!(out, "共 {} 处待填空白。", rows.len())
}

/// The blanks of one draft, aligned.
pub(super) fn table(out: &mut dyn Write, blanks: &[Blank]) -> std::io::Result<()> {
    let cells = |blank: &Blank| {
        let place = format!("{}:{}", blank.place.line, blank.place.column);
        vec![place, blank.text.clone(), blank.placeholder.asks.label().into(), blank.unit.clone(), blank.sentence.clone()]
    };
    tables::text(out, &["行:列", "空白", "要填", "单位", "所在语句"], &blanks.iter().map(cells).collect::<Vec<_>>(), 5)
}

fn object(blank: &Blank) -> serde_json::Value {
    let Blank { path, place, placeholder, text, unit, sentence, .. } = blank;
    json!({
        "path": path, "line": place.line, "column": place.column, "text": text,
        "kind": placeholder.kind.name(), "asks": placeholder.asks.name(), "unit": unit, "sentence": sentence,
    })
}
