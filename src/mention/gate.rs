//! The gate: is a near form a slip of the pen, or something else that is right in its place?
//!
//! A noisy-channel judgement. How likely is the slip itself (a same-sound character is what input methods do; an unrelated character is not), and how
//! much better does the sentence read with the phrase repaired? The second is the *gain*: the log probability of the best segmentation of the
//! stretch around the place with the repair, less that without it. A slip tears words apart (振兴 → 镇兴) and gains much by being undone; a
//! legitimate neighbour is made of words itself (推动 → 推进) and gains nothing. How much gain each kind of slip needs was measured on official
//! texts and on planted errors; `docs/quality.md` has the figures.

use super::{Cover, Form, Mention};
use crate::dictionary::Dictionary;
use crate::matcher::align::EditKind;
use crate::matcher::index::is_ignored;
use crate::matcher::{Hit, shapes, sounds};
use crate::segment::Segmenter;

/// A near form that the gate takes for a slip.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// What happened, the most telling edit.
    pub kind: SlipKind,
    /// First folded character that differs.
    pub from: usize,
    /// One past the last folded character that differs; equal to `from` where something is missing.
    pub to: usize,
    /// What should stand there.
    pub repair: String,
    /// How sure we are, 0–1.
    pub confidence: f32,
    /// To choose between readings of one place.
    pub score: f32,
}

/// The kinds of slips, as they are told to the writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SlipKind {
    /// Another character of the same toneless syllable.
    Homophone,
    /// Another character of nearly the same sound.
    NearSound,
    /// A look-alike character.
    Shape,
    /// Two neighbours swapped.
    Swapped,
    /// A character twice.
    Doubled,
    /// A character missing.
    Missing,
    /// A character too many.
    Extra,
    /// Another character.
    Other,
}

/// How many characters before and after a place are read with it.
const CONTEXT: usize = 8;

/// What the gate looks at.
#[derive(Clone, Copy)]
pub(super) struct Gate<'a> {
    pub(super) text: &'a [char],
    pub(super) dictionary: &'a Dictionary,
    pub(super) segmenter: &'a Segmenter,
}

