//! How much a sentence must gain by the repair before a near form is taken for a slip.
//!
//! The less likely a kind of slip, the shorter the phrase, and the nearer to its edge, the more is asked. All figures are nats of
//! log probability; they were set on official texts (what is legitimate must stay below) and on planted errors (slips must come out above),
//! see `docs/quality.md`.

use super::SlipKind;

/// One slip of a candidate.
#[derive(Debug, Clone, Copy)]
pub(super) struct One {
    pub(super) kind: SlipKind,
    /// At the first or last character of the phrase.
    pub(super) edge: bool,
    /// See [`Readings::tears`](super::reading::Readings::tears).
    pub(super) tears: bool,
    /// The character there is part of a word as the text stands.
    pub(super) word: bool,
    /// The character in question is one that prose uses freely.
    pub(super) function: bool,
    /// A quotation mark stands beside it and says that the phrase ends there.
    pub(super) marked: bool,
}

/// Where the candidate stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// In running text.
    Prose,
    /// Alone between 《 and 》: what is nearly a known title was meant for it.
    Title,
    /// Alone between “ and ”: the writer has marked where it begins and ends.
    Quoted,
}

/// Asks nothing of a character replaced: a rare one undone for a common one, or the other way, changes the sentence by less.
pub(super) const NOTHING: f32 = -7.0;
/// Asks nothing of a character put in: alone it makes a sentence this much less probable, whatever it is.
const NOTHING_OF_ONE_MORE: f32 = -13.0;
/// What each further slip adds that is not one of sound.
const EACH_FURTHER: f32 = 4.0;

/// Whether no gain would make a candidate with slips of these kinds in a phrase of `length` characters one.
pub(super) fn is_hopeless(kinds: impl Iterator<Item = SlipKind>, length: usize) -> bool {
    let (sounds, others) = count(kinds);
    let slips = sounds + others;
    slips == 0 || length < 4 || others > 0 && sounds > 0 && length < 7 || sounds > length / 2 || slips > 1 + length / 4
}

/// How many slips are of sound, and how many are not.
fn count(kinds: impl Iterator<Item = SlipKind>) -> (usize, usize) {
    kinds.fold((0, 0), |(sounds, others), kind| match kind {
        SlipKind::Homophone | SlipKind::NearSound => (sounds + 1, others),
        _ => (sounds, others + 1),
    })
}

/// The gain from which on a candidate with these slips in a phrase of `length` characters, which is not [hopeless](is_hopeless), is taken
/// for one; `None` where nothing would do.
pub(super) fn needed_gain(slips: &[One], length: usize, setting: Setting) -> Option<f32> {
    let (sounds, others) = count(slips.iter().map(|slip| slip.kind));
    let mut needed = f32::NEG_INFINITY;
    for slip in slips {
        needed = needed.max(match setting {
            Setting::Title if length > 4 => slip.in_title(length)?,
            Setting::Quoted if length > 4 => slip.in_quotes(length)?,
            _ => slip.in_prose(length)?,
        });
    }
    let further = if sounds > 0 { others } else { others.saturating_sub(1) };
    Some(needed + EACH_FURTHER * further as f32)
}

impl One {
    fn in_prose(self, length: usize) -> Option<f32> {
        let Self { kind, edge, tears, word, function, marked } = self;
        match kind {
            SlipKind::Homophone => Some(match (length, word) {
                (4, true) => 4.0,
                (4, false) => 0.5,
                (5 | 6, _) => -3.0,
                _ => NOTHING,
            }),
            SlipKind::NearSound => Some(match (length, edge) {
                (4, _) => 6.0,
                (5 | 6, true) => 5.0,
                (5 | 6, false) | (_, true) => 1.0,
                (_, false) => -2.0,
            }),
            SlipKind::Shape => match (length, edge, word) {
                (4, edge, _) => (!edge).then_some(6.0),
                (5 | 6, false, _) => Some(0.0),
                (5 | 6, true, _) => Some(if word { 2.0 } else { -2.0 }),
                (_, false, _) => Some(-2.0),
                (_, true, _) => Some(if word { 0.0 } else { -3.0 }),
            },
            SlipKind::Swapped => Some(match length {
                4 => 4.0,
                5..=9 => -3.0,
                _ => NOTHING,
            }),
            SlipKind::Doubled => Some(2.0),
            SlipKind::Missing | SlipKind::Extra | SlipKind::Other if length == 4 => None,
            // A shortened phrase still begins and ends with a word: 特色社会主义 is one, 国特色社会主义 is not.
            SlipKind::Missing if edge => (tears && !word && length >= 6).then_some(if marked { NOTHING } else { 2.0 }),
            SlipKind::Missing if tears => Some(if length == 5 { -4.5 } else { -10.0 }),
            SlipKind::Missing if function => (length >= 10).then_some(-9.0),
            SlipKind::Missing => (length >= 6).then_some(NOTHING_OF_ONE_MORE),
            SlipKind::Extra | SlipKind::Other if !tears || function => None,
            SlipKind::Extra | SlipKind::Other => match length {
                5 | 6 => (!edge).then_some(9.0),
                7..=9 => Some(if edge { 12.0 } else { 7.0 }),
                _ => Some(if edge { 10.0 } else { 5.0 }),
            },
        }
    }

    fn in_title(self, length: usize) -> Option<f32> {
        match self.kind {
            SlipKind::Homophone | SlipKind::NearSound | SlipKind::Shape | SlipKind::Swapped | SlipKind::Doubled => Some(NOTHING),
            SlipKind::Missing => (self.tears || length >= 10).then_some(-9.0),
            SlipKind::Extra => self.tears.then_some(-4.0),
            SlipKind::Other => Some(if self.edge || !self.tears { 3.0 } else { 0.0 }),
        }
    }

    fn in_quotes(self, length: usize) -> Option<f32> {
        match self.kind {
            SlipKind::Homophone | SlipKind::NearSound | SlipKind::Shape | SlipKind::Swapped | SlipKind::Doubled => Some(NOTHING),
            SlipKind::Missing if self.tears || !self.function => Some(self.in_prose(length).unwrap_or(NOTHING).min(NOTHING)),
            // A quotation may be shortened or of the writer's own making (“四个自觉”).
            _ => self.in_prose(length),
        }
    }
}
