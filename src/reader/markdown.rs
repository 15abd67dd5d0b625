//! Markdown: the text is the source, blocks are what it shows, and the marks inside them are [`Markup`].
//!
//! Line by line for the structure (headings, lists, quotes, tables, fenced code), then once over each block for what stands inside a line. It
//! follows `CommonMark` where drafts need it. Numbers of lists stay: in a report `1.` is a section number. A `*` or `__` that
//! `CommonMark` does not pair stays text, since a writer may mean a blank to fill.

use super::html;
use crate::document::{Block, BlockKind, Document, Encoding, Format};
use crate::span::Span;
use crate::text::{self, Markup, Text};

/// Reads decoded Markdown.
pub fn read(name: &str, source: String, encoding: Encoding) -> Document {
    let text = Text::new(source);
    let mut structure = Structure { source: text.as_str(), blocks: Vec::new(), markup: Vec::new(), open: false };
    structure.read(&text);
    let Structure { blocks, mut markup, .. } = structure;
    for block in &blocks {
        inline(text.as_str(), block.span, &mut markup);
    }
    markup.sort_unstable_by_key(|mark| (mark.span.start, mark.span.end));
    // Marks at the start of continuation lines may lie inside a longer one, such as a comment.
    let mut end = 0;
    markup.retain(|mark| {
        mark.span.start >= end && {
            end = mark.span.end;
            true
        }
    });
    Document { markup, ..Document::new(name, Format::Markdown(encoding), text, blocks) }
}

/// The first pass.
struct Structure<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    markup: Vec<Markup>,
    /// The last block is a paragraph that the next line may continue.
    open: bool,
}

impl Structure<'_> {
    fn read(&mut self, text: &Text) {
        let lines: Vec<Span> = text.lines().collect();
        let shown = |n: usize| lines.get(n).map(|line| line.of(self.source).trim_end());
        let mut rest = lines.as_slice();
        // Front matter, if it ends at all.
        if shown(0) == Some("---")
            && let Some(end) = (1..lines.len()).find(|&n| matches!(shown(n), Some("---" | "...")))
        {
            rest = &lines[end + 1..];
        }
        let mut rest = rest.iter();
        while let Some(&line) = rest.next() {
            let shown = line.of(self.source);
            if let Some(fence) = fence(shown) {
                let closes = |line: &Span| {
                    let line = line.of(self.source).trim();
                    line.starts_with(fence) && line.trim_start_matches(&fence[..1]).is_empty()
                };
                rest.by_ref().find(|line| closes(line));
                self.open = false;
                continue;
            }
            self.line(line);
        }
    }

    fn line(&mut self, line: Span) {
        let shown = line.of(self.source);
        let body = content(shown);
        let rest = &shown[body..];
        if rest.trim().is_empty() {
            self.open = false;
            return;
        }
        if let Some(level) = self.underline(rest.trim()) {
            if let Some(block) = self.blocks.last_mut().filter(|_| level > 0) {
                block.level = level;
                block.kind = BlockKind::Heading;
            }
            self.open = false;
            return;
        }
        let start = line.range().start + body;
        if let Some((level, from, to)) = heading(rest) {
            self.push(BlockKind::Heading, start + from, start + to, level);
            self.open = false;
        } else if is_table_row(rest) {
            self.row(start, rest);
        } else {
            let end = start + rest.trim_end().len();
            let continues = self.open && body == shown.len() - shown.trim_start().len();
            match self.blocks.last_mut() {
                Some(last) if continues && !text::divides(last.span.of(self.source), rest) => {
                    if let Some(gap) = (body > 0).then(|| Span::new(line.range().start, start)) {
                        self.markup.push(Markup { span: gap, reads: None });
                    }
                    last.span = last.span.cover(Span::new(start, end));
                }
                _ => self.push(BlockKind::Paragraph, start, end, 0),
            }
            self.open = true;
        }
    }

    /// A line of `=` or `-` under a paragraph makes it a heading; 0 is a rule of its own.
    fn underline(&self, line: &str) -> Option<u8> {
        let all = |c: char| line.chars().all(|each| each == c);
        match () {
            () if self.open && all('=') => Some(1),
            () if self.open && all('-') => Some(2),
            () if line.len() >= 3 && ['-', '*', '_'].into_iter().any(|c| line.chars().all(|each| each == c || each == ' ')) => Some(0),
            () => None,
        }
    }

    /// The cells of a table row; the row that only draws the line under the head has none.
    fn row(&mut self, start: usize, row: &str) {
        self.open = false;
        let drawn = row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
        let mut at = start;
        for cell in row.split('|') {
            let inner = cell.trim();
            if !inner.is_empty() && !drawn {
                let from = at + cell.len() - cell.trim_start().len();
                self.push(BlockKind::TableCell, from, from + inner.len(), 0);
            }
            at += cell.len() + 1;
        }
    }

    fn push(&mut self, kind: BlockKind, start: usize, end: usize, level: u8) {
        if start < end {
            self.blocks.push(Block { kind, span: Span::new(start, end), level, label: 0 });
        }
    }
}

