//! What several subcommands share: the drafts, the dictionary, the place for the result.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::args::InputArgs;
use crate::batch::{self, Exclude, Input};
use crate::config::{Config, Origin};

/// Where the result goes.
pub(super) type Out = Box<dyn Write>;

/// The drafts named on the command line, without those the configuration leaves out; the number of threads is set on the way.
pub(super) fn drafts(args: &InputArgs, config: &Config) -> anyhow::Result<Vec<Input>> {
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global().context("无法启动线程")?;
    }
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

/// Opens the place for the result: standard output, or a file that must not be one of the drafts.
pub(super) fn output(path: Option<&Path>, inputs: &[Input]) -> anyhow::Result<Out> {
    let Some(path) = path else {
        return Ok(Box::new(BufWriter::new(anstream::stdout().lock())));
    };
    let same = |input: &Input| matches!(input, Input::File(file) if same_file(file, path));
    if inputs.iter().any(same) {
        bail!("{}：这是要检查的稿件，结果不能写在它上面；请用 -o 换一个文件名", path.display());
    }
    let file = File::create(path).with_context(|| format!("{}：无法写入", path.display()))?;
    Ok(Box::new(BufWriter::new(file)))
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
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
