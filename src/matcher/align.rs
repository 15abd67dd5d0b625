//! How a pattern lies on a stretch of text: the cheapest edits between them, grown in both directions from a seed.
//!
//! Cost is the number of substitutions, missing, extra and swapped symbols (optimal string alignment distance) between sound classes.
//! With at most three edits, following the common run and branching only where it breaks is faster than any table.

use super::class::BREAK;

/// The most edits an alignment can hold.
pub const MOST_EDITS: usize = 3;

/// One difference between a pattern and the text; both numbers count symbols, from the start of the pattern and of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit {
    /// What happened.
    pub kind: EditKind,
    /// Place in the pattern.
    pub pattern: u32,
    /// Place in the text.
    pub text: u32,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditKind {
    /// Another symbol stands there.
    Other,
    /// The pattern's symbol is missing in the text.
    Missing,
    /// The text has a symbol more, before the pattern's symbol.
    Extra,
    /// Two neighbours are swapped; the places name the first of them.
    Swapped,
    /// Another character of the same sound class stands there (found afterwards, by comparing characters; costs nothing here).
    Sound,
}

/// One side of an alignment: `pattern` is to be used up, the text ends where it may.
struct Side<'a> {
    pattern: &'a [u16],
    text: &'a [u16],
    /// Both run from their ends to their beginnings.
    backwards: bool,
}

/// The edits of one side and how far it reaches.
#[derive(Clone, Copy)]
struct Path {
    edits: [(EditKind, u32, u32); MOST_EDITS],
    count: usize,
    /// Symbols of the text used up.
    reach: usize,
}

/// Aligns `pattern` with `text` so that place `place` of the pattern lies at place `at` of the text, with at most `budget` edits.
/// The first and the last symbol of the pattern may be replaced but not be missing. Returns the edits in pattern order and the
/// range of text used.
pub fn align(pattern: &[u16], place: usize, text: &[u16], at: usize, budget: usize) -> Option<(Vec<Edit>, usize, usize)> {
    let right = Side { pattern: &pattern[place..], text: &text[at..], backwards: false };
    let after = right.walk(0, 0, budget)?;
    let left = Side { pattern: &pattern[..place], text: &text[..at], backwards: true };
    let before = left.walk(0, 0, budget - after.count)?;
    let mut edits = Vec::with_capacity(before.count + after.count);
    for &(kind, p, t) in before.edits[..before.count].iter().rev() {
        // Counted from the seed outwards; a swap names the nearer symbol, an extra symbol stands before the farther side's next one.
        let (p, t) = (place as u32 - 1 - p, at as u32 - 1 - t);
        edits.push(match kind {
            EditKind::Swapped => Edit { kind, pattern: p - 1, text: t - 1 },
            EditKind::Extra => Edit { kind, pattern: p + 1, text: t },
            EditKind::Missing => Edit { kind, pattern: p, text: t + 1 },
            _ => Edit { kind, pattern: p, text: t },
        });
    }
    let shift = |&(kind, p, t): &(EditKind, u32, u32)| Edit { kind, pattern: place as u32 + p, text: at as u32 + t };
    edits.extend(after.edits[..after.count].iter().map(shift));
    Some((edits, at - before.reach, at + after.reach))
}

impl Side<'_> {
    fn pattern(&self, i: usize) -> Option<u16> {
        let i = if self.backwards { self.pattern.len().checked_sub(i + 1)? } else { i };
        self.pattern.get(i).copied()
    }

    fn text(&self, i: usize) -> Option<u16> {
        let i = if self.backwards { self.text.len().checked_sub(i + 1)? } else { i };
        self.text.get(i).copied().filter(|&symbol| symbol != BREAK)
    }

    /// The cheapest way on from pattern place `p` and text place `t`.
    fn walk(&self, mut p: usize, mut t: usize, budget: usize) -> Option<Path> {
        while let (Some(a), Some(b)) = (self.pattern(p), self.text(t)) {
            if a != b {
                break;
            }
            p += 1;
            t += 1;
        }
        let Some(symbol) = self.pattern(p) else {
            return Some(Path { edits: [(EditKind::Other, 0, 0); MOST_EDITS], count: 0, reach: t });
        };
        if budget == 0 {
            return None;
        }
        let swapped = self.pattern(p + 1).is_some_and(|next| self.text(t) == Some(next) && self.text(t + 1) == Some(symbol));
        let ways = [
            (swapped, EditKind::Swapped, 2, 2),
            (self.text(t).is_some(), EditKind::Other, 1, 1),
            (self.pattern(p + 1).is_some(), EditKind::Missing, 1, 0),
            (self.text(t).is_some(), EditKind::Extra, 0, 1),
        ];
        let mut best: Option<Path> = None;
        for (_, kind, dp, dt) in ways.into_iter().filter(|way| way.0) {
            let left = best.map_or(budget - 1, |path| path.count.saturating_sub(2).min(budget - 1));
            if best.is_some_and(|path| path.count == 1) {
                break;
            }
            if let Some(mut path) = self.walk(p + dp, t + dt, left) {
                path.edits.copy_within(..path.count, 1);
                path.edits[0] = (kind, p as u32, t as u32);
                path.count += 1;
                best = Some(path);
            }
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edits(pattern: &str, place: usize, text: &str, at: usize) -> Option<(Vec<(EditKind, u32, u32)>, usize, usize)> {
        let symbols = |s: &str| s.chars().map(|c| c as u16).collect::<Vec<_>>();
        let (edits, start, end) = align(&symbols(pattern), place, &symbols(text), at, 2)?;
        Some((edits.iter().map(|e| (e.kind, e.pattern, e.text)).collect(), start, end))
    }

    #[test]
    fn each_kind_of_edit_on_each_side_of_the_seed() {
        use EditKind::{Extra, Missing, Other, Swapped};
        assert_eq!(edits("abcdef", 2, "xxabcdefx", 4), Some((vec![], 2, 8)));
        assert_eq!(edits("abcdef", 2, "abcXef", 2), Some((vec![(Other, 3, 3)], 0, 6)));
        assert_eq!(edits("abcdef", 3, "aXcdef", 3), Some((vec![(Other, 1, 1)], 0, 6)));
        assert_eq!(edits("abcdef", 2, "abcdXef", 2), Some((vec![(Extra, 4, 4)], 0, 7)));
        assert_eq!(edits("abcdef", 3, "abXcdef", 4), Some((vec![(Extra, 2, 2)], 0, 7)));
        assert_eq!(edits("abcdef", 2, "abcef", 2), Some((vec![(Missing, 3, 3)], 0, 5)));
        assert_eq!(edits("abcdef", 3, "acdef", 2), Some((vec![(Missing, 1, 1)], 0, 5)));
        assert_eq!(edits("abcdef", 3, "bacdef", 3), Some((vec![(Swapped, 0, 0)], 0, 6)));
        assert_eq!(edits("abcdef", 1, "abcdfe", 1), Some((vec![(Swapped, 4, 4)], 0, 6)));
    }

    #[test]
    fn the_ends_may_be_replaced_but_not_missing() {
        assert_eq!(edits("abc", 1, "xbc", 1), Some((vec![(EditKind::Other, 0, 0)], 0, 3)));
        assert_eq!(edits("abc", 1, "bc", 0), None);
    }
}
