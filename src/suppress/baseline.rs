//! Findings accepted at some time: a check against them reports only what is new.
//!
//! A finding is known again by its rule, its words, and what stands before or behind them; not by its line or its file's name, for drafts grow, paragraphs
//! move, and `报告（改）.docx` becomes `报告（定稿）.docx`. One side may have changed, both may not.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Mark, unused};
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::{Level, Selection, find, suppression};
use crate::span::Span;
use crate::text::Folded;

/// How many characters of the folded text on each side tell a place; paragraph ends do not count.
const NEIGHBOURS: usize = 8;

/// An accepted finding, one line of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The draft it was found in, as it was called.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The words as folded.
    pub text: String,
    /// Checksum of what stands before them.
    before: u32,
    /// Checksum of what stands behind them.
    after: u32,
}

/// What is wrong with a baseline file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// Not written by `hegao baseline`.
    #[error("不是 hegao baseline 写的基线文件，请核对文件名")]
    Foreign,
    /// A line that was changed or cut.
    #[error("第{0}行不完整或被改动；请重新运行 hegao baseline")]
    Damaged(usize),
}

/// A set of accepted findings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
    /// Indices of `entries` by rule and words.
    places: HashMap<(String, String), Vec<usize>>,
}

impl Entry {
    /// The findings of one draft, as a baseline keeps them.
    pub fn all(document: &Document, findings: &[Finding]) -> Vec<Self> {
        let document = &*Mark::hide(&Mark::all(document), document);
        let mut folded = Folded::default();
        folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
        // What is said about suppressions is for each run to say.
        let others = findings.iter().filter(|finding| ![suppression::MARK.name, suppression::UNUSED.name].contains(&finding.rule));
        others.map(|finding| Self::of(&document.name, finding, &folded)).collect()
    }

    fn of(name: &str, finding: &Finding, folded: &Folded) -> Self {
        let (start, end) = (folded.index(finding.span.start), folded.index(finding.span.end));
        let chars = folded.chars();
        let before: String = chars[..start].iter().rev().filter(|c| **c != '\n').take(NEIGHBOURS).collect();
        let after: String = chars[end.max(start)..].iter().filter(|c| **c != '\n').take(NEIGHBOURS).collect();
        Self {
            path: name.to_owned(),
            rule: finding.rule.to_owned(),
            text: chars[start..end.max(start)].iter().filter(|c| **c != '\n').collect(),
            before: checksum(&before),
            after: checksum(&after),
        }
    }

    fn is_like(&self, other: &Self) -> bool {
        self.before == other.before || self.after == other.after
    }
}

/// Stable over versions and systems, which a hasher of the standard library is not; a clash would also need the same rule and words.
fn checksum(text: &str) -> u32 {
    rawzip::crc32(text.as_bytes())
}

impl Baseline {
    /// The first line of a file.
    const HEAD: &str = "{\"hegao\":\"baseline\",\"version\":1}";

    /// A baseline of these entries.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort();
        let mut places: HashMap<_, Vec<usize>> = HashMap::new();
        for (n, entry) in entries.iter().enumerate() {
            places.entry((entry.rule.clone(), entry.text.clone())).or_default().push(n);
        }
        Self { entries, places }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// When it is none of ours or a line is damaged.
    pub fn parse(source: &str) -> Result<Self, BaselineError> {
        let mut lines = source.trim_start_matches('\u{feff}').lines().enumerate();
        if lines.next().is_none_or(|(_, line)| line.trim_end() != Self::HEAD) {
            return Err(BaselineError::Foreign);
        }
        let filled = lines.filter(|(_, line)| !line.trim().is_empty());
        let entries = filled.map(|(n, line)| serde_json::from_str(line).map_err(|_| BaselineError::Damaged(n + 1)));
        Ok(Self::new(entries.collect::<Result<_, _>>()?))
    }

    /// The file: one line an entry, sorted, so that two of them can be compared.
    pub fn to_lines(&self) -> String {
        let entries = self.entries.iter().filter_map(|entry| serde_json::to_string(entry).ok());
        std::iter::once(Self::HEAD.to_owned()).chain(entries).flat_map(|line| [line, "\n".into()]).collect()
    }

    /// How many findings it holds.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it holds none.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// This baseline as one draft uses it.
    pub(super) fn for_draft<'a>(&'a self, name: &'a str) -> Accepted<'a> {
        Accepted { baseline: self, name, used: vec![false; self.entries.len()] }
    }
}

/// A baseline and what of it one draft has used.
pub(super) struct Accepted<'a> {
    baseline: &'a Baseline,
    name: &'a str,
    used: Vec<bool>,
}

impl Accepted<'_> {
    pub(super) fn takes(&mut self, finding: &Finding, folded: &Folded) -> bool {
        if self.baseline.is_empty() {
            return false;
        }
        let entry = Entry::of(self.name, finding, folded);
        let places = self.baseline.places.get(&(entry.rule.clone(), entry.text.clone())).map_or(&[][..], Vec::as_slice);
        let like: Vec<usize> = places.iter().copied().filter(|&n| self.baseline.entries[n].is_like(&entry)).collect();
        for &n in &like {
            self.used[n] = true;
        }
        !like.is_empty()
    }

    /// One finding for all entries of this draft that have nothing to accept any more.
    pub(super) fn unused(&self, selection: &Selection) -> Option<Finding> {
        let counts = |entry: &Entry| entry.path == self.name && find(&entry.rule).is_some() && selection.level(&entry.rule) != Level::Off;
        let left: Vec<&str> = (self.baseline.entries.iter().zip(&self.used))
            .filter(|(entry, used)| !**used && counts(entry))
            .map(|(entry, _)| entry.text.as_str())
            .collect();
        let first = left.iter().find(|words| !words.is_empty())?;
        Some(unused(
            Span::default(),
            format!("基线里有 {} 处（如“{first}”）这份稿件已经没有，重新运行 hegao baseline 可以更新。", left.len()),
        ))
    }
}
