//! One draft as the page shows it: its paragraphs cut into runs where findings begin and end, and its list of findings.

use std::cmp::Reverse;
use std::iter::Peekable;

use serde::Serialize;

use crate::checker::Report;
use crate::document::{Block, BlockKind, Document};
use crate::finding::{Applicability, Finding, Severity};
use crate::outline::Level;
use crate::output::Counts;
use crate::output::safe::printable;
use crate::output::shown::{Shown, shown};
use crate::rules;
use crate::span::Span;

/// What `file.html` shows.
#[derive(Serialize)]
pub(super) struct Draft {
    /// The place in the page, from 1.
    number: usize,
    name: String,
    characters: usize,
    sections: usize,
    placeholders: usize,
    counts: [usize; 3],
    date: String,
    date_source: &'static str,
    paragraphs: Vec<Paragraph>,
    findings: Vec<Card>,
}

/// A paragraph, heading, cell …
#[derive(Serialize)]
struct Paragraph {
    class: &'static str,
    line: u32,
    runs: Vec<Run>,
}

/// A stretch of text over which the same findings lie.
#[derive(Serialize)]
struct Run {
    text: String,
    /// The gravest finding over it.
    mark: Option<Mark>,
    /// The findings that end with it.
    ends: Vec<Mark>,
}

/// A finding by its number in the list and the letter of its severity.
#[derive(Serialize, Clone, Copy)]
struct Mark {
    number: usize,
    class: &'static str,
}

/// An entry of the list.
#[derive(Serialize)]
struct Card {
    mark: Mark,
    severity: &'static str,
    rule: &'static str,
    title: &'static str,
    line: u32,
    column: u32,
    words: String,
    instead: Option<String>,
    /// Whether the proposal needs a look.
    doubtful: bool,
    /// What the message says beyond the words and the proposal.
    reason: String,
    source: String,
}

impl Draft {
    pub(super) fn new(number: usize, document: &Document, report: &Report) -> Self {
        let Counts { error, warning, info } = Counts::of(report);
        let mut places = document.text.cursor();
        let mut marks = Sweep::new(report.findings.iter().enumerate());
        let paragraphs = document.blocks.iter().enumerate().map(|(index, block)| Paragraph {
            class: class(index, block, document, report),
            line: places.position(block.span.start).line,
            runs: runs(document, index, marks.over(block.span)),
        });
        Self {
            number,
            name: printable(&document.name),
            characters: report.characters,
            sections: report.outline.sections().len(),
            placeholders: report.placeholders.len(),
            counts: [error, warning, info],
            date: report.as_of.date.iso(),
            date_source: report.as_of.source.label(),
            paragraphs: paragraphs.collect(),
            findings: shown(document, report).enumerate().map(|(index, shown)| card(index, shown)).collect(),
        }
    }
}

fn mark(index: usize, finding: &Finding) -> Mark {
    let class = match finding.severity {
        Severity::Error => "e",
        Severity::Warning => "w",
        Severity::Info => "i",
    };
    Mark { number: index + 1, class }
}

fn card(index: usize, shown: Shown<'_>) -> Card {
    let finding = shown.finding;
    let reason =
        shown.instead.as_deref().map_or(shown.message.as_str(), |instead| beyond(&shown.message, &shown.words, instead)).to_owned();
    let doubtful = shown.applicability().is_some_and(|applicability| applicability != Applicability::Safe);
    Card {
        mark: mark(index, finding),
        severity: finding.severity.label(),
        rule: finding.rule,
        title: rules::find(finding.rule).map_or(finding.rule, |(_, id)| id.title),
        line: shown.start.line,
        column: shown.start.column,
        words: shown.words,
        instead: shown.instead,
        doubtful,
        reason,
        source: shown.source,
    }
}

/// The message without its beginning “…”应为“…”, where the entry shows these two already.
fn beyond<'a>(message: &'a str, words: &str, instead: &str) -> &'a str {
    let rest = message.strip_prefix(&format!("“{words}”")).map(|rest| rest.trim_start_matches(['应', '疑', '为']));
    let rest = rest.and_then(|rest| rest.strip_prefix(&format!("“{instead}”")));
    rest.map_or(message, |rest| rest.trim_start_matches(['：', '，', '；', '。']))
}

