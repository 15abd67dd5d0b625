//! # 说几项，列几项
//!
//! ## 查什么
//! 引出列举的句子说了“以下三项工作”“如下五个方面”“抓好三项工作：”，后面列出的却不是这个数：`section/count`。
//!
//! ## 为什么
//! 增删要点后忘记改前面的数目，是读者一眼就能看出的差错。
//!
//! ## 错例
//! - 重点抓好以下三项工作：一是压实责任；二是健全机制。
//!
//! ## 正例
//! - 重点抓好以下三项工作：一是压实责任；二是健全机制；三是严格督查。
//! - 五个方面存在不足。（不是引出列举的句子，不核对）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：数目和要点哪个对，由作者定。只核对带“以下”“如下”“下列”、以冒号或句号收尾，或者以“三项工作：”收尾，
//! 后面紧接列举的句子。
//!
//! ## 依据
//! 公文校对的通行要求。

use crate::finding::{Finding, Severity};
use crate::numeral;
use crate::outline::Item;
use crate::span::Span;

use super::{Context, Id, Meta, Rule};

const COUNT: Id = Id { name: "section/count", title: "所说项数与所列不符", severity: Severity::Warning, fix: None, default: true };

/// Compares the count a lead-in names with the items that follow.
pub(super) struct SectionCount;

impl Rule for SectionCount {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[COUNT], source: include_str!("section_count.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for (index, (block, line)) in cx.document.blocks.iter().zip(cx.folded.lines()).enumerate() {
            // What every lead-in has: “以下三项工作：”.
            if cx.folded.places_in(line, &['：', '下']).next().is_none() {
                continue;
            }
            let source = cx.document.text_of(block);
            for lead in lead_ins(source) {
                let rest = &source[lead.end..];
                let at = block.span.start + Span::new(lead.end, lead.end).start;
                let listed = if rest.trim().is_empty() { sections_after(cx, index) } else { items_after(cx, index, at) };
                if let Some(listed) = listed.filter(|&listed| listed != lead.count) {
                    let Span { start, end } = lead.phrase;
                    let span = Span { start: block.span.start + start, end: block.span.start + end };
                    let message = format!("此处说“{}”，后面列出的是{}项。", lead.phrase.of(source), numeral::write(listed));
                    findings.push(COUNT.at(span, 0.7, message));
                }
            }
        }
    }
}

/// “以下三项工作：”
struct LeadIn {
    /// From 以下 to the measure word, in the block.
    phrase: Span,
    count: u32,
    /// Byte after the mark that ends the lead-in.
    end: usize,
}

fn lead_ins(source: &str) -> impl Iterator<Item = LeadIn> + '_ {
    pointing(source).chain(counting(source))
}

/// What may be counted in a lead-in.
const MEASURES: [&str; 8] = ["个", "项", "点", "条", "件", "方面", "大", "类"];

/// “抓好三项工作：”: a clause with one count that ends in a colon.
fn counting(source: &str) -> impl Iterator<Item = LeadIn> + '_ {
    /// The clause before the colon is no longer, in characters.
    const LONGEST: usize = 16;
    source.match_indices('：').filter_map(|(colon, mark)| {
        let stops = |c: char| "，。；：、！？“”（）《》".contains(c);
        let clause = source[..colon].rfind(stops).map_or(0, |stop| stop + source[stop..].chars().next().map_or(0, char::len_utf8));
        let words = &source[clause..colon];
        if words.chars().nth(LONGEST).is_some() {
            return None;
        }
        let mut counts = words.char_indices().filter_map(|(at, _)| {
            let (count, length) = count_at(&words[at..])?;
            let measure = MEASURES.into_iter().find(|measure| words[at + length..].starts_with(measure))?;
            let whole = words[..at]
                .chars()
                .next_back()
                .is_none_or(|c| c != '第' && numeral::digit_of(c).is_none() && !c.is_ascii_digit() && !"十百千几数".contains(c));
            (whole && count > 1).then(|| (count, Span::new(clause + at, clause + at + length + measure.len())))
        });
        let ((count, phrase), None) = (counts.next()?, counts.next()) else { return None };
        let pointed = ["以下", "如下", "下列"].into_iter().any(|lead| words.contains(lead));
        (!pointed).then_some(LeadIn { phrase, count, end: colon + mark.len() })
    })
}

/// “以下三项工作：”
fn pointing(source: &str) -> impl Iterator<Item = LeadIn> + '_ {
    /// Between the count and the mark that ends the lead-in stand a noun and a verb at most.
    const LONGEST_REST: usize = 12;
    let leads = ["以下", "如下", "下列"].into_iter().flat_map(|lead| source.match_indices(lead));
    leads.filter_map(|(start, lead)| {
        let after = start + lead.len();
        let (count, length) = count_at(&source[after..])?;
        let measure = MEASURES.into_iter().find(|measure| source[after + length..].starts_with(measure))?;
        let phrase = Span::new(start, after + length + measure.len());
        let (mark, c) =
            source[phrase.range().end..].char_indices().take(LONGEST_REST).find(|&(_, c)| matches!(c, '：' | ':' | '。' | '，' | '；'))?;
        matches!(c, '：' | ':' | '。').then(|| LeadIn { phrase, count, end: phrase.range().end + mark + c.len_utf8() })
    })
}

