//! A glance at what surrounds a seed: whether a pattern may lie there, told from eight of its symbols without a look at the pattern.
//!
//! Several patterns in a row have the same seed where phrases share their words, and nearly all of them lie elsewhere. So an entry of the
//! index carries a *window*: eight symbols of its pattern, on the side of the seed where more of the pattern lies, a byte each. As many edits as the
//! pattern may hold move no symbol further than [`MOST_EDITS`] places and leave all others where they are found; what is not
//! found hereabouts was edited. All of it is arithmetic on eight bytes at once: no loop, no branch, no wait for memory.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

/// The most edits a near match may hold.
pub const MOST_EDITS: usize = 3;
/// How many symbols a window has.
const WIDTH: usize = 8;

/// A byte that a symbol is known by where whole symbols would take too much room; 0 for a [`BREAK`](super::class::BREAK) alone.
#[inline]
pub(crate) const fn mark(class: u16) -> u8 {
    let mixed = (class.wrapping_mul(0x9e37) >> 8) as u8;
    if mixed == 0 { (class != 0) as u8 } else { mixed }
}

/// Some symbols of a pattern, and where they are from a seed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Window {
    /// The [`mark`]s of the symbols; 0 beyond the pattern.
    marks: [u8; WIDTH],
    /// Where the first one is, counted from the place of the seed.
    from: i8,
}

impl Window {
    /// The symbols of a pattern beside the piece that a seed at `place` stands for.
    pub(crate) fn new(pattern: &[u16], place: usize, piece: &Range<usize>) -> Self {
        let is_ahead = pattern.len() - piece.end >= piece.start;
        let end = if is_ahead { (piece.end + WIDTH).min(pattern.len()) } else { piece.start };
        // Only the longest of pieces reach so far; a window may lie anywhere.
        let start = end.saturating_sub(WIDTH).clamp(place.saturating_sub(100), place + 100);
        let mut marks = [0; WIDTH];
        for (mark_of, &class) in marks.iter_mut().zip(&pattern[start..]) {
            *mark_of = mark(class);
        }
        Self { marks, from: start.wrapping_sub(place).cast_signed() as i8 }
    }

    /// Whether no more than `edits` of the symbols are missing around the seed at `at` of a text of these marks.
    #[inline]
    pub(crate) fn may_lie(self, text: &[u8], at: usize, edits: u8) -> bool {
        let from = at.wrapping_add_signed(self.from.into()).wrapping_sub(MOST_EDITS);
        let Some(around) = text.get(from..).and_then(|text| text.first_chunk::<{ WIDTH + 2 * MOST_EDITS }>()) else { return true };
        let wanted = u64::from_le_bytes(self.marks);
        let found_at = |shift: usize| {
            let mut eight = [0; WIDTH];
            eight.copy_from_slice(&around[shift..shift + WIDTH]);
            zeros(wanted ^ u64::from_le_bytes(eight))
        };
        let mut found = zeros(wanted) | found_at(MOST_EDITS - 1) | found_at(MOST_EDITS) | found_at(MOST_EDITS + 1);
        // Most patterns hold one edit at most, and it moves what is behind it by one place.
        if edits > 1 {
            found |= (0..MOST_EDITS - 1).chain(MOST_EDITS + 2..=2 * MOST_EDITS).fold(0, |found, shift| found | found_at(shift));
        }
        // The ones are added up in the highest byte.
        let missing = ((!found >> 7) & ONES).wrapping_mul(ONES) >> 56;
        missing <= edits.into()
    }
}

/// A one in every byte.
const ONES: u64 = u64::from_le_bytes([1; 8]);

/// The highest bit of every byte that is 0; at times of one above it, which only makes a glance see what is not there.
const fn zeros(bytes: u64) -> u64 {
    bytes.wrapping_sub(ONES) & !bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a pattern may lie with its place `place` at place `at` of the text.
    fn may_lie(pattern: &str, place: usize, text: &str, at: usize, edits: u8) -> bool {
        let classes = |text: &str| text.bytes().map(u16::from).collect::<Vec<_>>();
        let marks: Vec<u8> = classes(text).into_iter().map(mark).collect();
        let window = Window::new(&classes(pattern), place, &(place..place + 2));
        // No text on either side, as the scan sees it.
        window.may_lie(&[vec![0; 16], marks, vec![0; 16]].concat(), 16 + at, edits)
    }

    #[test]
    fn as_many_edits_as_allowed_are_let_through() {
        assert!(may_lie("abcdefgh", 0, "abcdefgh", 0, 0) && !may_lie("abcdefgh", 0, "abcXefgh", 0, 0));
        for edited in ["abcXefgh", "abcefgh", "abcXdefgh", "abdcefgh", "abcdefgX"] {
            assert!(may_lie("abcdefgh", 0, edited, 0, 1), "{edited}");
        }
        for edited in ["abXXefgh", "abcXefgX", "ab"] {
            assert!(!may_lie("abcdefgh", 0, edited, 0, 1), "{edited}");
        }
        assert!(may_lie("abcdefghijkl", 0, "abXcYdZefgh", 0, 3));
        assert!(may_lie("abcdefgh", 6, "XaXcdeXfgh", 8, 3) && !may_lie("abcdefgh", 6, "gh", 0, 3));
    }

    #[test]
    fn a_short_pattern_lacks_nothing_beyond_its_end() {
        assert!(may_lie("abcd", 0, "abcd", 0, 0) && may_lie("abcd", 0, "abcX", 0, 1));
        assert!(!may_lie("abcd", 0, "abXY", 0, 1));
    }
}
