//! `hegao fill`

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::args::{ConfigArgs, FillArgs, InputArgs};
use super::changed::Changed;
use super::{Status, input, interrupt, placeholders};
use crate::batch;
use crate::config::Config;
use crate::document::Document;
use crate::fill::{Refusal, fill};
use crate::form::{self, Row};
use crate::input::Limits;
use crate::output::blank::{self, Blank};
use crate::output::safe::printable;
use crate::reader;
use crate::revision::Revision;

/// What came of the draft.
struct Outcome {
    name: String,
    placed: usize,
    refused: Vec<(usize, Refusal)>,
    /// The file with the values, and what is still blank in it.
    written: Result<(Vec<u8>, Vec<Blank>), String>,
}

pub(super) fn run(args: FillArgs) -> anyhow::Result<Status> {
    let FillArgs { draft, form, output, force, revision, limits } = args;
    let rows = Arc::new(read(&form)?);
    let input = InputArgs { paths: vec![draft], output, force, jobs: None, limits, config: ConfigArgs::default() };
    let inputs = input::drafts(&input, &Config::default())?;
    let changed = Changed::new(&input, &revision, &inputs)?;
    let answers = Arc::clone(&rows);
    let mut results = Vec::new();
    let done = batch::run_with_bytes(
        &inputs,
        &input::options(&input),
        move |bytes, document| filled(bytes, &document, &answers),
        |result| {
            results.push(result);
            Ok(())
        },
    )?;
    interrupt::tell(done, inputs.len());
    let outcome = match results.pop() {
        None => return Ok(Status::Failed),
        Some(_) if !results.is_empty() => bail!("{}：一张表对应一份稿件，这里有多份；请解压后一份一份地填", input.paths[0].display()),
        Some(Err(failure)) => bail!("{}：{}", failure.name, failure.message),
        Some(Ok(outcome)) => outcome,
    };
    let (bytes, left) = outcome.written.as_ref().map_err(|reason| anyhow::anyhow!("{}：{reason}", outcome.name))?;
    let mut out = anstream::stdout().lock();
    if outcome.placed == 0 {
        let why = if outcome.refused.is_empty() { "表里还没有填写内容" } else { "填写内容都没有填进去" };
        writeln!(out, "{}：{why}，没有写出文件", outcome.name)?;
    } else {
        let place = changed.put(&outcome.name, bytes, "填写")?;
        writeln!(out, "{} → {}：填好 {} 处", outcome.name, place.display(), outcome.placed)?;
    }
    tell(&mut out, &outcome.refused, &rows)?;
    if !left.is_empty() {
        writeln!(out, "\n还空着 {} 处：", left.len())?;
        placeholders::table(&mut out, left)?;
    }
    Ok(if outcome.refused.is_empty() && left.is_empty() { Status::Clean } else { Status::Found })
}

fn read(path: &Path) -> anyhow::Result<Vec<Row>> {
    let bytes = fs::read(path).with_context(|| format!("{}：无法读取", path.display()))?;
    form::read(&bytes).map_err(|error| anyhow::anyhow!("{}：{error}", path.display()))
}

fn filled(bytes: &[u8], document: &Document, rows: &[Row]) -> Outcome {
    let mut outcome = Outcome { name: document.name.clone(), placed: 0, refused: Vec::new(), written: Err(String::new()) };
    outcome.written = Revision::open(document, bytes).map_err(|error| error.to_string()).and_then(|revision| {
        let filled = fill(document, rows, |span| revision.holds(span));
        (outcome.placed, outcome.refused) = (filled.edits.len(), filled.refused);
        let bytes = revision.written(&filled.edits).map_err(|error| error.to_string())?;
        let after = reader::read(&document.name, &bytes, &Limits::default()).map_err(|error| error.to_string())?;
        Ok((bytes, blank::all(&after)))
    });
    outcome
}

/// The rows that were not put in, and why.
fn tell(out: &mut dyn Write, refused: &[(usize, Refusal)], rows: &[Row]) -> io::Result<()> {
    if !refused.is_empty() {
        writeln!(out, "\n没有填进去 {} 行：", refused.len())?;
    }
    refused.iter().try_for_each(|(n, refusal)| {
        let Row { number, blank, sentence, answer, .. } = &rows[*n];
        let [blank, sentence, answer] = [blank, sentence, answer].map(|text| printable(text));
        writeln!(out, "  表中第 {number} 行，“{sentence}”里的“{blank}”填“{answer}”：{refusal}")
    })
}
