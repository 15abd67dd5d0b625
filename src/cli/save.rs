//! Files that appear whole or not at all: written beside their place under a hidden name, brought to disk, then renamed.
//!
//! Whoever is interrupted in between (a crash, `kill -9`, a full disk) finds what stood there before. A draft is never written over
//! unless its owner asked for just that. What a killed run leaves of its hidden file is removed by the next one that writes into the folder.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};
use tempfile::{Builder, NamedTempFile};

/// How the hidden files are called: a prefix, some letters, a suffix.
const PREFIX: &str = ".hegao-";
const SUFFIX: &str = ".tmp";

/// A hidden file so young may not have its lock yet.
const JUST_MADE: Duration = Duration::from_secs(60);

/// What may stand at the place already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Over {
    /// Nothing: what exists stays.
    Nothing,
    /// Whatever it is: an earlier result, or the draft that is corrected in place.
    Existing,
}

/// A file in the making.
#[derive(Debug)]
pub(super) struct Saving {
    file: NamedTempFile,
    /// As the user wrote it.
    path: PathBuf,
    /// The file itself where that is a link.
    place: PathBuf,
    over: Over,
}

impl Saving {
    /// Begins the file that will stand at `path`. Its folder must exist.
    pub(super) fn begin(path: &Path, over: Over) -> anyhow::Result<Self> {
        // A link stays a link: what it leads to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if path.is_dir() {
            bail!("{}：这是文件夹，请给出文件名", path.display());
        }
        if over == Over::Nothing && path.exists() {
            bail!("{}：文件已经存在，没有覆盖；请换一个文件名，或加 --force 覆盖", path.display());
        }
        let mut builder = Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder(&place)).with_context(|| format!("{}：无法写入", path.display()))?;
        // The lock goes with the process, so it tells a file in the making from what is left of one; where a disk has no locks, nothing is removed.
        let _ = file.as_file().try_lock();
        Ok(Self { file, path: path.to_owned(), place, over })
    }

    /// A writer into it; to be flushed before [`Saving::finish`].
    pub(super) fn writer(&self) -> io::Result<BufWriter<File>> {
        self.file.as_file().try_clone().map(BufWriter::new)
    }

    /// Brings the file to disk and puts it in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        let Self { file, path, place, over } = self;
        let failed = || format!("{}：无法写入", path.display());
        if let Ok(before) = fs::metadata(&place) {
            fs::set_permissions(file.path(), before.permissions()).with_context(failed)?;
        }
        file.as_file().sync_all().with_context(failed)?;
        match over {
            Over::Nothing => file.persist_noclobber(&place).map(drop).map_err(|error| error.error).with_context(failed),
            Over::Existing => file.persist(&place).map(drop).map_err(|error| error.error).with_context(failed),
        }
    }
}

/// Puts `bytes` at `path`, whole or not at all.
pub(super) fn save(path: &Path, bytes: &[u8], over: Over) -> anyhow::Result<()> {
    let saving = Saving::begin(path, over)?;
    let mut writer = saving.writer()?;
    writer.write_all(bytes).and_then(|()| writer.flush()).with_context(|| format!("{}：无法写入", path.display()))?;
    drop(writer);
    saving.finish()
}

/// Removes what killed runs left beside `path`: hidden files of ours that no process holds. To be called once a folder and run.
pub(super) fn sweep(path: &Path) {
    let is_ours = |name: &str| name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    let is_old = |changed: SystemTime| changed.elapsed().is_ok_and(|age| age > JUST_MADE);
    for entry in fs::read_dir(folder(path)).into_iter().flatten().flatten() {
        let left = entry.file_name().to_str().is_some_and(is_ours)
            && entry.metadata().and_then(|about| about.modified()).is_ok_and(is_old)
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
        if left {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The folder `path` stands in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether the two paths lead to one file.
pub(super) fn is_same(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_exists_is_replaced_only_when_asked_and_nothing_is_left_beside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("报告.txt");
        save(&path, "一".as_bytes(), Over::Nothing).expect("new");
        assert!(save(&path, "二".as_bytes(), Over::Nothing).is_err());
        assert_eq!(fs::read_to_string(&path).expect("there"), "一");
        save(&path, "三".as_bytes(), Over::Existing).expect("replaced");
        drop(Saving::begin(&path, Over::Existing).expect("begun"));
        assert_eq!(fs::read_to_string(&path).expect("there"), "三");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
    }

    #[test]
    fn what_killed_runs_left_is_swept_away_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("报告.txt");
        let old = SystemTime::now() - Duration::from_secs(3600);
        let age = |path: &Path| File::options().write(true).open(path).and_then(|file| file.set_modified(old)).expect("aged");
        for name in [".hegao-left.tmp", ".hegao-young.tmp", ".hegao-other", ".hegao.tmp"] {
            let file = folder.path().join(name);
            fs::write(&file, "稿").expect("written");
            if !name.contains("young") {
                age(&file);
            }
        }
        let saving = Saving::begin(&path, Over::Nothing).expect("begun");
        age(saving.file.path());
        sweep(&path);
        saving.finish().expect("finished");
        let mut left: Vec<String> =
            fs::read_dir(folder.path()).expect("there").flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        left.sort();
        assert_eq!(left, [".hegao-other", ".hegao-young.tmp", ".hegao.tmp", "报告.txt"]);
    }
}
