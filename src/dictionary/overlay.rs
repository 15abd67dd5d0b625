//! User dictionaries over the shipped one: they add records, override those of the same name, and switch records off.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use super::format::{self, File, Level, Problem, Record, TemplateRecord};
use super::{Also, Dictionary, Phrase, Template, Wrong};
use crate::finding::Severity;
use crate::matcher::compile::Builder;
use crate::matcher::index::Role;
use crate::matcher::{self, Matcher};

impl Dictionary {
    /// The shipped dictionary (or nothing, without `builtin`) with the given files over it, later ones over earlier ones, and `allowed`
    /// words that are right whatever is near them.
    ///
    /// # Errors
    /// The number of the file that cannot be read as a dictionary, and what is wrong with it where.
    pub fn with_files(builtin: bool, files: &[&str], allowed: &[Phrase]) -> Result<Self, (usize, Problem)> {
        let mut dictionary = if builtin { Self::builtin() } else { Self::empty() };
        if files.is_empty() && allowed.is_empty() {
            return Ok(dictionary);
        }
        let (first, first_template) = (dictionary.phrases.len(), dictionary.templates.len());
        for (number, source) in files.iter().enumerate() {
            let File { phrase, template, off } = format::parse(source).map_err(|problem| (number, problem))?;
            let new: Vec<Phrase> = phrase.into_iter().map(|record| record.into_inner().into()).collect();
            let replaced = new.iter().map(|new| new.text.as_ref());
            dictionary.switch_off(&off.iter().map(|name| name.get_ref().as_str()).chain(replaced).collect());
            dictionary.phrases.own.extend(new);
            dictionary.templates.own.extend(template.into_iter().map(|record| Template::from(record.into_inner())));
        }
        dictionary.phrases.own.extend_from_slice(allowed);
        let mut builder = Builder::new(matcher::sounds());
        for (number, phrase) in (first..).zip(&dictionary.phrases.own) {
            phrase.add_to(&mut builder, number as u32);
        }
        for (number, template) in (first_template..).zip(&dictionary.templates.own) {
            builder.add(&template.anchor, number as u32, Role::Anchor, 0, 0);
        }
        let mut indexes = if builtin { vec![super::builtin::index()] } else { Vec::new() };
        indexes.push(builder.build());
        dictionary.matcher = Matcher::new(indexes);
        Ok(dictionary)
    }

    /// A dictionary without records.
    pub fn empty() -> Self {
        let (mut phrases, mut templates) = (super::builtin::phrases(), super::builtin::templates());
        (phrases.shipped, templates.shipped) = (Box::default(), Box::default());
        Self { phrases, templates, off: Vec::new(), matcher: Matcher::new(Vec::new()) }
    }

    /// Switches off the records of these names.
    fn switch_off(&mut self, off: &HashSet<&str>) {
        // The shipped records need not be decoded for their names.
        let shipped = super::builtin::names().take(self.phrases.shipped.len());
        let names = shipped.chain(self.phrases.own.iter().map(|phrase| phrase.text.as_ref()));
        self.off.extend((0..).zip(names).filter(|(_, name)| off.contains(name)).map(|(number, _)| number));
        self.off.sort_unstable();
        self.off.dedup();
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
            regex: OnceLock::new(),
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
