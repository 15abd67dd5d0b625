//! Many files at once: paths → files in path order → results in the same order, in parallel. A zip file gives the results of the drafts in it.
//!
//! Threads run ahead of the results by a few files only, so memory is bounded whatever their number. A file that cannot be read is one failure with
//! its name and reason, never the end of the run; so is one that takes too long; a panic while checking one is our bug and is reported as that file's.

pub mod panics;
mod pool;

use std::fs;
use std::io::{self, Read};
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use ignore::WalkBuilder;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::OverrideBuilder;

use crate::document::Document;
use crate::ooxml::Entry;
use crate::reader::archive::Archive;
use crate::reader::{self, Limits, ReadError};

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
const ENDINGS: [&str; 18] =
    ["txt", "md", "markdown", "html", "htm", "docx", "docm", "dotx", "dotm", "doc", "dot", "wps", "wpt", "odt", "rtf", "pdf", "ofd", "zip"];

/// The drafts that `paths` name: files as they are, folders with all drafts below them, `-` for standard input.
///
/// Folders are walked in path order; hidden files, Word's lock files (`~$…`), our own annotated, corrected and filled copies (`….核稿.docx`, `….改正.docx`, `….填写.docx`) and what a `.hegaoignore` or `exclude` names are left out; a file that is
/// named itself is always taken. A path that does not exist and a folder without drafts stand in the result as [`Input::Bad`].
pub fn collect(paths: &[PathBuf], exclude: &Exclude) -> Vec<Input> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            let before = inputs.len();
            walk(path, exclude, &mut inputs);
            if inputs.len() == before {
                inputs.push(Input::Bad(path.clone(), "文件夹中没有文稿（.docx、.doc、.pdf、.txt 等），请核对是否选错".into()));
            }
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
    let ours = ["!~$*", "!*.核稿.*", "!*.改正.*", "!*.填写.*"];
    let left_out = ours.into_iter().try_fold(&mut overrides, |builder, glob| builder.add(glob)).and_then(|builder| builder.build());
    let mut walk = WalkBuilder::new(folder);
    walk.standard_filters(false).hidden(true).add_custom_ignore_filename(".hegaoignore").sort_by_file_path(Path::cmp);
    if let Ok(left_out) = left_out {
        walk.overrides(left_out);
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
            Err(error) => {
                let reason = error.io_error().map_or_else(|| format!("文件夹中有无法读取的内容：{error}"), unreadable);
                inputs.push(Input::Bad(place(&error).unwrap_or(folder).to_owned(), reason));
            }
        }
    }
}

/// The path that a walk could not go on from.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => place(err),
        _ => None,
    }
}

fn is_draft(path: &Path) -> bool {
    has_ending(path, &ENDINGS)
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    endings.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// An archive may take as long as this many drafts.
const DRAFTS_OF_AN_ARCHIVE: u32 = 100;

impl Input {
    /// What the draft is called.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) | Self::Bad(path, _) => path.display().to_string(),
            Self::Stdin => "<标准输入>".into(),
        }
    }

    /// What the file holds, or why it cannot be had.
    fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, String> {
        match self {
            Self::Bad(_, reason) => Err(reason.clone()),
            Self::File(path) => {
                let size = fs::metadata(path).map_or(0, |data| data.len());
                if size > limits.file_bytes as u64 {
                    return Err(ReadError::too_large("文件大小", limits.file_bytes).to_string());
                }
                fs::File::open(path).and_then(|file| read_to_limit(file, size, limits)).map_err(|error| unreadable(&error))
            }
            Self::Stdin => read_to_limit(io::stdin().lock(), 0, limits).map_err(|error| unreadable(&error)),
        }
    }
}

/// Reads at most one byte more than is allowed: a device or a growing file says nothing true about its size, which is `expected`.
fn read_to_limit(from: impl Read, expected: u64, limits: &Limits) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default() + 1);
    from.take(limits.file_bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "没有读取权限，请在属性中授权或复制到自己的文件夹".into(),
        io::ErrorKind::NotFound => "没有这个文件，请核对路径".into(),
        _ => format!("无法读取：{error}"),
    }
}

/// How a run is done.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What one file may cost in bytes.
    pub limits: Limits,
    /// Threads; as many as the machine has cores where none is said.
    pub jobs: Option<NonZero<usize>>,
    /// How long one file may take; standard input may take its time.
    pub time: Option<Duration>,
    /// Set by somebody else when the run is to end.
    pub stop: Arc<AtomicBool>,
}

