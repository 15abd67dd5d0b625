//! Living with findings: what somebody has looked at and does not want to hear about again.
//!
//! | where | how | for |
//! |---|---|---|
//! | in the draft | a [`Mark`]: `〔核稿忽略：布署，引用原文〕`, in Markdown and HTML also `<!-- 核稿忽略：… -->` | text |
//! | in a comment of the draft | a Word comment on the words that begins with 核稿忽略 | .docx |
//! | in `hegao.toml` | an [`Ignore`]: words of the draft, a rule, a reason | any format |
//! | in a file of its own | a [`Baseline`]: all that was found at some time | folders |
//!
//! What is left out stays out only while it has something to leave out: what no longer does is reported (`suppression/unused`), and so is every
//! mark (`suppression/mark`), for a mark must not be printed. The white list is no suppression but part of the dictionary.

mod baseline;
mod ignore;
mod mark;

pub use baseline::{Baseline, BaselineError, Entry};
pub use ignore::Ignore;
pub use mark::Mark;

use ignore::Places;

use crate::document::Document;
use crate::finding::Finding;
use crate::rules::repetition::ACROSS;
use crate::rules::{Level, Selection, suppression};
use crate::span::Span;
use crate::text::Folded;

/// What the configuration wants left out; what a draft itself says comes on top.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// Places named in configuration files.
    pub ignores: Vec<Ignore>,
    /// Findings accepted before.
    pub baseline: Baseline,
}

impl Suppressions {
    /// Takes out of `findings` what is not wanted; hands back what of the suppressions was of no use.
    pub(crate) fn apply(
        &self,
        marks: &[Mark],
        document: &Document,
        folded: &Folded,
        selection: &Selection,
        findings: &mut Vec<Finding>,
    ) -> Vec<Finding> {
        let text = document.text.as_str();
        let mut marks: Vec<Used<&Mark>> = marks.iter().map(Used::new).collect();
        let mut places: Vec<Used<Places>> = ignore::places(&self.ignores, document, folded).into_iter().map(Used::new).collect();
        let mut accepted = self.baseline.for_draft(&document.name);
        findings.retain(|finding| {
            if finding.rule == suppression::MARK.name {
                return true;
            }
            // All are asked, for each is to know that it was of use.
            let marked = marks.iter_mut().filter(|mark| mark.what.covers(finding, text)).map(Used::note).count();
            let ignored = places.iter_mut().filter(|places| places.what.cover(finding)).map(Used::note).count();
            let known = accepted.takes(finding, folded);
            marked + ignored == 0 && !known
        });
        let marks = marks.iter().filter(|mark| !mark.used && mark.what.could_apply(selection)).map(|mark| mark.what.unused(document));
        let places = places.iter().filter(|places| !places.used && places.what.could_apply(selection)).map(|places| places.what.unused());
        marks.chain(places).chain(accepted.unused(selection)).collect()
    }
}

/// Something that may have been of use.
struct Used<T> {
    what: T,
    used: bool,
}

impl<T> Used<T> {
    const fn new(what: T) -> Self {
        Self { what, used: false }
    }

    fn note(&mut self) {
        self.used = true;
    }
}

/// Whether `name` (a rule, or nothing for all of them) would let something be found at all: else nothing says that it is of no use.
fn could_find(selection: &Selection, name: Option<&str>) -> bool {
    match name {
        Some(name) => selection.levels().any(|(id, level)| id.is_named(name) && level != Level::Off),
        // That drafts are not compared leaves nothing out that a draft alone could show.
        None => selection.levels().all(|(id, level)| !id.default || id.name == ACROSS.name || level != Level::Off),
    }
}

/// A suppression that has nothing to suppress.
fn unused(span: Span, message: String) -> Finding {
    suppression::UNUSED.at(span, 1.0, message)
}

/// Whether a finding's rule is called `name`.
fn is_named(finding: &Finding, name: &str) -> bool {
    crate::rules::find(finding.rule).is_some_and(|(_, id)| id.is_named(name))
}
