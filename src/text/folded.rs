//! The text as the matcher sees it, with the map back to the text as it is written.

use std::ops::Range;

use super::{is_han, to_u32};
use crate::span::Span;

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
    /// The entries that are landmarks.
    landmarks: Vec<Landmark>,
}

/// An entry from which some rule begins.
#[derive(Debug, Clone, Copy)]
struct Landmark {
    at: u32,
    /// The [`kind`] of its character.
    kind: u8,
}

/// Characters fall into 64 kinds, so that one look at a word of 64 bits says whether a character may be one of those wanted.
#[inline]
const fn kind(c: char) -> u8 {
    ((c as u32).wrapping_mul(0x9e37_79b1) >> 26) as u8
}

/// The Han characters that some rule begins from. With x, X and all that is neither a Han character nor a Latin letter they are the
/// landmarks of a text, noted while it is folded: a rule that asks where 年 or a bracket stands need not look through all of it.
const SIGNS: [char; 20] =
    ['年', '月', '至', '到', '千', '百', '三', '分', '的', '其', '局', '委', '厅', '部', '简', '届', '大', '次', '某', '下'];

/// A bit for each Han character.
static IS_SIGN: [u64; 0x5200 / 64] = {
    let mut bits = [0; 0x5200 / 64];
    let mut n = 0;
    while n < SIGNS.len() {
        let place = SIGNS[n] as usize - 0x4e00;
        bits[place / 64] |= 1 << (place % 64);
        n += 1;
    }
    bits
};

#[inline]
fn is_landmark(c: char) -> bool {
    let place = (c as usize).wrapping_sub(0x4e00);
    match IS_SIGN.get(place / 64) {
        Some(bits) => bits >> (place % 64) & 1 == 1,
        None => !c.is_ascii_alphabetic() || matches!(c, 'x' | 'X'),
    }
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
        self.landmarks.clear();
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
                    self.push(c, mark.span.start);
                    self.wide.push(mark.span);
                }
                from = mark.span.end;
            }
            self.push_stretch(text, Span { start: from, end: block.end });
            self.push('\n', block.end);
        }
    }

    #[inline]
    fn push(&mut self, c: char, start: u32) {
        if is_landmark(c) {
            self.landmarks.push(Landmark { at: to_u32(self.chars.len()), kind: kind(c) });
        }
        self.chars.push(c);
        self.starts.push(start);
    }

    fn push_stretch(&mut self, text: &str, stretch: Span) {
        let source = stretch.of(text);
        for (at, c) in source.char_indices() {
            let c = match c {
                _ if is_han(c) => c,
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
                '\0'..='\x7f' => c,
                _ => match fold(c) {
                    Some(c) => c,
                    None => continue,
                },
            };
            self.push(c, stretch.start + to_u32(at));
        }
    }

    /// The folded characters; blocks are separated by `'\n'`.
    pub fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Where the characters `wanted` stand, in text order, each with the character. Only landmarks can be asked for.
    #[inline]
    pub fn places_of(&self, wanted: &'static [char]) -> impl Iterator<Item = (usize, char)> + '_ {
        self.among(&self.landmarks, wanted)
    }

    /// The same for the folded characters of `range` alone.
    #[inline]
    pub fn places_in(&self, range: Range<usize>, wanted: &'static [char]) -> impl Iterator<Item = (usize, char)> + '_ {
        let place = |at: usize| self.landmarks.partition_point(|landmark| (landmark.at as usize) < at);
        self.among(&self.landmarks[place(range.start)..place(range.end)], wanted)
    }

    #[inline]
    fn among<'a>(&'a self, landmarks: &'a [Landmark], wanted: &'static [char]) -> impl Iterator<Item = (usize, char)> + 'a {
        debug_assert!(wanted.iter().all(|&c| is_landmark(c)), "add to SIGNS: {wanted:?}");
        let kinds = wanted.iter().fold(0_u64, |kinds, &c| kinds | 1 << kind(c));
        let may_be_wanted = landmarks.iter().filter(move |landmark| kinds >> landmark.kind & 1 == 1);
        may_be_wanted.map(|landmark| (landmark.at as usize, self.chars[landmark.at as usize])).filter(move |(_, c)| wanted.contains(c))
    }

    /// The folded characters of each block, without the `'\n'` behind it.
    pub fn lines(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        let mut start = 0;
        self.places_of(&['\n']).map(move |(end, _)| std::mem::replace(&mut start, end + 1)..end)
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn landmarks_are_where_a_search_finds_them() {
        const WANTED: &[char] = &['年', '的', '次', '、', '（', 'x', '1', '\n'];
        let source = "一、2021年的工作：\n　　（一）开展督查xx次。";
        let blocks = [Span::new(0, source.find('\n').expect("there")), Span::new(source.find('\n').expect("there") + 1, source.len())];
        let folded = Folded::new(source, blocks);
        let searched = folded.chars().iter().copied().enumerate().filter(|(_, c)| WANTED.contains(c));
        assert!(folded.places_of(WANTED).eq(searched));
        assert!(folded.lines().eq([0..11, 12..folded.chars().len() - 1]));
    }

    #[test]
    fn straight_quotes_become_a_pair() {
        let source = "增强\"四个意识\"";
        let folded = Folded::new(source, [Span::new(0, source.len())]);
        assert_eq!(folded.chars().iter().collect::<String>(), "增强“四个意识”\n");
    }
}
