//! What is canonical: the shipped records and those of user dictionaries, and the matcher that looks for them.
//!
//! The shipped dictionary lies in the program as tables the build script made ([`builtin`]); user dictionaries have the same format
//! ([`mod@format`]) and are compiled when they are read ([`overlay`]). What is wrong with a file is said by `lint`, what is wrong with records
//! beside each other by [`audit`].

pub mod audit;
pub mod builtin;
pub mod congress;
mod flat;
pub mod format;
pub mod lint;
pub mod overlay;

use std::borrow::Cow;
use std::sync::OnceLock;

use regex_automata::meta::{Config, Regex};

pub use format::{Kind, Problem};

use crate::finding::Severity;
use crate::matcher::compile::Builder;
use crate::matcher::forms::Forms;
use crate::matcher::index::Role;
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
    /// `pattern`, compiled when a text first may hold a match.
    regex: OnceLock<Option<Regex>>,
}

/// All records in force, and the matcher over their forms. Immutable; one is built per process.
#[derive(Debug)]
pub struct Dictionary {
    phrases: Records<Phrase>,
    templates: Records<Template>,
    /// Records switched off or replaced by a user dictionary, sorted.
    off: Vec<u32>,
    matcher: Matcher,
}

/// Records by number: the shipped ones, decoded when first asked for, and those of user dictionaries after them.
#[derive(Debug)]
struct Records<T> {
    /// Boxed, so that the thousands no draft speaks of take no room.
    shipped: Box<[OnceLock<Box<T>>]>,
    decode: fn(usize) -> T,
    own: Vec<T>,
}

impl<T> Records<T> {
    /// `count` shipped records.
    fn shipped(count: usize, decode: fn(usize) -> T) -> Self {
        Self { shipped: std::iter::repeat_with(OnceLock::new).take(count).collect(), decode, own: Vec::new() }
    }

    fn len(&self) -> usize {
        self.shipped.len() + self.own.len()
    }

    fn get(&self, number: usize) -> &T {
        match self.shipped.get(number) {
            Some(record) => record.get_or_init(|| Box::new((self.decode)(number))),
            None => &self.own[number - self.shipped.len()],
        }
    }
}

impl Dictionary {
    /// The shipped dictionary alone.
    pub fn builtin() -> Self {
        let matcher = Matcher::new(vec![builtin::index()]);
        Self { phrases: builtin::phrases(), templates: builtin::templates(), off: Vec::new(), matcher }
    }

    /// The record a pattern belongs to, unless it is switched off. Template anchors belong to no phrase.
    pub fn phrase(&self, pattern: PatternId) -> Option<&Phrase> {
        let pattern = self.matcher.pattern(pattern);
        (pattern.role() != Role::Anchor && !self.is_off(pattern.phrase)).then(|| self.phrases.get(pattern.phrase as usize))
    }

    /// The template an anchor belongs to.
    pub fn template(&self, pattern: PatternId) -> Option<&Template> {
        let pattern = self.matcher.pattern(pattern);
        (pattern.role() == Role::Anchor).then(|| self.templates.get(pattern.phrase as usize))
    }

    /// The matcher over all forms of all records.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// All records in force, shipped ones first.
    pub fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        (0..self.phrases.len()).filter(|&number| !self.is_off(number as u32)).map(|number| self.phrases.get(number))
    }

    /// All templates.
    pub fn templates(&self) -> impl Iterator<Item = &Template> {
        (0..self.templates.len()).map(|number| self.templates.get(number))
    }

    /// The record whose canonical, long or further right form is `text`.
    pub fn find(&self, text: &str) -> Option<&Phrase> {
        self.phrases().find(|phrase| phrase.is_right(text))
    }

    fn is_off(&self, number: u32) -> bool {
        self.off.binary_search(&number).is_ok()
    }
}

impl Template {
    /// Whether `text` holds what the pattern would replace. To be asked before [`Self::regex`]: compiling a pattern costs as much as
    /// reading a page, and a match without its group `wrong` is no finding. `true` where the group is more than plain alternatives.
    pub fn may_occur_in(&self, text: &str) -> bool {
        let caseless = |c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase();
        let group = self.pattern.split_once("(?P<wrong>").and_then(|(_, rest)| rest.split_once(')'));
        let plain = group.map(|(group, _)| group).filter(|group| group.chars().all(|c| caseless(c) || "|%％~～".contains(c)));
        plain.is_none_or(|group| group.split('|').any(|wrong| text.contains(wrong)))
    }

    /// The compiled pattern; `None` where it is no regular expression.
    pub fn regex(&self) -> Option<&Regex> {
        // A pattern is tried on few paragraphs: the automata that would search long texts fast cost more to make than they save.
        let config = Config::new().hybrid(false).dfa(false).onepass(false);
        self.regex.get_or_init(|| Regex::builder().configure(config).build(&self.pattern).ok()).as_ref()
    }
}

impl Phrase {
    /// Whether `text` is one of its right forms.
    pub fn is_right(&self, text: &str) -> bool {
        self.text == text || self.full.as_deref() == Some(text) || self.also.iter().any(|also| also.text == text)
    }
}

impl Phrase {
    /// Its form number `number` of a role, as the record writes it.
    pub fn form(&self, role: Role, number: usize) -> Option<&str> {
        match role {
            Role::Canonical => Some(&self.text),
            Role::Full => self.full.as_deref(),
            Role::Also => self.also.get(number).map(|also| also.text.as_ref()),
            Role::Wrong => self.wrong.get(number).map(|wrong| wrong.text.as_ref()),
            Role::Member => self.members.get(number).map(AsRef::as_ref),
            Role::Anchor => None,
        }
    }

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
