//! Many files at once: paths → files in path order → results in the same order, in parallel.
//!
//! Work goes in portions, so that memory is bounded by what one portion holds, whatever the number of files. A file that cannot be read
//! is one failure with its name and reason, never the end of the run; a panic while checking one is our bug and is reported as that file's.

use std::fs;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf, absolute};

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::OverrideBuilder;
use rayon::prelude::*;

use crate::document::Document;
use crate::reader::{self, Limits};

/// Where a draft comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// A path that cannot be used, and why.
    Bad(PathBuf, String),
}

/// A draft that could not be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file's name.
    pub name: String,
    /// What was expected and what to do, in Chinese.
    pub message: String,
}

/// What a walk through a folder leaves out: globs as `.gitignore` writes them, each relative to a folder of its own.
#[derive(Debug, Clone, Default)]
pub struct Exclude(Vec<(PathBuf, Gitignore)>);

impl Exclude {
    /// Leaves out what `glob` means in `folder` and below.
    ///
    /// # Errors
    /// Why it is no glob.
    pub fn add(&mut self, folder: &Path, glob: &str) -> Result<(), String> {
        let folder = real(folder);
        let mut builder = GitignoreBuilder::new(&folder);
        builder.add_line(None, glob).map_err(|error| error.to_string())?;
        self.0.push((folder, builder.build().map_err(|error| error.to_string())?));
        Ok(())
    }

    /// Whether `path`, below a folder as [`real`] gives it, is left out.
    fn holds(&self, path: &Path, is_folder: bool) -> bool {
        self.0.iter().any(|(folder, globs)| path.starts_with(folder) && globs.matched_path_or_any_parents(path, is_folder).is_ignore())
    }
}

/// The path without links and `..`, so that two names of one folder are alike.
pub(crate) fn real(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).or_else(|_| absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// Files whose names tell that they are drafts; others are read only when named on their own.
const ENDINGS: [&str; 14] = ["txt", "md", "markdown", "html", "htm", "docx", "docm", "dotx", "doc", "wps", "odt", "rtf", "pdf", "ofd"];

/// How many files are in work at once for each thread.
const PORTION: usize = 32;

/// The drafts that `paths` name: files as they are, folders with all drafts below them, `-` for standard input.
///
/// Folders are walked in path order; hidden files, Word's lock files (`~$…`) and what a `.hegaoignore` or `exclude` names are left out; a file that is
/// named itself is always taken. A path that does not exist stands in the result as [`Input::Bad`].
pub fn collect(paths: &[PathBuf], exclude: &Exclude) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            walk(path, exclude, &mut inputs);
        } else if path.exists() {
            inputs.push(Input::File(path.clone()));
        } else {
            inputs.push(Input::Bad(path.clone(), "没有这个文件或文件夹，请核对路径".into()));
        }
    }
    inputs
}

fn walk(folder: &Path, exclude: &Exclude, inputs: &mut Vec<Input>) {
    let mut overrides = OverrideBuilder::new(folder);
    let lock_files = overrides.add("!~$*").and_then(|builder| builder.build());
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false).hidden(true).add_custom_ignore_filename(".hegaoignore").sort_by_file_path(Path::cmp);
    if let Ok(lock_files) = lock_files {
        walk.overrides(lock_files);
    }
    if !exclude.0.is_empty() {
        let (exclude, given, real) = (exclude.clone(), folder.to_owned(), real(folder));
        walk.filter_entry(move |entry| {
            let below = entry.path().strip_prefix(&given).unwrap_or(entry.path());
            entry.depth() == 0 || !exclude.holds(&real.join(below), entry.file_type().is_some_and(|kind| kind.is_dir()))
        });
    }
    for entry in walk.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && is_draft(entry.path()) => {
                inputs.push(Input::File(entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => inputs.push(Input::Bad(folder.to_owned(), format!("文件夹中有无法读取的内容：{error}"))),
        }
    }
}

fn is_draft(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

impl Input {
    /// What the draft is called.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Bad(path, _) => path.display().to_string(),
            Self::Stdin => "<标准输入>".into(),
        }
    }

    /// Reads the draft.
    ///
    /// # Errors
    /// When it cannot be read or is not a draft.
    pub fn read(&self, limits: &Limits) -> Result<Document, Failure> {
        let fail = |message: String| Failure { name: self.name(), message };
        let bytes = match self {
            Self::Bad(_, reason) => return Err(fail(reason.clone())),
            Self::File(path) => {
                let size = fs::metadata(path).map_or(0, |data| data.len());
                if size > limits.file_bytes as u64 {
                    return Err(fail(reader::ReadError::too_large("文件大小", limits.file_bytes).to_string()));
                }
                fs::read(path).map_err(|error| fail(unreadable(&error)))?
            }
            Self::Stdin => {
                let mut bytes = Vec::new();
                let most = limits.file_bytes as u64 + 1;
                io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(|error| fail(unreadable(&error)))?;
                bytes
            }
        };
        reader::read(&self.name(), &bytes, limits).map_err(|error| fail(error.to_string()))
    }
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有读取权限，请在文件属性中授权或复制到自己的文件夹".into(),
        io::ErrorKind::NotFound => "没有这个文件，请核对路径".into(),
        _ => format!("无法读取：{error}"),
    }
}

/// Reads and works on every input, in parallel, and hands the results to `each` in input order.
///
/// # Errors
/// What `each` returns: when the results cannot be written, the rest is not worked on.
pub fn run<T: Send>(
    inputs: &[Input],
    limits: &Limits,
    work: impl Fn(Document) -> T + Sync,
    mut each: impl FnMut(Result<T, Failure>) -> io::Result<()>,
) -> io::Result<()> {
    for portion in inputs.chunks(PORTION * rayon::current_num_threads()) {
        let results: Vec<Result<T, Failure>> = portion.par_iter().with_max_len(4).map(|input| one(input, limits, &work)).collect();
        results.into_iter().try_for_each(&mut each)?;
    }
    Ok(())
}

fn one<T>(input: &Input, limits: &Limits, work: &impl Fn(Document) -> T) -> Result<T, Failure> {
    let result = catch_unwind(AssertUnwindSafe(|| input.read(limits).map(work)));
    result.unwrap_or_else(|_| {
        Err(Failure {
            name: input.name(), message: "核稿自身出错，这个文件没有查完；请把文件发给维护者，其他文件不受影响".into()
        })
    })
}
