//! `hegao baseline`

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::args::{BaselineArgs, InputArgs};
use super::save::{Over, save};
use super::{Status, input, settings, view};
use crate::across::{Across, Examined};
use crate::suppress::{Baseline, Entry};

/// Writes down what is found now. An earlier baseline is no reason to leave anything out: the new one takes its place.
pub(super) fn run(args: BaselineArgs) -> anyhow::Result<Status> {
    let mut config = settings::flags(&args.rules, &args.dictionary).over(settings::of(&args.input)?).complete();
    config.baseline = None;
    let checker = Arc::new(settings::checker(&config, args.across)?);
    let target = args.input.output.as_deref();
    if let Some(path) = target {
        input::keep_drafts(path, &input::drafts(&args.input, &config)?)?;
        if !args.input.force {
            may_replace(path)?;
        }
    }
    let (checks, compare) = (Arc::clone(&checker), args.across);
    let check = move |document| Examined::of(&checks, document, compare);
    let (mut across, mut all) = (Across::default(), Vec::new());
    // The drafts are read before the file is opened, for it may take the place of one that is in use.
    let input = InputArgs { output: None, ..args.input.clone() };
    let status = view::each(
        &input,
        &config,
        check,
        |_, examined| {
            let (document, report) = across.settle(&checker, examined);
            all.extend(Entry::all(&document, &report.findings));
            Ok(())
        },
        |_| Ok(()),
    )?;
    let baseline = Baseline::new(all);
    match target {
        None => anstream::stdout().lock().write_all(baseline.to_lines().as_bytes())?,
        Some(path) => {
            save(path, baseline.to_lines().as_bytes(), Over::Existing)?;
            writeln!(anstream::stdout(), "已记下 {} 处问题；以后用 hegao check --baseline {} 只报新的。", baseline.len(), path.display())?;
        }
    }
    Ok(status)
}

/// Only a baseline may be written over.
fn may_replace(path: &Path) -> anyhow::Result<()> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error).with_context(|| format!("{}：无法写入", path.display())),
    };
    if Baseline::parse(&String::from_utf8_lossy(&bytes)).is_err() {
        bail!("{}：已有这个文件，而且不是基线，没有改动；请用 -o 换一个文件名，或加 --force 覆盖", path.display());
    }
    Ok(())
}