/// Where a line's own text begins: behind indentation, quotation and bullets.
fn content(line: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &line[at..];
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{3000}']);
        at += rest.len() - trimmed.len();
        let Some(after) = trimmed.strip_prefix(['>', '-', '+', '*']) else { return at };
        let bullet = !trimmed.starts_with('>');
        if bullet && !after.starts_with([' ', '\t']) {
            return at;
        }
        at += 1;
    }
}

/// The fence a line opens.
fn fence(line: &str) -> Option<&'static str> {
    ["```", "~~~"].into_iter().find(|fence| line.trim_start().starts_with(fence))
}

/// The level of an ATX heading and where its text stands in the line.
fn heading(line: &str) -> Option<(u8, usize, usize)> {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &line[hashes..];
    if !(1..=6).contains(&hashes) || !rest.starts_with([' ', '\t', '\u{3000}']) {
        return None;
    }
    let text = rest.trim_end().trim_end_matches('#').trim_end();
    let from = hashes + text.len() - text.trim_start().len();
    Some((u8::try_from(hashes).ok()?, from, (hashes + text.len()).max(from)))
}

fn is_table_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
}

/// The second pass: marks inside one block.
fn inline(source: &str, block: Span, markup: &mut Vec<Markup>) {
    let text = block.of(source);
    let mut mark = |from: usize, to: usize, reads: Option<char>| {
        let base = block.range().start;
        markup.push(Markup { span: Span::new(base + from, base + to), reads });
    };
    // Runs of * _ ~ that may open emphasis, with the place and what is left of them.
    let mut openers: Vec<(char, usize, usize)> = Vec::new();
    // Open brackets: place and whether it is an image.
    let mut brackets: Vec<(usize, bool)> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let step = match c {
            '\\' => match rest[1..].chars().next() {
                Some(next) if next.is_ascii_punctuation() => {
                    mark(at, at + 1, None);
                    2
                }
                _ => 1,
            },
            '`' => {
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                match rest[ticks..].find(&rest[..ticks]) {
                    Some(inner) => {
                        mark(at, at + ticks, None);
                        mark(at + ticks + inner, at + ticks * 2 + inner, None);
                        ticks * 2 + inner
                    }
                    None => ticks,
                }
            }
            '<' => match html::tag_length(rest) {
                Some(length) => {
                    mark(at, at + length, None);
                    length
                }
                None => 1,
            },
            '&' => match html::entity(rest) {
                Some((reads, length)) => {
                    mark(at, at + length, Some(reads));
                    length
                }
                None => 1,
            },
            '!' if rest[1..].starts_with('[') => {
                brackets.push((at, true));
                2
            }
            '[' => {
                brackets.push((at, false));
                1
            }
            ']' => match (brackets.pop(), link_target(&rest[1..])) {
                (Some((open, true)), Some(length)) => {
                    mark(open, at + 1 + length, None);
                    1 + length
                }
                (Some((open, false)), Some(length)) => {
                    mark(open, open + 1, None);
                    mark(at, at + 1 + length, None);
                    1 + length
                }
                _ => 1,
            },
            '*' | '_' | '~' => {
                let run = rest.len() - rest.trim_start_matches(c).len();
                let before = text[..at].chars().next_back();
                let after = rest[run..].chars().next();
                emphasis(c, at, run, before, after, &mut openers, &mut mark);
                run
            }
            c => c.len_utf8(),
        };
        at += step;
    }
}

