//! The gate: is a near form a slip of the pen, or something else that is right in its place?
//!
//! A noisy-channel judgement. How likely is the slip itself (a same-sound character is what input methods do; an unrelated character is not), and how
//! much better does the sentence read with the phrase repaired? The second is the *gain*: the log probability of the best segmentation of the
//! stretch around the place with the repair, less that without it. A slip tears words apart (振兴 → 镇兴) and gains much by being undone; a
//! legitimate neighbour is made of words itself (推动 → 推进) and gains nothing. How much gain each kind of slip needs was measured on official
//! texts and on planted errors; `docs/quality.md` has the figures.

use std::ops::Range;

mod need;
mod reading;
mod repair;
mod settle;

use need::{NOTHING, One, Setting, is_hopeless, needed_gain};
use repair::Target;
use settle::settle;

use super::{Cover, Form, Mention};
use crate::dictionary::{Dictionary, Kind};
use crate::matcher::align::{Edit, EditKind};
use crate::matcher::index::{Role, is_ignored};
use crate::matcher::{Hit, shapes, sounds};
use crate::segment::Segmenter;
use crate::text::{is_function, is_han};

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

/// What the gate looks at.
#[derive(Clone, Copy)]
pub(super) struct Gate<'a> {
    pub(super) text: &'a [char],
    pub(super) dictionary: &'a Dictionary,
    pub(super) segmenter: &'a Segmenter,
}

