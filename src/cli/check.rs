//! `hegao check`

use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

use anyhow::bail;
use indicatif::{ProgressBar, ProgressStyle};

use super::args::{CheckArgs, CheckFormat};
use super::journal::{self, Course, Journal, Tap};
use super::save::Saving;
use super::{Status, format, input, interrupt, settings};
use crate::across::{Across, Examined};
use crate::batch;
use crate::config::Config;
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
    let checker = Arc::new(settings::checker(&config, args.across)?);
    let inputs = input::drafts(&args.input, &config)?;
    let (out, saving) = input::output(&args.input, &inputs)?;
    let journal = args.journal.as_deref().map(|path| journal(path, &config, args.format)).transpose()?;
    let out = Tap::new(out);
    let (mut course, todo) = Course::begin(journal, &inputs, out.clone());
    let mut sink = format::sink(args.format, Box::new(out), to_file, least, inputs.len() > 1);
    let progress = progress(inputs.len(), to_file);
    let mut summary = Summary::default();
    let compare = args.across;
    let checks = Arc::clone(&checker);
    let check = move |_: &[u8], document| Examined::of(&checks, document, compare);
    let mut across = Across::default();
    batch::run_by_input(&todo, &input::options(&args.input), check, |results| {
        course.replay(&mut summary)?;
        let mut added = Summary::default();
        for result in results {
            match result {
                Ok(examined) => {
                    let (document, report) = across.settle(&checker, examined);
                    added.add(&report);
                    sink.file(&document, &report)?;
                }
                Err(failure) => {
                    added.failed += 1;
                    sink.failure(&failure)?;
                }
            }
        }
        summary.join(added);
        course.note(added)?;
        progress.set_position((inputs.len() - course.left()) as u64);
        Ok(())
    })?;
    course.replay(&mut summary)?;
    progress.finish_and_clear();
    sink.finish(&summary)?;
    saving.map_or(Ok(()), Saving::finish)?;
    if course.left() > 0 {
        interrupt::tell(inputs.len() - course.left(), inputs.len());
        return Ok(Status::Failed);
    }
    Ok(status(&summary, config.fail_on()))
}

fn journal(path: &Path, config: &Config, format: CheckFormat) -> anyhow::Result<Journal> {
    if !format::is_draft_by_draft(format) {
        bail!("--journal 只能与逐份输出的格式合用，请加 --format jsonl（或 plain、markdown、github）");
    }
    Journal::open(path, journal::fingerprint(config, format))
}

pub(super) fn status(summary: &Summary, fail_on: Severity) -> Status {
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
