//! The gate: is a near form a slip of the pen, or something else that is right in its place?
//!
//! A noisy-channel judgement. How likely is the slip itself (a same-sound character is what input methods do; an unrelated character is not), and how
//! much better does the sentence read with the phrase repaired? The second is the *gain*: the log probability of the best segmentation of the
//! stretch around the place with the repair, less that without it. A slip tears words apart (振兴 → 镇兴) and gains much by being undone; a
//! legitimate neighbour is made of words itself (推动 → 推进) and gains nothing. How much gain each kind of slip needs was measured on official
//! texts and on planted errors; `docs/quality.md` has the figures.

use std::ops::Range;

use super::{Cover, Form, Mention};
use crate::dictionary::{Dictionary, Kind};
use crate::matcher::align::{Edit, EditKind};
use crate::matcher::index::{Role, is_ignored};
use crate::matcher::{Hit, shapes, sounds};
use crate::segment::Segmenter;

/// A near form that the gate takes for a slip.
#[derive(Debug, Clone, PartialEq)]
pub struct Slip {
    /// What happened, the most telling edit.
    pub kind: SlipKind,
    /// What to change, in text order.
    pub repairs: Vec<Repair>,
    /// How sure we are, 0–1.
    pub confidence: f32,
    /// To choose between readings of one place.
    pub score: f32,
}

