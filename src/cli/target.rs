//! Where the files go that are made from drafts: beside them, into a folder with the same paths below it, or where `-o` says.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::args::{InputArgs, TargetArgs};
use super::input;
use super::save::{self, Over, save};
use crate::batch::Input;

/// Where results go, for all drafts of a run.
pub(super) struct Targets<'a> {
    file: Option<&'a Path>,
    folder: Option<&'a Path>,
    /// The folders named on the command line.
    roots: Vec<&'a Path>,
    inputs: &'a [Input],
    over: Over,
    /// The folders that were looked through for what killed runs left.
    swept: RefCell<HashSet<PathBuf>>,
}

impl<'a> Targets<'a> {
    pub(super) fn new(args: &'a InputArgs, target: &'a TargetArgs, inputs: &'a [Input]) -> anyhow::Result<Self> {
        if args.output.is_some() && inputs.len() > 1 {
            bail!("-o 只能用于一份稿件；这里有 {} 份，请用 --output-dir 给出文件夹", inputs.len());
        }
        Ok(Self {
            file: args.output.as_deref(),
            folder: target.output_dir.as_deref(),
            roots: args.paths.iter().map(PathBuf::as_path).filter(|path| path.is_dir()).collect(),
            inputs,
            over: input::over(args),
            swept: RefCell::default(),
        })
    }

    /// Where the result of the draft called `name` goes; `renamed` makes the file's name. `None` where standard input was read and no place was
    /// named. The drafts of an archive go into a folder called like it.
    pub(super) fn of(&self, name: &str, renamed: impl Fn(&Path) -> PathBuf) -> Option<PathBuf> {
        if let Some(file) = self.file {
            return Some(file.to_owned());
        }
        let (path, member) = self.inputs.iter().find_map(|input| {
            let Input::File(path) = input else { return None };
            let rest = name.strip_prefix(&path.display().to_string())?;
            if rest.is_empty() { Some((path.clone(), "")) } else { Some((path.with_extension(""), rest.strip_prefix('!')?)) }
        })?;
        // Nothing in an archive may name a place outside the folder.
        let member = member.replace('!', "/");
        let path =
            Path::new(&member).components().filter(|step| matches!(step, Component::Normal(_))).fold(path, |path, step| path.join(step));
        Some(match self.folder {
            Some(folder) => folder.join(renamed(self.below_its_root(&path))),
            None => renamed(&path),
        })
    }

    fn below_its_root<'p>(&self, path: &'p Path) -> &'p Path {
        let below = self.roots.iter().find_map(|root| path.strip_prefix(root).ok());
        below.or_else(|| path.file_name().map(Path::new)).unwrap_or(path)
    }

    /// Writes one result, with the folders it needs; never over a draft.
    pub(super) fn save(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        input::keep_drafts(path, self.inputs)?;
        if let Some(folder) = path.parent().filter(|_| self.file.is_none()) {
            fs::create_dir_all(folder).with_context(|| format!("{}：无法建立文件夹", folder.display()))?;
        }
        self.sweep(path);
        save(path, bytes, self.over)
    }

    /// Writes `bytes` where the draft stood.
    pub(super) fn replace(&self, draft: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        self.sweep(draft);
        save(draft, bytes, Over::Existing)
    }

    fn sweep(&self, path: &Path) {
        if self.swept.borrow_mut().insert(save::folder(path).to_owned()) {
            save::sweep(path);
        }
    }
}
