//! What several subcommands share: the drafts, the dictionary, the place for the result.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::args::{DictionaryArgs, InputArgs};
use crate::batch::{self, Input};
use crate::dictionary::{Dictionary, overlay};

/// Where the result goes.
pub(super) type Out = Box<dyn Write>;

/// The drafts named on the command line; the number of threads is set on the way.
pub(super) fn drafts(args: &InputArgs) -> anyhow::Result<Vec<Input>> {
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global().context("无法启动线程")?;
    }
    Ok(batch::collect(&args.paths))
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

/// The dictionary in force.
pub(super) fn dictionary(args: &DictionaryArgs) -> anyhow::Result<Dictionary> {
    let sources: Vec<String> = args.dictionary.iter().map(read).collect::<anyhow::Result<_>>()?;
    let allowed: Vec<String> = args.allow.iter().map(read).collect::<anyhow::Result<_>>()?;
    let files: Vec<&str> = sources.iter().map(String::as_str).collect();
    let allowed = overlay::allowed_words(allowed.iter().map(String::as_str));
    Dictionary::with_files(!args.no_builtin_dictionary, &files, &allowed)
        .map_err(|(file, problem)| anyhow::anyhow!("{}:{}：{}", args.dictionary[file].display(), problem.line, problem.message))
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
