//! The rules: one file, one question.
//!
//! A rule is a type that implements [`Rule`] in a file of its own, plus one line in [`RULES`]. The `//!` head of its file is its manual
//! page, in Chinese, printed by `hegao explain`: the sections 查什么 / 为什么 / 错例 / 正例 / 修改是否稳妥 / 依据, all present (a test checks it).
//! One file may report under several ids where one pass answers one question in several ways (a gap, a repeat, a reset).

mod chars;
mod congress;
mod consistency_abbreviation;
mod consistency_count;
mod consistency_name;
mod date_invalid;
mod date_range;
mod document_addressee;
mod document_attachment;
mod document_date;
mod document_number;
mod document_period;
mod document_secrecy;
mod document_title;
mod figure;
pub mod manual;
mod number_circle;
mod number_percent;
mod number_scale;
mod number_sum;
mod parts;
mod phrase_known;
mod phrase_members;
mod phrase_near;
mod phrase_outdated;
mod phrase_quotes;
mod phrase_verb;
mod placeholder;
mod punctuation_brackets;
mod punctuation_doubled;
mod punctuation_ellipsis;
mod punctuation_enumeration;
mod punctuation_halfwidth;
mod punctuation_nested;
mod punctuation_pairs;
pub mod repetition;
mod section_count;
mod section_empty;
mod section_heading;
mod section_label;
mod section_order;
mod section_series;
mod section_title;
pub mod selection;
mod sequence;
pub(crate) mod suppression;
mod template;
mod wording_de;
mod wording_doubled;
mod wording_slip;
mod wording_space;

use crate::as_of::AsOf;
use crate::dictionary::Dictionary;
use crate::document::Document;
use crate::finding::{Applicability, Finding, Severity};
use crate::mention::Mentions;
use crate::outline::Outline;
use crate::placeholder::Placeholder;
use crate::segment::Segmenter;
use crate::span::Span;
use crate::suppress::Mark;
use crate::text::Folded;

pub use selection::{Level, Selection, UnknownRule};

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
    /// Whether `name` means this id: the id itself, its family or its title.
    pub fn is_named(&self, name: &str) -> bool {
        let family = || self.name.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'));
        self.name == name || self.title == name || family()
    }

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
            source: None,
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
    /// What it says is not to be reported.
    pub marks: &'a [Mark],
    /// The date it is judged by.
    pub as_of: AsOf,
}

impl<'a> Context<'a> {
    /// The whole text.
    pub fn text(&self) -> &str {
        self.document.text.as_str()
    }

    /// The bytes of the folded characters `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        self.folded.span(self.text(), start, end)
    }

    /// The same for a change to `words`, which it does not leave.
    pub fn span_in(&self, words: Span, start: usize, end: usize) -> Span {
        self.folded.span_in(self.text(), words, start, end)
    }

    /// `right` as it replaces the folded characters `start..end`: a quotation mark that stands beside them already is not written twice.
    pub fn in_place_of(&self, start: usize, end: usize, right: &'a str) -> &'a str {
        let chars = self.folded.chars();
        let before = start.checked_sub(1).and_then(|i| chars.get(i));
        let right = if before == Some(&'“') { right.strip_prefix('“').unwrap_or(right) } else { right };
        if chars.get(end) == Some(&'”') { right.strip_suffix('”').unwrap_or(right) } else { right }
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
    &section_order::SectionOrder,
    &section_label::SectionLabel,
    &section_series::SectionSeries,
    &section_heading::SectionHeading,
    &section_title::SectionTitle,
    &section_empty::SectionEmpty,
    &section_count::SectionCount,
    &placeholder::Placeholders,
    &document_number::DocumentNumber,
    &document_title::DocumentTitle,
    &document_addressee::DocumentAddressee,
    &document_date::DocumentDate,
    &document_period::DocumentPeriod,
    &document_attachment::DocumentAttachment,
    &document_secrecy::DocumentSecrecy,
    &date_invalid::DateInvalid,
    &date_range::DateRange,
    &number_circle::NumberCircle,
    &number_scale::NumberScale,
    &number_percent::NumberPercent,
    &number_sum::NumberSum,
    &punctuation_pairs::PunctuationPairs,
    &punctuation_nested::PunctuationNested,
    &punctuation_doubled::PunctuationDoubled,
    &punctuation_ellipsis::PunctuationEllipsis,
    &punctuation_enumeration::PunctuationEnumeration,
    &punctuation_halfwidth::PunctuationHalfWidth,
    &punctuation_brackets::PunctuationBrackets,
    &wording_doubled::WordingDoubled,
    &wording_slip::WordingSlip,
    &wording_de::WordingDe,
    &wording_space::WordingSpace,
    &consistency_abbreviation::ConsistencyAbbreviation,
    &consistency_name::ConsistencyName,
    &consistency_count::ConsistencyCount,
    &repetition::Repetition,
    &suppression::Suppression,
];

/// The families of rules in the order of the manual, each with its name for people.
pub const FAMILIES: &[(&str, &str)] = &[
    ("phrase", "固定表述"),
    ("congress", "会议名称"),
    ("section", "标题序号"),
    ("placeholder", "待填空白"),
    ("document", "公文格式要素"),
    ("date", "日期"),
    ("number", "数字"),
    ("punctuation", "标点"),
    ("wording", "用词"),
    ("consistency", "前后一致"),
    ("repetition", "重复段落"),
    ("suppression", "忽略标记"),
];

/// The rule that reports under `id`, and that id.
pub fn find(id: &str) -> Option<(&'static dyn Rule, &'static Id)> {
    RULES.iter().find_map(|rule| rule.meta().ids.iter().find(|i| i.name == id).map(|i| (*rule, i)))
}

/// All ids of all rules, in the order of the manual.
pub fn ids() -> impl Iterator<Item = &'static Id> {
    RULES.iter().flat_map(|rule| rule.meta().ids)
}

