//! `hegao check`

use std::io::IsTerminal;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::CheckArgs;
use super::{Status, format, input, interrupt, settings};
use crate::across::Across;
use crate::batch;
use crate::finding::Severity;
use crate::output::Summary;

/// Runs shorter than this many files show no progress.
const LONG: usize = 200;

pub(super) fn run(args: CheckArgs) -> anyhow::Result<Status> {
    let to_file = args.input.output.is_some();
    format::check_place(args.format, to_file)?;
    let config = settings::flags(&args.rules, &args.dictionary).over(settings::of(&args.input)?);
    let least = config.min_severity.as_ref().map(|severity| severity.value);
    let config = config.complete();
    if args.show_config {
        settings::show(&config, &mut anstream::stdout().lock())?;
        return Ok(Status::Clean);
    }
    let checker = Arc::new(settings::checker(&config)?);
    let inputs = input::drafts(&args.input, &config)?;
    let out = input::output(args.input.output.as_deref(), &inputs)?;
    let mut sink = format::sink(args.format, out, to_file, least, inputs.len() > 1);
    let progress = progress(inputs.len(), to_file);
    let mut summary = Summary::default();
    let compare = args.across;
    let checks = Arc::clone(&checker);
    let check = move |document| {
        let report = checks.check(&document);
        let paragraphs = if compare { Across::read(&document) } else { Vec::new() };
        (document, report, paragraphs)
    };
    let mut across = Across::default();
    let done = batch::run(&inputs, &input::options(&args.input), check, |result| {
        progress.inc(1);
        match result {
            Ok((document, mut report, paragraphs)) => {
                checker.add(&mut report, across.take(&document.name, &paragraphs));
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
    interrupt::tell(done, inputs.len());
    if done < inputs.len() {
        return Ok(Status::Failed);
    }
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

/// A bar with count, rate and remaining time, for long work that somebody watches while the listing goes elsewhere.
fn progress(files: usize, to_file: bool) -> ProgressBar {
    if files < LONG || !input::is_watched() || (!to_file && std::io::stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} 份  每秒 {per_sec}  还需 {eta}");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
