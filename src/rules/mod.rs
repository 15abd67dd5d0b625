//! The rules: one file, one question.
//!
//! A rule is a type that implements [`Rule`] in a file of its own, plus one line in [`RULES`]. The `//!` head of its file is its manual
//! page, in Chinese, printed by `hegao explain`: the sections 查什么 / 为什么 / 错例 / 正例 / 修改是否稳妥 / 依据, all present (a test checks it).
//! One file may report under several ids where one pass answers one question in several ways (a gap, a repeat, a reset).

mod congress;
mod phrase_known;
mod phrase_members;
mod phrase_near;
mod phrase_outdated;
mod phrase_quotes;
mod phrase_verb;
mod template;

use crate::as_of::AsOf;
use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::finding::{Applicability, Finding, Severity};
use crate::mention::Mentions;
use crate::outline::Outline;
use crate::placeholder::Placeholder;
use crate::segment::Segmenter;
use crate::span::Span;
use crate::text::Folded;

/// One question asked of a document.
pub trait Rule: Sync {
    /// What the rule is, for listings and the manual.
    fn meta(&self) -> &'static Meta;
    /// Looks at the document and appends what it finds, in any order.
    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>);
}

/// The description of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// Its ids, `family/name`, the main one first. Every finding of the rule carries one of them.
    pub ids: &'static [Id],
    /// Its source file, whose `//!` head is the manual page: `include_str!` of the file itself.
    pub source: &'static str,
}

impl Meta {
    /// The manual page in Markdown: the `//!` head of the source file without its slashes.
    pub fn manual(&self) -> String {
        let head = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        head.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
    }
}

/// One id under which a rule reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id {
    /// `family/name` in English.
    pub name: &'static str,
    /// A few words in Chinese.
    pub title: &'static str,
    /// The severity it reports with unless a finding has reason to differ.
    pub severity: Severity,
    /// How safe its fixes are; `None` where it proposes nothing.
    pub fix: Option<Applicability>,
    /// Whether it runs unless switched off.
    pub default: bool,
}

impl Id {
    /// A finding under this id at its usual severity, without a fix.
    pub fn at(&self, span: Span, confidence: f32, message: impl Into<String>) -> Finding {
        Finding {
            rule: self.name,
            severity: self.severity,
            confidence,
            span,
            message: message.into(),
            fixes: Vec::new(),
            entry: None,
        }
    }
}

/// All that a rule may look at.
pub struct Context<'a> {
    /// The draft.
    pub document: &'a Document,
    /// Its folded view: widths, spaces and soft line wraps folded away.
    pub folded: &'a Folded,
    /// Its section tree.
    pub outline: &'a Outline,
    /// Its blanks, in text order.
    pub placeholders: &'a [Placeholder],
    /// Where it uses phrases of the dictionary.
    pub mentions: &'a Mentions<'a>,
    /// The records in force.
    pub dictionary: &'a Dictionary,
    /// For word boundaries.
    pub segmenter: &'a Segmenter,
    /// The date it is judged by.
    pub as_of: AsOf,
}

impl Context<'_> {
    /// The whole text.
    pub fn text(&self) -> &str {
        self.document.text.as_str()
    }

    /// The bytes of the folded characters `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.folded.span(self.text(), start, end)
    }

    /// The words as they are folded, for messages.
    pub fn words(&self, start: usize, end: usize) -> String {
        self.folded.chars()[start..end].iter().collect()
    }
}

/// Every rule, in the order of the manual.
pub const RULES: &[&dyn Rule] = &[
    &phrase_known::PhraseKnown,
    &phrase_near::PhraseNear,
    &phrase_members::PhraseMembers,
    &phrase_verb::PhraseVerb,
    &phrase_quotes::PhraseQuotes,
    &phrase_outdated::PhraseOutdated,
    &template::Template,
    &congress::CongressNames,
];

/// The rule that reports under `id`, and that id.
pub fn find(id: &str) -> Option<(&'static dyn Rule, &'static Id)> {
    RULES.iter().find_map(|rule| rule.meta().ids.iter().find(|i| i.name == id).map(|i| (*rule, i)))
}

/// All ids of all rules, in the order of the manual.
pub fn ids() -> impl Iterator<Item = &'static Id> {
    RULES.iter().flat_map(|rule| rule.meta().ids)
}

/// The id that shares most with `name`, for a hint after a slip of the fingers.
pub fn nearest(name: &str) -> Option<&'static str> {
    let shared = |id: &str| id.split(['/', '-']).filter(|part| name.contains(part)).map(str::len).sum::<usize>();
    ids().map(|id| (shared(id.name), id.name)).filter(|&(n, _)| n > 0).max_by_key(|&(n, _)| n).map(|(_, id)| id)
}