/// The id nearest to `name`, for a hint after a slip of the fingers.
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::nearest::nearest(name, ids().map(|id| id.name))
}

#[cfg(test)]
pub(crate) mod testing {
    //! What a rule says about a text, in the short form its table of cases is written in.

    use std::sync::LazyLock;

    use super::{Context, Finding, Rule};
    use crate::as_of::AsOf;
    use crate::date::Date;
    use crate::dictionary::Dictionary;
    use crate::mention::Mentions;
    use crate::outline::Outline;
    use crate::segment::Segmenter;
    use crate::text::Folded;
    use crate::{Document, placeholder};

    /// The findings of `rule`, which does not ask for mentions of phrases, on plain text, in text order.
    pub(crate) fn findings(rule: &dyn Rule, text: &str) -> Vec<Finding> {
        static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(Dictionary::builtin);
        let document = Document::from_text("test.txt", text);
        let folded = Folded::new(text, document.blocks.iter().map(|block| block.span));
        let cx = Context {
            outline: &Outline::of(&document),
            placeholders: &placeholder::find(&document, &folded),
            mentions: &Mentions::default(),
            dictionary: &DICTIONARY,
            segmenter: Segmenter::builtin(),
            marks: &[],
            as_of: AsOf::of(&document, &folded, Date::new(2026, 1, 1)),
            document: &document,
            folded: &folded,
        };
        let mut findings = Vec::new();
        rule.check(&cx, &mut findings);
        findings.sort_by_key(|finding| finding.span);
        findings
    }

    /// Checks a table of cases: a text and its findings, each as `id words` or `id words → first suggestion`.
    pub(crate) fn check(rule: &dyn Rule, cases: &[(&str, &[&str])]) {
        for (text, expected) in cases {
            let found = findings(rule, text);
            let short: Vec<String> = found
                .iter()
                .map(|finding| {
                    let suggestion = finding.suggestions(text).first().map_or(String::new(), |words| format!(" → {words}"));
                    format!("{} {}{suggestion}", finding.rule, finding.span.of(text))
                })
                .collect();
            assert_eq!(short, *expected, "{text}");
            assert!(found.iter().all(|finding| rule.meta().ids.iter().any(|id| id.name == finding.rule)), "{text}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_well_formed() {
        let mut names: Vec<&str> = RULES.iter().flat_map(|rule| rule.meta().ids).map(|id| id.name).collect();
        assert!(names.iter().all(|name| name.split_once('/').is_some_and(|(family, name)| !family.is_empty() && !name.is_empty())));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn every_family_has_a_name() {
        let mut families: Vec<&str> = ids().filter_map(|id| id.name.split('/').next()).collect();
        families.sort_unstable();
        families.dedup();
        let mut named: Vec<&str> = FAMILIES.iter().map(|(family, _)| *family).collect();
        named.sort_unstable();
        assert_eq!(families, named);
    }

    #[test]
    fn every_manual_page_is_complete() {
        for rule in RULES {
            let manual = rule.meta().manual();
            let name = rule.meta().ids[0].name;
            assert!(manual.starts_with("# "), "{name} has no title");
            let mut rest = manual.as_str();
            for section in ["查什么", "为什么", "错例", "正例", "修改是否稳妥", "依据"] {
                let heading = format!("\n## {section}\n");
                let found = rest.split_once(&heading);
                assert!(found.is_some(), "{name} lacks {section}");
                rest = found.map_or("", |(_, rest)| rest);
            }
            for id in rule.meta().ids {
                assert!(rule.meta().ids.len() == 1 || manual.contains(&format!("`{}`", id.name)), "{name} does not explain {}", id.name);
            }
        }
    }
}
