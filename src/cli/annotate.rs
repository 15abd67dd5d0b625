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
use crate::ooxml::{self, Annotated, MOST_COMMENTS, Package, Pieces, Stamp};
use crate::output::{Summary, comment};
use crate::reader::{Limits, ReadError};

/// What came of one draft.
struct Done {
    document: Document,
    report: Report,
    result: Result<Annotated, ReadError>,
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
        let saved = result.map_err(|failure| format!("{}：{}", failure.name, failure.message)).and_then(|Done { document, report, result }| {
            let draft = document.name;
            let Annotated { bytes, comments, changes } = result.map_err(|error| format!("{draft}：{error}"))?;
            let place = targets.of(&draft, name).ok_or_else(|| format!("{draft}：请用 -o 给出结果的文件名"))?;
            targets.save(&place, &bytes).map_err(|error| format!("{error:#}"))?;
            summary.add(&report);
            let tracked = if tracked { format!("，修订 {changes} 处") } else { String::new() };
            let left = match report.findings.len() - comments {
                0 => String::new(),
                left => format!("；另有问题 {left} 处没有写进去（Word 最多容纳 {MOST_COMMENTS} 条批注，正文没有文字的文件不能加批注），请用 hegao check 查看"),
            };
            Ok(format!("{draft} → {}：批注 {comments} 处{tracked}{left}", place.display()))
        });
        match saved {
            Ok(told) => writeln!(out, "{told}"),
            Err(message) => {
                summary.failed += 1;
                writeln!(anstream::stderr(), "{message}")
            }
        }
    })?;
    interrupt::tell(done, inputs.len());
    Ok(if done < inputs.len() { Status::Failed } else { check::status(&summary, config.fail_on()) })
}

fn annotated(checker: &Checker, bytes: &[u8], document: Document, tracked: bool, stamp: &Stamp) -> Done {
    let report = checker.check(&document);
    let comments = comment::comments(&document, &report);
    let put_on = |package: &Package, pieces: &Pieces| {
        let changes =
            if tracked { fix::fixes(checker, &document, Applicability::Safe, |span| pieces.hold(span)).edits } else { Vec::new() };
        ooxml::annotate(package, pieces, &comments, &changes, stamp)
    };
    let result = match document.format {
        Format::Docx => on_docx(bytes, &document.name, put_on),
        _ => ooxml::compose(&document, &comment::looks(&document, &report))
            .and_then(|(bytes, pieces)| put_on(&Package::open(&bytes, &Limits::default())?, &pieces)),
    };
    Done { document, report, result }
}

/// Opens a .docx that has been read before, without what we said in it then.
fn on_docx<T>(bytes: &[u8], name: &str, work: impl FnOnce(&Package, &Pieces) -> Result<T, ReadError>) -> Result<T, ReadError> {
    let limits = Limits::default();
    let package = Package::open(bytes, &limits)?;
    let without = ooxml::withdraw(&package, comment::AUTHOR)?;
    let package = without.as_deref().map_or(Ok(package), |bytes| Package::open(bytes, &limits))?;
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
