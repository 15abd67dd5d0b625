//! The section tree of a report: 一、 / （一） / 1. / （1） of GB/T 9704—2012, 7.3.3, and the 章/节/条 of regulations.
//!
//! A section opens where a block begins with a number label; the label decides its level, whatever style the heading is set in.
//! Labels are recorded as they are written, with half-width brackets or the wrong mark after them, so that the rules can say
//! what is wrong with them; what only looks like a label (“一、二、三级医院”, “1.5万亩”, “1992年”) opens nothing.
//! The items 一是…二是… inside a paragraph are counted apart.

mod item;
mod label;
mod level;

use std::ops::Range;

use item::find_items;
pub use item::{Item, ItemForm};
pub use label::{Label, Numeral};
use label::{digit, is_space, scan_label};
pub use level::Level;

use crate::document::{BlockKind, Document};
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
            line: document.text.line_of(label.span.start),
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
