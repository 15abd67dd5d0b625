//! How a stretch of text reads as it stands, and with the phrase put right.

use std::ops::Range;

use super::{Gate, SlipKind};
use crate::matcher::index::is_ignored;
use crate::text::is_han;

/// How many characters before and after a place are read with it.
const CONTEXT: usize = 8;

/// A stretch of text as it is and as it would be.
pub(super) struct Readings<'a> {
    /// How much better the second reads, in nats.
    pub(super) gain: f32,
    /// The words of the second.
    words: Vec<Range<usize>>,
    /// The words of the first.
    words_as_is: Vec<Range<usize>>,
    /// How many characters stand before the phrase in both.
    before: usize,
    /// Where the phrase begins in the text.
    phrase: usize,
    text: &'a [char],
}

impl Gate<'_> {
    /// Reads the stretch around `start..end` as it is and with `form` in its place.
    pub(super) fn read(&self, start: usize, end: usize, form: &[char]) -> Readings<'_> {
        let (from, to) = self.surroundings(start, end);
        let plain = |part: &[char], out: &mut Vec<char>| out.extend(part.iter().copied().filter(|&c| !is_ignored(c)));
        let (mut as_is, mut repaired, mut words) = (Vec::new(), Vec::new(), Vec::new());
        plain(&self.text[from..to], &mut as_is);
        plain(&self.text[from..start], &mut repaired);
        let before = repaired.len();
        plain(form, &mut repaired);
        plain(&self.text[end..to], &mut repaired);
        let mut words_as_is = Vec::new();
        let gain = self.segmenter.weigh(&repaired, &mut words) - self.segmenter.weigh(&as_is, &mut words_as_is);
        Readings { gain, words, words_as_is, before, phrase: start, text: self.text }
    }

    /// The place with the characters around it, up to the next mark on either side.
    pub(super) fn surroundings(&self, start: usize, end: usize) -> (usize, usize) {
        let is_text = |&c: &char| is_han(c) || c.is_ascii_alphanumeric();
        let before = self.text[..start].iter().rev().take(CONTEXT).take_while(|c| is_text(c)).count();
        let after = self.text[end..].iter().take(CONTEXT).take_while(|c| is_text(c)).count();
        (start - before, end + after)
    }
}

impl Readings<'_> {
    /// Whether the slip at place `p` of the phrase tears a word apart. What leaves all words whole may be meant.
    pub(super) fn tears(&self, kind: SlipKind, p: usize) -> bool {
        let place = self.before + p;
        self.words.iter().any(|word| match kind {
            SlipKind::Extra => word.start < place && place < word.end,
            _ => word.contains(&place) && word.len() > 1,
        })
    }

    /// Whether a word begins at place `p` of the phrase once it is right.
    pub(super) fn begins_word(&self, p: usize) -> bool {
        self.words.iter().any(|word| word.start == self.before + p)
    }

    /// Whether the character at place `t` of the text belongs to a word of two or more characters as it stands.
    pub(super) fn is_word(&self, t: usize) -> bool {
        let place = self.before + self.text[self.phrase.min(t)..t].iter().filter(|&&c| !is_ignored(c)).count();
        self.words_as_is.iter().any(|word| word.contains(&place) && word.len() > 1)
    }
}
