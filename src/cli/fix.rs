//! `hegao fix`

use std::io::Write;

use similar::TextDiff;

use super::args::FixArgs;
use super::changed::Changed;
use super::{Status, input, interrupt, settings};
use crate::batch;
use crate::checker::Checker;
use crate::document::Document;
use crate::finding::{Applicability, applied};
use crate::fix::{Fixes, fixes};
use crate::output::safe::printable;
use crate::revision::Revision;
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