impl Gate<'_> {
    /// Whether the near form is a slip; where it stands and what it is.
    pub(super) fn judge(&self, hit: &Hit, cover: &Cover) -> Option<(Range<usize>, Slip)> {
        let phrase = self.dictionary.phrase(hit.pattern)?;
        let pattern = self.dictionary.matcher().pattern(hit.pattern);
        let chars: Vec<char> = self.dictionary.matcher().chars(hit.pattern).collect();
        let target = Target { chars: &chars, written: phrase.form(pattern.role(), pattern.form.into())? };
        let mut best: Option<(Range<usize>, Slip)> = None;
        for mut hit in self.readings(hit, &chars) {
            self.settle(&mut hit, &chars);
            let (start, end) = (hit.start as usize, hit.end as usize);
            let out_of_place = match (phrase.kind, pattern.role()) {
                (Kind::Title, _) => !self.is_whole_title(start, end),
                (_, Role::Member) => !self.is_listed(start, end),
                _ => false,
            };
            let Some(slip) = (!out_of_place).then(|| self.slip(&hit, &target, phrase.kind, cover)).flatten() else { continue };
            if best.as_ref().is_none_or(|(_, other)| other.score < slip.score) {
                best = Some((start..end, slip));
            }
        }
        best
    }

    fn slip(&self, hit: &Hit, target: &Target<'_>, phrase: Kind, cover: &Cover) -> Option<Slip> {
        let form = target.chars;
        let (start, end) = (hit.start as usize, hit.end as usize);
        let mut kinds = Vec::with_capacity(hit.edits.len());
        for edit in hit.edits.iter().filter(|edit| !is_pause_left_out(edit, form)) {
            let (p, t) = (edit.pattern as usize, edit.text as usize);
            let kind = self.kind(edit.kind, form, p, t)?;
            if self.is_accounted_for(kind, p, t, form, cover) {
                return None;
            }
            kinds.push((kind, p, t));
        }
        if is_hopeless(kinds.iter().map(|&(kind, ..)| kind), form.len()) {
            return None;
        }
        // Most candidates do not come so far, and reading costs most.
        let readings = self.read(start, end, form);
        let mut slips = Vec::with_capacity(kinds.len());
        for (kind, p, t) in kinds {
            let character = if kind == SlipKind::Extra { self.text[t] } else { form[p] };
            let tears = readings.tears(kind, p);
            let edge = p == 0 || p + 1 >= form.len();
            // What is left of a phrase whose end is missing begins or ends beside the gap.
            let word = readings.is_word(if kind == SlipKind::Missing && p + 1 == form.len() { end - 1 } else { t });
            let marked = edge && self.is_marked(start, end, p == 0);
            slips.push(One { kind, edge, tears, word, function: is_function(character), marked });
        }
        let setting = match phrase {
            Kind::Title => Setting::Title,
            _ if self.is_quoted(start, end) => Setting::Quoted,
            _ => Setting::Prose,
        };
        let needed = needed_gain(&slips, form.len(), setting)?;
        let gain = readings.gain;
        if gain < needed {
            return None;
        }
        let confidence = confidence(gain, needed, slips.iter().all(|slip| slip.tears || slip.kind != SlipKind::Missing));
        let score = score(gain, form.len(), slips.iter().map(|slip| slip.kind));
        let repairs = self.repairs(&hit.edits, target, &readings);
        Some(Slip { kind: slips.iter().map(|slip| slip.kind).max()?, repairs, confidence, score })
    }

    /// `hit`, and how else its ends may be read: what replaces the first or last character may be the word beside a phrase cut short, and a
    /// like-sounding one may be surplus beside the right one (忠诚干净担担 before 当).
    fn readings(&self, hit: &Hit, form: &[char]) -> Vec<Hit> {
        let (start, end) = (hit.start as usize, hit.end as usize);
        let is_seen = |i: &usize| !is_ignored(self.text[*i]);
        let mut readings = vec![hit.clone()];
        for (n, edit) in hit.edits.iter().enumerate() {
            let t = edit.text as usize;
            let at_start = edit.pattern == 0;
            if !at_start && edit.pattern as usize + 1 != form.len() {
                continue;
            }
            let mut reading = hit.clone();
            let other = &mut reading.edits[n];
            let place = match edit.kind {
                EditKind::Other if at_start => (t + 1..end).find(is_seen),
                EditKind::Other => (start..t).rfind(is_seen),
                EditKind::Sound if at_start => (0..start).rfind(is_seen).filter(|&i| self.text[i] == form[0]),
                EditKind::Sound => (end..self.text.len()).find(is_seen).filter(|&i| Some(&self.text[i]) == form.last()),
                _ => None,
            };
            let Some(place) = place.map(|place| place as u32) else { continue };
            let edge = if at_start { &mut reading.start } else { &mut reading.end };
            *edge = if at_start { place } else { place + 1 };
            if edit.kind == EditKind::Other {
                *other = Edit { kind: EditKind::Missing, text: *edge, ..*edit };
            } else {
                *other = Edit { kind: EditKind::Extra, pattern: if at_start { 1 } else { edit.pattern }, ..*edit };
            }
            readings.push(reading);
        }
        readings
    }

    /// Decides by the characters which of like-sounding neighbours is surplus or missing.
    fn settle(&self, hit: &mut Hit, form: &[char]) {
        let is_structural = |edit: &Edit| matches!(edit.kind, EditKind::Extra | EditKind::Missing);
        if hit.edits.len() < 2 || !hit.edits.iter().any(is_structural) {
            return;
        }
        let places: Vec<usize> = (hit.start as usize..hit.end as usize).filter(|&i| !is_ignored(self.text[i])).collect();
        let text: Vec<char> = places.iter().map(|&i| self.text[i]).collect();
        for edit in &mut hit.edits {
            edit.text = places.partition_point(|&place| place < edit.text as usize) as u32;
        }
        settle(&mut hit.edits, form, &text);
        for edit in &mut hit.edits {
            edit.text = places.get(edit.text as usize).map_or(hit.end, |&place| place as u32);
        }
    }

    /// Whether a right form of some weight holds the place of an edit and makes it right.
    fn is_accounted_for(&self, kind: SlipKind, p: usize, t: usize, form: &[char], cover: &Cover) -> bool {
        let weight = (form.len() / 4).max(4).min(form.len() / 2 + 1);
        let is_held = |here: usize, width: usize| cover.around(here, here + width).any(|(s, e)| e - s >= weight);
        match kind {
            // Of several equal characters any may be the one that is missing: 健全面从严治党 lacks one before 全面从严治党 or within it.
            SlipKind::Missing => {
                let earlier = form[..p].iter().rev().take_while(|&&c| c == form[p]).count().min(t.saturating_sub(1));
                (t - earlier..=t).all(|t| is_held(t.saturating_sub(1), 2))
            }
            SlipKind::Doubled if t > 0 && self.text[t - 1] == self.text[t] => is_held(t - 1, 2),
            SlipKind::Doubled | SlipKind::Swapped => is_held(t, 2),
            _ => is_held(t, 1),
        }
    }

    /// Characters doubled at the edges of right forms (中中央经济工作会议).
    pub(super) fn doubled_at_edges<'d>(&self, right: &[Mention<'d>], cover: &Cover) -> Vec<Mention<'d>> {
        let mut doubled = Vec::new();
        for mention in right.iter().filter(|m| matches!(m.form, Form::Canonical | Form::Also(_)) && m.end - m.start >= 4) {
            let (start, end) = (mention.start, mention.end);
            let before = start.checked_sub(1).filter(|&i| self.text[i] == self.text[start] && !self.ends_word(i));
            let after = Some(end).filter(|&i| self.text.get(i) == Some(&self.text[end - 1]) && !self.begins_word(i));
            // 脚踏实地地 and 达到目的的 go on with a particle.
            let after = after.filter(|&i| !is_function(self.text[i]));
            for place in [before, after].into_iter().flatten().filter(|&i| is_han(self.text[i])) {
                let whole = (start.min(place), end.max(place + 1));
                if cover.contains(whole.0, whole.1) {
                    continue;
                }
                let gain = self.read(whole.0, whole.1, &self.text[start..end]).gain;
                // After 工作中 or 会上 a second 中 or 上 may begin a word of its own.
                let opens = place < start && !place.checked_sub(1).is_some_and(|i| is_han(self.text[i]));
                let needed = if self.is_quoted(whole.0, whole.1) {
                    NOTHING
                } else if opens {
                    2.5
                } else {
                    4.5
                };
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

    /// Whether `start..end` is all that stands between “ and ”.
    fn is_quoted(&self, start: usize, end: usize) -> bool {
        self.is_marked(start, end, true) && self.is_marked(start, end, false)
    }

    /// Whether a quotation begins at `start`, or ends at `end`.
    fn is_marked(&self, start: usize, end: usize, at_start: bool) -> bool {
        if at_start { start.checked_sub(1).is_some_and(|i| self.text[i] == '“') } else { self.text.get(end) == Some(&'”') }
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

    /// Whether the character at `place` is the end of what stands before it: 宣讲 before 讲好中国故事, a village before 村民委员会.
    fn ends_word(&self, place: usize) -> bool {
        if !place.checked_sub(1).is_some_and(|i| is_han(self.text[i])) {
            return false;
        }
        let (from, to) = self.surroundings(place, place + 1);
        let mut words = Vec::new();
        self.segmenter.words(&self.text[from..to], &mut words);
        "省市县区州盟旗镇乡村街社组局院校站所为".contains(self.text[place])
            || words.iter().any(|word| word.len() > 1 && word.end + from == place + 1)
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

    /// The kind of an edit; `None` where it is not a matter of characters: punctuation and numbers come and go around fixed wording, and
    /// another number names another meeting.
    fn kind(&self, kind: EditKind, form: &[char], p: usize, t: usize) -> Option<SlipKind> {
        let (right, there) = (form.get(p).copied(), self.text.get(t).copied());
        let neighbour = |i: Option<usize>| i.and_then(|i| self.text.get(i)).copied();
        Some(match kind {
            EditKind::Missing => {
                let numeral = |i: Option<usize>| i.and_then(|i| form.get(i)).is_some_and(|&c| is_numeral(c));
                let of_a_number = numeral(Some(p)) && (numeral(p.checked_sub(1)) || numeral(Some(p + 1)));
                (is_han(right?) && !of_a_number).then_some(())?;
                SlipKind::Missing
            }
            EditKind::Extra => {
                is_han(there?).then_some(())?;
                let twice = neighbour(t.checked_sub(1)) == there || neighbour(Some(t + 1)) == there;
                if twice { SlipKind::Doubled } else { SlipKind::Extra }
            }
            EditKind::Swapped => {
                let counts_meetings = || matches!(form.get(p + 2), Some('大' | '届' | '次'));
                let numbers = is_numeral(right?) && is_numeral(there?) && counts_meetings();
                (is_han(right?) && is_han(there?) && neighbour(Some(t + 1)).is_some_and(is_han) && !numbers).then_some(())?;
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
}

/// Whether all that is missing is a pause between two parts of the phrase, which prose leaves out freely.
fn is_pause_left_out(edit: &Edit, form: &[char]) -> bool {
    edit.kind == EditKind::Missing && matches!(form.get(edit.pattern as usize), Some('、' | '，'))
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

/// Whether numbers are written with it.
fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}
