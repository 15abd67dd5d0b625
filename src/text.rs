//! The text of one draft, its lines and columns, and the folded view that matching works on.
//!
//! Positions are bytes everywhere ([`Span`]); [`Text::position`] turns one into line and column at the edge.
//! The [`Folded`] view is what the matcher reads: the same characters with width, quotation marks, inner spaces and soft line
//! wraps folded away, each with the place it came from. Real documents letter-space their titles, use full-width digits, and
//! break phrases over lines.

mod folded;

pub use folded::{Folded, Markup};

use unicode_segmentation::UnicodeSegmentation;

use crate::span::Span;

/// A string with an index of its lines.
#[derive(Debug, Clone, Default)]
pub struct Text {
    string: String,
    /// Byte offset of the first character of each line.
    line_starts: Vec<u32>,
}

/// A place for people: both numbers count from 1, columns in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Text {
    /// Indexes the lines of `string`; `\n`, `\r\n` and a lone `\r` end a line.
    pub fn new(string: String) -> Self {
        let bytes = string.as_bytes();
        let ends_line = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(ends_line);
        let line_starts = [0].into_iter().chain(ends.map(|end| to_u32(end + 1))).collect();
        Self { string, line_starts }
    }

    /// The whole string.
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Number of lines; a final line break opens no further line unless something follows it.
    pub fn line_count(&self) -> usize {
        self.lines().count()
    }

    /// The lines in order, without their line breaks.
    pub fn lines(&self) -> impl Iterator<Item = Span> + '_ {
        let ends = self.line_starts.iter().skip(1).map(|&n| n as usize).chain([self.string.len()]);
        let last = self.line_starts.len() - 1;
        self.line_starts.iter().zip(ends).enumerate().filter_map(move |(n, (&start, end))| {
            let start = start as usize;
            (n != last || start < end).then(|| {
                let line = self.string[start..end].trim_end_matches(['\r', '\n']);
                Span::new(start, start + line.len())
            })
        })
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.line_starts[line as usize - 1];
        let column = self.string[start as usize..offset as usize].chars().count();
        Position { line, column: to_u32(column + 1) }
    }

    /// The line (from 1) of a byte offset; unlike the column it costs nothing in a long line.
    pub fn line_of(&self, offset: u32) -> u32 {
        to_u32(self.line_starts.partition_point(|&start| start <= offset))
    }

    /// For many positions, each near the one before: what one costs is the distance between them, or that from the beginning of another line.
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { text: self, offset: 0, position: Position { line: 1, column: 1 } }
    }

    /// The span of the line (from 1) without its line break.
    pub fn line(&self, line: u32) -> Option<Span> {
        let start = *self.line_starts.get(line.checked_sub(1)? as usize)? as usize;
        let end = self.line_starts.get(line as usize).map_or(self.string.len(), |&n| n as usize);
        let text = self.string[start..end].trim_end_matches(['\r', '\n']);
        Some(Span::new(start, start + text.len()))
    }

    /// The paragraphs of plain text: its non-blank lines, hard-wrapped lines joined.
    ///
    /// A file counts as hard-wrapped when a good part of its longer lines end at the same width without ending a sentence; only
    /// then is a line that reaches that width joined with the next one. One paragraph a line is the rule otherwise.
    pub fn paragraphs(&self) -> Vec<Span> {
        let lines: Vec<Span> = self.lines().collect();
        let wrap = wrap_width(lines.iter().map(|line| line.of(&self.string)));
        let mut paragraphs: Vec<Span> = Vec::new();
        let mut open = false;
        for line in lines {
            let text = line.of(&self.string);
            if text.trim().is_empty() {
                open = false;
                continue;
            }
            match paragraphs.last_mut() {
                Some(last) if open && !begins_paragraph(text) => *last = last.cover(line),
                _ => paragraphs.push(line),
            }
            open = wrap.is_some_and(|width| runs_on(text, width));
        }
        paragraphs
    }
}

/// A Chinese character of the basic block.
pub(crate) const fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Particles, conjunctions and the like, which prose adds to fixed wording and leaves out of it.
pub(crate) fn is_function(c: char) -> bool {
    "的地得了着和与及或同之而以等更要把将是在".contains(c)
}

/// The number of characters a reader sees, white space aside: a character and what combines with it (a variation selector, an accent) count once.
pub fn count_characters(text: &str) -> usize {
    let combines = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f1e6}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}');
    let mut count = 0;
    for c in text.chars() {
        match c {
            '\u{4e00}'..='\u{9fff}' => count += 1,
            // Finding the borders of what a reader sees is slow, and Chinese text hardly ever needs it.
            _ if combines(c) => return text.graphemes(true).filter(|seen| !seen.trim().is_empty()).count(),
            _ => count += usize::from(!c.is_whitespace()),
        }
    }
    count
}

/// Whether `c` is a letter or a digit in any writing: `char::is_alphanumeric` with a short way for what Chinese text is made of.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{4e00}'..='\u{9fff}' => true,
        '，' | '。' | '、' | '；' | '：' | '“' | '”' => false,
        _ => c.is_alphanumeric(),
    }
}

