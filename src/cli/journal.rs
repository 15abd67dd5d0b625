//! `--journal`: what a long run has done, so that it can go on where it was ended, by whatever.
//!
//! One line a file, written when its results have gone out: what the file was (size and time), what was printed about it, what it added to the summary.
//! A run that finds its own journal prints those parts again and checks only the rest, so the whole output is the same as that of a run that was
//! never ended. A line that was cut is dropped; a file that has changed is checked again.

pub mod lines;

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write};
use std::path::Path;
use std::rc::Rc;
use std::time::UNIX_EPOCH;

use anyhow::{Context as _, bail};

use self::lines::{Draft, Lines, Record, Refusal};
use super::args::CheckFormat;
use super::input::Out;
use crate::batch::Input;
use crate::config::Config;
use crate::output::Summary;

/// The drafts of a run in their order, some of them done before.
pub(super) struct Course {
    steps: VecDeque<Step>,
    journal: Option<Journal>,
    out: Tap,
}

enum Step {
    /// Checked by an earlier run.
    Done(Record),
    /// Still to check; what it is called in the journal, where there is one.
    Todo(Option<Draft>),
}

impl Course {
    /// The course of a run over `inputs`, and those of them that are to be checked.
    pub(super) fn begin(mut journal: Option<Journal>, inputs: &[Input], out: Tap) -> (Self, Vec<Input>) {
        let mut step = |input| {
            let Some(journal) = &mut journal else { return Step::Todo(None) };
            let Some(draft) = draft(input) else { return Step::Todo(None) };
            journal.known.remove(&draft).map_or(Step::Todo(Some(draft)), Step::Done)
        };
        let steps: VecDeque<Step> = inputs.iter().map(&mut step).collect();
        let todo = inputs.iter().zip(&steps).filter(|(_, step)| matches!(step, Step::Todo(_))).map(|(input, _)| input.clone()).collect();
        (Self { steps, journal, out }, todo)
    }

    /// Prints again what was printed about the drafts before the next one to check.
    pub(super) fn replay(&mut self, summary: &mut Summary) -> io::Result<()> {
        while let Some(Step::Done(record)) = self.steps.front() {
            self.out.write_all(record.output.as_bytes())?;
            summary.join(record.summary);
            self.steps.pop_front();
        }
        drop(self.out.taken());
        Ok(())
    }

    /// Notes what came of the draft that was just checked and printed.
    pub(super) fn note(&mut self, summary: Summary) -> io::Result<()> {
        let output = self.out.taken();
        match (&mut self.journal, self.steps.pop_front()) {
            (Some(journal), Some(Step::Todo(Some(draft)))) => {
                let output = String::from_utf8(output).map_err(io::Error::other)?;
                journal.file.write_all(&lines::line(&Record { draft, output, summary })?)
            }
            _ => Ok(()),
        }
    }

    /// How many drafts are still to be checked or printed.
    pub(super) fn left(&self) -> usize {
        self.steps.len()
    }
}

/// An open journal.
pub(super) struct Journal {
    file: File,
    known: HashMap<Draft, Record>,
}

impl Journal {
    /// Opens the journal at `path` or begins one there; `run` is what [`fingerprint`] says of this run.
    pub(super) fn open(path: &Path, run: u32) -> anyhow::Result<Self> {
        let failed = || format!("{}：无法读写", path.display());
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).with_context(failed)?;
        if !file.metadata().with_context(failed)?.is_file() {
            bail!("{}：不是普通文件，不能作记录；请换一个文件名", path.display());
        }
        let mut text = Vec::new();
        file.read_to_end(&mut text).with_context(failed)?;
        let place = path.display();
        let Lines { known, whole } = match lines::read(&text, run) {
            Ok(lines) => lines,
            Err(Refusal::OtherRun) => {
                bail!("{place}：这是另一次检查的记录（选项、配置、词典或版本不同），不能接着查；请换一个文件名或删去它")
            }
            Err(Refusal::Foreign) => bail!("{place}：不是 --journal 写的文件，没有改动；请换一个文件名"),
        };
        if whole == 0 {
            file.rewind().and_then(|()| file.write_all(&lines::head(run)?)).with_context(failed)?;
            return Ok(Self { file, known });
        }
        file.set_len(whole as u64).and_then(|()| file.seek(SeekFrom::End(0))).with_context(failed)?;
        Ok(Self { file, known })
    }
}

/// The file behind an input as it is; standard input and paths that cannot be used have none.
fn draft(input: &Input) -> Option<Draft> {
    let Input::File(path) = input else { return None };
    let data = path.metadata().ok()?;
    let modified = data.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos();
    Some(Draft { path: input.name(), size: data.len(), modified: u64::try_from(modified).ok()? })
}

/// A checksum of what decides what is printed about a file, beside the file.
pub(super) fn fingerprint(config: &Config, format: CheckFormat) -> u32 {
    let mut all = format!("{} {format:?} {config:?}", env!("CARGO_PKG_VERSION")).into_bytes();
    let files = config.dictionaries.iter().chain(&config.allow_files).chain(&config.baseline);
    // Those that cannot be read end the run elsewhere.
    files.for_each(|file| all.extend(std::fs::read(&file.value).unwrap_or_default()));
    rawzip::crc32(&all)
}

/// The place for the result, which remembers what went through it since it was last asked.
#[derive(Clone)]
pub(super) struct Tap(Rc<RefCell<(Out, Vec<u8>)>>);

impl Tap {
    pub(super) fn new(out: Out) -> Self {
        Self(Rc::new(RefCell::new((out, Vec::new()))))
    }

    /// What went through.
    fn taken(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.borrow_mut().1)
    }
}

impl Write for Tap {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let (out, taken) = &mut *self.0.borrow_mut();
        let written = out.write(bytes)?;
        taken.extend_from_slice(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.borrow_mut().0.flush()
    }
}
