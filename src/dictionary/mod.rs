//! What is canonical: the shipped records and those of user dictionaries, and the matcher that looks for them.
//!
//! The shipped dictionary lies in the program as tables the build script made ([`builtin`]); user dictionaries have the same format
//! ([`format`]) and are compiled when they are read ([`overlay`]).

pub mod builtin;
pub mod congress;
pub mod format;
pub mod overlay;

use std::borrow::Cow;

pub use format::{Kind, Problem};

use crate::finding::Severity;
use crate::matcher::forms::Forms;
use crate::matcher::index::{Builder, Role};
use crate::matcher::{Matcher, PatternId};

/// A string of a record: a literal of the program, or owned by a user dictionary.
pub type Str = Cow<'static, str>;
/// A list of a record.
pub type List<T> = Cow<'static, [T]>;

/// One record; `dictionaries/README.md` explains the fields.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "one table of fields, in dictionaries/README.md")]
pub struct Phrase {
    pub text: Str,
    pub kind: Kind,
    pub full: Option<Str>,
    pub members: List<Str>,
    pub ordered: bool,
    pub quoted: bool,
    pub verbs: List<Str>,
    pub also: List<Also>,
    pub wrong: List<Wrong>,
    pub near: bool,
    pub severity: Severity,
    pub since: Option<Str>,
    pub until: Option<Str>,
    pub replaced_by: Option<Str>,
    pub note: Option<Str>,
    pub source: Str,
    pub good: List<Str>,
    pub bad: List<Str>,
}

/// A further right form and why it is right.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "as above")]
pub struct Also {
    pub text: Str,
    pub why: Str,
}

/// A known wrong form, its repair where that is not the record's text, and why it is wrong.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "as above")]
pub struct Wrong {
    pub text: Str,
    pub right: Option<Str>,
    pub why: Option<Str>,
}

/// A wording with a gap.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "as above")]
pub struct Template {
    pub name: Str,
    pub anchor: Str,
    pub pattern: Str,
    pub right: Str,
    pub severity: Severity,
    pub note: Option<Str>,
    pub source: Str,
    pub good: List<Str>,
    pub bad: List<Str>,
}

/// All records in force, and the matcher over their forms. Immutable; one is built per process.
#[derive(Debug)]
pub struct Dictionary {
    phrases: List<Phrase>,
    templates: List<Template>,
    /// Records switched off or replaced by a user dictionary, sorted.
    off: Vec<u32>,
    matcher: Matcher,
}

impl Dictionary {
    /// The record a pattern belongs to, unless it is switched off. Template anchors belong to no phrase.
    pub fn phrase(&self, pattern: PatternId) -> Option<&Phrase> {
        let pattern = self.matcher.pattern(pattern);
        (pattern.role() != Role::Anchor && self.off.binary_search(&pattern.phrase).is_err()).then(|| &self.phrases[pattern.phrase as usize])
    }

    /// The template an anchor belongs to.
    pub fn template(&self, pattern: PatternId) -> Option<&Template> {
        let pattern = self.matcher.pattern(pattern);
        (pattern.role() == Role::Anchor).then(|| &self.templates[pattern.phrase as usize])
    }

    /// The matcher over all forms of all records.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// All records in force, shipped ones first.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter().enumerate().filter(|(n, _)| self.off.binary_search(&(*n as u32)).is_err()).map(|(_, phrase)| phrase)
    }

    /// All templates.
    pub fn templates(&self) -> &[Template] {
        &self.templates
    }

    /// The record whose canonical, long or further right form is `text`.
    pub fn find(&self, text: &str) -> Option<&Phrase> {
        self.phrases().find(|phrase| phrase.is_right(text))
    }
}

impl Phrase {
    /// Whether `text` is one of its right forms.
    pub fn is_right(&self, text: &str) -> bool {
        self.text == text || self.full.as_deref() == Some(text) || self.also.iter().any(|also| also.text == text)
    }
}

impl Phrase {
    /// What its wrong form `number` should be.
    pub fn right_for(&self, number: usize) -> &str {
        self.wrong.get(number).and_then(|wrong| wrong.right.as_deref()).unwrap_or(&self.text)
    }

    /// Adds its forms as patterns of record `number`.
    fn add_to(&self, builder: &mut Builder<'_>, number: u32) {
        let also: Vec<&str> = self.also.iter().map(|also| also.text.as_ref()).collect();
        let wrong: Vec<&str> = self.wrong.iter().map(|wrong| wrong.text.as_ref()).collect();
        let members: Vec<&str> = self.members.iter().map(AsRef::as_ref).collect();
        let (text, full, near) = (self.text.as_ref(), self.full.as_deref(), self.near);
        let ordinary = self.kind == Kind::Wording && !near;
        Forms { text, full, members: &members, also: &also, wrong: &wrong, near, ordinary }.add_to(builder, number);
    }
}