/// Turns byte offsets into positions, each from the one before where that is possible.
#[derive(Debug, Clone)]
pub struct Cursor<'a> {
    text: &'a Text,
    offset: u32,
    position: Position,
}

impl Cursor<'_> {
    /// Line and column of a byte offset.
    pub fn position(&mut self, offset: u32) -> Position {
        let line = self.text.line_of(offset);
        if line == self.position.line {
            let between = Span { start: self.offset.min(offset), end: self.offset.max(offset) };
            let distance = to_u32(between.of(&self.text.string).chars().count());
            self.position.column = if offset < self.offset { self.position.column - distance } else { self.position.column + distance };
        } else {
            self.position = self.text.position(offset);
        }
        self.offset = offset;
        self.position
    }
}

/// The width at which the lines of a hard-wrapped file end, in characters; `None` where lines are paragraphs.
fn wrap_width<'a>(lines: impl Iterator<Item = &'a str>) -> Option<usize> {
    /// Lines shorter than this are titles, list items and ends of paragraphs.
    const SHORTEST: usize = 16;
    /// Longer lines are whole paragraphs: nobody wraps there.
    const LONGEST: usize = 120;
    let mut widths = [0_u32; LONGEST + 1];
    let mut long = 0_u32;
    for line in lines {
        let width = line.trim_end().chars().count();
        if width >= SHORTEST {
            long += 1;
            if width <= LONGEST && !ends_sentence(line) {
                widths[width] += 1;
            }
        }
    }
    // Lines of mixed Latin and Chinese end a character or two earlier, so a band of three widths counts together.
    let (width, band) = (SHORTEST..=LONGEST - 2).map(|w| (w, widths[w] + widths[w + 1] + widths[w + 2])).max_by_key(|&(w, n)| (n, w))?;
    (band >= 4 && band * 3 >= long).then_some(width)
}

fn runs_on(line: &str, wrap: usize) -> bool {
    let width = line.trim_end().chars().count();
    width >= wrap && width <= wrap + 6 && !ends_sentence(line)
}

/// Whether a paragraph ends at a line break between these two lines: the first ends a sentence, or the second opens like a paragraph.
/// For formats in which a line break inside a paragraph may be either.
pub(crate) fn divides(line: &str, next: &str) -> bool {
    ends_sentence(line) || begins_paragraph(next)
}

/// The pieces of `span` between the line breaks that divide paragraphs; one `\n` stands between two pieces.
pub(crate) fn divided(text: &str, span: Span) -> Vec<Span> {
    let range = span.range();
    let mut pieces = Vec::new();
    let mut from = range.start;
    for (at, _) in span.of(text).match_indices('\n') {
        let at = range.start + at;
        let next = text[at + 1..range.end].lines().next().unwrap_or_default();
        if from < at && divides(&text[from..at], next) {
            pieces.push(Span::new(from, at));
            from = at + 1;
        }
    }
    pieces.push(Span::new(from, range.end));
    pieces
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['。', '！', '？', '：', '；', '…', '”', '）', ':', '!', '?'])
}

/// An indented line, or one that opens with a section number, begins a paragraph whatever the line before it looks like.
fn begins_paragraph(line: &str) -> bool {
    line.starts_with(['\u{3000}', ' ', '\t', '（', '—', '●', '■', '◆', '*', '#'])
        || line.chars().take(4).collect::<String>().contains(['、', '．'])
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let text = Text::new("一、总体\r\n做到“两个维护”\n".into());
        assert_eq!(text.position(0), Position { line: 1, column: 1 });
        let quote = text.as_str().find('“').expect("quote") as u32;
        assert_eq!(text.position(quote), Position { line: 2, column: 3 });
        let mut cursor = text.cursor();
        let offsets = [0, 3, quote + 3, quote, quote + 6, 0];
        assert_eq!(offsets.map(|offset| cursor.position(offset)), offsets.map(|offset| text.position(offset)));
        assert_eq!(text.line_count(), 2);
        assert_eq!(text.line(1).map(|l| l.of(text.as_str())), Some("一、总体"));
    }

    #[test]
    fn what_combines_counts_once() {
        assert_eq!(count_characters("葛\u{e0100}城 区\n"), 3);
        assert_eq!(count_characters("工作 报告"), 4);
    }

    #[test]
    fn hard_wrapped_lines_are_one_paragraph_and_plain_lines_are_not() {
        let line = "坚持稳中求进工作总基调和新发展理念推动各项工作落地见效";
        let wrapped = format!("{line}\n{line}\n{line}\n{line}\n{line}\n完成。\n下一段。\n");
        let text = Text::new(wrapped);
        assert_eq!(text.paragraphs().len(), 2);
        let plain = Text::new("第一段内容很短\n第二段内容也短\n（一）标题\n".into());
        assert_eq!(plain.paragraphs().len(), 3);
    }
}