/// 三, 两 or 3.
fn count_at(text: &str) -> Option<(u32, usize)> {
    if text.starts_with('两') {
        return Some((2, '两'.len_utf8()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    numeral::parse(text).or_else(|| text[..digits].parse().ok().map(|count| (count, digits)))
}

/// How many sections follow block `index` at once, siblings of the first.
fn sections_after(cx: &Context<'_>, index: usize) -> Option<u32> {
    let sections = cx.outline.sections();
    let first = sections.partition_point(|section| section.blocks.start <= index);
    let section = sections.get(first).filter(|section| section.blocks.start == index + 1 && section.label.number == 1)?;
    let (mut count, mut last) = (1, first);
    let siblings = sections.iter().enumerate().skip(first + 1).take_while(|(_, next)| next.level >= section.level);
    for (at, next) in siblings.filter(|(_, next)| next.level == section.level) {
        // A new 一、 opens another list.
        if next.previous != Some(last) || next.label.number != count + 1 {
            break;
        }
        (count, last) = (count + 1, at);
    }
    // Where the line break before it was lost, the next one stands inside the last.
    let last = &sections[last];
    let body = last.label.span.cover(cx.document.blocks[last.blocks.end - 1].span);
    (!section.level.occurs(count + 1, body.of(cx.text()))).then_some(count)
}

/// How many items 一是, 二是 … follow byte `at` of block `index` at once.
fn items_after(cx: &Context<'_>, index: usize, at: u32) -> Option<u32> {
    let items = cx.outline.items();
    let first = items.partition_point(|item| item.span.start < at);
    let item = items.get(first).filter(|item| item.block == index && item.number == 1)?;
    let between = Span { start: at, end: item.span.start }.of(cx.text());
    if !between.trim().is_empty() {
        return None;
    }
    let mut series = items[first..].iter().filter(|next| next.form == item.form);
    let (mut count, mut last) = (0, item);
    let next = loop {
        match series.next() {
            Some(next) if next.number == count + 1 => (count, last) = (count + 1, next),
            next => break next,
        }
    };
    // A number left out is a question of its own; the item after the last may be counted in another way: “三要”, “三、”.
    // “一是…；一是…” counts nothing.
    let uncounted = count == 1 && next.is_some_and(|next| next.number == 1 && next.block == item.block);
    let interrupted = uncounted || next.is_some_and(|next| next.number != 1 && next.block <= last.block + 1);
    (!interrupted && !goes_on(cx, last, count + 1)).then_some(count)
}

/// Whether `number` opens a clause soon after `item`. The label of a section that follows others is no item.
fn goes_on(cx: &Context<'_>, item: &Item, number: u32) -> bool {
    const SOON: usize = 400;
    let is_label = |at: usize| {
        let sections = cx.outline.sections();
        let label = sections.binary_search_by_key(&at, |section| section.label.span.start as usize);
        label.is_ok_and(|index| sections[index].previous.is_some())
    };
    let number = numeral::write(number);
    let from = item.span.range().end;
    let rest = &cx.text()[from..];
    let mut clauses = rest.char_indices().take(SOON).filter(|&(_, c)| "。；，、！？;,\n第".contains(c));
    clauses.any(|(at, c)| {
        let after = &rest[at + c.len_utf8()..];
        let clause = after.trim_start();
        clause.starts_with(&number) && !is_label(from + rest.len() - clause.len())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_count_is_that_of_the_items() {
        check(
            &SectionCount,
            &[
                ("重点抓好以下三项工作：一是压实责任；二是健全机制。", &["section/count 以下三项"]),
                ("重点抓好以下三项工作：一是压实责任；二是健全机制；三是严格督查。", &[]),
                ("要做好以下两个方面：一是甲；二是乙。", &[]),
                ("要做好如下四个方面工作。\n（一）甲。\n（二）乙。\n（三）丙。\n以上。", &["section/count 如下四个"]),
                ("要做好如下三个方面工作。\n（一）甲。\n1.子。\n（二）乙。\n（三）丙。", &[]),
                ("以下三项工作：\n一、甲\n二、乙\n三、丙\n一、丁", &[]),
                ("要做好如下两个方面：1.甲", &[]),
                ("要做好以下两个方面。\n1.甲。\n2.乙。\n3.丙。", &["section/count 以下两个"]),
                ("要做好以下3项工作。\n1.甲。\n2.乙，落实到位。3.丙。", &[]),
                ("做好以下三项工作：一是甲；二是乙；三要丙。", &[]),
                ("做好以下三项工作：一是甲；三是丙。", &[]),
                ("办好两件大事：一是甲；一是乙。", &[]),
                ("一、甲\n做好三项工作：一是甲；二是乙。\n二、乙\n内容。\n三、丙\n内容。", &["section/count 三项"]),
                ("存在三个方面不足：一是甲；二是乙。", &["section/count 三个"]),
                ("重点抓好三项工作：一是甲；二是乙；三是丙。第三个方面：一是甲；二是乙。", &[]),
                ("第七个五年计划草案提出的基本任务：一是甲；二是乙。", &[]),
                ("围绕两个方面五项任务：一是甲；二是乙；三是丙。", &[]),
                ("建成十三个项目：一是甲；二是乙。", &["section/count 十三个"]),
                // Not a lead-in, or nothing counted follows.
                ("三个方面不足：资金、人员和设备。", &[]),
                ("以下三个方面，各村都要落实。一是甲；二是乙。", &[]),
                ("抓好以下三项工作：压实责任、健全机制、严格督查。", &[]),
            ],
        );
    }
}
