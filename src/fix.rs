//! Which corrections are made, and what the draft reads afterwards.
//!
//! Corrections of one round must not overlap: where two want the same place, the graver and surer finding has its way. Then the corrected
//! text is checked again, because one correction may be in the way of another or bring one about, until nothing is left to
//! correct; so correcting twice changes nothing. All rounds together become one list of edits to the draft as it was, and that is what
//! is written to a file or entered as tracked changes.

use std::collections::BTreeMap;

use crate::checker::Checker;
use crate::document::{Block, Document, Remark};
use crate::finding::{Applicability, Edit, Finding, applied};
use crate::span::Span;
use crate::text::{Markup, Text};

/// Rounds after which corrections that bring each other about are given up.
const MOST_ROUNDS: usize = 8;

/// What correcting a draft comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fixes {
    /// Replacements in the draft as it was, in text order; they do not overlap.
    pub edits: Vec<Edit>,
    /// The findings that were settled, one row each.
    pub settled: Vec<Settled>,
}

/// A finding that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Id of the rule.
    pub rule: &'static str,
    /// Where in the draft as it was.
    pub at: Span,
    /// The words that went.
    pub old: String,
    /// The words that came.
    pub new: String,
}

/// What corrects `document`: the first proposal of every finding that is at least as safe as `least`, where `holds` says that the words of a
/// span can be changed. Markup, the borders of paragraphs and numbers that Word generates are never changed.
pub fn fixes(checker: &Checker, document: &Document, least: Applicability, holds: impl Fn(Span) -> bool) -> Fixes {
    let mut layers = Layers::new(document.text.as_str().len());
    let mut settled = Vec::new();
    let mut now = document.clone();
    for _ in 0..MOST_ROUNDS {
        let is_allowed = |edit: &Edit| {
            let origin = layers.origin(edit.span);
            in_one_block(document, origin) && in_one_block(&now, edit.span) && holds(origin)
        };
        let report = checker.check(&now);
        let chosen = choose(&report.findings, now.text.as_str(), least, is_allowed);
        if chosen.is_empty() {
            break;
        }
        let text = now.text.as_str();
        settled.extend(chosen.iter().map(|(finding, edits)| {
            let (old, new) = (finding.span.of(text).to_owned(), applied(edits, text, finding.span));
            Settled { rule: finding.rule, at: layers.origin(finding.span), old, new }
        }));
        let mut edits: Vec<Edit> = chosen.into_iter().flat_map(|(_, edits)| edits).collect();
        edits.sort_by_key(|edit| edit.span);
        layers.replace(&edits);
        now = corrected(&now, &edits);
    }
    settled.sort_by_key(|row| row.at);
    Fixes { edits: layers.edits(), settled }
}

/// The findings to settle in one round, with their edits brought down to what differs. No two edits meet.
fn choose<'a>(
    findings: &'a [Finding],
    text: &str,
    least: Applicability,
    is_allowed: impl Fn(&Edit) -> bool,
) -> Vec<(&'a Finding, Vec<Edit>)> {
    let mut candidates: Vec<&Finding> = findings.iter().collect();
    candidates.sort_by(|a, b| b.severity.cmp(&a.severity).then(b.confidence.total_cmp(&a.confidence)));
    let mut chosen: Vec<(&Finding, Vec<Edit>)> = Vec::new();
    // Where the chosen edits begin and end: of those that do not meet, the last one that begins before another ends is the one to meet it.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    for finding in candidates {
        let Some(fix) = finding.fixes.first().filter(|fix| fix.applicability >= least) else { continue };
        let edits: Vec<Edit> = fix.edits.iter().map(|edit| edit.narrowed(text)).filter(|edit| !is_idle(edit)).collect();
        // Two edits meet where they touch: which of two insertions at one place comes first nobody has said.
        let is_free = |edit: &Edit| taken.range(..=edit.span.end).next_back().is_none_or(|(_, &end)| end < edit.span.start);
        if !edits.is_empty() && edits.iter().all(is_free) && edits.iter().all(&is_allowed) {
            for edit in &edits {
                let end = taken.entry(edit.span.start).or_default();
                *end = edit.span.end.max(*end);
            }
            chosen.push((finding, edits));
        }
    }
    chosen
}

