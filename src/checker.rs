//! The checker: built once, shared by all threads, it turns a [`Document`] into a [`Report`].

use std::cell::RefCell;

use crate::as_of::{AsOf, Source};
use crate::date::Date;
use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::finding::{Finding, Severity};
use crate::matcher::Scratch;
use crate::mention::Mentions;
use crate::outline::Outline;
use crate::placeholder::{self, Placeholder};
use crate::rules::repetition::ACROSS;
use crate::rules::{Context, Level, RULES, Selection, UnknownRule};
use crate::segment::Segmenter;
use crate::suppress::{Mark, Suppressions};
use crate::text::{Folded, count_characters};

/// Checks documents. Immutable and `Sync`: build one per process.
///
/// ```
/// use hegao::{Checker, Document};
///
/// let checker = Checker::builder().build().expect("the shipped dictionary and no rule named");
/// let report = checker.check(&Document::from_text("报告.txt", "做好2021年工作布署。"));
/// assert_eq!(report.findings[0].rule, "phrase/known");
/// ```
#[derive(Debug)]
pub struct Checker {
    dictionary: Dictionary,
    as_of: Option<Date>,
    today: Date,
    selection: Selection,
    suppressions: Suppressions,
    min_severity: Severity,
}

thread_local! {
    /// One set of buffers a thread.
    static BUFFERS: RefCell<(Folded, Scratch)> = RefCell::default();
}

/// What was found in one document.
#[derive(Debug)]
pub struct Report {
    /// In text order; at one place only the best of several answers to one question.
    pub findings: Vec<Finding>,
    /// The section tree.
    pub outline: Outline,
    /// The blanks.
    pub placeholders: Vec<Placeholder>,
    /// The date the draft was judged by.
    pub as_of: AsOf,
    /// Characters other than white space.
    pub characters: usize,
    /// How often set expressions are used rightly.
    pub expressions: usize,
}

/// Why a checker cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// A rule that does not exist was named.
    #[error(transparent)]
    UnknownRule(#[from] UnknownRule),
}

/// Settings of a [`Checker`].
#[derive(Debug, Default)]
pub struct Builder {
    dictionary: Option<Dictionary>,
    as_of: Option<Date>,
    today: Option<Date>,
    levels: Vec<(String, Level)>,
    only: Vec<String>,
    ignore: Vec<String>,
    min_severity: Option<Severity>,
    suppressions: Suppressions,
    comparing: bool,
}

impl Checker {
    /// Settings to build a checker from; the defaults are the shipped dictionary and the rules that are on by default.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The dictionary in force.
    pub fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// Checks one document.
    pub fn check(&self, document: &Document) -> Report {
        let marks = Mark::all(document);
        let document = &*Mark::hide(&marks, document);
        BUFFERS.with_borrow_mut(|(folded, scratch)| {
            let mut report = self.look(document, &marks, folded, scratch);
            self.suppress(document, &marks, folded, &mut report);
            report
        })
    }

    /// Checks one document as far as that goes before others are known: everything is there, also what is not to be reported.
    pub(crate) fn examine(&self, document: &Document) -> Report {
        let marks = Mark::all(document);
        BUFFERS.with_borrow_mut(|(folded, scratch)| self.look(&Mark::hide(&marks, document), &marks, folded, scratch))
    }

    /// Makes the report of an examined document ready, with what `others` brought.
    pub(crate) fn settle(&self, document: &Document, report: &mut Report, others: Vec<Finding>) {
        report.findings.extend(others.into_iter().filter_map(|finding| self.selection.apply(finding)));
        let marks = Mark::all(document);
        let document = &*Mark::hide(&marks, document);
        BUFFERS.with_borrow_mut(|(folded, _)| {
            folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
            self.suppress(document, &marks, folded, report);
        });
    }

    /// Folds the document and asks the rules.
    fn look(&self, document: &Document, marks: &[Mark], folded: &mut Folded, scratch: &mut Scratch) -> Report {
        folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
        let segmenter = Segmenter::builtin();
        let as_of = match self.as_of {
            Some(date) => AsOf { date, source: Source::Given },
            None => AsOf::of(document, folded, self.today),
        };
        let mentions = Mentions::find(folded, &self.dictionary, segmenter, scratch);
        let as_of = as_of.or_later(mentions.since());
        let outline = Outline::of(document);
        let placeholders = placeholder::find(document, folded);
        let cx = Context {
            document,
            folded,
            outline: &outline,
            placeholders: &placeholders,
            mentions: &mentions,
            dictionary: &self.dictionary,
            segmenter,
            marks,
            as_of,
        };
        let mut findings = Vec::new();
        for rule in RULES {
            if rule.meta().ids.iter().any(|id| self.selection.level(id.name) != Level::Off) {
                rule.check(&cx, &mut findings);
            }
        }
        let findings = one_for_each_place(findings.into_iter().filter_map(|finding| self.selection.apply(finding)).collect());
        let characters = document.blocks.iter().map(|block| count_characters(&document.shown(block))).sum();
        let expressions = mentions.expressions().count();
        Report { findings, outline, placeholders, as_of, characters, expressions }
    }

