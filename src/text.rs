//! The text of one draft, its lines and columns, and the folded view that matching works on.
//!
//! Positions are bytes everywhere ([`Span`]); [`Text::position`] turns one into line and column at the edge.
//! The [`Folded`] view is what the matcher reads: the same characters with width, quotation marks, inner spaces and soft line
//! wraps folded away, each with the place it came from. Real documents letter-space their titles, use full-width digits, and
//! break phrases over lines.

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
        let mut line_starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                line_starts.push(Span::new(at + 1, at + 1).start);
            }
        }
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
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        let column = self.string[start as usize..offset as usize].chars().count();
        Position { line: to_u32(line), column: to_u32(column + 1) }
    }

    /// For many positions in ascending order, at a cost that grows with the text and not with their number.
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

/// The number of characters a reader sees, white space aside: a character and what combines with it (a variation selector, an accent) count once.
pub fn count_characters(text: &str) -> usize {
    let combines = |c: char| matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f1e6}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}');
    // Finding the borders of what a reader sees is slow, and Chinese text hardly ever needs it.
    if text.chars().any(combines) {
        text.graphemes(true).filter(|seen| !seen.trim().is_empty()).count()
    } else {
        text.chars().filter(|c| !c.is_whitespace()).count()
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
        let line = to_u32(self.text.line_starts.partition_point(|&start| start <= offset));
        if line == self.position.line && offset >= self.offset {
            let between = Span { start: self.offset, end: offset };
            self.position.column += to_u32(between.of(&self.text.string).chars().count());
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

/// A stretch inside a block that is markup of the file's format and not what a reader sees: `**` in Markdown, `<b>` or `&ldquo;` in HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Markup {
    /// The bytes of the source.
    pub span: Span,
    /// The character it is read as; `None` for nothing.
    pub reads: Option<char>,
}

/// The text as the matcher sees it: one entry a character, each with the place it came from.
#[derive(Debug, Default)]
pub struct Folded {
    chars: Vec<char>,
    /// Byte span of the original character of each entry.
    starts: Vec<u32>,
    /// Where an entry stands for more than the one character at its start: markup that reads as a character.
    wide: Vec<Span>,
}

impl Folded {
    /// Folds `text` as the blocks of a document divide it; a line break stands between two blocks.
    pub fn new(text: &str, blocks: impl IntoIterator<Item = Span>) -> Self {
        let mut folded = Self::default();
        folded.refill(text, blocks);
        folded
    }

    /// The same into an existing buffer.
    pub fn refill(&mut self, text: &str, blocks: impl IntoIterator<Item = Span>) {
        self.refill_without(text, blocks, &[]);
    }

    /// The same, with `markup` (in order, not overlapping) left out or read as the character it stands for.
    pub fn refill_without(&mut self, text: &str, blocks: impl IntoIterator<Item = Span>, markup: &[Markup]) {
        self.chars.clear();
        self.starts.clear();
        self.wide.clear();
        // Growing by doubling would take twice the room of a long text. A break stands behind the last block, too.
        let most = text.chars().count() + 1;
        self.chars.reserve_exact(most);
        self.starts.reserve_exact(most);
        for block in blocks {
            let mut from = block.start;
            let first = markup.partition_point(|mark| mark.span.end <= block.start);
            for mark in markup[first..].iter().take_while(|mark| mark.span.end <= block.end) {
                self.push_stretch(text, Span { start: from, end: mark.span.start.max(from) });
                if let Some(c) = mark.reads.and_then(fold) {
                    self.chars.push(c);
                    self.starts.push(mark.span.start);
                    self.wide.push(mark.span);
                }
                from = mark.span.end;
            }
            self.push_stretch(text, Span { start: from, end: block.end });
            self.chars.push('\n');
            self.starts.push(block.end);
        }
    }

    fn push_stretch(&mut self, text: &str, stretch: Span) {
        let source = stretch.of(text);
        for (at, c) in source.char_indices() {
            let c = if c < '\u{80}' {
                match c {
                    '"' => straight_quote(&self.chars),
                    ' ' | '\t' | '\r' | '\n' => {
                        // A space keeps two Latin words apart and means nothing between Chinese characters.
                        let after = source[at + 1..].chars().next();
                        if self.chars.last().is_some_and(char::is_ascii_alphanumeric) && after.is_some_and(|c| c.is_ascii_alphanumeric()) {
                            ' '
                        } else {
                            continue;
                        }
                    }
                    _ => c,
                }
            } else {
                match fold(c) {
                    Some(c) => c,
                    None => continue,
                }
            };
            self.chars.push(c);
            self.starts.push(stretch.start + to_u32(at));
        }
    }

    /// The folded characters; blocks are separated by `'\n'`.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// The bytes of the original text that the folded characters `start..end` stand for; empty ranges name the place between two characters.
    pub fn span(&self, text: &str, start: usize, end: usize) -> Span {
        let first = self.starts.get(start).map_or(text.len(), |&n| n as usize);
        if end <= start {
            return Span::new(first, first);
        }
        let last = self.starts[end - 1] as usize;
        if let Ok(at) = self.wide.binary_search_by_key(&self.starts[end - 1], |wide| wide.start) {
            return Span::new(first, self.wide[at].range().end);
        }
        let width = text[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(first, last + width)
    }

    /// The same for a change to `words`: the place behind the last of them is not behind the spaces that follow.
    pub fn span_in(&self, text: &str, words: Span, start: usize, end: usize) -> Span {
        let span = self.span(text, start, end);
        if !span.is_empty() {
            return span;
        }
        let at = span.start.clamp(words.start, words.end);
        Span { start: at, end: at }
    }

    /// The index of the first folded character at or after byte `offset`.
    pub fn index(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start < offset)
    }
}

/// An ASCII quotation mark opens after an opening mark, a comma or nothing, and closes when one is open.
fn straight_quote(before: &[char]) -> char {
    let line = before.iter().rev().take_while(|&&c| c != '\n');
    match line.take(200).find(|c| matches!(c, '“' | '”')) {
        Some('“') => '”',
        _ => '“',
    }
}

/// One character without its width, or nothing where it only takes up room.
fn fold(c: char) -> Option<char> {
    Some(match c {
        '\u{3000}'
        | '\u{a0}'
        | '\u{2002}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{ad}' => {
            return None;
        }
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '「' | '『' | '〝' | '＂' => '“',
        '」' | '』' | '〞' => '”',
        _ => c,
    })
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
        assert_eq!([0, 3, quote, 0].map(|offset| cursor.position(offset)), [0, 3, quote, 0].map(|offset| text.position(offset)));
        assert_eq!(text.line_count(), 2);
        assert_eq!(text.line(1).map(|l| l.of(text.as_str())), Some("一、总体"));
    }

    #[test]
    fn what_combines_counts_once() {
        assert_eq!(count_characters("葛\u{e0100}城 区\n"), 3);
        assert_eq!(count_characters("工作 报告"), 4);
    }

    #[test]
    fn folding_drops_spaces_and_wraps_and_maps_back() {
        let source = "政 府 工\u{3000}作 报 告\n２０２１年";
        let folded = Folded::new(source, [Span::new(0, source.len())]);
        let chars: String = folded.chars().iter().collect();
        assert_eq!(chars, "政府工作报告2021年\n");
        assert_eq!(folded.span(source, 1, 4).of(source), "府 工\u{3000}作");
        assert_eq!(folded.span(source, 6, 10).of(source), "２０２１");
    }

    #[test]
    fn latin_words_keep_their_space() {
        let source = "使用 QQ mail 和\u{200b}微信";
        let folded = Folded::new(source, [Span::new(0, source.len())]);
        assert_eq!(folded.chars().iter().collect::<String>(), "使用QQ mail和微信\n");
    }

    #[test]
    fn markup_is_folded_away_and_maps_back() {
        let source = "增强**四个**&ldquo;意识&rdquo;，\n**坚定**";
        let mark = |at: usize, len: usize, reads| Markup { span: Span::new(at, at + len), reads };
        let stars: Vec<usize> = source.match_indices("**").map(|(at, _)| at).collect();
        let (open, close) = (source.find("&l").expect("there"), source.find("&r").expect("there"));
        let markup = [
            mark(stars[0], 2, None),
            mark(stars[1], 2, None),
            mark(open, 7, Some('“')),
            mark(close, 7, Some('”')),
            mark(stars[2], 2, None),
            mark(stars[3], 2, None),
        ];
        let line = source.find('\n').expect("there");
        let mut folded = Folded::default();
        folded.refill_without(source, [Span::new(0, line), Span::new(line + 1, source.len())], &markup);
        assert_eq!(folded.chars().iter().collect::<String>(), "增强四个“意识”，\n坚定\n");
        assert_eq!(folded.span(source, 0, 4).of(source), "增强**四个");
        assert_eq!(folded.span(source, 4, 8).of(source), "&ldquo;意识&rdquo;");
        assert_eq!(folded.span(source, 10, 12).of(source), "坚定");
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

    #[test]
    fn straight_quotes_become_a_pair() {
        let source = "增强\"四个意识\"";
        let folded = Folded::new(source, [Span::new(0, source.len())]);
        assert_eq!(folded.chars().iter().collect::<String>(), "增强“四个意识”\n");
    }
}