fn is_idle(edit: &Edit) -> bool {
    edit.span.is_empty() && edit.text.is_empty()
}

fn in_one_block(document: &Document, span: Span) -> bool {
    let n = document.blocks.partition_point(|block| block.span.end < span.start);
    let mark = document.markup.partition_point(|mark| mark.span.end <= span.start);
    let is_free = document.markup.get(mark).is_none_or(|mark| !mark.span.overlaps(span));
    let inside = |block: &Block| block.span.start + block.label <= span.start && span.end <= block.span.end;
    is_free && document.blocks[n..].iter().take(2).any(inside)
}

/// The document with `edits` made, which are in text order and of which none crosses a block's border or markup.
pub fn corrected(document: &Document, edits: &[Edit]) -> Document {
    let text = document.text.as_str();
    // How many bytes have come and gone with the first so many edits.
    let sums = edits.iter().scan((0, 0), |(come, gone), edit| {
        *come += Span::new(0, edit.text.len()).end;
        *gone += edit.span.end - edit.span.start;
        Some((*come, *gone))
    });
    let sums: Vec<(u32, u32)> = std::iter::once((0, 0)).chain(sums).collect();
    let shift = |at: u32, is_end: bool| {
        let (come, gone) = sums[edits.partition_point(|edit| edit.span.end < at || edit.span.end == at && is_end)];
        at + come - gone
    };
    let moved = |span: Span| Span { start: shift(span.start, false), end: shift(span.end, true) };
    let blocks = document.blocks.iter().map(|block| Block { span: moved(block.span), ..*block }).collect();
    let markup = document.markup.iter().map(|mark| Markup { span: moved_mark(mark.span, &shift), ..*mark }).collect();
    let remarks = document.remarks.iter().map(|remark| Remark { span: moved(remark.span), ..remark.clone() }).collect();
    let all = Span::new(0, text.len());
    Document { text: Text::new(applied(edits, text, all)), blocks, markup, remarks, ..document.clone() }
}

/// Markup does not grow: what is put in before it stands before it, what is put in behind it behind.
fn moved_mark(span: Span, shift: &impl Fn(u32, bool) -> u32) -> Span {
    Span { start: shift(span.start, true), end: shift(span.end, false).max(shift(span.start, true)) }
}

/// A text under correction: what is left of the draft, and what has been put in.
struct Layers {
    chunks: Vec<Chunk>,
    /// Where each chunk begins in the corrected text, and where the last one ends.
    borders: Vec<u32>,
    /// Length of the draft.
    len: usize,
}

enum Chunk {
    /// A stretch of the draft.
    Kept(Span),
    New(String),
}

impl Chunk {
    fn len(&self) -> u32 {
        match self {
            Self::Kept(span) => span.end - span.start,
            Self::New(text) => Span::new(0, text.len()).end,
        }
    }

    /// The first `len` bytes, or all where there are no more, and the rest.
    fn divided(self, len: u32) -> (Self, Option<Self>) {
        if self.len() <= len {
            return (self, None);
        }
        match self {
            Self::Kept(Span { start, end }) => {
                (Self::Kept(Span { start, end: start + len }), Some(Self::Kept(Span { start: start + len, end })))
            }
            Self::New(mut text) => {
                let rest = text.split_off(len as usize);
                (Self::New(text), Some(Self::New(rest)))
            }
        }
    }
}

impl Layers {
    fn new(len: usize) -> Self {
        let whole = Span::new(0, len);
        Self { chunks: vec![Chunk::Kept(whole)], borders: vec![0, whole.end], len }
    }

