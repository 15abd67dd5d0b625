//! `hegao annotate`

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::AnnotateArgs;
use super::target::Targets;
use super::{Status, check, input, interrupt, settings};
use crate::batch;
use crate::checker::{Checker, Report};
use crate::date::Date;
use crate::document::{Document, Format};
use crate::finding::Applicability;
use crate::fix;
use crate::ooxml::{self, Package, Stamp};
use crate::output::{Summary, comment};
use crate::reader::{Limits, ReadError};

/// What came of one draft.
struct Annotated {
    document: Document,
    report: Report,
    changes: usize,
    bytes: Result<Vec<u8>, ReadError>,
}

pub(super) fn run(args: AnnotateArgs) -> anyhow::Result<Status> {
    let config = settings::flags(&args.rules, &args.dictionary).over(settings::of(&args.input)?).complete();
    let checker = settings::checker(&config, false)?;
    let inputs = input::drafts(&args.input, &config)?;
    let targets = Targets::new(&args.input, &args.target, &inputs)?;
    let stamp = Stamp { author: comment::AUTHOR.into(), initials: comment::INITIALS.into(), date: Date::now_in_word() };
    let mut out = anstream::stdout().lock();
    let mut summary = Summary::default();
    let tracked = args.tracked;
    let work = move |bytes: &[u8], document| annotated(&checker, bytes, document, tracked, &stamp);
    let done = batch::run_with_bytes(&inputs, &input::options(&args.input), work, |result| {
        let saved = result.map_err(|failure| format!("{}：{}", failure.name, failure.message)).and_then(|annotated| {
            let draft = &annotated.document.name;
            let bytes = annotated.bytes.as_ref().map_err(|error| format!("{draft}：{error}"))?;
            let place = targets.of(draft, name).ok_or_else(|| format!("{draft}：请用 -o 给出结果的文件名"))?;
            targets.save(&place, bytes).map_err(|error| format!("{error:#}"))?;
            Ok((place, annotated))
        });
        match saved {
            Ok((place, Annotated { document, report, changes, .. })) => {
                summary.add(&report);
                let comments = report.findings.len();
                let tracked = if tracked { format!("，修订 {changes} 处") } else { String::new() };
                writeln!(out, "{} → {}：批注 {comments} 处{tracked}", document.name, place.display())
            }
            Err(message) => {
                summary.failed += 1;
                writeln!(anstream::stderr(), "{message}")
            }
        }
    })?;
    interrupt::tell(done, inputs.len());
    Ok(if done < inputs.len() { Status::Failed } else { check::status(&summary, config.fail_on()) })
}

fn annotated(checker: &Checker, bytes: &[u8], document: Document, tracked: bool, stamp: &Stamp) -> Annotated {
    let report = checker.check(&document);
    let comments = comment::comments(&document, &report);
    let mut changes = Vec::new();
    let bytes = match document.format {
        Format::Docx => on_docx(bytes, &document.name, |package, pieces| {
            if tracked {
                changes = fix::fixes(checker, &document, Applicability::Safe, |span| pieces.hold(span)).edits;
            }
            ooxml::annotate(package, pieces, &comments, &changes, stamp)
        }),
        _ => ooxml::compose(&document, &comment::looks(&document, &report)).and_then(|(bytes, pieces)| {
            if tracked {
                changes = fix::fixes(checker, &document, Applicability::Safe, |span| pieces.hold(span)).edits;
            }
            ooxml::annotate(&Package::open(&bytes, &Limits::default())?, &pieces, &comments, &changes, stamp)
        }),
    };
    Annotated { document, report, changes: changes.len(), bytes }
}

/// Opens a .docx that has been read before.
pub(super) fn on_docx(
    bytes: &[u8],
    name: &str,
    work: impl FnOnce(&Package, &ooxml::Pieces) -> Result<Vec<u8>, ReadError>,
) -> Result<Vec<u8>, ReadError> {
    let package = Package::open(bytes, &Limits::default())?;
    let (_, pieces) = ooxml::read_document(name, &package)?;
    work(&package, &pieces)
}

/// 报告.docx → 报告.核稿.docx; files of Word keep their ending, for it tells their kind.
fn name(path: &Path) -> PathBuf {
    const OF_WORD: [&str; 4] = ["docx", "docm", "dotx", "dotm"];
    let own =
        path.extension().and_then(|ending| ending.to_str()).filter(|ending| OF_WORD.iter().any(|known| known.eq_ignore_ascii_case(ending)));
    path.with_extension(format!("核稿.{}", own.unwrap_or("docx")))
}
