//! The dictionary's file format: what a record may say, and what is wrong with one that says something else.
//!
//! Shared by the build script (shipped dictionary) and the run time (user dictionaries), so it uses nothing but serde and toml.
//! `dictionaries/README.md` explains each field.

use std::fmt;

use serde::Deserialize;
use toml::Spanned;

/// One dictionary file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// `[[phrase]]` records.
    #[serde(default)]
    pub phrase: Vec<Spanned<Record>>,
    /// `[[template]]` records.
    #[serde(default)]
    pub template: Vec<Spanned<TemplateRecord>>,
    /// Names of shipped records that a user dictionary switches off.
    #[serde(default)]
    pub off: Vec<String>,
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

    fn problem(&self) -> Option<String> {
        let text = &self.text;
        if text.trim().is_empty() {
            return Some("text 不能为空".into());
        }
        if text.starts_with(['《', '“']) && text.ends_with(['》', '”']) {
            return Some(format!("“{text}”的 text 不要带书名号或引号"));
        }
        if self.source.trim().is_empty() {
            return Some(format!("“{text}”缺少出处 source"));
        }
        if self.good.is_empty() || self.bad.is_empty() {
            return Some(format!("“{text}”至少要有一个正例 good 和一个错例 bad"));
        }
        if self.replaced_by.is_some() && self.until.is_none() {
            return Some(format!("“{text}”写了 replaced_by，还要写停用时间 until"));
        }
        if let Some(also) = self.also.iter().find(|also| also.why.trim().is_empty()) {
            return Some(format!("“{text}”的另一种写法“{}”要写明理由 why", also.text));
        }
        if let Some(wrong) = self.wrong.iter().find(|wrong| wrong.text == *text || wrong.text.is_empty()) {
            return Some(format!("“{text}”的错误写法“{}”为空或与正确写法相同", wrong.text));
        }
        [&self.since, &self.until]
            .into_iter()
            .flatten()
            .find(|date| !is_date(date))
            .map(|date| format!("“{text}”的日期“{date}”应写成 2021、2021-11 或 2021-11-11 的形式"))
    }
}

impl TemplateRecord {
    fn problem(&self) -> Option<String> {
        let name = &self.name;
        if self.anchor.is_empty() {
            return Some(format!("模板“{name}”缺少 anchor"));
        }
        if !self.pattern.contains("(?P<wrong>") {
            return Some(format!("模板“{name}”的 pattern 缺少名为 wrong 的分组"));
        }
        (self.good.is_empty() || self.bad.is_empty()).then(|| format!("模板“{name}”至少要有一个正例 good 和一个错例 bad"))
    }
}

/// Reads one dictionary file.
///
/// # Errors
/// The first thing that is wrong with it: TOML syntax, an unknown field, a record that lacks something.
pub fn parse(source: &str) -> Result<File, Problem> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let line = |offset: usize| source[..offset.min(source.len())].matches('\n').count() + 1;
    let file: File = toml::from_str(source)
        .map_err(|error| Problem { line: error.span().map_or(1, |span| line(span.start)), message: error.message().to_owned() })?;
    let phrases = file.phrase.iter().map(|record| (record.span().start, record.get_ref().problem()));
    let templates = file.template.iter().map(|record| (record.span().start, record.get_ref().problem()));
    match phrases.chain(templates).find_map(|(at, problem)| Some((at, problem?))) {
        Some((at, message)) => Err(Problem { line: line(at), message }),
        None => Ok(file),
    }
}

fn is_date(date: &str) -> bool {
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() <= 3 && digits(parts[0], 4) && parts[1..].iter().all(|part| digits(part, 2))
}

const fn yes() -> bool {
    true
}
