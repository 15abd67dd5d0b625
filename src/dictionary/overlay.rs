//! User dictionaries over the shipped one: they add records, override those of the same name, and switch records off.

use std::borrow::Cow;

use super::format::{self, File, Level, Problem, Record, TemplateRecord};
use super::{Also, Dictionary, Phrase, Template, Wrong};
use crate::finding::Severity;
use crate::matcher::index::{Builder, Role};
use crate::matcher::{self, Matcher};

impl Dictionary {
    /// The shipped dictionary (or nothing, without `builtin`) with the given files over it, later ones over earlier ones, and `allowed`
    /// words that are right whatever is near them.
    ///
    /// # Errors
    /// The number of the file that cannot be read as a dictionary, and what is wrong with it where.
    pub fn with_files(builtin: bool, files: &[&str], allowed: &[Phrase]) -> Result<Self, (usize, Problem)> {
        let shipped = if builtin { Self::builtin() } else { Self::empty() };
        if files.is_empty() && allowed.is_empty() {
            return Ok(shipped);
        }
        let mut phrases = shipped.phrases.into_owned();
        let mut templates = shipped.templates.into_owned();
        let (first, first_template) = (phrases.len(), templates.len());
        let mut off = Vec::new();
        for (number, source) in files.iter().enumerate() {
            let File { phrase, template, off: names } = format::parse(source).map_err(|problem| (number, problem))?;
            let new: Vec<Phrase> = phrase.into_iter().map(|record| record.into_inner().into()).collect();
            let replaced = |old: &Phrase| names.contains(&old.text.to_string()) || new.iter().any(|new| new.text == old.text);
            off.extend(phrases.iter().enumerate().filter(|(_, old)| replaced(old)).map(|(n, _)| n as u32));
            phrases.extend(new);
            templates.extend(template.into_iter().map(|record| Template::from(record.into_inner())));
        }
        phrases.extend_from_slice(allowed);
        off.sort_unstable();
        off.dedup();
        let mut builder = Builder::new(matcher::sounds());
        for (number, phrase) in phrases.iter().enumerate().skip(first) {
            phrase.add_to(&mut builder, number as u32);
        }
        for (number, template) in templates.iter().enumerate().skip(first_template) {
            builder.add(&template.anchor, number as u32, Role::Anchor, 0, 0);
        }
        let indexes = if builtin { vec![super::builtin::index(), builder.build()] } else { vec![builder.build()] };
        Ok(Self { phrases: phrases.into(), templates: templates.into(), off, matcher: Matcher::new(indexes) })
    }

    /// A dictionary without records.
    pub fn empty() -> Self {
        Self { phrases: Cow::Borrowed(&[]), templates: Cow::Borrowed(&[]), off: Vec::new(), matcher: Matcher::new(Vec::new()) }
    }
}

/// The words of white lists: one a line, `#` begins a comment.
pub fn allowed_words<'a>(lists: impl Iterator<Item = &'a str>) -> Vec<Phrase> {
    let lines = lists.flat_map(str::lines).map(|line| line.split('#').next().unwrap_or_default().trim());
    let words = lines.filter(|line| !line.is_empty());
    let record = |text: &str| Phrase {
        text: text.to_owned().into(),
        kind: format::Kind::Term,
        full: None,
        members: Cow::Borrowed(&[]),
        ordered: true,
        quoted: false,
        verbs: Cow::Borrowed(&[]),
        also: Cow::Borrowed(&[]),
        wrong: Cow::Borrowed(&[]),
        near: false,
        severity: Severity::Info,
        since: None,
        until: None,
        replaced_by: None,
        note: None,
        source: Cow::Borrowed("白名单"),
        good: Cow::Borrowed(&[]),
        bad: Cow::Borrowed(&[]),
    };
    words.map(record).collect()
}

impl From<Record> for Phrase {
    fn from(record: Record) -> Self {
        let (near, severity) = (record.near(), record.level().into());
        let strings = |list: Vec<String>| list.into_iter().map(Cow::Owned).collect();
        Self {
            text: record.text.into(),
            kind: record.kind,
            full: record.full.map(Cow::Owned),
            members: strings(record.members),
            ordered: record.ordered,
            quoted: record.quoted,
            verbs: strings(record.verbs),
            also: record.also.into_iter().map(|also| Also { text: also.text.into(), why: also.why.into() }).collect(),
            wrong: record.wrong.into_iter().map(Wrong::from).collect(),
            near,
            severity,
            since: record.since.map(Cow::Owned),
            until: record.until.map(Cow::Owned),
            replaced_by: record.replaced_by.map(Cow::Owned),
            note: record.note.map(Cow::Owned),
            source: record.source.into(),
            good: strings(record.good),
            bad: strings(record.bad),
        }
    }
}

impl From<format::Wrong> for Wrong {
    fn from(wrong: format::Wrong) -> Self {
        Self { text: wrong.text.into(), right: wrong.right.map(Cow::Owned), why: wrong.why.map(Cow::Owned) }
    }
}

impl From<TemplateRecord> for Template {
    fn from(record: TemplateRecord) -> Self {
        Self {
            name: record.name.into(),
            anchor: record.anchor.into(),
            pattern: record.pattern.into(),
            right: record.right.into(),
            severity: record.severity.unwrap_or(Level::Error).into(),
            note: record.note.map(Cow::Owned),
            source: record.source.into(),
            good: record.good.into_iter().map(Cow::Owned).collect(),
            bad: record.bad.into_iter().map(Cow::Owned).collect(),
        }
    }
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Info => Self::Info,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}