/// How a block is set: by its kind, by the level of the section that it opens, as the title where it looks like one.
fn class(index: usize, block: &Block, document: &Document, report: &Report) -> &'static str {
    let section = report.outline.sections().binary_search_by_key(&index, |section| section.blocks.start);
    match block.kind {
        BlockKind::TableCell => "cell",
        BlockKind::Note | BlockKind::TextBox => "note",
        BlockKind::Header | BlockKind::Footer => "margin",
        BlockKind::Paragraph | BlockKind::Heading => match section.map(|at| report.outline.sections()[at].level) {
            Ok(Level::Part | Level::Chapter | Level::Division | Level::One) => "one",
            Ok(Level::Two) => "two",
            Err(_) if index == 0 && looks_like_title(&document.shown(block)) => "title",
            Err(_) if block.kind == BlockKind::Heading => "one",
            _ => "p",
        },
    }
}

/// Whether the first block reads as a title: short, and no sentence.
fn looks_like_title(text: &str) -> bool {
    text.chars().count() <= 50 && !text.contains(['。', '：', '；'])
}

/// Cuts a block where the findings `here`, or markup, begin and end.
fn runs(document: &Document, index: usize, here: &[(usize, &Finding)]) -> Vec<Run> {
    let text = document.text.as_str();
    let block = &document.blocks[index];
    let next = document.blocks.get(index + 1).map_or(u32::MAX, |block| block.span.start);
    let inside = |span: Span| span.start.max(block.span.start)..span.end.min(block.span.end);
    // What ends between this block and the next one ends with this block.
    let end = |finding: &Finding| if finding.span.end <= next { finding.span.end.min(block.span.end) } else { finding.span.end };
    let markup = &document.markup[document.markup.partition_point(|markup| markup.span.end <= block.span.start)..];
    let markup = &markup[..markup.partition_point(|markup| markup.span.start < block.span.end)];
    let spans = here.iter().map(|(_, finding)| finding.span).chain(markup.iter().map(|markup| markup.span)).map(inside);
    let mut cuts: Vec<u32> = spans.flat_map(|range| [range.start, range.end]).chain([block.span.start, block.span.end]).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut marks = Sweep::new(here.iter().copied());
    let run = |cut: &[u32]| {
        let span = Span { start: cut[0], end: cut[1] };
        let at = markup.get(markup.partition_point(|markup| markup.span.end <= span.start));
        let text = match at.filter(|markup| markup.span.contains(span)) {
            Some(markup) if markup.span.start == span.start => markup.reads.map(String::from).unwrap_or_default(),
            Some(_) => String::new(),
            None => printable(span.of(text)),
        };
        let over = marks.over(span);
        let gravest =
            over.iter().filter(|(_, finding)| finding.span.contains(span)).min_by_key(|(n, finding)| (Reverse(finding.severity), *n));
        let ends = over.iter().filter(|(_, finding)| end(finding) == span.end);
        Run { text, mark: gravest.map(|(n, finding)| mark(*n, finding)), ends: ends.map(|(n, finding)| mark(*n, finding)).collect() }
    };
    cuts.windows(2).map(run).collect()
}

/// A way through findings in text order along with stretches of the text in text order, so that each is met only where it lies.
struct Sweep<'a, I: Iterator<Item = (usize, &'a Finding)>> {
    ahead: Peekable<I>,
    /// Those that have begun and may go on.
    open: Vec<(usize, &'a Finding)>,
}

impl<'a, I: Iterator<Item = (usize, &'a Finding)>> Sweep<'a, I> {
    fn new(findings: I) -> Self {
        Self { ahead: findings.peekable(), open: Vec::new() }
    }

    /// The findings that share a byte with `span` or touch it; spans come in text order.
    fn over(&mut self, span: Span) -> &[(usize, &'a Finding)] {
        self.open.retain(|(_, finding)| finding.span.end >= span.start);
        while let Some(next) = self.ahead.next_if(|(_, finding)| finding.span.start <= span.end) {
            if next.1.span.end >= span.start {
                self.open.push(next);
            }
        }
        &self.open
    }
}