/// One change: the folded characters `from..to` become `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// First folded character.
    pub from: usize,
    /// One past the last; equal to `from` for an insertion.
    pub to: usize,
    /// What should stand there.
    pub text: String,
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
        let (start, end) = (hit.start as usize, hit.end as usize);
        let title = self.dictionary.phrase(hit.pattern).is_some_and(|phrase| phrase.kind == Kind::Title);
        let member = self.dictionary.matcher().pattern(hit.pattern).role() == Role::Member;
        if title && !self.is_whole_title(start, end) || member && !self.is_listed(start, end) {
            return None;
        }
        let readings = self.read(start, end, &form);
        let mut slips = Vec::with_capacity(hit.edits.len());
        for edit in &hit.edits {
            let (p, t) = (edit.pattern as usize, edit.text as usize);
            if is_pause_left_out(edit, &form) {
                continue;
            }
            let kind = self.kind(edit.kind, &form, p, t)?;
            let (here, width) = match kind {
                SlipKind::Missing => (t.saturating_sub(1), 2),
                SlipKind::Doubled if t > 0 && self.text[t - 1] == self.text[t] => (t - 1, 2),
                SlipKind::Doubled | SlipKind::Swapped => (t, 2),
                _ => (t, 1),
            };
            if is_accounted_for(here, here + width, form.len(), cover) {
                return None;
            }
            let character = if kind == SlipKind::Extra { self.text[t] } else { form[p] };
            let tears = readings.tears(kind, p);
            let word = readings.is_word(t);
            slips.push(One { kind, edge: p == 0 || p + 1 >= form.len(), tears, word, function: is_function(character) });
        }
        let needed = needed_gain(&slips, form.len(), title)?;
        let gain = readings.gain;
        if gain < needed {
            return None;
        }
        let confidence = confidence(gain, needed, slips.iter().all(|slip| slip.tears || slip.kind != SlipKind::Missing));
        let score = score(gain, form.len(), slips.iter().map(|slip| slip.kind));
        Some(Slip { kind: slips.iter().map(|slip| slip.kind).max()?, repairs: self.repairs(hit, &form), confidence, score })
    }

    /// Characters doubled at the edges of right forms (中中央经济工作会议).
    pub(super) fn doubled_at_edges<'d>(&self, right: &[Mention<'d>]) -> Vec<Mention<'d>> {
        let mut doubled = Vec::new();
        for mention in right.iter().filter(|m| matches!(m.form, Form::Canonical) && m.end - m.start >= 4) {
            let (start, end) = (mention.start, mention.end);
            let before = start.checked_sub(1).filter(|&i| self.text[i] == self.text[start]);
            let after = Some(end).filter(|&i| self.text.get(i) == Some(&self.text[end - 1]) && !self.begins_word(i));
            for place in [before, after].into_iter().flatten().filter(|&i| is_han(self.text[i])) {
                let whole = (start.min(place), end.max(place + 1));
                let gain = self.read(whole.0, whole.1, &self.text[start..end]).gain;
                // After 工作中 or 会上 a second 中 or 上 may begin a word of its own.
                let opens = place < start && !place.checked_sub(1).is_some_and(|i| is_han(self.text[i]));
                let needed = if opens { 2.5 } else { 4.5 };
                if gain >= needed {
                    let confidence = confidence(gain, needed, true);
                    let slip = Slip {
                        kind: SlipKind::Doubled,
                        repairs: vec![Repair { from: place, to: place + 1, text: String::new() }],
                        confidence,
                        score: score(gain, end - start, [SlipKind::Doubled].into_iter()),
                    };
                    doubled.push(Mention { phrase: mention.phrase, start: whole.0, end: whole.1, form: Form::Slip(slip) });
                }
            }
        }
        doubled
    }

    /// Whether `start..end` is all that stands between 《 and 》, the issuing body before it aside: 《中共中央关于…》.
    pub(super) fn is_whole_title(&self, start: usize, end: usize) -> bool {
        const BODIES: [char; 8] = ['央', '院', '厅', '会', '部', '委', '局', '国'];
        let (before, after) = self.neighbours(start, end);
        let issued = || before.is_some_and(|c| BODIES.contains(&c)) && self.is_in_title(start);
        after == Some('》') && (before == Some('《') || issued())
    }

    fn is_in_title(&self, start: usize) -> bool {
        let before = self.text[..start].iter().rev().take(40).take_while(|&&c| c != '\n');
        before.copied().find(|c| matches!(c, '《' | '》')) == Some('《')
    }

    /// Whether the place is an item of an enumeration by the look of it.
    fn is_listed(&self, start: usize, end: usize) -> bool {
        let (before, after) = self.neighbours(start, end);
        before == Some('、') || after == Some('、')
    }

    /// The characters beside a place, quotation marks passed over.
    fn neighbours(&self, start: usize, end: usize) -> (Option<char>, Option<char>) {
        let before = self.text[..start].iter().rev().copied().find(|&c| !is_ignored(c));
        let after = self.text[end..].iter().copied().find(|&c| !is_ignored(c));
        (before, after)
    }

    /// Whether a listed wrong form is one here. A short one must begin and end at word boundaries (干部暑期 holds 部暑), unless the sentence reads better
    /// with `right` in its place anyway.
    pub(super) fn is_listed_slip(&self, start: usize, end: usize, right: &str) -> bool {
        if end - start > 4 || self.keeps_to_words(start, end) {
            return true;
        }
        let right: Vec<char> = right.chars().filter(|&c| !is_ignored(c)).collect();
        self.read(start, end, &right).gain >= 2.0
    }

    /// Whether a word of more than one character begins at `place`: 部长 in 自然资源部部长.
    fn begins_word(&self, place: usize) -> bool {
        let (_, to) = self.surroundings(place, place);
        let mut words = Vec::new();
        self.segmenter.words(&self.text[place..to], &mut words);
        words.first().is_some_and(|word| word.len() > 1)
    }

    fn keeps_to_words(&self, start: usize, end: usize) -> bool {
        let (from, to) = self.surroundings(start, end);
        let mut words = Vec::new();
        self.segmenter.words(&self.text[from..to], &mut words);
        !words.iter().any(|word| {
            let straddles = |border: usize| word.start + from < border && border < word.end + from;
            straddles(start) || straddles(end)
        })
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

    /// Reads the stretch around `start..end` as it is and with `form` in its place.
    fn read(&self, start: usize, end: usize, form: &[char]) -> Readings<'_> {
        let (from, to) = self.surroundings(start, end);
        let plain = |part: &[char], out: &mut Vec<char>| out.extend(part.iter().copied().filter(|&c| !is_ignored(c)));
        let (mut as_is, mut repaired, mut words) = (Vec::new(), Vec::new(), Vec::new());
        plain(&self.text[from..to], &mut as_is);
        plain(&self.text[from..start], &mut repaired);
        let before = repaired.len();
        plain(form, &mut repaired);
        plain(&self.text[end..to], &mut repaired);
        self.segmenter.words(&repaired, &mut words);
        let mut words_as_is = Vec::new();
        self.segmenter.words(&as_is, &mut words_as_is);
        let gain = self.segmenter.log_probability(&repaired) - self.segmenter.log_probability(&as_is);
        Readings { gain, words, words_as_is, before, phrase: start, text: self.text }
    }

    /// The place with the characters around it, up to the next mark on either side.
    fn surroundings(&self, start: usize, end: usize) -> (usize, usize) {
        let is_text = |&c: &char| is_han(c) || c.is_ascii_alphanumeric();
        let before = self.text[..start].iter().rev().take(CONTEXT).take_while(|c| is_text(c)).count();
        let after = self.text[end..].iter().take(CONTEXT).take_while(|c| is_text(c)).count();
        (start - before, end + after)
    }

    /// One change for each edit, so that quotation marks and line wraps between them stay.
    fn repairs(&self, hit: &Hit, form: &[char]) -> Vec<Repair> {
        let mut repairs = Vec::with_capacity(hit.edits.len());
        for edit in hit.edits.iter().filter(|edit| !is_pause_left_out(edit, form)) {
            let (p, t) = (edit.pattern as usize, edit.text as usize);
            let put = |from, to, chars: &[char]| Repair { from, to, text: chars.iter().collect() };
            match edit.kind {
                EditKind::Missing => repairs.push(put(t, t, &form[p..=p])),
                EditKind::Extra => repairs.push(put(t, t + 1, &[])),
                EditKind::Swapped => {
                    let next = (t + 1..self.text.len()).find(|&i| !is_ignored(self.text[i])).unwrap_or(t);
                    repairs.extend([put(t, t + 1, &form[p..=p]), put(next, next + 1, &form[p + 1..p + 2])]);
                }
                EditKind::Sound | EditKind::Other => repairs.push(put(t, t + 1, &form[p..=p])),
            }
        }
        repairs
    }
}

