//! The shipped records as the build script wrote them: all text in one string, everything else as numbers. A record is decoded when
//! it is first asked for, so that a check pays only for the records it meets.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::format::{Kind, Level};
use super::{Also, List, Phrase, Str, Template, Wrong};

/// Reads one record.
pub(super) struct Decoder {
    text: &'static str,
    words: &'static [u32],
    at: usize,
}

impl Decoder {
    /// A decoder of the record that begins at word `at`.
    pub(super) const fn new(text: &'static str, words: &'static [u32], at: usize) -> Self {
        Self { text, words, at }
    }

    /// The canonical form of a `[[phrase]]`, its name.
    pub(super) fn name(self) -> &'static str {
        &self.text[self.words[self.at] as usize..self.words[self.at + 1] as usize]
    }

    /// A `[[phrase]]`.
    pub(super) fn phrase(mut self) -> Phrase {
        let text = self.string();
        let (kind, flags, level) = (self.word(), self.word(), self.word());
        Phrase {
            text,
            kind: Kind::ALL[kind as usize],
            ordered: flags & 1 != 0,
            quoted: flags & 2 != 0,
            near: flags & 4 != 0,
            severity: Level::ALL[level as usize].into(),
            full: self.option(),
            members: self.list(Self::string),
            verbs: self.list(Self::string),
            also: self.list(|d| Also { text: d.string(), why: d.string() }),
            wrong: self.list(|d| Wrong { text: d.string(), right: d.option(), why: d.option() }),
            since: self.option(),
            until: self.option(),
            replaced_by: self.option(),
            note: self.option(),
            source: self.string(),
            good: self.list(Self::string),
            bad: self.list(Self::string),
        }
    }

    /// A `[[template]]`.
    pub(super) fn template(mut self) -> Template {
        Template {
            severity: Level::ALL[self.word() as usize].into(),
            name: self.string(),
            anchor: self.string(),
            pattern: self.string(),
            right: self.string(),
            note: self.option(),
            source: self.string(),
            good: self.list(Self::string),
            bad: self.list(Self::string),
            regex: OnceLock::new(),
        }
    }

    fn word(&mut self) -> u32 {
        self.at += 1;
        self.words[self.at - 1]
    }

    fn string(&mut self) -> Str {
        let (start, end) = (self.word() as usize, self.word() as usize);
        Cow::Borrowed(&self.text[start..end])
    }

    fn option(&mut self) -> Option<Str> {
        if self.words[self.at] == u32::MAX {
            self.at += 2;
            return None;
        }
        Some(self.string())
    }

    fn list<T: Clone>(&mut self, mut item: impl FnMut(&mut Self) -> T) -> List<T> {
        (0..self.word()).map(|_| item(self)).collect()
    }
}
