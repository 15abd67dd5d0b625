//! `hegao placeholders --form`: the blanks of a draft as a table to fill.

use std::cell::RefCell;
use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};

use super::args::InputArgs;
use super::save::{Over, save};
use super::{Status, settings, view};
use crate::document::Document;
use crate::form;
use crate::output::blank;

/// Writes the form for the one draft that `input` names. What stands at `path` already may be filled in, so it is never replaced.
pub(super) fn run(input: &InputArgs, path: &Path) -> anyhow::Result<Status> {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
    let write = match ending.as_str() {
        "xlsx" => form::xlsx,
        "csv" => form::csv,
        _ => bail!("{}：表的文件名应以 .xlsx 或 .csv 结尾，如 待填.xlsx", path.display()),
    };
    if path.exists() {
        bail!("{}：已有这个文件，可能已经填过，没有改动；请换一个文件名", path.display());
    }
    let drafts: RefCell<Vec<Document>> = RefCell::default();
    let keep = |draft| {
        drafts.borrow_mut().push(draft);
        Ok(())
    };
    let status = view::each(input, &settings::of(input)?, |document| document, |_, draft| keep(draft), |_| Ok(()))?;
    let [draft] = &drafts.borrow()[..] else {
        match drafts.borrow().len() {
            0 => return Ok(Status::Failed),
            n => bail!("一张表对应一份稿件，这里有 {n} 份；请一份一份地列"),
        }
    };
    let mut out = anstream::stdout().lock();
    let count = blank::all(draft).len();
    if count == 0 {
        writeln!(out, "{}：没有待填空白，不用填表", draft.name)?;
        return Ok(status);
    }
    let bytes = write(draft).with_context(|| format!("{}：无法写入", path.display()))?;
    save(path, &bytes, Over::Nothing)?;
    writeln!(out, "{} → {}：{count} 处待填空白", draft.name, path.display())?;
    writeln!(out, "请在“{}”一栏填好、保存，再运行：hegao fill {} {}", form::ANSWER, draft.name, path.display())?;
    Ok(status)
}
