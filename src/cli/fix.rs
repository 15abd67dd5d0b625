//! `hegao fix`

use std::fmt::Write as _;
use std::io::Write;

use super::args::FixArgs;
use super::changed::Changed;
use super::{Status, input, interrupt, settings};
use crate::batch;
use crate::checker::Checker;
use crate::document::Document;
use crate::finding::{Applicability, Edit, applied};
use crate::fix::{Fixes, fixes};
use crate::output::safe::printable;
use crate::revision::Revision;

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
    let changed = Changed::new(&args.input, &args.revision, &inputs)?;
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
            let place = changed.put(name, bytes, "改正").map_err(|error| format!("{error:#}"))?;
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
    let bytes = Revision::open(&document, bytes).map_err(|error| error.to_string()).and_then(|revision| {
        made = fixes(checker, &document, least, |span| revision.holds(span));
        revision.written(&made.edits).map_err(|error| error.to_string())
    });
    Fixed { document, fixes: made, bytes }
}

/// The lines that change, before and after, as `diff -U0` writes them. The corrections say which these are, so nothing need be compared.
fn diff(fixed: &Fixed) -> String {
    let (text, name) = (&fixed.document.text, printable(&fixed.document.name));
    let mut places = text.cursor();
    let lines = fixed.fixes.edits.iter().map(|edit| (places.position(edit.span.start).line, places.position(edit.span.end).line, edit));
    let lines: Vec<(u32, u32, &Edit)> = lines.collect();
    let mut out = if lines.is_empty() { String::new() } else { format!("--- {name}\n+++ {name}\n") };
    // The lines of all hunks so far, before and after.
    let (mut gone, mut come) = (0, 0);
    for hunk in lines.chunk_by(|(_, last, _), (next, _, _)| *next <= last + 1) {
        let (Some(&(first, ..)), Some(&(_, last, _))) = (hunk.first(), hunk.last()) else { continue };
        let (Some(from), Some(to)) = (text.line(first), text.line(last)) else { continue };
        let edits: Vec<Edit> = hunk.iter().map(|(_, _, edit)| (*edit).clone()).collect();
        let old = from.cover(to).of(text.as_str());
        let new = applied(&edits, text.as_str(), from.cover(to));
        let end = if to.end as usize == text.as_str().len() { "\\ No newline at end of file\n" } else { "" };
        let (old, new): (Vec<&str>, Vec<&str>) = (old.split('\n').collect(), new.split('\n').collect());
        let range = |first: usize, count: usize| if count == 1 { first.to_string() } else { format!("{first},{count}") };
        let start = first as usize;
        let _ = writeln!(out, "@@ -{} +{} @@", range(start, old.len()), range(start + come - gone, new.len()));
        for (sign, lines) in [('-', &old), ('+', &new)] {
            for line in lines {
                let _ = writeln!(out, "{sign}{}", printable(line));
            }
            out.push_str(end);
        }
        (gone, come) = (gone + old.len(), come + new.len());
    }
    out
}
