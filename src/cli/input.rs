//! What several subcommands share: the drafts, the dictionary, the place for the result.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, bail};

use super::args::{InputArgs, LimitArgs};
use super::interrupt;
use super::save::{self, Over, Saving};
use crate::batch::{self, Exclude, Input, Options};
use crate::config::{Config, Origin};
use crate::reader::Limits;

/// How long one file may take; a large report takes a tenth of a second.
const MOST_SECONDS: u64 = 30;

/// Where the result goes.
pub(super) type Out = Box<dyn Write>;

/// The drafts named on the command line, without those the configuration leaves out.
pub(super) fn drafts(args: &InputArgs, config: &Config) -> anyhow::Result<Vec<Input>> {
    let mut exclude = Exclude::default();
    for glob in &config.exclude {
        let folder = match &glob.origin {
            Origin::File { path, .. } => path.parent().unwrap_or(Path::new("")),
            _ => Path::new(""),
        };
        exclude
            .add(folder, &glob.value)
            .map_err(|reason| anyhow::anyhow!("{}：“{}”不是正确的通配写法（{reason}）", glob.origin, glob.value))?;
    }
    Ok(batch::collect(&args.paths, &exclude))
}

/// How the drafts are worked on.
pub(super) fn options(args: &InputArgs) -> Options {
    let LimitArgs { size, expanded, time } = args.limits;
    let defaults = Limits::default();
    let megabytes = |given: Option<NonZero<u32>>, default| given.map_or(default, |n| (n.get() as usize).saturating_mul(1 << 20));
    let limits = Limits {
        file_bytes: megabytes(size, defaults.file_bytes),
        expanded_bytes: megabytes(expanded, defaults.expanded_bytes),
        ..defaults
    };
    let seconds = time.map_or(MOST_SECONDS, |n| n.get().into());
    Options {
        limits,
        jobs: args.jobs.and_then(|n| NonZero::new(n.into())),
        time: Some(Duration::from_secs(seconds)),
        stop: interrupt::stop(),
    }
}

/// What a result may be written over: nothing, unless that is asked for. A report is soon made again, and what stands in its place may not be.
pub(super) const fn over(args: &InputArgs) -> Over {
    if args.force { Over::Existing } else { Over::Nothing }
}

/// Opens the place for the result: standard output, or a file that must not be one of the drafts and that appears when its
/// [`Saving`] is finished, after the writer was flushed.
pub(super) fn output(args: &InputArgs, inputs: &[Input]) -> anyhow::Result<(Out, Option<Saving>)> {
    let Some(path) = &args.output else {
        return Ok((standard_output(), None));
    };
    keep_drafts(path, inputs)?;
    let failed = || format!("{}：无法写入", path.display());
    if path.exists() && !path.is_file() && !path.is_dir() {
        // A pipe or a device is written to as it is.
        return Ok((Box::new(BufWriter::new(File::create(path).with_context(failed)?)), None));
    }
    save::sweep(path);
    let saving = Saving::begin(path, over(args))?;
    let out = saving.writer().with_context(failed)?;
    Ok((Box::new(out), Some(saving)))
}

/// Standard output. Where it shows no colours none are written, and nothing need be searched for them.
fn standard_output() -> Out {
    if anstream::AutoStream::choice(&io::stdout()) == anstream::ColorChoice::Never {
        Box::new(BufWriter::new(io::stdout().lock()))
    } else {
        Box::new(BufWriter::new(anstream::stdout().lock()))
    }
}

/// Refuses a place for a result that is one of the drafts.
pub(super) fn keep_drafts(path: &Path, inputs: &[Input]) -> anyhow::Result<()> {
    if inputs.iter().any(|input| matches!(input, Input::File(file) if save::is_same(file, path))) {
        bail!("{}：这是要检查的稿件，结果不能写在它上面；请用 -o 换一个文件名", path.display());
    }
    Ok(())
}

/// A text file of the user's: a dictionary or a list of words.
pub(super) fn read(path: &PathBuf) -> anyhow::Result<String> {
    let bytes = fs::read(path).with_context(|| format!("{}：无法读取", path.display()))?;
    let (text, _) = crate::reader::text::decode(&bytes).with_context(|| path.display().to_string())?;
    Ok(text)
}

/// Whether people watch standard error.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}
