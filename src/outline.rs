//! The section tree of a report: 一、 / （一） / 1. / （1） of GB/T 9704—2012, 7.3.3, and the 章/节/条 of regulations.
//!
//! A section opens where a block begins with a number label; the label decides its level, whatever style the heading is set in.
//! Labels are recorded as they are written, with half-width brackets or the wrong mark after them, so that the rules can say
//! what is wrong with them; what only looks like a label (“一、二、三级医院”, “1.5万亩”, “1992年”) opens nothing.
//! The items 一是…二是… inside a paragraph are counted apart.

use std::ops::Range;

use crate::document::{BlockKind, Document};
use crate::numeral;
use crate::span::Span;
use crate::text::count_characters;

/// The sections of one draft, in text order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    sections: Vec<Section>,
    items: Vec<Item>,
}

/// One numbered section or article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Where its label puts it.
    pub level: Level,
    /// The label as written.
    pub label: Label,
    /// The heading: the rest of the block where that is short, else up to the first sentence's end. Without the mark that ends it.
    pub title: Span,
    /// The blocks it extends over, the one with the label first; its subsections lie inside.
    pub blocks: Range<usize>,
    /// The line of its label, from 1.
    pub line: u32,
    /// The section it belongs to, as an index.
    pub parent: Option<usize>,
    /// The section before it at the same level in the same parent, as an index. Attachments (附件) begin afresh.
    pub previous: Option<usize>,
}

/// The depth a label stands for; a smaller level encloses the greater ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 第一编, 第一篇, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Division,
    /// 第一条
    Article,
    /// 一、
    One,
    /// （一）
    Two,
    /// 1.
    Three,
    /// （1）
    Four,
    /// ① and 1）
    Five,
}

/// A number label as written, e.g. “（一）” or “1、”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// From the opening bracket or number to the mark after it.
    pub span: Span,
    /// Its value.
    pub number: u32,
    /// What the number is written in.
    pub numeral: Numeral,
    /// The bracket before the number.
    pub open: Option<char>,
    /// The bracket after the number.
    pub close: Option<char>,
    /// The mark at the end.
    pub mark: Option<char>,
}

/// What a number is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numeral {
    /// 一二三
    Han,
    /// 123 or １２３
    Digit,
    /// One character for the whole label: ①, ⑴, ⒈, ㈠
    Symbol,
}

/// One item of a run 一是…二是…
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Whether it reads 一是 or 一要.
    pub form: ItemForm,
    /// Its value.
    pub number: u32,
    /// The words 一是.
    pub span: Span,
    /// The block it stands in.
    pub block: usize,
}

/// The two ways of counting inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemForm {
    /// 一是…二是…
    Is,
    /// 一要…二要…
    Must,
}

impl Outline {
    /// Reads the sections off the beginnings of the blocks. Linear in the length of the text.
    pub fn of(document: &Document) -> Self {
        let text = document.text.as_str();
        let mut builder = Builder::default();
        for (index, block) in document.blocks.iter().enumerate() {
            if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading) {
                continue;
            }
            let seen = without_markup(document, block.span);
            let source = seen.of(text);
            if opens_attachment(source) {
                builder.close(Level::Part, index);
                builder.last = Default::default();
            } else if let Some((level, label)) = builder.accept(text, seen) {
                builder.open(document, index, level, label, seen.end);
            }
            find_items(source, seen.start as usize, index, &mut builder.outline.items);
        }
        builder.close(Level::Part, document.blocks.len());
        builder.outline
    }

    /// The sections in text order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The items 一是, 一要 in text order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The number of sections of each level that occurs, the outermost first.
    pub fn counts(&self) -> impl Iterator<Item = (Level, usize)> + '_ {
        let count = |level| self.sections.iter().filter(|section| section.level == level).count();
        Level::ALL.into_iter().map(move |level| (level, count(level))).filter(|&(_, n)| n > 0)
    }

    /// The direct subsections of a section, or the outermost sections for `None`.
    pub fn children(&self, parent: Option<usize>) -> impl Iterator<Item = (usize, &Section)> {
        let range = match parent {
            // The subsections follow their parent at once and end before its next sibling.
            Some(index) => index + 1..self.sections.len(),
            None => 0..self.sections.len(),
        };
        let enclosing = parent.map(|index| self.sections[index].level);
        range
            .map(|index| (index, &self.sections[index]))
            .take_while(move |(_, section)| enclosing.is_none_or(|level| section.level > level))
            .filter(move |(_, section)| section.parent == parent)
    }
}