/// Closes and opens emphasis at a run of `run` marks at byte `at` (`CommonMark` 6.2, without its rule of three).
fn emphasis(
    c: char,
    at: usize,
    run: usize,
    before: Option<char>,
    after: Option<char>,
    openers: &mut Vec<(char, usize, usize)>,
    mark: &mut impl FnMut(usize, usize, Option<char>),
) {
    let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let punctuation = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let left = !space(after) && (!punctuation(after) || space(before) || punctuation(before));
    let right = !space(before) && (!punctuation(before) || space(after) || punctuation(after));
    let (opens, closes) = match c {
        '_' => (left && (!right || punctuation(before)), right && (!left || punctuation(after))),
        '~' => (left && run == 2, right && run == 2),
        _ => (left, right),
    };
    let (mut at, mut left_over) = (at, run);
    while closes && left_over > 0 {
        let Some(place) = openers.iter().rposition(|opener| opener.0 == c) else { break };
        openers.truncate(place + 1);
        let (_, from, count) = openers[place];
        let used = count.min(left_over).min(2);
        mark(from + count - used, from + count, None);
        mark(at, at + used, None);
        at += used;
        left_over -= used;
        if count == used {
            openers.pop();
        } else {
            openers[place].2 -= used;
        }
    }
    if opens && left_over > 0 {
        openers.push((c, at, left_over));
    }
}

/// Length of `(url)` or `[reference]` behind a closing bracket.
fn link_target(rest: &str) -> Option<usize> {
    let (open, close) = match rest.chars().next()? {
        '(' => ('(', ')'),
        '[' => ('[', ']'),
        _ => return None,
    };
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '\n' => return None,
            c if c == open => depth += 1,
            c if c == close => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(source: &str) -> Vec<(BlockKind, u8, String)> {
        let document = read("x.md", source.to_owned(), Encoding::Utf8 { bom: false });
        document.blocks.iter().map(|block| (block.kind, block.level, document.shown(block).into_owned())).collect()
    }

    fn paragraph(text: &str) -> (BlockKind, u8, String) {
        (BlockKind::Paragraph, 0, text.to_owned())
    }

    #[test]
    fn headings_lists_quotes_and_tables_lose_their_marks() {
        let source = "---\ntitle: x\n---\n# 一、总体情况 #\n\n> 引用\n\n- 条目一\n* 条目二\n\n副标题\n---\n\n| 项目 | 数量 |\n|---|---:|\n| 会议 | xx次 |\n\n```\ncode\n```\n1. 第一\n";
        assert_eq!(
            shown(source),
            [
                (BlockKind::Heading, 1, "一、总体情况".into()),
                paragraph("引用"),
                paragraph("条目一"),
                paragraph("条目二"),
                (BlockKind::Heading, 2, "副标题".into()),
                (BlockKind::TableCell, 0, "项目".into()),
                (BlockKind::TableCell, 0, "数量".into()),
                (BlockKind::TableCell, 0, "会议".into()),
                (BlockKind::TableCell, 0, "xx次".into()),
                paragraph("1. 第一"),
            ]
        );
    }

    #[test]
    fn inline_marks_are_markup() {
        let source = "增强**四个意识**，坚定*四个*[自信](http://a.b/c_(d))，`码`&ldquo;两个&rdquo;<br>维护\\*。![图](x.png)";
        assert_eq!(shown(source), [paragraph("增强四个意识，坚定四个自信，码“两个”维护*。")]);
    }

    #[test]
    fn blanks_that_pair_with_nothing_stay() {
        let source = "开展__次，检查 ** 户，发现*个问题，整改__%，a_b_c。";
        assert_eq!(shown(source), [paragraph(source)]);
    }

    #[test]
    fn lines_of_one_paragraph_are_one_block_unless_a_number_begins_one() {
        let source = "坚持稳中求进\n工作总基调。\n一、工作情况\n二、存在问题\n";
        assert_eq!(shown(source), [paragraph("坚持稳中求进\n工作总基调。"), paragraph("一、工作情况"), paragraph("二、存在问题")]);
    }

    #[test]
    fn positions_are_those_of_the_source() {
        let source = "# 报告\n\n增强**四个**意识";
        let document = read("x.md", source.to_owned(), Encoding::Utf8 { bom: false });
        assert_eq!(document.text.as_str(), source);
        assert_eq!(document.text_of(&document.blocks[1]), "增强**四个**意识");
    }
}
