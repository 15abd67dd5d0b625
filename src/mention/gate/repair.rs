//! What to change so that a near form becomes the phrase: one change for each edit, so that the writer's quotation marks and line wraps stay.

use super::reading::Readings;
use super::{Gate, Repair, is_pause_left_out};
use crate::matcher::align::{Edit, EditKind};
use crate::matcher::index::is_ignored;

/// The phrase a near form should be.
pub(super) struct Target<'a> {
    /// Its characters as they are matched, without quotation marks.
    pub(super) chars: &'a [char],
    /// How its record writes it.
    pub(super) written: &'a str,
}

impl Gate<'_> {
    pub(super) fn repairs(&self, edits: &[Edit], target: &Target<'_>, readings: &Readings<'_>) -> Vec<Repair> {
        let form = target.chars;
        let mut repairs = Vec::with_capacity(edits.len());
        for edit in edits.iter().filter(|edit| !is_pause_left_out(edit, form)) {
            let (p, t) = (edit.pattern as usize, edit.text as usize);
            let put = |from, to, chars: &[char]| Repair { from, to, text: chars.iter().collect() };
            match edit.kind {
                EditKind::Missing => {
                    // What belongs behind an earlier repair is not put before it, on whichever side of the marks.
                    let at = repairs.last().map_or(0, |earlier: &Repair| earlier.to).max(self.place_for(p, t, target, readings));
                    repairs.push(put(at, at, &form[p..=p]));
                }
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

    /// Where character `p`, missing before `t`, belongs: where quotation marks stand there, on the side on which the record has it
    /// (监督执“四种形态” lacks its 纪 before the mark), or else with the word it belongs to.
    fn place_for(&self, p: usize, t: usize, target: &Target<'_>, readings: &Readings<'_>) -> usize {
        let marks = self.text[..t].iter().rev().take_while(|&&c| is_ignored(c)).count();
        if p == 0 || marks == 0 {
            return t;
        }
        let (before, after) = target.marks_beside(p);
        let behind_marks = if before == after { readings.begins_word(p) } else { before };
        if behind_marks { t } else { t - marks }
    }
}

impl Target<'_> {
    /// Whether the record writes a quotation mark before and behind character `p`.
    fn marks_beside(&self, p: usize) -> (bool, bool) {
        let mut marks = vec![false];
        for c in self.written.chars().filter(|&c| c != ' ') {
            match marks.last_mut() {
                Some(mark) if is_ignored(c) => *mark = true,
                _ => marks.push(false),
            }
        }
        (marks.get(p).copied().unwrap_or(false), marks.get(p + 1).copied().unwrap_or(false))
    }
}