/// Reads and works on every input, in parallel, and hands the results to `each` in input order: one for a draft, one for each draft in a zip
/// file, and one more, a failure, behind a draft of which a part could not be read. Returns how many inputs are done, which are all of them unless
/// [`Options::stop`] was set.
///
/// `work` must own what it uses: a thread that is stuck in a file is left behind, and may outlive the run.
///
/// # Errors
/// What `each` returns: when the results cannot be written, the rest is not worked on.
pub fn run<T: Send + 'static>(
    inputs: &[Input],
    options: &Options,
    work: impl Fn(Document) -> T + Send + Sync + 'static,
    each: impl FnMut(Result<T, Failure>) -> io::Result<()>,
) -> io::Result<usize> {
    run_with_bytes(inputs, options, move |_, document| work(document), each)
}

/// As [`run`], for work that makes a file of the draft's own bytes.
///
/// # Errors
/// As [`run`].
pub fn run_with_bytes<T: Send + 'static>(
    inputs: &[Input],
    options: &Options,
    work: impl Fn(&[u8], Document) -> T + Send + Sync + 'static,
    mut each: impl FnMut(Result<T, Failure>) -> io::Result<()>,
) -> io::Result<usize> {
    run_by_input(inputs, options, work, |results| results.into_iter().try_for_each(&mut each))
}

/// As [`run_with_bytes`], with all results of an input handed over together.
///
/// # Errors
/// As [`run`].
pub fn run_by_input<T: Send + 'static>(
    inputs: &[Input],
    options: &Options,
    work: impl Fn(&[u8], Document) -> T + Send + Sync + 'static,
    each: impl FnMut(Vec<Result<T, Failure>>) -> io::Result<()>,
) -> io::Result<usize> {
    let (owned, limits): (Arc<[Input]>, _) = (inputs.into(), options.limits);
    let job = move |n: usize| match owned[n].bytes(&limits) {
        Ok(bytes) => guarded(&owned[n].name(), || drafts(owned[n].name(), &bytes, 0, &limits, &work)),
        Err(message) => vec![Err(Failure { name: owned[n].name(), message })],
    };
    let time = |n: usize| match &inputs[n] {
        Input::File(path) if has_ending(path, &["zip"]) => options.time.map(|time| time.saturating_mul(DRAFTS_OF_AN_ARCHIVE)),
        Input::Stdin => None,
        _ => options.time,
    };
    let late = |n: usize, time: Duration| {
        let message = format!("{} 秒还没有查完，已放弃这个文件；请用 Word 或 WPS 另存后再检查，或用 --max-time 放宽", time.as_secs_f32());
        vec![Err(Failure { name: inputs[n].name(), message })]
    };
    pool::run(inputs.len(), options, job, time, late, each)
}

/// The results of a file, which is one draft or an archive of some; `depth` counts the archives around it.
fn drafts<T>(name: String, bytes: &[u8], depth: usize, limits: &Limits, work: &impl Fn(&[u8], Document) -> T) -> Vec<Result<T, Failure>> {
    let archive = match Archive::open(bytes, limits) {
        Ok(Some(archive)) if depth < Archive::DEEPEST => archive,
        Ok(_) => return one(name, bytes, limits, work),
        Err(error) => return vec![Err(Failure { name, message: error.to_string() })],
    };
    let mut members = archive.members();
    members.retain(|member| is_draft(Path::new(&member.name)));
    if members.is_empty() {
        let message = "压缩包中没有文稿（.docx、.doc、.txt 等），请核对是否选错".into();
        return vec![Err(Failure { name, message })];
    }
    let inside = |member: &Entry| {
        let name = format!("{name}!{}", member.name);
        match archive.unpack(member) {
            Ok(bytes) => drafts(name, &bytes, depth + 1, limits, work),
            Err(error) => vec![Err(Failure { name, message: error.to_string() })],
        }
    };
    members.into_iter().flat_map(inside).collect()
}

fn one<T>(name: String, bytes: &[u8], limits: &Limits, work: &impl Fn(&[u8], Document) -> T) -> Vec<Result<T, Failure>> {
    let failure = |message: String| Err(Failure { name: name.clone(), message });
    guarded(&name, || match reader::read(&name, bytes, limits) {
        Ok(document) => {
            let unread = document.unread.clone();
            std::iter::once(Ok(work(bytes, document))).chain(unread.map(failure)).collect()
        }
        Err(error) => vec![failure(error.to_string())],
    })
}

