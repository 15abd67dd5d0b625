//! Where a changed draft goes: beside the draft under a name of its own, where the user says, or in the draft's place.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::args::{InputArgs, RevisionArgs};
use super::save::{Over, save};
use super::target::Targets;
use crate::batch::Input;

/// Where the changed drafts of a run go.
pub(super) struct Changed<'a> {
    targets: Targets<'a>,
    in_place: bool,
    backup: bool,
}

impl<'a> Changed<'a> {
    pub(super) fn new(input: &'a InputArgs, args: &'a RevisionArgs, inputs: &'a [Input]) -> anyhow::Result<Self> {
        Ok(Self { targets: Targets::new(input, &args.target, inputs)?, in_place: args.in_place, backup: args.backup })
    }

    /// Writes the changed draft called `name`; `done` is put into the names of files beside drafts: 报告.docx → 报告.改正.docx.
    pub(super) fn put(&self, name: &str, bytes: &[u8], done: &str) -> anyhow::Result<PathBuf> {
        if self.in_place {
            return in_place(&self.targets, name, bytes, self.backup);
        }
        let Some(place) = self.targets.of(name, |path| renamed(path, done)) else { bail!("{name}：请用 -o 给出结果的文件名") };
        self.targets.save(&place, bytes)?;
        Ok(place)
    }
}

fn in_place(targets: &Targets, name: &str, bytes: &[u8], backup: bool) -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(name);
    if !path.is_file() {
        bail!("{name}：压缩包里的稿件和标准输入不能改在原处；请用 -o 或 --output-dir");
    }
    if backup {
        let mut kept = OsString::from(&path);
        kept.push(".bak");
        let draft = fs::read(&path).with_context(|| format!("{name}：无法读取"))?;
        // A run that was killed may have kept it already.
        if fs::read(&kept).ok().as_ref() != Some(&draft) {
            save(Path::new(&kept), &draft, Over::Nothing)?;
        }
    }
    targets.replace(&path, bytes)?;
    Ok(path)
}

/// 报告.docx → 报告.改正.docx
fn renamed(path: &Path, done: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(".");
    name.push(done);
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}