impl Section {
    /// Its characters with all its subsections, white space aside.
    pub fn characters(&self, document: &Document) -> usize {
        document.blocks[self.blocks.clone()].iter().map(|block| count_characters(&document.shown(block))).sum()
    }
}

impl Level {
    /// All levels, the outermost first.
    pub const ALL: [Self; 9] =
        [Self::Part, Self::Chapter, Self::Division, Self::Article, Self::One, Self::Two, Self::Three, Self::Four, Self::Five];

    /// The name in data: the level number of the scheme 一、（一）1.（1）, else the unit of the label.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Part => "部分",
            Self::Chapter => "章",
            Self::Division => "节",
            Self::Article => "条",
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::Five => "5",
        }
    }

    /// The label of this level and `number` in canonical form, e.g. “（三）”.
    pub fn label(self, number: u32) -> String {
        let han = || numeral::write(number);
        match self {
            Self::Part => format!("第{}部分", han()),
            Self::Chapter => format!("第{}章", han()),
            Self::Division => format!("第{}节", han()),
            Self::Article => format!("第{}条", han()),
            Self::One => format!("{}、", han()),
            Self::Two => format!("（{}）", han()),
            Self::Three => format!("{number}."),
            Self::Four => format!("（{number}）"),
            Self::Five => format!("{number}）"),
        }
    }

    /// Whether the label of `number` stands anywhere in `text`, also inside a paragraph, where the line break before it was lost.
    pub fn occurs(self, number: u32, text: &str) -> bool {
        let han = numeral::write(number);
        match self {
            Self::Two => text.contains(&format!("（{han}）")) || text.contains(&format!("({han})")),
            Self::Three => ['.', '．', '、'].into_iter().any(|mark| {
                let label = format!("{number}{mark}");
                text.match_indices(&label).any(|(at, _)| {
                    let figure = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
                    !figure(text[..at].chars().next_back()) && !figure(text[at + label.len()..].chars().next())
                })
            }),
            _ => {
                let label = self.label(number);
                text.contains(&label) || text.contains(&label.replacen(&han, &number.to_string(), 1))
            }
        }
    }
}

/// The tree as it grows.
#[derive(Default)]
struct Builder {
    outline: Outline,
    /// The open section of each level.
    open: [Option<usize>; Level::ALL.len()],
    /// The last number seen at each level since the attachment began, whatever its parent.
    last: [Option<u32>; Level::ALL.len()],
}

impl Builder {
    /// The label at the start of a block, unless it is one only by chance.
    fn accept(&self, text: &str, block: Span) -> Option<(Level, Label)> {
        let found = scan_label(block.of(text))?;
        let continues = self.last[found.level as usize].is_some_and(|last| last + 1 == found.label.number);
        (found.certain || continues).then(|| {
            let Span { start, end } = found.label.span;
            let span = Span { start: start + block.start, end: end + block.start };
            (found.level, Label { span, ..found.label })
        })
    }

    /// Begins a section; its block ends at byte `end`.
    fn open(&mut self, document: &Document, block: usize, level: Level, label: Label, end: u32) {
        let previous = self.open[level as usize];
        self.close(level, block);
        let text = document.text.as_str();
        let index = self.outline.sections.len();
        self.outline.sections.push(Section {
            level,
            label,
            title: title(text, Span { start: label.span.end, end }),
            blocks: block..block + 1,
            line: document.text.position(label.span.start).line,
            parent: self.open[..level as usize].iter().rev().find_map(|&open| open),
            previous,
        });
        self.open[level as usize] = Some(index);
        self.last[level as usize] = Some(label.number);
    }

    /// Ends the open sections of `level` and below before `block`.
    fn close(&mut self, level: Level, block: usize) {
        for open in &mut self.open[level as usize..] {
            if let Some(index) = open.take() {
                self.outline.sections[index].blocks.end = block;
            }
        }
    }
}