/// A stretch of text as it is and as it would be.
struct Readings<'a> {
    /// How much better the second reads, in nats.
    gain: f32,
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

impl Readings<'_> {
    /// Whether the slip at place `p` of the phrase tears a word apart. What leaves all words whole may be meant.
    fn tears(&self, kind: SlipKind, p: usize) -> bool {
        let place = self.before + p;
        self.words.iter().any(|word| match kind {
            SlipKind::Extra => word.start < place && place < word.end,
            _ => word.contains(&place) && word.len() > 1,
        })
    }

    /// Whether the character at place `t` of the text belongs to a word of two or more characters as it stands.
    fn is_word(&self, t: usize) -> bool {
        let place = self.before + self.text[self.phrase.min(t)..t].iter().filter(|&&c| !is_ignored(c)).count();
        self.words_as_is.iter().any(|word| word.contains(&place) && word.len() > 1)
    }
}

/// One slip of a candidate.
#[derive(Clone, Copy)]
struct One {
    kind: SlipKind,
    /// At the first or last character of the phrase.
    edge: bool,
    /// See [`Readings::tears`].
    tears: bool,
    /// The character there is part of a word as the text stands.
    word: bool,
    /// The character in question is one that prose uses freely.
    function: bool,
}

/// Whether all that is missing is a pause between two parts of the phrase, which prose leaves out freely.
fn is_pause_left_out(edit: &Edit, form: &[char]) -> bool {
    edit.kind == EditKind::Missing && matches!(form.get(edit.pattern as usize), Some('、' | '，'))
}

/// A right form of some weight that holds the place makes it right.
fn is_accounted_for(start: usize, end: usize, length: usize, cover: &Cover) -> bool {
    cover.around(start, end).any(|(s, e)| e - s >= 4.min(length / 2 + 1))
}

/// The gain from which on a candidate with these slips in a phrase of `length` characters is taken for one; `None` where nothing would do.
/// What stands alone between 《 and 》 and is nearly a known title was meant for it, so little more is asked of a `title`.
fn needed_gain(slips: &[One], length: usize, title: bool) -> Option<f32> {
    let sounds = slips.iter().filter(|slip| matches!(slip.kind, SlipKind::Homophone | SlipKind::NearSound)).count();
    let others = slips.len() - sounds;
    if slips.is_empty() || length < 4 || others > 0 && sounds > 0 && length < 7 || sounds > length / 2 || slips.len() > 1 + length / 4 {
        return None;
    }
    let mut needed = f32::NEG_INFINITY;
    for slip in slips {
        needed = needed.max(if title && length > 4 { slip.needed_gain_in_title(length)? } else { slip.needed_gain(length)? });
    }
    Some(needed + 4.0 * others.saturating_sub(1) as f32)
}

