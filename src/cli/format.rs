//! From the format that was asked for to the sink that writes it.

use std::io::IsTerminal;

use anyhow::bail;

use super::args::CheckFormat;
use super::input::Out;
use crate::finding::Severity;
use crate::output::Sink;
use crate::output::csv::Csv;
use crate::output::github::Github;
use crate::output::html::Html;
use crate::output::json::Json;
use crate::output::junit::Junit;
use crate::output::markdown::Markdown;
use crate::output::plain::Plain;
use crate::output::sarif::Sarif;
use crate::output::terminal::{Look, Terminal};
use crate::output::xlsx::Xlsx;

/// Refuses a format that the place for the result cannot take.
pub(super) fn check_place(format: CheckFormat, to_file: bool) -> anyhow::Result<()> {
    // A shell may recode what a program prints, which ruins a workbook even where it is not shown.
    if format == CheckFormat::Xlsx && !to_file {
        bail!("xlsx 是表格文件，不能显示在屏幕上；请用 -o 写明文件名，如 -o 核稿结果.xlsx");
    }
    if format == CheckFormat::Html && !to_file && std::io::stdout().is_terminal() {
        bail!("html 是网页，在屏幕上看不成；请用 -o 写明文件名，如 -o 核稿报告.html，再用浏览器打开");
    }
    Ok(())
}

/// Whether a format prints each draft on its own, without looking back or ahead, and the same on every screen.
pub(super) const fn is_draft_by_draft(format: CheckFormat) -> bool {
    matches!(format, CheckFormat::Plain | CheckFormat::Jsonl | CheckFormat::Markdown | CheckFormat::Github)
}

/// The sink of a format. `least` is the severity that was asked for, `many` whether there is more than one draft.
pub(super) fn sink(format: CheckFormat, out: Out, to_file: bool, least: Option<Severity>, many: bool) -> Box<dyn Sink> {
    match format {
        CheckFormat::Text => {
            let colours = !to_file && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
            let least = least.unwrap_or(Severity::Warning);
            Box::new(Terminal::new(out, Look { width: console_width().unwrap_or(100), colours, least, headings: many }))
        }
        CheckFormat::Plain => Box::new(Plain(out)),
        CheckFormat::Json => Box::new(Json::array(out)),
        CheckFormat::Jsonl => Box::new(Json::lines(out)),
        CheckFormat::Html => Box::new(Html::new(out)),
        CheckFormat::Xlsx => Box::new(Xlsx::new(out)),
        CheckFormat::Csv => Box::new(Csv::new(out)),
        CheckFormat::Markdown => Box::new(Markdown(out)),
        CheckFormat::Sarif => Box::new(Sarif::new(out)),
        CheckFormat::Junit => Box::new(Junit::new(out)),
        CheckFormat::Github => Box::new(Github(out)),
    }
}

/// The terminal's width in columns.
fn console_width() -> Option<usize> {
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let stdout = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    width.or(stdout.map(|(terminal_size::Width(width), _)| width.into()))
}