impl Gate<'_> {
    /// Whether the near form is a slip.
    pub(super) fn judge(&self, hit: &Hit, cover: &Cover) -> Option<Slip> {
        let form: Vec<char> = self.dictionary.matcher().chars(hit.pattern).collect();
        let mut kinds = Vec::with_capacity(hit.edits.len());
        let mut edge = false;
        for edit in &hit.edits {
            let (p, t) = (edit.pattern as usize, edit.text as usize);
            let (here, width) = match edit.kind {
                EditKind::Missing => (t.saturating_sub(1), 2),
                EditKind::Swapped => (t, 2),
                _ => (t, 1),
            };
            if self.is_accounted_for(here, here + width, form.len(), cover) {
                return None;
            }
            edge |= p == 0 || p + 1 >= form.len();
            kinds.push(self.kind(edit.kind, &form, p, t)?);
        }
        let gain = self.gain(hit.start as usize, hit.end as usize, &form);
        let slips = Slips { kinds: &kinds, length: form.len(), edge };
        let needed = slips.needed_gain()?;
        if gain < needed {
            return None;
        }
        let (from, to, repair) = self.difference(hit, &form);
        // One more word torn apart is worth about five nats.
        let confidence = 1.0 - 0.5 * (-(gain - needed + 1.0) / 3.0).exp();
        let score = gain.min(30.0) + form.len() as f32 - 6.0 * kinds.len() as f32;
        Some(Slip { kind: kinds.iter().copied().max()?, from, to, repair, confidence, score })
    }

    /// Characters doubled at the edges of right forms (中中央经济工作会议).
    pub(super) fn doubled_at_edges<'d>(&self, right: &[Mention<'d>]) -> Vec<Mention<'d>> {
        let mut doubled = Vec::new();
        for mention in right.iter().filter(|m| matches!(m.form, Form::Canonical) && m.end - m.start >= 4) {
            let (start, end) = (mention.start, mention.end);
            let before = start.checked_sub(1).filter(|&i| self.text[i] == self.text[start]);
            let after = Some(end).filter(|&i| self.text.get(i) == Some(&self.text[end - 1]));
            for place in [before, after].into_iter().flatten().filter(|&i| is_han(self.text[i])) {
                let whole = (start.min(place), end.max(place + 1));
                let gain = self.gain(whole.0, whole.1, &self.text[start..end]);
                let needed = 6.0;
                if gain >= needed {
                    let confidence = 1.0 - 0.5 * (-(gain - needed + 1.0) / 3.0).exp();
                    let slip = Slip { kind: SlipKind::Doubled, from: place, to: place + 1, repair: String::new(), confidence, score: gain + 20.0 };
                    doubled.push(Mention { phrase: mention.phrase, start: whole.0, end: whole.1, form: Form::Slip(slip) });
                }
            }
        }
        doubled
    }

    /// Whether a listed wrong form begins and ends at word boundaries; long ones do not need to be asked.
    pub(super) fn keeps_to_words(&self, start: usize, end: usize) -> bool {
        if end - start > 4 {
            return true;
        }
        let (from, to) = self.surroundings(start, end);
        let mut words = Vec::new();
        self.segmenter.words(&self.text[from..to], &mut words);
        !words.iter().any(|word| {
            let straddles = |border: usize| word.start + from < border && border < word.end + from;
            straddles(start) || straddles(end)
        })
    }

    /// A right form of some weight that holds the place makes it right.
    fn is_accounted_for(&self, start: usize, end: usize, length: usize, cover: &Cover) -> bool {
        cover.around(start, end).any(|(s, e)| e - s >= 4.min(length / 2 + 1))
    }

    /// The kind of an edit; `None` where it is not a matter of characters: punctuation and numbers come and go around fixed wording.
    fn kind(&self, kind: EditKind, form: &[char], p: usize, t: usize) -> Option<SlipKind> {
        let (right, there) = (form.get(p).copied(), self.text.get(t).copied());
        let neighbour = |i: Option<usize>| i.and_then(|i| self.text.get(i)).copied();
        Some(match kind {
            EditKind::Missing => {
                is_han(right?).then_some(())?;
                SlipKind::Missing
            }
            EditKind::Extra => {
                is_han(there?).then_some(())?;
                let twice = neighbour(t.checked_sub(1)) == there || neighbour(Some(t + 1)) == there;
                if twice { SlipKind::Doubled } else { SlipKind::Extra }
            }
            EditKind::Swapped => {
                (is_han(right?) && is_han(there?) && neighbour(Some(t + 1)).is_some_and(is_han)).then_some(())?;
                SlipKind::Swapped
            }
            EditKind::Sound | EditKind::Other => {
                let (right, there) = (right?, there?);
                (is_han(right) && is_han(there)).then_some(())?;
                if sounds().same_syllable(right, there) {
                    SlipKind::Homophone
                } else if shapes().alike(right, there) {
                    SlipKind::Shape
                } else if kind == EditKind::Sound {
                    SlipKind::NearSound
                } else {
                    SlipKind::Other
                }
            }
        })
    }

    /// How much better the stretch around `start..end` reads with `form` in its place, in nats.
    fn gain(&self, start: usize, end: usize, form: &[char]) -> f32 {
        let (from, to) = self.surroundings(start, end);
        let plain = |part: &[char], out: &mut Vec<char>| out.extend(part.iter().copied().filter(|&c| !is_ignored(c)));
        let (mut as_is, mut repaired) = (Vec::new(), Vec::new());
        plain(&self.text[from..to], &mut as_is);
        plain(&self.text[from..start], &mut repaired);
        plain(form, &mut repaired);
        plain(&self.text[end..to], &mut repaired);
        self.segmenter.log_probability(&repaired) - self.segmenter.log_probability(&as_is)
    }

    /// The place with the characters around it, up to the next mark on either side.
    fn surroundings(&self, start: usize, end: usize) -> (usize, usize) {
        let is_text = |&c: &char| is_han(c) || c.is_ascii_alphanumeric();
        let before = self.text[..start].iter().rev().take(CONTEXT).take_while(|c| is_text(c)).count();
        let after = self.text[end..].iter().take(CONTEXT).take_while(|c| is_text(c)).count();
        (start - before, end + after)
    }

    /// The stretch of text that differs and what should stand there, without the common ends.
    fn difference(&self, hit: &Hit, form: &[char]) -> (usize, usize, String) {
        let first = hit.edits.iter().map(|edit| (edit.text as usize, edit.pattern as usize)).min().unwrap_or_default();
        let after = |edit: &crate::matcher::align::Edit| {
            let (dt, dp) = match edit.kind {
                EditKind::Missing => (0, 1),
                EditKind::Extra => (1, 0),
                EditKind::Swapped => (2, 2),
                _ => (1, 1),
            };
            (edit.text as usize + dt, edit.pattern as usize + dp)
        };
        let last = hit.edits.iter().map(after).max().unwrap_or_default();
        (first.0, last.0, form[first.1..last.1].iter().collect())
    }
}

/// The slips of one candidate.
struct Slips<'a> {
    kinds: &'a [SlipKind],
    /// Characters of the phrase.
    length: usize,
    /// Whether the first or last character is among them.
    edge: bool,
}

impl Slips<'_> {
    /// The gain from which on this is a slip; `None` where nothing would do.
    fn needed_gain(&self) -> Option<f32> {
        let sounds = self.kinds.iter().filter(|kind| matches!(kind, SlipKind::Homophone | SlipKind::NearSound)).count();
        let others = self.kinds.len() - sounds;
        let n = self.length;
        if n < 4 || others > 0 && sounds > 0 && n < 7 || sounds > n / 2 || self.kinds.len() > 1 + n / 4 {
            return None;
        }
        let mut needed = f32::NEG_INFINITY;
        for &kind in self.kinds {
            needed = needed.max(self.needed_for(kind)?);
        }
        Some(needed + 4.0 * others.saturating_sub(1) as f32)
    }

    fn needed_for(&self, kind: SlipKind) -> Option<f32> {
        let (n, edge) = (self.length, self.edge);
        match kind {
            SlipKind::Homophone => Some(if n == 4 { 0.5 } else { -3.0 }),
            SlipKind::NearSound => Some(if edge || n == 4 { 6.0 } else { 3.0 }),
            SlipKind::Swapped => Some(if n == 4 { 4.0 } else { -3.0 }),
            SlipKind::Doubled => Some(2.0),
            SlipKind::Shape if n == 4 => (!edge).then_some(6.0),
            SlipKind::Shape => Some(if edge { 3.0 } else { 0.0 }),
            SlipKind::Missing => match n {
                0..=4 => None,
                5 => Some(-1.0),
                6..=9 => Some(-3.0),
                _ => Some(-7.0),
            },
            SlipKind::Other | SlipKind::Extra => match n {
                0..=4 => None,
                5..=6 => (!edge).then_some(9.0),
                7..=9 => Some(if edge { 12.0 } else { 7.0 }),
                _ => Some(if edge { 10.0 } else { 5.0 }),
            },
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}
