//! The part of a line that fits the screen, with the words in question: a paragraph may be a page, a line a whole book.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::output::safe::acts;

/// Stands where the line goes on.
const MORE: char = '…';

/// A part of a line as it is shown. Widths are columns of the screen, of which a Chinese character takes two.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// What is shown, with `…` where the line goes on.
    pub(super) text: String,
    /// Width of what is shown before the words.
    pub(super) before: usize,
    /// Width of what is shown of the words; at least one, so that there is something to mark.
    pub(super) marked: usize,
}

impl Window {
    /// As much of `line` around `words` (bytes) as `width` columns hold, somewhat more of what follows than of what goes before. The cost is that of the window, not of the line.
    pub(super) fn new(line: &str, words: Range<usize>, width: usize) -> Self {
        // Beside long words there is room for the marks that tell of more.
        let inside = Part::ahead(&line[words.clone()], width.saturating_sub(2));
        let room = width.saturating_sub(inside.width);
        let behind = if inside.is_cut { "" } else { &line[words.end..] };
        let most_before = room - Part::ahead(behind, room * 3 / 5).width;
        let before = Part::back(&line[..words.start], most_before);
        let after = Part::ahead(behind, room - before.width);
        let text = [before.text, inside.text, after.text].concat();
        Self { text, before: before.width, marked: inside.width.max(1) }
    }
}

/// What fits of a piece of the line.
struct Part {
    text: String,
    width: usize,
    is_cut: bool,
}

impl Part {
    /// The beginning of `piece`.
    fn ahead(piece: &str, room: usize) -> Self {
        Self::of(piece.chars(), room)
    }

    /// The end of `piece`.
    fn back(piece: &str, room: usize) -> Self {
        let part = Self::of(piece.chars().rev(), room);
        Self { text: part.text.chars().rev().collect(), ..part }
    }

    /// The first of `chars` that fit into `room` columns, with a mark behind them where there are more.
    fn of(chars: impl Iterator<Item = char>, room: usize) -> Self {
        let mut text = String::new();
        // With the mark behind it: how much of the text still fits.
        let (mut width, mut kept, mut kept_width) = (0, 0, 0);
        for c in chars {
            // What could steer the terminal is a space.
            let c = if acts(c) { ' ' } else { c };
            width += c.width().unwrap_or(0);
            if width > room {
                text.truncate(kept);
                text.extend((room > 0).then_some(MORE));
                return Self { text, width: (kept_width + 1).min(room), is_cut: true };
            }
            text.push(c);
            if width < room {
                (kept, kept_width) = (text.len(), width);
            }
        }
        Self { text, width, is_cut: false }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn shown(line: &str, words: &str, width: usize) -> String {
        let at = line.find(words).expect("the words");
        let window = Window::new(line, at..at + words.len(), width);
        format!("{}\n{}{}", window.text, " ".repeat(window.before), "^".repeat(window.marked))
    }

    #[test]
    fn what_fits_is_shown_whole() {
        assert_eq!(shown("做好工作布署。", "布署", 14), "做好工作布署。\n        ^^^^");
        assert_eq!(shown("布署", "布署", 14), "布署\n^^^^");
        assert_eq!(shown("一\t二\u{1b}[31m布署", "布署", 40), "一 二 [31m布署\n          ^^^^");
    }

    #[test]
    fn the_window_keeps_to_the_words_wherever_they_stand() {
        let line = "一二三四五六七八布署九十甲乙丙丁戊己";
        assert_eq!(shown(line, "二", 20), "一二三四五六七八布…\n  ^^");
        assert_eq!(shown(line, "布署", 20), "…六七八布署九十甲乙…\n       ^^^^");
        assert_eq!(shown(line, "戊", 20), "…署九十甲乙丙丁戊己\n               ^^");
        assert_eq!(shown(line, line, 20), "一二三四五六七八…\n^^^^^^^^^^^^^^^^^");
    }

    proptest! {
        /// Whatever the line and the screen: it fits, nothing of it is lost but at the cuts, and the mark stands below the words.
        #[test]
        fn the_mark_stands_below_the_words(before in "[a我，\t]{0,40}", words in "[b他]{0,12}", after in "[c她。]{0,40}", width in 8_usize..60) {
            let line = [before.as_str(), &words, &after].concat();
            let window = Window::new(&line, before.len()..before.len() + words.len(), width);
            prop_assert!(window.text.width() <= width, "{window:?}");
            let seen = window.text.trim_matches(MORE);
            prop_assert!(line.replace('\t', " ").contains(seen), "{window:?}");
            prop_assert!(line.width() > width || seen.len() == line.len(), "what fits is shown whole: {window:?}");
            let marked: String = columns(&window.text, window.before, window.before + words.width().min(window.marked));
            prop_assert!(words.starts_with(marked.trim_end_matches(MORE)), "{window:?} marks {marked}");
        }
    }

    /// What stands between two columns.
    fn columns(text: &str, from: usize, to: usize) -> String {
        let ends = text.chars().scan(0, |end, c| {
            *end += c.width().unwrap_or(0);
            Some((*end, c))
        });
        ends.filter(|&(end, _)| end > from && end <= to).map(|(_, c)| c).collect()
    }
}
