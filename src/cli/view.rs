//! What the commands that show something of each draft share: read in parallel, show in order, name what could not be read.

use std::io::{self, Write};

use super::args::InputArgs;
use super::save::Saving;
use super::{Status, input, interrupt};
use crate::batch;
use crate::config::Config;
use crate::document::Document;

/// Works on every draft and hands what comes of it to `show`; failures go to standard error. `finish` writes what stands at the end.
pub(super) fn each<T: Send + 'static>(
    args: &InputArgs,
    config: &Config,
    work: impl Fn(Document) -> T + Send + Sync + 'static,
    mut show: impl FnMut(&mut dyn Write, T) -> io::Result<()>,
    finish: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<Status> {
    let inputs = input::drafts(args, config)?;
    let (mut out, saving) = input::output(args, &inputs)?;
    let mut status = Status::Clean;
    let done = batch::run(&inputs, &input::options(args), work, |result| match result {
        Ok(value) => show(&mut out, value),
        Err(failure) => {
            status = Status::Failed;
            writeln!(anstream::stderr(), "{}：{}", failure.name, failure.message)
        }
    })?;
    finish(&mut out)?;
    out.flush()?;
    saving.map_or(Ok(()), Saving::finish)?;
    interrupt::tell(done, inputs.len());
    Ok(if done < inputs.len() { Status::Failed } else { status })
}
