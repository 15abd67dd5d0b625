//! The dictionary's file format: what a record may say, and what is wrong with one that says something else.
//!
//! Shared by the build script (shipped dictionary) and the run time (user dictionaries), so it uses nothing but serde and toml; [`lint`] says
//! what is wrong.
//! `dictionaries/README.md` explains each field.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::lint;

/// One dictionary file.
#[derive(Debug, Default)]
pub struct File {
    /// `[[phrase]]` records.
    pub phrase: Vec<Spanned<Record>>,
    /// `[[template]]` records.
    pub template: Vec<Spanned<TemplateRecord>>,
    /// Names of shipped records that a user dictionary switches off.
    pub off: Vec<Spanned<String>>,
}

/// `[[phrase]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The canonical form and name.
    pub text: String,
    /// What it is.
    pub kind: Kind,
    /// A longer right form.
    pub full: Option<String>,
    /// Items of an enumeration.
    #[serde(default)]
    pub members: Vec<String>,
    /// Whether their order is fixed.
    #[serde(default = "yes")]
    pub ordered: bool,
    /// Whether it stands in “”.
    #[serde(default)]
    pub quoted: bool,
    /// The verbs it goes with.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Further right forms.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Known wrong forms.
    #[serde(default)]
    pub wrong: Vec<Wrong>,
    /// Whether to look for slips near it.
    pub near: Option<bool>,
    /// Severity of a listed wrong form.
    pub severity: Option<Level>,
    /// First date.
    pub since: Option<String>,
    /// Last date.
    pub until: Option<String>,
    /// What follows after `until`.
    pub replaced_by: Option<String>,
    /// A sentence for the writer.
    pub note: Option<String>,
    /// Where the wording is laid down.
    pub source: String,
    /// Sentences that must stay silent.
    pub good: Vec<String>,
    /// Sentences that must be reported.
    pub bad: Vec<String>,
}

/// `[[template]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TemplateRecord {
    /// The record's name.
    pub name: String,
    /// A plain string that must occur before the pattern is tried.
    pub anchor: String,
    /// A regular expression with a group `wrong`.
    pub pattern: String,
    /// What replaces the group.
    pub right: String,
    /// Severity of a match.
    pub severity: Option<Level>,
    /// A sentence for the writer.
    pub note: Option<String>,
    /// Where the wording is laid down.
    pub source: String,
    /// Sentences that must stay silent.
    pub good: Vec<String>,
    /// Sentences that must be reported.
    pub bad: Vec<String>,
}

/// A further right form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// The form.
    pub text: String,
    /// Why it is right.
    pub why: String,
}

/// A known wrong form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrong {
    /// The form.
    pub text: String,
    /// Its repair, when that is not the record's text.
    pub right: Option<String>,
    /// Why it is wrong.
    pub why: Option<String>,
}

/// What a phrase is; decides which rules look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Numeric shorthand: 四个意识.
    Shorthand,
    /// A theory, theme or strategy.
    Theory,
    /// A fixed sentence or clause.
    Sentence,
    /// A term of more than one word.
    Term,
    /// A title written in 《》.
    Title,
    /// A meeting.
    Meeting,
    /// An organisation.
    Organisation,
    /// An education campaign.
    Campaign,
    /// A word with known misspellings.
    Wording,
}

/// How much a listed wrong form matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing.
    Info,
    /// Look at it.
    Warning,
    /// Wrong.
    Error,
}

/// What is wrong with a file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, in Chinese, for the person who keeps the file.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行：{}", self.line, self.message)
    }
}

impl std::error::Error for Problem {}

impl Kind {
    /// All kinds, in the order of the manual.
    pub const ALL: [Self; 9] = [
        Self::Shorthand,
        Self::Theory,
        Self::Sentence,
        Self::Term,
        Self::Title,
        Self::Meeting,
        Self::Organisation,
        Self::Campaign,
        Self::Wording,
    ];

    /// The name in dictionary files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shorthand => "shorthand",
            Self::Theory => "theory",
            Self::Sentence => "sentence",
            Self::Term => "term",
            Self::Title => "title",
            Self::Meeting => "meeting",
            Self::Organisation => "organisation",
            Self::Campaign => "campaign",
            Self::Wording => "wording",
        }
    }
}

impl Level {
    /// All levels, in ascending order.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The name in dictionary files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl Record {
    /// Whether slips near the canonical form are looked for.
    pub fn near(&self) -> bool {
        self.near.unwrap_or(self.kind != Kind::Wording)
    }

    /// Severity of a listed wrong form.
    pub fn level(&self) -> Level {
        self.severity.unwrap_or(if self.kind == Kind::Wording { Level::Warning } else { Level::Error })
    }
}

/// Reads one dictionary file.
///
/// # Errors
/// The first thing that is wrong with it; [`lint::read`] has all of them.
pub fn parse(source: &str) -> Result<File, Problem> {
    lint::read(source).map_err(|mut problems| problems.swap_remove(0))
}

/// The text without the byte order mark that some editors put in front.
pub fn without_mark(source: &str) -> &str {
    source.strip_prefix('\u{feff}').unwrap_or(source)
}

/// The lines of a file, counted once for all that is asked of them.
pub struct Lines(Vec<usize>);

impl Lines {
    /// Those of `source`, with or without its byte order mark.
    pub fn of(source: &str) -> Self {
        Self(without_mark(source).match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line (from 1) of a byte behind the mark, which is how records and keys count.
    pub fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|&line_break| line_break < offset) + 1
    }
}

const fn yes() -> bool {
    true
}
