//! Which corrections are made, and what the draft reads afterwards.
//!
//! Corrections of one round must not overlap: where two want the same place, the graver and surer finding has its way. Then the corrected
//! text is checked again, because one correction may be in the way of another or bring one about, until nothing is left to
//! correct; so correcting twice changes nothing. All rounds together become one list of edits to the draft as it was, and that is what
//! is written to a file or entered as tracked changes.

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
        edits.iter().rev().for_each(|edit| layers.replace(edit.span, &edit.text));
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
    for finding in candidates {
        let Some(fix) = finding.fixes.first().filter(|fix| fix.applicability >= least) else { continue };
        let edits: Vec<Edit> = fix.edits.iter().map(|edit| edit.narrowed(text)).filter(|edit| !is_idle(edit)).collect();
        let is_free = chosen.iter().flat_map(|(_, edits)| edits).all(|other| edits.iter().all(|edit| !meet(edit.span, other.span)));
        if !edits.is_empty() && is_free && edits.iter().all(&is_allowed) {
            chosen.push((finding, edits));
        }
    }
    chosen
}

/// Whether two edits touch: which of two insertions at one place comes first nobody has said.
const fn meet(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
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

/// The document with `edits` made, none of which crosses a block's border or markup.
pub fn corrected(document: &Document, edits: &[Edit]) -> Document {
    let text = document.text.as_str();
    let shift = |at: u32, is_end: bool| {
        let passed = edits.iter().take_while(|edit| edit.span.end < at || edit.span.end == at && is_end);
        passed.fold(at, |at, edit| at - (edit.span.end - edit.span.start) + Span::new(0, edit.text.len()).end)
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
}

impl Layers {
    fn new(len: usize) -> Self {
        Self { chunks: vec![Chunk::Kept(Span::new(0, len))], len }
    }

    /// The stretch of the draft that a span of the corrected text stands for.
    fn origin(&self, span: Span) -> Span {
        let (mut start, mut end) = (0, Span::new(0, self.len).end);
        let mut at = 0;
        for chunk in &self.chunks {
            let next = at + chunk.len();
            if let &Chunk::Kept(kept) = chunk {
                if at <= span.start {
                    start = kept.start + span.start.min(next) - at;
                }
                if next >= span.end {
                    end = kept.start + span.end.max(at) - at;
                    break;
                }
            }
            at = next;
        }
        Span { start, end: end.max(start) }
    }

    /// Puts `text` in the place of a span of the corrected text.
    fn replace(&mut self, span: Span, text: &str) {
        let from = self.divide(span.start);
        let until = self.divide(span.end);
        self.chunks.splice(from..until, [Chunk::New(text.to_owned())]);
    }

    /// The index of the chunk that begins at byte `at` of the corrected text, which is divided there.
    fn divide(&mut self, at: u32) -> usize {
        let mut start = 0;
        for n in 0..self.chunks.len() {
            let inside = at - start;
            if inside == 0 {
                return n;
            }
            let len = self.chunks[n].len();
            if inside < len {
                let rest = match &mut self.chunks[n] {
                    Chunk::Kept(span) => {
                        let rest = Span { start: span.start + inside, end: span.end };
                        span.end = rest.start;
                        Chunk::Kept(rest)
                    }
                    Chunk::New(text) => Chunk::New(text.split_off(inside as usize)),
                };
                self.chunks.insert(n + 1, rest);
                return n + 1;
            }
            start += len;
        }
        self.chunks.len()
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