/// What stands at the start of a block; `certain` where only a label looks like it, else it must continue a sequence.
struct Found {
    level: Level,
    label: Label,
    certain: bool,
}

/// Reads a label off the start of `source`; its span counts from there.
fn scan_label(source: &str) -> Option<Found> {
    let mut scanner = Scanner { source, at: 0 };
    scanner.skip_spaces();
    let start = scanner.at;
    let first = scanner.peek()?;
    let mut label = Label { span: Span::default(), number: 0, numeral: Numeral::Han, open: None, close: None, mark: None };
    let (level, certain) = match first {
        '第' => {
            scanner.bump();
            label.number = scanner.number(&mut label.numeral)?;
            scanner.unit()?
        }
        '（' | '(' => {
            label.open = scanner.bump();
            scanner.skip_spaces();
            label.number = scanner.number(&mut label.numeral)?;
            scanner.skip_spaces();
            label.close = Some(scanner.bump_if(|c| matches!(c, '）' | ')'))?);
            // A wrapped line may go on from “第三条第” with “（二）项”.
            if scanner.starts_with_reference() {
                return None;
            }
            label.mark = scanner.bump_if(|c| matches!(c, '、' | '.' | '．'));
            (if label.numeral == Numeral::Han { Level::Two } else { Level::Four }, true)
        }
        _ => {
            if let Some((level, number)) = symbol(first) {
                scanner.bump();
                label.number = number;
                label.numeral = Numeral::Symbol;
                (level, true)
            } else {
                label.number = scanner.number(&mut label.numeral)?;
                scanner.mark_of_plain_number(&mut label)?
            }
        }
    };
    let rest = source[scanner.at..].trim();
    // A label alone heads nothing, save 第一章, whose title may follow on a line of its own.
    let named = level < Level::One;
    let misplaced = (rest.is_empty() && !named) || rest.starts_with(['。', '，', '；', '、', '）', ')', '”', '》', ',', ';', '：']);
    if misplaced || is_contents_entry(rest) {
        return None;
    }
    label.span = Span::new(start, scanner.at);
    Some(Found { level, label, certain })
}

/// A place in the start of a block.
struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn bump_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        self.peek().filter(|&c| wanted(c)).and_then(|_| self.bump())
    }

    fn skip_spaces(&mut self) {
        while self.bump_if(is_space).is_some() {}
    }

    /// A number of up to three places in Chinese characters or digits.
    fn number(&mut self, numeral: &mut Numeral) -> Option<u32> {
        if let Some((value, length)) = numeral::parse(self.rest()) {
            *numeral = Numeral::Han;
            self.at += length;
            return Some(value);
        }
        *numeral = Numeral::Digit;
        let mut value = 0;
        let mut places = 0;
        while let Some(digit) = self.peek().and_then(digit) {
            self.bump();
            value = value * 10 + digit;
            places += 1;
            if places > 3 {
                return None;
            }
        }
        (value > 0).then_some(value)
    }

    /// 章, 节, 条 … after 第三; certain where a space or nothing follows, as in print.
    fn unit(&mut self) -> Option<(Level, bool)> {
        let (unit, level) = [
            ("部分", Level::Part),
            ("编", Level::Part),
            ("篇", Level::Part),
            ("章", Level::Chapter),
            ("节", Level::Division),
            ("条", Level::Article),
        ]
        .into_iter()
        .find(|(unit, _)| self.rest().starts_with(unit))?;
        self.at += unit.len();
        Some((level, self.peek().is_none_or(is_space)))
    }

    /// The mark after a number without an opening bracket.
    fn mark_of_plain_number(&mut self, label: &mut Label) -> Option<(Level, bool)> {
        self.skip_spaces();
        let han = label.numeral == Numeral::Han;
        let level = if han { Level::One } else { Level::Three };
        let mark = self.bump()?;
        if matches!(mark, '）' | ')') {
            label.close = Some(mark);
            // “三）” has lost its bracket; “1）” is a style of its own.
            return Some(if han { (Level::Two, false) } else { (Level::Five, true) });
        }
        label.mark = Some(mark);
        let next = self.peek();
        let certain = match mark {
            '、' | '.' | '．' if han => {
                if self.goes_on_counting(label.number) {
                    return None;
                }
                true
            }
            '.' | '．' | '、' => {
                // “3.5G基站建设” may be a heading, “3.5万亩” is none.
                next.is_none_or(|c| digit(c).is_none())
            }
            '，' | ',' | '：' | ':' if next.is_none_or(|c| digit(c).is_none()) => false,
            _ => return None,
        };
        Some((level, certain))
    }

    /// Whether an enumeration goes on after “一、”: “一、二、三级医院”, “五、六月份”.
    fn goes_on_counting(&self, number: u32) -> bool {
        let Some((next, length)) = numeral::parse(self.rest()) else { return false };
        let after = self.rest()[length..].chars().next();
        after == Some('、')
            || (next == number + 1 && after.is_some_and(|c| "级季月日年期批届产轮次类线等档卷条部层中车号区队组班".contains(c)))
    }

    fn starts_with_reference(&self) -> bool {
        let rest = self.rest();
        (rest.starts_with('项') && !rest.starts_with("项目"))
            || (rest.starts_with('款') && !rest.starts_with("款项"))
            || ["至（", "至(", "至第", "、（", "、(", "和（", "和("].iter().any(|reference| rest.starts_with(reference))
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}