/// A panic is one failure of this file.
fn guarded<T>(name: &str, work: impl FnOnce() -> Vec<Result<T, Failure>>) -> Vec<Result<T, Failure>> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let place = panics::last().map(|place| format!("（{place}）")).unwrap_or_default();
        let message = format!("核稿自身出错{place}，这个文件没有查完；请把这句话和文件发给维护者，其他文件不受影响");
        vec![Err(Failure { name: name.to_owned(), message })]
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::atomic::Ordering;
    use std::thread::sleep;

    use super::*;

    /// Drafts that say their own numbers, in a folder that goes when the test ends.
    fn drafts(count: usize) -> (tempfile::TempDir, Vec<Input>) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |n: usize| folder.path().join(format!("{n:04}.txt"));
        (0..count).for_each(|n| fs::write(path(n), n.to_string()).expect("a draft"));
        let inputs = (0..count).map(|n| Input::File(path(n))).collect();
        (folder, inputs)
    }

    fn number(document: &Document) -> usize {
        document.text.as_str().parse().expect("a number")
    }

    fn results<T: Send + 'static>(
        inputs: &[Input],
        options: &Options,
        work: impl Fn(usize) -> T + Send + Sync + 'static,
    ) -> Vec<Result<T, Failure>> {
        let mut all = Vec::new();
        let done = run(
            inputs,
            options,
            move |document| work(number(&document)),
            |result| {
                all.push(result);
                Ok(())
            },
        );
        assert_eq!(done.expect("nothing is written"), inputs.len());
        all
    }

    #[test]
    fn results_come_in_order_whatever_the_threads_and_their_pace() {
        let (_folder, inputs) = drafts(300);
        for jobs in [1, 2, 7] {
            let options = Options { jobs: NonZero::new(jobs), ..Options::default() };
            let all = results(&inputs, &options, |n| {
                sleep(Duration::from_micros((n as u64 * 7919) % 300));
                n
            });
            assert!(all.into_iter().map(Result::unwrap).eq(0..300), "{jobs}");
        }
    }

    #[test]
    fn a_panic_is_a_failure_of_that_file_with_the_place_in_our_source() {
        let (_folder, inputs) = drafts(20);
        let before = std::panic::take_hook();
        panics::note_places();
        let all = results(&inputs, &Options::default(), |n| {
            assert!(n != 7, "a bug");
            n
        });
        std::panic::set_hook(before);
        for (n, result) in all.into_iter().enumerate() {
            match result {
                Ok(number) => assert_eq!(number, n),
                Err(failure) => {
                    assert!(n == 7 && failure.name.ends_with("0007.txt"), "{failure:?}");
                    assert!(failure.message.contains("核稿自身出错") && failure.message.contains("batch.rs:"), "{failure:?}");
                }
            }
        }
    }

    #[test]
    fn a_file_that_never_ends_is_given_up_and_the_rest_goes_on() {
        let (_folder, inputs) = drafts(40);
        for jobs in [1, 2] {
            let options = Options { time: Some(Duration::from_millis(200)), jobs: NonZero::new(jobs), ..Options::default() };
            let all = results(&inputs, &options, |n| {
                if n % 10 == 3 {
                    sleep(Duration::from_secs(3600));
                }
                n
            });
            for (n, result) in all.into_iter().enumerate() {
                assert_eq!(result.is_err(), n % 10 == 3, "{jobs}: {n}: {result:?}");
            }
        }
    }

    #[test]
    fn a_run_that_is_stopped_hands_over_what_is_ready_and_returns_at_once() {
        let (_folder, inputs) = drafts(40);
        let options = Options { jobs: NonZero::new(2), ..Options::default() };
        let stop = options.stop.clone();
        let mut handed = 0;
        let work = |document: Document| {
            if number(&document) == 20 {
                sleep(Duration::from_secs(3600));
            }
        };
        let done = run(&inputs, &options, work, |_| {
            handed += 1;
            stop.store(handed == 15, Ordering::Relaxed);
            Ok(())
        });
        assert_eq!((done.expect("nothing is written"), handed), (15, 15));
    }

    #[test]
    fn results_that_cannot_be_written_end_the_run() {
        let (_folder, inputs) = drafts(40);
        let mut handed = 0;
        let done = run(
            &inputs,
            &Options::default(),
            |_| (),
            |_| {
                handed += 1;
                if handed == 3 { Err(io::Error::other("full")) } else { Ok(()) }
            },
        );
        assert!(done.is_err() && handed == 3);
    }
}