    /// The stretch of the draft that a span of the corrected text stands for.
    fn origin(&self, span: Span) -> Span {
        let kept = |n: usize| match self.chunks[n] {
            Chunk::Kept(kept) => Some((kept.start, self.borders[n], self.borders[n + 1])),
            Chunk::New(_) => None,
        };
        let last = self.borders[1..].partition_point(|&next| next < span.end);
        let end = (last..self.chunks.len()).find_map(|n| kept(n).map(|(from, at, _)| (n, from + span.end.max(at) - at)));
        let (last, end) = end.unwrap_or((self.chunks.len(), Span::new(0, self.len).end));
        let first = self.borders.partition_point(|&at| at <= span.start).min(last + 1).min(self.chunks.len());
        let start = (0..first).rev().find_map(kept).map_or(0, |(from, at, next)| from + span.start.min(next) - at);
        Span { start, end: end.max(start) }
    }

    /// Makes `edits` to the corrected text, which are in its order and do not overlap.
    fn replace(&mut self, edits: &[Edit]) {
        let mut rest = std::mem::take(&mut self.chunks);
        rest.reverse();
        let mut at = 0;
        for edit in edits {
            self.chunks.extend(taken(&mut rest, edit.span.start - at));
            self.chunks.push(Chunk::New(edit.text.clone()));
            taken(&mut rest, edit.span.end - edit.span.start);
            at = edit.span.end;
        }
        self.chunks.extend(rest.into_iter().rev());
        self.borders.truncate(1);
        self.borders.extend(self.chunks.iter().scan(0, |end, chunk| {
            *end += chunk.len();
            Some(*end)
        }));
    }

    /// What makes the corrected text of the draft.
    fn edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut text) = (0, String::new());
        let end = Span::new(self.len, self.len);
        for chunk in self.chunks.into_iter().chain([Chunk::Kept(end)]) {
            match chunk {
                Chunk::New(new) => text.push_str(&new),
                Chunk::Kept(kept) if kept.is_empty() && kept != end => {}
                Chunk::Kept(kept) => {
                    if at < kept.start || !text.is_empty() {
                        edits.push(Edit { span: Span { start: at, end: kept.start }, text: std::mem::take(&mut text) });
                    }
                    at = kept.end;
                }
            }
        }
        edits
    }
}

/// The first `len` bytes of chunks that stand in reverse, so that what is taken goes off the end; the chunk that reaches farther is divided.
fn taken(rest: &mut Vec<Chunk>, mut len: u32) -> Vec<Chunk> {
    let mut taken = Vec::new();
    while len > 0
        && let Some(chunk) = rest.pop()
    {
        let (chunk, behind) = chunk.divided(len);
        len -= chunk.len();
        rest.extend(behind);
        taken.push(chunk);
    }
    taken
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Edits of a text of `len` characters, in order and without overlap.
    fn edits(text: &str, cuts: &[(usize, String)]) -> Vec<Edit> {
        let mut at: Vec<usize> = cuts.iter().map(|(cut, _)| cut % (text.len() + 1)).collect();
        at.sort_unstable();
        at.chunks_exact(2).zip(cuts).map(|(ends, (_, text))| Edit { span: Span::new(ends[0], ends[1]), text: text.clone() }).collect()
    }

    proptest! {
        /// Round after round, the layers say what makes the text of the draft, and where in it stands what is left of it.
        #[test]
        fn all_rounds_come_to_one_list_of_edits(
            rounds in prop::collection::vec(prop::collection::vec((0_usize..60, "[a-c]{0,3}"), 0..8), 0..5),
        ) {
            let draft: String = ('A'..='Z').chain('0'..='9').collect();
            let (mut layers, mut now) = (Layers::new(draft.len()), draft.clone());
            for round in &rounds {
                let edits = edits(&now, round);
                now = applied(&edits, &now, Span::new(0, now.len()));
                layers.replace(&edits);
                for (at, c) in now.char_indices().filter(|(_, c)| !c.is_lowercase()) {
                    let origin = layers.origin(Span::new(at, at + 1));
                    prop_assert_eq!(origin.of(&draft), c.to_string());
                }
            }
            prop_assert_eq!(applied(&layers.edits(), &draft, Span::new(0, draft.len())), now);
        }
    }
}