/// Labels that are one character: level and value.
fn symbol(c: char) -> Option<(Level, u32)> {
    let from = |first: char| u32::from(c) - u32::from(first) + 1;
    match c {
        '①'..='⑳' => Some((Level::Five, from('①'))),
        '⑴'..='⒇' => Some((Level::Four, from('⑴'))),
        '⒈'..='⒛' => Some((Level::Three, from('⒈'))),
        '㈠'..='㈩' => Some((Level::Two, from('㈠'))),
        _ => None,
    }
}

/// A line of a table of contents ends in a page number after dots or a gap.
fn is_contents_entry(rest: &str) -> bool {
    let words = rest.trim_end_matches(|c: char| digit(c).is_some());
    words.len() < rest.len()
        && words.ends_with(['\t', '…', '·', '．', '.', '—', '\u{3000}'])
        && (words.ends_with(['\t', '…']) || words.trim_end_matches(['·', '．', '.', '—', ' ', '\u{3000}']).len() + 2 < words.len())
}

/// The block without markup of the file's format at its ends: `**一、工作情况**`.
fn without_markup(document: &Document, block: Span) -> Span {
    let Span { mut start, mut end } = block;
    let first = document.markup.partition_point(|mark| mark.span.end <= start);
    let past = document.markup.partition_point(|mark| mark.span.start < end);
    let inside = &document.markup[first..past.max(first)];
    for mark in inside.iter().filter(|mark| mark.reads.is_none()) {
        if mark.span.start == start {
            start = mark.span.end;
        }
    }
    for mark in inside.iter().rev().filter(|mark| mark.reads.is_none()) {
        if mark.span.end == end && mark.span.start >= start {
            end = mark.span.start;
        }
    }
    Span { start, end }
}

/// “附件1”, “附件：” or “附件” on a line of its own, where another document follows, or the list of attachments “附件：1.…”.
fn opens_attachment(source: &str) -> bool {
    let Some(rest) = source.trim_start().strip_prefix("附件") else { return false };
    let rest = rest.trim_start_matches(|c: char| digit(c).is_some() || is_space(c) || matches!(c, '：' | ':' | '-'));
    rest.trim_end().is_empty() || rest.starts_with(['.', '．'])
}

/// The heading after a label: at most the rest of the block, at most the first sentence.
fn title(text: &str, rest: Span) -> Span {
    /// Longer without a full stop is running text; its first clause names it.
    const LONGEST: usize = 60;
    let source = rest.of(text);
    let start = source.len() - source.trim_start_matches(is_space).len();
    let body = &source[start..];
    let sentence = body.find('。').unwrap_or(body.len());
    let sentence = body[..sentence].trim_end();
    let title = match sentence.char_indices().nth(LONGEST) {
        Some(_) => sentence.find(['：', '；', '，', ':', ';']).map_or(sentence, |end| &sentence[..end]),
        None => sentence.trim_end_matches(['：', '；', '，', ':', ';', ',', '！', '？']),
    };
    let start = rest.start as usize + start;
    Span::new(start, start + title.len())
}

