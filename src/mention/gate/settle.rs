//! Which of like-sounding neighbours is the surplus or the missing one.
//!
//! The matcher compares sounds, so in 创新新性发展 it pairs 性 with the second 新 and calls the 性 behind it surplus. By the characters, a 新 is.

use crate::matcher::align::{Edit, EditKind};

/// Moves surplus and missing characters to where the remaining characters agree, so that no difference of sound is left to explain.
/// The edits count from the start of `form` and of `text`, both without what the matcher passes over.
pub(super) fn settle(edits: &mut Vec<Edit>, form: &[char], text: &[char]) {
    let mut n = 0;
    while n < edits.len() {
        let edit = edits[n];
        let (p, t) = (edit.pattern as usize, edit.text as usize);
        // One of the two runs has a character that the other lacks.
        let shift = match edit.kind {
            EditKind::Extra => Shift::find(edits, n, (form, p), (text, t)),
            EditKind::Missing => Shift::find(edits, n, (text, t), (form, p)),
            _ => None,
        };
        if let Some(shift) = shift {
            edits[n] = Edit { pattern: shift.of(p) as u32, text: shift.of(t) as u32, ..edit };
            let within = |e: &Edit| e.kind == EditKind::Sound && shift.passes(p, e.pattern as usize);
            edits.retain(|e| !within(e));
            edits.sort_by_key(|e| (e.pattern, e.text));
            n = 0;
        } else {
            n += 1;
        }
    }
}

/// How far an edit moves.
#[derive(Debug, Clone, Copy)]
enum Shift {
    Back(usize),
    On(usize),
}

impl Shift {
    /// The shift of edit `n` that leaves the fewest differences of sound, and goes no farther than that takes. `long` has the character in
    /// question, `short` lacks it.
    fn find(edits: &[Edit], n: usize, (short, s): (&[char], usize), (long, l): (&[char], usize)) -> Option<Self> {
        let p = edits[n].pattern as usize;
        let back = (1..=s.min(l)).take_while(|k| short[s - k] == long[l + 1 - k]).last().map(Self::Back);
        let on = (1..=(short.len() - s).min(long.len() - l)).take_while(|k| short[s + k - 1] == long[l + k - 1]).last().map(Self::On);
        let spared = |shift: Self| {
            let passed = |(m, e): (usize, &Edit)| (m != n && shift.passes(p, e.pattern as usize)).then_some((e.kind, e.pattern as usize));
            let passed: Vec<(EditKind, usize)> = edits.iter().enumerate().filter_map(passed).collect();
            let farthest = match shift {
                Self::Back(_) => Self::Back(p - passed.first()?.1),
                Self::On(_) => Self::On(passed.last()?.1 + 1 - p),
            };
            passed.iter().all(|(kind, _)| *kind == EditKind::Sound).then_some((passed.len(), farthest))
        };
        [back, on].into_iter().flatten().filter_map(spared).max_by_key(|(count, _)| *count).map(|(_, shift)| shift)
    }

    fn of(self, place: usize) -> usize {
        match self {
            Self::Back(by) => place - by,
            Self::On(by) => place + by,
        }
    }

    /// Whether an edit that moves from `from` passes `place` of the phrase.
    fn passes(self, from: usize, place: usize) -> bool {
        match self {
            Self::Back(by) => (from - by..from).contains(&place),
            Self::On(by) => (from..from + by).contains(&place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surplus_character_is_the_one_that_stands_twice() {
        use EditKind::{Extra, Missing, Other, Sound};
        for (form, text, given, expected) in [
            // 性 sounds like 新 where -n and -ng are not told apart.
            ("创新性发展", "创新新性发展", &[(Sound, 2, 2), (Extra, 3, 3)][..], &[(Extra, 2, 2)][..]),
            ("干净担当", "干净当", &[(Sound, 2, 2), (Missing, 3, 3)], &[(Missing, 2, 2)]),
            ("工作作风", "工作风", &[(Missing, 2, 2)], &[(Missing, 2, 2)]),
            ("创新性发展", "创新新性法展", &[(Sound, 2, 2), (Extra, 3, 3), (Sound, 3, 4)], &[(Extra, 2, 2), (Sound, 3, 4)]),
            ("创新性发展", "创新新性展", &[(Sound, 2, 2), (Other, 3, 3)], &[(Sound, 2, 2), (Other, 3, 3)]),
        ] {
            let edit = |&(kind, pattern, text): &(EditKind, u32, u32)| Edit { kind, pattern, text };
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            let mut edits: Vec<Edit> = given.iter().map(edit).collect();
            settle(&mut edits, &chars(form), &chars(text));
            assert_eq!(edits, expected.iter().map(edit).collect::<Vec<_>>(), "{text}");
        }
    }
}
