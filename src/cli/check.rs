//! `hegao check`

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::{CheckArgs, CheckFormat};
use super::{Status, input, settings};
use crate::batch;
use crate::finding::Severity;
use crate::output::json::Json;
use crate::output::plain::Plain;
use crate::output::terminal::Terminal;
use crate::output::{Sink, Summary};
use crate::reader::Limits;

/// Runs shorter than this many files show no progress.
const LONG: usize = 200;

pub(super) fn run(args: CheckArgs) -> anyhow::Result<Status> {
    let config = settings::flags(&args.rules, &args.dictionary).over(settings::of(&args.input)?).complete();
    if args.show_config {
        settings::show(&config, &mut anstream::stdout().lock())?;
        return Ok(Status::Clean);
    }
    let checker = settings::checker(&config)?;
    let inputs = input::drafts(&args.input, &config)?;
    let mut sink = sink(args.format, args.input.output.is_some(), input::output(args.input.output.as_deref(), &inputs)?);
    let progress = progress(inputs.len(), args.input.output.is_some());
    let mut summary = Summary::default();
    let check = |document| {
        let report = checker.check(&document);
        (document, report)
    };
    batch::run(&inputs, &Limits::default(), check, |result| {
        progress.inc(1);
        match result {
            Ok((document, report)) => {
                summary.add(&report);
                sink.file(&document, &report)
            }
            Err(failure) => {
                summary.failed += 1;
                sink.failure(&failure)
            }
        }
    })?;
    progress.finish_and_clear();
    sink.finish(&summary)?;
    Ok(status(&summary, config.fail_on()))
}

fn status(summary: &Summary, fail_on: Severity) -> Status {
    if summary.failed > 0 {
        Status::Failed
    } else if summary.findings.at_least(fail_on) > 0 {
        Status::Found
    } else {
        Status::Clean
    }
}

fn sink(format: CheckFormat, to_file: bool, out: input::Out) -> Box<dyn Sink> {
    match format {
        CheckFormat::Text => {
            let colours = !to_file && anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
            let width = console_width().unwrap_or(100);
            Box::new(Terminal::new(out, width, colours))
        }
        CheckFormat::Plain => Box::new(Plain(out)),
        CheckFormat::Json => Box::new(Json::array(out)),
        CheckFormat::Jsonl => Box::new(Json::lines(out)),
    }
}

/// The terminal's width in columns.
fn console_width() -> Option<usize> {
    let width = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let stdout = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    width.or(stdout.map(|(terminal_size::Width(width), _)| width.into()))
}

/// A bar with count, rate and remaining time, for long work that somebody watches while the listing goes elsewhere.
fn progress(files: usize, to_file: bool) -> ProgressBar {
    if files < LONG || !input::is_watched() || (!to_file && std::io::stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 份  每秒 {per_sec}  还需 {eta}");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
