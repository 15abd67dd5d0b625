//! How a pattern lies on a stretch of text: the cheapest edits between them, grown in both directions from a seed.
//!
//! Cost is the number of substitutions, missing, extra and swapped symbols (optimal string alignment distance) between sound classes.
//! With at most three edits, following the common run and branching only where it breaks is faster than any table.

use super::class::BREAK;
use super::glance::MOST_EDITS;

/// One difference between a pattern and the text; both numbers count symbols, from the start of the pattern and of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What happened.
    pub kind: EditKind,
    /// Place in the pattern.
    pub pattern: u32,
    /// Place in the text.
    pub text: u32,
}

/// The kinds of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// A run of characters with their sound classes.
#[derive(Debug, Clone, Copy)]
pub struct Symbols<'a> {
    /// One class a character.
    pub classes: &'a [u16],
    /// The characters, as code points.
    pub chars: &'a [u32],
}

/// One side of an alignment: `pattern` is to be used up, the text ends where it may.
struct Side<'a> {
    pattern: Symbols<'a>,
    text: Symbols<'a>,
    /// Both run from their ends to their beginnings.
    backwards: bool,
}

/// The edits of one side and how far it reaches.
#[derive(Clone, Copy)]
struct Path {
    edits: [(EditKind, u32, u32); MOST_EDITS],
    count: usize,
    /// Sum of how unlikely the edits are as slips of the pen.
    unlikely: u32,
    /// Symbols of the text used up.
    reach: usize,
}

/// Aligns `pattern` with `text` so that place `place` of the pattern lies at place `at` of the text, with at most `budget` edits.
/// The first and the last symbol of the pattern may be replaced but not be missing, where no like symbol stands in their place. Returns the edits in pattern order and the
/// range of text used.
pub fn align(pattern: Symbols<'_>, place: usize, text: Symbols<'_>, at: usize, budget: usize) -> Option<(Vec<Edit>, usize, usize)> {
    let ((p_before, p_after), (t_before, t_after)) = (pattern.split_at(place), text.split_at(at));
    let right = Side { pattern: p_after, text: t_after, backwards: false };
    let after = right.walk(0, 0, budget)?;
    let left = Side { pattern: p_before, text: t_before, backwards: true };
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

impl Symbols<'_> {
    fn split_at(self, at: usize) -> (Self, Self) {
        let ((before, after), (chars_before, chars_after)) = (self.classes.split_at(at), self.chars.split_at(at));
        (Self { classes: before, chars: chars_before }, Self { classes: after, chars: chars_after })
    }

    /// Class and character at `i`, counted from the end when `backwards`.
    fn get(&self, i: usize, backwards: bool) -> Option<(u16, u32)> {
        let i = if backwards { self.classes.len().checked_sub(i + 1)? } else { i };
        Some((*self.classes.get(i)?, self.chars[i]))
    }
}

impl Side<'_> {
    fn pattern(&self, i: usize) -> Option<(u16, u32)> {
        self.pattern.get(i, self.backwards)
    }

    fn text(&self, i: usize) -> Option<(u16, u32)> {
        self.text.get(i, self.backwards).filter(|&(class, _)| class != BREAK)
    }

    /// The cheapest way on from pattern place `p` and text place `t`.
    fn walk(&self, mut p: usize, mut t: usize, budget: usize) -> Option<Path> {
        let mut sounds = 0;
        while let (Some((a, c)), Some((b, d))) = (self.pattern(p), self.text(t)) {
            if a != b {
                break;
            }
            sounds += u32::from(c != d);
            p += 1;
            t += 1;
        }
        let Some(symbol) = self.pattern(p) else {
            return Some(Path { edits: [(EditKind::Other, 0, 0); MOST_EDITS], count: 0, unlikely: sounds, reach: t });
        };
        if budget == 0 {
            return None;
        }
        let swapped = self.pattern(p + 1).is_some_and(|next| self.text(t) == Some(next) && self.text(t + 1) == Some(symbol));
        let here = self.text(t);
        // At the end of the pattern, only if what stood last fits there too: then it is one of the symbols before that is missing.
        let ends = self.pattern(p + 1).is_none();
        let may_miss = !ends || t > 0 && self.text(t - 1).is_some_and(|(class, _)| class == symbol.0);
        let doubled = here.is_some() && (p > 0 && self.pattern(p - 1) == here);
        // Where several ways cost the same number of edits, the likelier slip of the pen explains the place.
        let ways = [
            (swapped, EditKind::Swapped, 2, 2, 1),
            (here.is_some(), EditKind::Extra, 0, 1, if doubled { 0 } else { 3 }),
            (may_miss, EditKind::Missing, 1, 0, if ends { 4 } else { 2 }),
            (here.is_some(), EditKind::Other, 1, 1, if ends { 2 } else { 1 }),
        ];
        let mut best: Option<Path> = None;
        for (_, kind, dp, dt, unlikely) in ways.into_iter().filter(|way| way.0) {
            let Some(mut path) = self.walk(p + dp, t + dt, budget - 1) else { continue };
            path.unlikely += unlikely + sounds;
            if best.is_none_or(|best| (path.count + 1, path.unlikely) < (best.count, best.unlikely)) {
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

    /// The edits and the range of text.
    type Found = Option<(Vec<(EditKind, u32, u32)>, usize, usize)>;

    fn edits(pattern: &str, place: usize, text: &str, at: usize) -> Found {
        let classes = |s: &str| s.chars().map(|c| c as u16).collect::<Vec<_>>();
        let chars = |s: &str| s.chars().map(u32::from).collect::<Vec<_>>();
        let (a, b, c, d) = (classes(pattern), chars(pattern), classes(text), chars(text));
        let (pattern, text) = (Symbols { classes: &a, chars: &b }, Symbols { classes: &c, chars: &d });
        let (edits, start, end) = align(pattern, place, text, at, 2)?;
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
