//! Whether a pattern can lie on a place at all: the quick test before [`align`](super::align) explains how.
//!
//! Nearly all candidates fail here, most of them within a few comparisons, so the test looks at sound classes only and keeps no record.
//! A pattern ends where a [`BREAK`] stands, on both sides; so does the text.

use super::class::BREAK;
use super::index::Entry;

/// Patterns and a text, to be compared from some place on; towards their beginnings when `BACK`.
#[derive(Clone, Copy)]
struct Walk<'a, const BACK: bool> {
    patterns: &'a [u16],
    text: &'a [u16],
}

/// Whether a pattern lies on a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lies {
    Not,
    /// Symbol by symbol.
    Whole,
    /// With edits, if at all.
    Nearly,
}

/// Whether the pattern of a seed can be used up on the text around `at` with about its number of edits. Necessary for an
/// alignment, not sufficient: with two edits or more those of both sides may add up to more.
#[inline]
pub(super) fn lies(patterns: &[u16], text: &[u16], seed: Entry, at: usize) -> Lies {
    let (place, before, after) = (seed.place as usize, usize::from(seed.before), usize::from(seed.after));
    // Whatever the edits, one piece of the pattern is whole: it is the business of that piece's seed.
    if at < before || text.get(at - before..at + after) != patterns.get(place - before..place + after) {
        return Lies::Not;
    }
    let budget = usize::from(seed.edits);
    let (ahead, back) = (Walk::<false> { patterns, text }, Walk::<true> { patterns, text });
    let (p, t) = ahead.common(place + after, at + after);
    let (q, u) = back.common(place - before - 1, at - before - 1);
    // A side that breaks off costs an edit, which the other side cannot spend.
    let broken = usize::from(patterns[p] != BREAK) + usize::from(patterns[q] != BREAK);
    if broken == 0 {
        return Lies::Whole;
    }
    let fits = broken <= budget && ahead.fits_on(p, t, budget + 1 - broken) && back.fits_on(q, u, budget + 1 - broken);
    if fits { Lies::Nearly } else { Lies::Not }
}

impl<const BACK: bool> Walk<'_, BACK> {
    #[inline]
    fn on(n: usize) -> usize {
        if BACK { n - 1 } else { n + 1 }
    }

    #[inline]
    fn off(n: usize) -> usize {
        if BACK { n + 1 } else { n - 1 }
    }

    /// Past what both have in common from here on.
    #[inline]
    fn common(self, mut p: usize, mut t: usize) -> (usize, usize) {
        while self.patterns[p] == self.text[t] && self.patterns[p] != BREAK {
            (p, t) = (Self::on(p), Self::on(t));
        }
        (p, t)
    }

    /// Whether the pattern can be used up from here on with at most `budget` edits.
    #[inline]
    fn fits(self, p: usize, t: usize, budget: usize) -> bool {
        let (p, t) = self.common(p, t);
        self.patterns[p] == BREAK || budget > 0 && self.mends(p, t, budget)
    }

    #[inline]
    fn fits_on(self, p: usize, t: usize, budget: usize) -> bool {
        self.patterns[p] == BREAK || self.mends(p, t, budget)
    }

    /// The same where the two differ. The edits are those of `align`: the last symbol of the pattern may be replaced but not missing,
    /// unless the text ends with it all the same.
    fn mends(self, p: usize, t: usize, budget: usize) -> bool {
        let (a, b) = (self.patterns[p], self.text[t]);
        let (next, there) = (Self::on(p), Self::on(t));
        let (c, d) = (self.patterns[next], self.text[there]);
        let may_miss = c != BREAK || self.text[Self::off(t)] == a;
        // Most fail at the next symbol.
        if budget == 1 && c != BREAK && a != d && c != b && c != d {
            return false;
        }
        let missing = may_miss && self.fits(next, t, budget - 1);
        let replaced_or_extra = || self.fits(next, there, budget - 1) || self.fits(p, there, budget - 1);
        let swapped = || a == d && b == c && self.fits(Self::on(next), Self::on(there), budget - 1);
        missing || b != BREAK && (replaced_or_extra() || swapped())
    }
}