/// How sure a slip is whose repair gains `gain` where `needed` would do. One more word torn apart is worth about five nats. Where no word is torn apart
/// (`plain` is false) the phrase may have been shortened on purpose, which is for the writer to say.
fn confidence(gain: f32, needed: f32, plain: bool) -> f32 {
    let margin = (gain - needed.max(-3.0) + 1.0).max(0.0);
    let sure = 1.0 - 0.5 * (-margin / 3.0).exp();
    if plain { sure } else { sure.min(0.7) }
}

/// How good a reading of its place a slip is: what it gains (more than one torn word says no more), what it explains, how likely it is.
fn score(gain: f32, length: usize, kinds: impl ExactSizeIterator<Item = SlipKind>) -> f32 {
    let several = 8.0 * (kinds.len() - 1) as f32;
    gain.min(12.0) + length as f32 + kinds.map(SlipKind::likelihood).sum::<f32>() - several
}

impl SlipKind {
    /// How likely a slip of this kind is among all, as a logarithm: to choose between two readings of one place.
    const fn likelihood(self) -> f32 {
        match self {
            Self::Homophone | Self::Doubled => -2.0,
            Self::Shape | Self::Swapped => -3.0,
            Self::NearSound => -4.0,
            Self::Missing => -6.0,
            Self::Extra | Self::Other => -8.0,
        }
    }
}

impl One {
    fn needed_gain(self, length: usize) -> Option<f32> {
        let Self { kind, edge, tears, word, function } = self;
        match (kind, length) {
            (SlipKind::Homophone, 4) if word => Some(4.0),
            (SlipKind::Homophone, 4) => Some(0.5),
            (SlipKind::Homophone, 5 | 6) => Some(-3.0),
            (SlipKind::Homophone, _) => Some(-7.0),
            (SlipKind::NearSound, 4) => Some(6.0),
            (SlipKind::NearSound, 5 | 6) => Some(if edge { 5.0 } else { 1.0 }),
            (SlipKind::NearSound, _) => Some(if edge { 1.0 } else { -2.0 }),
            (SlipKind::Swapped, 4) => Some(4.0),
            (SlipKind::Swapped, _) => Some(-3.0),
            (SlipKind::Doubled, _) => Some(2.0),
            (SlipKind::Shape, 4) => (!edge).then_some(6.0),
            (SlipKind::Shape, 5 | 6) => Some(if edge { 2.0 } else { 0.0 }),
            (SlipKind::Shape, _) => Some(if edge { 0.0 } else { -2.0 }),
            (SlipKind::Missing | SlipKind::Other | SlipKind::Extra, 4) => None,
            (SlipKind::Missing, 5) if tears => Some(-4.5),
            (SlipKind::Missing, 6..=9) if tears => Some(-7.0),
            (SlipKind::Missing, _) if tears => Some(-10.0),
            (SlipKind::Missing, _) if function => (length >= 10).then_some(-9.0),
            (SlipKind::Missing, _) => (length >= 6).then_some(-10.0),
            (SlipKind::Other | SlipKind::Extra, _) if !tears || function => None,
            (SlipKind::Other | SlipKind::Extra, 5 | 6) => (!edge).then_some(9.0),
            (SlipKind::Other | SlipKind::Extra, 7..=9) => Some(if edge { 12.0 } else { 7.0 }),
            (SlipKind::Other | SlipKind::Extra, _) => Some(if edge { 10.0 } else { 5.0 }),
        }
    }

    fn needed_gain_in_title(self, length: usize) -> Option<f32> {
        match self.kind {
            SlipKind::Homophone | SlipKind::NearSound | SlipKind::Shape | SlipKind::Swapped | SlipKind::Doubled => Some(-7.0),
            SlipKind::Missing => (self.tears || length >= 10).then_some(-9.0),
            SlipKind::Extra => self.tears.then_some(-4.0),
            SlipKind::Other => Some(if self.edge || !self.tears { 3.0 } else { 0.0 }),
        }
    }
}

/// Particles, conjunctions and the like, which prose adds to fixed wording and leaves out of it.
const fn is_function(c: char) -> bool {
    matches!(
        c,
        '的' | '地'
            | '得'
            | '了'
            | '着'
            | '和'
            | '与'
            | '及'
            | '或'
            | '同'
            | '之'
            | '而'
            | '以'
            | '等'
            | '更'
            | '要'
            | '把'
            | '将'
            | '是'
            | '在'
    )
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}
