//! The command line: what was typed ([`args`]), and one file a subcommand. Only this module and `main` print or exit.

mod annotate;
pub mod args;
mod baseline;
mod changed;
mod check;
mod dict;
mod dict_check;
mod fill;
mod fix;
mod form;
mod format;
mod init;
mod input;
mod interrupt;
pub mod journal;
mod manual;
mod outline;
mod placeholders;
mod save;
mod segment;
mod settings;
mod shell;
mod stats;
mod target;
mod text;
mod view;

use std::io::{self, Write};
use std::panic::catch_unwind;
use std::process::ExitCode;

use args::{Cli, Command};

use crate::batch::panics;

/// How a run ended, the same for every command and format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings at or above `--fail-on`.
    Found,
    /// Something could not be checked: a bad file, option or dictionary.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status as u8)
    }
}

/// Runs what the command line asks for and prints errors to standard error.
pub fn run() -> ExitCode {
    panics::note_places();
    let cli = match args::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let result = catch_unwind(|| dispatch(cli)).unwrap_or_else(|_| {
        let place = panics::last().unwrap_or_default();
        Err(anyhow::anyhow!("核稿自身出错（{place}），没有做完；请把这句话发给维护者"))
    });
    match result {
        Ok(status) => status.into(),
        Err(error) if is(&error, io::ErrorKind::BrokenPipe) => Status::Clean.into(),
        Err(error) => {
            let full = if is(&error, io::ErrorKind::StorageFull) { "磁盘已满，请腾出空间后再查：" } else { "" };
            let _ = writeln!(anstream::stderr(), "错误：{full}{error:#}");
            Status::Failed.into()
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<Status> {
    match cli.command {
        Command::Check(args) => check::run(args),
        Command::Annotate(args) => annotate::run(args),
        Command::Fix(args) => fix::run(args),
        Command::Fill(args) => fill::run(args),
        Command::Segment(args) => segment::run(args),
        Command::Outline(args) => outline::run(args),
        Command::Placeholders(args) => placeholders::run(args),
        Command::Stats(args) => stats::run(args),
        Command::Text(args) => text::run(args),
        Command::Dict(args) => dict::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Init(args) => init::run(&args),
        Command::Rules(args) => manual::rules(&args),
        Command::Explain(args) => manual::explain(&args),
        Command::Completions(args) => shell::completions(&args),
        Command::Man(args) => shell::man(&args),
    }
}

/// Whether this kind of error lies behind it. A reader that went away (`hegao check … | head`) is no error.
fn is(error: &anyhow::Error, kind: io::ErrorKind) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == kind))
}