/// Finds 一是, 二要 … after a mark or at the start of `source`, whose first byte is byte `base` of the text.
fn find_items(source: &str, base: usize, block: usize, items: &mut Vec<Item>) {
    for (at, word) in source.match_indices(['是', '要']) {
        let before = &source[..at];
        let Some((start, number)) = number_before(before) else { continue };
        let opens = before[..start].trim_end_matches(is_space).chars().next_back();
        if opens.is_none_or(|c| "。；：，、！？—;:,!?）)”*>".contains(c)) && !source[at..].starts_with("要求") {
            let form = if word == "是" { ItemForm::Is } else { ItemForm::Must };
            items.push(Item { form, number, span: Span::new(base + start, base + at + word.len()), block });
        }
    }
}

/// A number of at most two characters at the end of `before`: where it starts and its value.
fn number_before(before: &str) -> Option<(usize, u32)> {
    let is_numeral = |c: char| c == '十' || numeral::digit_of(c).is_some();
    let start = before.char_indices().rev().take(3).take_while(|&(_, c)| is_numeral(c)).last()?.0;
    let (number, length) = numeral::parse(&before[start..])?;
    (start + length == before.len()).then_some((start, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Markup;
    use proptest::prelude::*;

    /// The sections as lines of `level number title`, indented by depth in the tree.
    fn drawn(text: &str) -> String {
        let outline = Outline::of(&Document::from_text("test.txt", text));
        let depth = |index: usize| std::iter::successors(Some(index), |&at| outline.sections[at].parent).count() - 1;
        let sections = outline.sections.iter().enumerate();
        let line = |(index, section): (usize, &Section)| {
            format!("{}{} {} {}\n", "  ".repeat(depth(index)), section.level.name(), section.label.number, section.title.of(text))
        };
        sections.map(line).collect::<Vec<_>>().concat()
    }

    #[test]
    fn numbers_make_a_tree() {
        let text = "镇工作报告\n一、工作情况\n（一）压实责任。成立专班。\n1.健全机制。内容。\n（1）建章立制\n①细则\n（二）强化督查\n二、下步打算\n第二十一条 附则";
        let tree = "1 1 工作情况\n  2 1 压实责任\n    3 1 健全机制\n      4 1 建章立制\n        5 1 细则\n  2 2 强化督查\n1 2 下步打算\n条 21 附则\n";
        assert_eq!(drawn(text), tree);
        let outline = Outline::of(&Document::from_text("test.txt", text));
        assert_eq!(outline.counts().collect::<Vec<_>>()[..3], [(Level::Article, 1), (Level::One, 2), (Level::Two, 2)]);
        assert_eq!(outline.sections()[0].blocks, 1..7);
        assert_eq!(outline.sections()[0].line, 2);
        assert_eq!(outline.children(Some(0)).map(|(index, _)| index).collect::<Vec<_>>(), [1, 5]);
    }

    #[test]
    fn irregular_labels_open_sections_too() {
        for (text, level, number) in [
            ("　　二、甲", Level::One, 2),
            ("一 、甲", Level::One, 1),
            ("十一．甲", Level::One, 11),
            ("（一）、甲", Level::Two, 1),
            ("(二十)甲", Level::Two, 20),
            ("（ 三 ）甲", Level::Two, 3),
            ("㈡甲", Level::Two, 2),
            ("１．甲", Level::Three, 1),
            ("12、甲", Level::Three, 12),
            ("⒊甲", Level::Three, 3),
            ("（１)甲", Level::Four, 1),
            ("2）甲", Level::Five, 2),
            ("第三章　总则", Level::Chapter, 3),
            ("第二节 甲", Level::Division, 2),
            ("第十二条 甲", Level::Article, 12),
            ("第一部分 甲", Level::Part, 1),
            ("一、五个方面工作", Level::One, 1),
            ("三、四项重点任务", Level::One, 3),
            ("（二）项目建设", Level::Two, 2),
        ] {
            let outline = Outline::of(&Document::from_text("test.txt", text));
            let found: Vec<_> = outline.sections.iter().map(|section| (section.level, section.label.number)).collect();
            assert_eq!(found, [(level, number)], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_label_opens_nothing() {
        for text in [
            "一、二、三级医院",
            "一、二季度完成投资",
            "五、六月份开展督查",
            "1.5万亩良田",
            "3.5G网络",
            "1992年以来",
            "2021.12.30",
            "2.3%",
            "一季度增长5%",
            "第一，加强领导",
            "第一次会议",
            "第三条规定的情形",
            "（二）项规定的情形",
            "（一）至（三）项",
            "（2020年3月1日通过）",
            "一九九二年",
            "1 项目名称 20",
            "一、总体要求……………3",
            "二、主要任务\t12",
            "统一、规范、有序",
            "1,000人",
            "3、5、7号楼",
            "一、",
            "（一）",
        ] {
            assert_eq!(drawn(text), "", "{text}");
        }
    }

    #[test]
    fn a_doubtful_label_counts_where_it_continues_a_sequence() {
        assert_eq!(drawn("1.甲\n2.乙\n3.5G网络建设"), "3 1 甲\n3 2 乙\n3 3 5G网络建设\n");
        assert_eq!(drawn("（一）甲\n二）乙"), "2 1 甲\n2 2 乙\n");
        assert_eq!(drawn("第一条 甲\n第二条工业企业应当备案。"), "条 1 甲\n条 2 工业企业应当备案\n");
    }

    #[test]
    fn an_attachment_begins_afresh() {
        let outline = Outline::of(&Document::from_text("test.txt", "一、甲\n二、乙\n附件1\n（一）丙"));
        assert_eq!(outline.sections[1].previous, Some(0));
        assert_eq!(outline.sections[2].parent, None);
        assert_eq!(outline.sections[1].blocks, 1..2);
    }

    #[test]
    fn a_title_ends_with_its_first_sentence() {
        assert_eq!(drawn("一、压实责任。成立专班。"), "1 1 压实责任\n");
        assert_eq!(drawn("一、压实责任："), "1 1 压实责任\n");
        let running = format!("1.压实责任，{}", "成立专班推动落实".repeat(10));
        assert_eq!(drawn(&running), "3 1 压实责任\n");
    }

    #[test]
    fn markup_around_a_heading_is_not_part_of_it() {
        let text = "**一、工作情况**";
        let mut document = Document::from_text("test.md", text);
        document.markup = [Span::new(0, 2), Span::new(text.len() - 2, text.len())].map(|span| Markup { span, reads: None }).into();
        let outline = Outline::of(&document);
        assert_eq!(outline.sections()[0].label.span.of(text), "一、");
        assert_eq!(outline.sections()[0].title.of(text), "工作情况");
    }

    #[test]
    fn items_inside_paragraphs_are_counted_apart() {
        let text = "重点抓好：一是责任；二是机制。\n三要督查。统一是基础，之一是关键，四要求。";
        let outline = Outline::of(&Document::from_text("test.txt", text));
        let items: Vec<_> = outline.items().iter().map(|item| (item.span.of(text), item.number, item.block)).collect();
        assert_eq!(items, [("一是", 1, 0), ("二是", 2, 0), ("三要", 3, 1)]);
        assert!(outline.sections().is_empty());
    }

    proptest! {
        #[test]
        fn any_text_has_an_outline(text in "[一二十百第章条（）()、.．0-9１是要\\n \u{3000}①附件。x😀]{0,80}") {
            let document = Document::from_text("test.txt", text.as_str());
            let outline = Outline::of(&document);
            for (index, section) in outline.sections().iter().enumerate() {
                // Slicing panics off a character boundary.
                let _ = (section.label.span.of(&text), section.title.of(&text));
                let block = document.blocks[section.blocks.start].span;
                prop_assert!(block.contains(section.label.span) && block.contains(section.title));
                prop_assert!(section.label.span.end <= section.title.start);
                prop_assert!(section.blocks.end <= document.blocks.len() && !section.blocks.is_empty());
                prop_assert!(section.parent.is_none_or(|parent| parent < index && outline.sections()[parent].level < section.level));
            }
            prop_assert!(outline.items().iter().all(|item| !item.span.of(&text).is_empty()));
        }
    }
}