    /// Takes out what is not to be reported, and says what of the suppressions was of no use.
    fn suppress(&self, document: &Document, marks: &[Mark], folded: &Folded, report: &mut Report) {
        let findings = &mut report.findings;
        let of_no_use = self.suppressions.apply(marks, document, folded, &self.selection, findings);
        findings.extend(of_no_use.into_iter().filter_map(|finding| self.selection.apply(finding)));
        findings.retain(|finding| finding.severity >= self.min_severity);
        findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.rule));
    }
}

impl Builder {
    /// Checks against this dictionary instead of the shipped one.
    #[must_use]
    pub fn dictionary(mut self, dictionary: Dictionary) -> Self {
        self.dictionary = Some(dictionary);
        self
    }

    /// Judges every document by this date instead of its own.
    #[must_use]
    pub fn as_of(mut self, date: Date) -> Self {
        self.as_of = Some(date);
        self
    }

    /// The present day, for documents that bear no date; the clock's by default.
    #[must_use]
    pub fn today(mut self, date: Date) -> Self {
        self.today = Some(date);
        self
    }

    /// Sets how these rules report, by id, family (`section`) or title; later ones prevail.
    #[must_use]
    pub fn levels(mut self, levels: impl IntoIterator<Item = (impl Into<String>, Level)>) -> Self {
        self.levels.extend(levels.into_iter().map(|(name, level)| (name.into(), level)));
        self
    }

    /// Runs only these rules, by id or family (`section`), also those that are off by default.
    #[must_use]
    pub fn only(mut self, rules: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.only.extend(rules.into_iter().map(Into::into));
        self
    }

    /// Leaves out these rules, by id or family.
    #[must_use]
    pub fn ignore(mut self, rules: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.ignore.extend(rules.into_iter().map(Into::into));
        self
    }

    /// Leaves out findings below this severity.
    #[must_use]
    pub fn min_severity(mut self, severity: Severity) -> Self {
        self.min_severity = Some(severity);
        self
    }

    /// Leaves out what these name, beside what a document itself does.
    #[must_use]
    pub fn suppressions(mut self, suppressions: Suppressions) -> Self {
        self.suppressions = suppressions;
        self
    }

    /// Documents will be compared with one another ([`Across`](crate::across::Across)); else the rule about that is off, whatever else is said.
    #[must_use]
    pub fn comparing(mut self, comparing: bool) -> Self {
        self.comparing = comparing;
        self
    }

    /// The checker.
    ///
    /// # Errors
    /// When a rule is named that does not exist.
    pub fn build(self) -> Result<Checker, BuildError> {
        let mut selection = Selection::default();
        self.levels.iter().try_for_each(|(name, level)| selection.set(name, *level))?;
        if !self.only.is_empty() {
            selection.keep_only(&self.only)?;
        }
        self.ignore.iter().try_for_each(|name| selection.set(name, Level::Off))?;
        if !self.comparing {
            selection.set(ACROSS.name, Level::Off)?;
        }
        Ok(Checker {
            selection,
            suppressions: self.suppressions,
            dictionary: self.dictionary.unwrap_or_else(Dictionary::builtin),
            as_of: self.as_of,
            today: self.today.unwrap_or_else(Date::today),
            min_severity: self.min_severity.unwrap_or(Severity::Info),
        })
    }
}

/// Sorts findings by place; where several answer the question of wording at one place, only the surest stays.
fn one_for_each_place(mut findings: Vec<Finding>) -> Vec<Finding> {
    let weight = |finding: &Finding| (finding.severity, (finding.confidence * 1000.0) as i32, finding.span.len());
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end));
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    // Whoever overlaps a finding begins no farther before it than the longest one reaches.
    let longest = findings.iter().filter(|finding| is_wording(finding)).map(|finding| finding.span.len()).max().unwrap_or_default() as u32;
    for finding in findings {
        let near = kept.iter().rev().take_while(|other| other.span.start + longest >= finding.span.start).count();
        let first = kept.len() - near;
        let rival = kept[first..].iter().rposition(|other| is_wording(other) && is_wording(&finding) && other.span.overlaps(finding.span));
        let rival = rival.map(|n| first + n);
        match rival {
            Some(n) if weight(&kept[n]) >= weight(&finding) => {}
            Some(n) => kept[n] = finding,
            None => kept.push(finding),
        }
    }
    kept
}

fn is_wording(finding: &Finding) -> bool {
    ["phrase/", "congress/", "wording/"].iter().any(|family| finding.rule.starts_with(family))
}
