//! `hegao fix`

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use similar::TextDiff;

use super::annotate::on_docx;
use super::args::FixArgs;
use super::save::{Over, save};
use super::target::Targets;
use super::{Status, input, interrupt, settings};
use crate::batch;
use crate::checker::Checker;
use crate::document::{Document, Format};
use crate::finding::{Applicability, applied};
use crate::fix::{Fixes, fixes};
use crate::ooxml;
use crate::output::safe::printable;
use crate::reader::text::rewrite;
use crate::span::Span;

/// What came of one draft.
struct Fixed {
    document: Document,
    fixes: Fixes,
    /// The file with the corrections, or why there is none.
    bytes: Result<Vec<u8>, String>,
}

pub(super) fn run(args: FixArgs) -> anyhow::Result<Status> {
    let config = settings::flags(&args.rules, &args.dictionary).over(settings::of(&args.input)?).complete();
    let checker = settings::checker(&config, false)?;
    let inputs = input::drafts(&args.input, &config)?;
    let targets = Targets::new(&args.input, &args.target, &inputs)?;
    let least = if args.unsure { Applicability::Unsafe } else { Applicability::Safe };
    let mut out = anstream::stdout().lock();
    let mut failed = 0;
    let work = move |bytes: &[u8], document| fixed(&checker, bytes, document, least);
    let done = batch::run_with_bytes(&inputs, &input::options(&args.input), work, |result| {
        let told = result.map_err(|failure| format!("{}：{}", failure.name, failure.message)).and_then(|fixed| {
            let name = &fixed.document.name;
            let bytes = fixed.bytes.as_ref().map_err(|reason| format!("{name}：{reason}"))?;
            let count = fixed.fixes.settled.len();
            if args.diff {
                return Ok(diff(&fixed));
            }
            if count == 0 && args.input.output.is_none() {
                return Ok(format!("{name}：没有可以直接改正的差错\n"));
            }
            let written = if args.in_place {
                in_place(&targets, name, bytes, args.backup)
            } else {
                targets
                    .of(name, renamed)
                    .map_or_else(|| bail!("{name}：请用 -o 给出结果的文件名"), |place| targets.save(&place, bytes).map(|()| place))
            };
            let place = written.map_err(|error| format!("{error:#}"))?;
            Ok(format!("{name} → {}：改正 {count} 处\n", place.display()))
        });
        match told {
            Ok(text) => out.write_all(text.as_bytes()),
            Err(message) => {
                failed += 1;
                writeln!(anstream::stderr(), "{message}")
            }
        }
    })?;
    interrupt::tell(done, inputs.len());
    Ok(if failed > 0 || done < inputs.len() { Status::Failed } else { Status::Clean })
}

fn fixed(checker: &Checker, bytes: &[u8], document: Document, least: Applicability) -> Fixed {
    let mut made = Fixes::default();
    let bytes = match document.format {
        Format::Docx => on_docx(bytes, &document.name, |package, pieces| {
            made = fixes(checker, &document, least, |span| pieces.hold(span));
            ooxml::revise(package, pieces, &made.edits)
        })
        .map_err(|error| error.to_string()),
        Format::Text(encoding) | Format::Markdown(encoding) | Format::Html(encoding) => {
            made = fixes(checker, &document, least, |_| true);
            rewrite(&corrected(&document, &made), encoding).map_err(|error| error.to_string())
        }
        _ => Err("这种格式只能检查，不能直接改；请另存为 .docx，或用 hegao annotate --tracked 另做一份带修订的 .docx".into()),
    };
    Fixed { document, fixes: made, bytes }
}

/// The text of the draft with the corrections.
fn corrected(document: &Document, fixes: &Fixes) -> String {
    let text = document.text.as_str();
    applied(&fixes.edits, text, Span::new(0, text.len()))
}

/// The lines that change, before and after, as `diff -u` writes them.
fn diff(fixed: &Fixed) -> String {
    let new = corrected(&fixed.document, &fixed.fixes);
    let (old, name) = (fixed.document.text.as_str(), &fixed.document.name);
    let diff = TextDiff::from_lines(old, &new).unified_diff().context_radius(0).header(name, name).to_string();
    diff.lines().flat_map(|line| [printable(line), "\n".into()]).collect()
}

/// Writes the corrected draft where it stood.
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
fn renamed(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(".改正");
    if let Some(ending) = path.extension() {
        name.push(".");
        name.push(ending);
    }
    path.with_file_name(name)
}
