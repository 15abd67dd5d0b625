//! Changes to the bytes of one part, collected in any order and made in one go.

use std::ops::Range;

use super::pieces::Twin;

/// Replacements of bytes that do not overlap; those at one place are made in the order they were added.
#[derive(Debug, Default)]
pub(super) struct Patch {
    changes: Vec<(Range<usize>, String)>,
}

impl Patch {
    /// Puts `text` in front of byte `at`.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Puts `text` in the place of the bytes `range`.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.changes.push((range, text.into()));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Makes each change inside a text box to its copy as well.
    pub(super) fn repeat_in(&mut self, copies: impl Iterator<Item = Twin>) {
        for Twin { source, copy, .. } in copies {
            let (from, inside) = (source.range(), source.range());
            let moved = |at: usize| at - from.start + copy as usize;
            let own = self.changes.iter().filter(|(range, _)| inside.start <= range.start && range.end <= inside.end);
            let again: Vec<_> = own.map(|(range, text)| (moved(range.start)..moved(range.end), text.clone())).collect();
            self.changes.extend(again);
        }
    }

    /// The part with the changes made. A change that reaches into one before it is left out.
    pub(super) fn apply(mut self, source: &[u8]) -> Vec<u8> {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let added: usize = self.changes.iter().map(|(_, text)| text.len()).sum();
        let mut out = Vec::with_capacity(source.len() + added);
        let mut at = 0;
        for (range, text) in &self.changes {
            if range.start < at || range.end > source.len() {
                continue;
            }
            out.extend_from_slice(&source[at..range.start]);
            out.extend_from_slice(text.as_bytes());
            at = range.end;
        }
        out.extend_from_slice(&source[at..]);
        out
    }
}
