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

/// What undoing a slip is asked where the marks around it say that the phrase was meant: about one word torn apart less than nothing.
pub(super) const MARKED: f32 = -7.0;
/// What each further slip adds that is not one of sound.
const EACH_FURTHER: f32 = 4.0;

/// The gain from which on a candidate with these slips in a phrase of `length` characters is taken for one; `None` where nothing would do.
pub(super) fn needed_gain(slips: &[One], length: usize, setting: Setting) -> Option<f32> {
    let sounds = slips.iter().filter(|slip| matches!(slip.kind, SlipKind::Homophone | SlipKind::NearSound)).count();
    let others = slips.len() - sounds;
    if slips.is_empty() || length < 4 || others > 0 && sounds > 0 && length < 7 || sounds > length / 2 || slips.len() > 1 + length / 4 {
        return None;
    }
    let mut needed = f32::NEG_INFINITY;
    for slip in slips {
        needed = needed.max(match setting {
            Setting::Title if length > 4 => slip.in_title(length)?,
            Setting::Quoted if length > 4 => slip.in_quotes(length)?,
            _ => slip.in_prose(length)?,
        });
    }
    Some(needed + EACH_FURTHER * others.saturating_sub(1) as f32)
}

impl One {
    fn in_prose(self, length: usize) -> Option<f32> {
        let Self { kind, edge, tears, word, function, marked } = self;
        match (kind, length) {
            (SlipKind::Homophone, 4) if word => Some(4.0),
            (SlipKind::Homophone, 4) => Some(0.5),
            (SlipKind::Homophone, 5 | 6) => Some(-3.0),
            (SlipKind::Homophone, _) => Some(-7.0),
            (SlipKind::NearSound, 4) => Some(6.0),
            (SlipKind::NearSound, 5 | 6) => Some(if edge { 5.0 } else { 1.0 }),
            (SlipKind::NearSound, _) => Some(if edge { 1.0 } else { -2.0 }),
            (SlipKind::Swapped, 4) => Some(4.0),
            (SlipKind::Swapped, 5..=9) => Some(-3.0),
            (SlipKind::Swapped, _) => Some(-7.0),
            (SlipKind::Doubled, _) => Some(2.0),
            (SlipKind::Shape, 4) => (!edge).then_some(6.0),
            (SlipKind::Shape, 5 | 6) => Some(if !edge {
                0.0
            } else if word {
                2.0
            } else {
                -2.0
            }),
            (SlipKind::Shape, _) => Some(if !edge {
                -2.0
            } else if word {
                0.0
            } else {
                -3.0
            }),
            (SlipKind::Missing | SlipKind::Other | SlipKind::Extra, 4) => None,
            // A shortened phrase still begins and ends with a word: 特色社会主义 is one, 国特色社会主义 is not.
            (SlipKind::Missing, _) if edge => (tears && !word && length >= 6).then_some(if marked { MARKED } else { 2.0 }),
            (SlipKind::Missing, 5) if tears => Some(-4.5),
            (SlipKind::Missing, _) if tears => Some(-10.0),
            (SlipKind::Missing, _) if function => (length >= 10).then_some(-9.0),
            (SlipKind::Missing, _) => (length >= 6).then_some(-13.0),
            (SlipKind::Other | SlipKind::Extra, _) if !tears || function => None,
            (SlipKind::Other | SlipKind::Extra, 5 | 6) => (!edge).then_some(9.0),
            (SlipKind::Other | SlipKind::Extra, 7..=9) => Some(if edge { 12.0 } else { 7.0 }),
            (SlipKind::Other | SlipKind::Extra, _) => Some(if edge { 10.0 } else { 5.0 }),
        }
    }

    fn in_title(self, length: usize) -> Option<f32> {
        match self.kind {
            SlipKind::Homophone | SlipKind::NearSound | SlipKind::Shape | SlipKind::Swapped | SlipKind::Doubled => Some(MARKED),
            SlipKind::Missing => (self.tears || length >= 10).then_some(-9.0),
            SlipKind::Extra => self.tears.then_some(-4.0),
            SlipKind::Other => Some(if self.edge || !self.tears { 3.0 } else { 0.0 }),
        }
    }

    fn in_quotes(self, length: usize) -> Option<f32> {
        match self.kind {
            SlipKind::Homophone | SlipKind::NearSound | SlipKind::Shape | SlipKind::Swapped | SlipKind::Doubled => Some(MARKED),
            SlipKind::Missing if self.tears || !self.function => Some(self.in_prose(length).unwrap_or(MARKED).min(MARKED)),
            // A quotation may be shortened or of the writer's own making (“四个自觉”).
            _ => self.in_prose(length),
        }
    }
}

/// Particles, conjunctions and the like, which prose adds to fixed wording and leaves out of it.
pub(super) fn is_function(c: char) -> bool {
    "的地得了着和与及或同之而以等更要把将是在".contains(c)
}
