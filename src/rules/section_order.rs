//! # 标题序号的顺序
//!
//! ## 查什么
//! 同一级标题序号是否连续：`section/gap` 中间缺号（一、三、），`section/repeat` 重号（一、二、二、），`section/reset` 倒退或中途从头编起
//! （（一）（二）（一）），`section/level` 层次跳级或倒置（别处用“一、（一）1.”，此处“一、”下直接用“1.”）。
//!
//! ## 为什么
//! 增删段落后忘记改序号，是报告里最常见的结构性差错；缺号还可能意味着整段内容丢失。
//!
//! ## 错例
//! - 一、工作情况……三、下步打算（缺“二、”）
//! - （一）强化领导……（二）压实责任……（二）严格督查（应为“（三）”）
//!
//! ## 正例
//! - 一、工作情况（一）强化领导（二）压实责任二、下步打算（一）提高认识
//! - 意见类文件中“（一）”至“（二十）”跨部分连续编号，不算差错。
//!
//! ## 修改是否稳妥
//! 只提示，不自动修改：缺的可能是序号，也可能是整段内容。附件另起编号，另一篇材料从“一、”编起，都不报；
//! 全文序号大面积不合本体系的，视为另有编法，不报。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数依次可以用“一、”“（一）”“1.”“（1）”标注。

use crate::finding::{Finding, Severity};
use crate::outline::{Level, Section};
use crate::span::Span;

use super::sequence::{Sequence, Step};
use super::{Context, Id, Meta, Rule};

const GAP: Id = Id { name: "section/gap", title: "标题序号缺号", severity: Severity::Warning, fix: None, default: true };
const REPEAT: Id = Id { name: "section/repeat", title: "标题序号重复", severity: Severity::Warning, fix: None, default: true };
const RESET: Id =
    Id { name: "section/reset", title: "标题序号倒退或中途重编", severity: Severity::Warning, fix: None, default: true };
const LEVEL: Id = Id { name: "section/level", title: "标题层次跳级或倒置", severity: Severity::Info, fix: None, default: true };

/// Checks that the numbers of sibling sections follow one another.
pub(super) struct SectionOrder;

/// The levels whose numbers count on; the items ① and 1） are lists more often than headings.
const LEVELS: [Level; 6] = [Level::Chapter, Level::Article, Level::One, Level::Two, Level::Three, Level::Four];

impl Rule for SectionOrder {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[GAP, REPEAT, RESET, LEVEL], source: include_str!("section_order.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let sections = cx.outline.sections();
        for level in LEVELS {
            let same: Vec<&Section> = sections.iter().filter(|section| section.level == level).collect();
            let found = disorder(cx, &same);
            // Where much is out of order, the numbers follow a plan of their own.
            if found.len() <= 2 || found.len() * 5 <= same.len() {
                findings.extend(found);
            }
        }
        findings.extend(skipped_levels(sections));
    }
}

/// The sections of one level that do not follow the ones before them.
fn disorder(cx: &Context<'_>, sections: &[&Section]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut carried_on = Vec::new();
    let mut restarts = 0;
    let mut sequence = Sequence::new();
    for &section in sections {
        // Articles number through all chapters.
        let opens = section.previous.is_none() && section.level != Level::Article;
        if opens && section.label.number == 1 {
            restarts += 1;
            sequence = Sequence::new();
        }
        match sequence.step(section.label.number, section) {
            Step::Follows if opens => carried_on.push(section),
            Step::Follows => {}
            Step::Begins(before) => {
                if before.is_some_and(|before| before.label.number > 1) {
                    found.extend(starts_again(cx, section));
                }
            }
            Step::Breaks(_) if opens => {
                sequence.retain(|before| std::ptr::eq(before, section));
                found.extend(missing_first(cx, section));
            }
            Step::Breaks(before) => {
                let before = before.filter(|before| before.label.numeral == section.label.numeral);
                found.extend(before.and_then(|before| out_of_order(cx, before, section)));
            }
        }
    }
    // In many policy papers （一）…（二十） run on through 一、二、三、; where all others begin anew, the one that runs on is a slip.
    if let [section] = carried_on[..]
        && restarts > 2
        && section.level == Level::Two
    {
        found.push(late_start(section));
    }
    found
}

/// （一） for the second time below one 三、, after running text: a heading of the level above may be missing. Lists that a
/// lead-in or an unnumbered heading announces are right to begin anew.
fn starts_again(cx: &Context<'_>, section: &Section) -> Option<Finding> {
    const SHORTEST_TEXT: usize = 30;
    let block = section.blocks.start.checked_sub(1)?;
    let before = cx.document.text_of(&cx.document.blocks[block]).trim_end();
    let announced = !before.ends_with('。') || before.chars().count() < SHORTEST_TEXT;
    (section.level == Level::Two && !announced).then(|| Finding {
        severity: Severity::Info,
        ..RESET.at(section.label.span, 0.5, format!("同一部分中再次从“{}”编起，前面可能缺一个上级标题。", section.level.label(1)))
    })
}

fn late_start(section: &Section) -> Finding {
    let (is, should) = (section.level.label(section.label.number), section.level.label(1));
    RESET.at(section.label.span, 0.7, format!("上一级标题之下应从“{should}”编起，此处接着前一部分编为“{is}”。"))
}

/// （二） as the first below 三、. A greater number is more likely the rest of a list that other lists have interrupted.
fn missing_first(cx: &Context<'_>, section: &Section) -> Option<Finding> {
    let parent = &cx.outline.sections()[section.parent?];
    let missing = section.label.number == 2
        && matches!(section.level, Level::Two | Level::Three)
        && !is_written(cx, section, 1, parent.label.span.end);
    let (is, should) = (section.level.label(2), section.level.label(1));
    missing.then(|| GAP.at(section.label.span, 0.8, format!("此处从“{is}”编起，前面缺“{should}”。")))
}

fn out_of_order(cx: &Context<'_>, before: &Section, section: &Section) -> Option<Finding> {
    let (last, number) = (before.label.number, section.label.number);
    let label = |number| section.level.label(number);
    let (was, is) = (label(last), label(number));
    let span = section.label.span;
    if number == last {
        // A new list may begin inside a paragraph: “注：1.…” with 2. on a line of its own.
        if number > 1 && is_written(cx, section, number - 1, before.label.span.end) {
            return None;
        }
        return Some(REPEAT.at(span, 0.9, format!("“{is}”重复：前面已有一个“{was}”，此处可能应为“{}”。", label(number + 1))));
    }
    if number < last {
        return Some(RESET.at(span, 0.8, format!("序号倒退：“{was}”之后是“{is}”。")));
    }
    // Where the line break before it was lost, the missing number stands inside a paragraph.
    let missing = last + 1;
    (!is_written(cx, section, missing, before.label.span.end))
        .then(|| GAP.at(span, 0.9, format!("“{was}”之后是“{is}”，缺“{}”。", label(missing))))
}

/// Whether `number` is written as a label of the section's level anywhere from byte `from` up to the section.
fn is_written(cx: &Context<'_>, section: &Section, number: u32, from: u32) -> bool {
    section.level.occurs(number, Span { start: from, end: section.label.span.start }.of(cx.text()))
}

/// 一、 with 1. straight below it, in a document that elsewhere puts （一） between them.
fn skipped_levels(sections: &[Section]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (outer, middle) in [(Level::One, Level::Two), (Level::Two, Level::Three)] {
        let first_children = |below: fn(Level, Level) -> bool| {
            sections.iter().filter(move |section| {
                section.previous.is_none()
                    && below(section.level, middle)
                    && section.parent.is_some_and(|parent| sections[parent].level == outer)
            })
        };
        let regular = first_children(|level, middle| level == middle).count();
        let skipping: Vec<_> = first_children(|level, middle| level > middle && level < Level::Five).collect();
        if skipping.len() <= 2 && regular > 2 * skipping.len() {
            found.extend(skipping.into_iter().map(|section| {
                let number = section.label.number;
                LEVEL.at(
                    section.label.span,
                    0.5,
                    format!("“{}”之下直接用“{}”，别处用的是“{}”。", outer.label(1), section.level.label(number), middle.label(number)),
                )
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, findings};
    use super::*;

    #[test]
    fn numbers_of_siblings_follow_one_another() {
        check(
            &SectionOrder,
            &[
                ("一、工作情况\n内容。\n二、存在问题\n内容。\n三、下步打算\n内容。", &[]),
                ("一、工作情况\n内容。\n三、下步打算\n内容。", &["section/gap 三、"]),
                ("一、工作\n（一）甲。\n（二）乙。\n（二）丙。\n二、打算", &["section/repeat （二）"]),
                ("一、工作\n（一）甲。\n（二）乙。\n二、打算\n（一）丙。", &[]),
                ("一、工作\n（一）甲。\n（二）乙。\n二、打算\n（三）丙。\n（四）丁。", &[]),
                ("一、工作\n（二）甲。\n（三）乙。", &["section/gap （二）"]),
                ("一、甲\n二、乙\n五、丙\n四、丁", &["section/gap 五、", "section/reset 四、"]),
                ("第一章 总则\n第一条 甲。\n第二条 乙。\n第二章 管理\n第三条 丙。\n第五条 丁。", &["section/gap 第五条"]),
            ],
        );
    }

    #[test]
    fn what_is_no_slip_stays_silent() {
        check(
            &SectionOrder,
            &[
                // A list inside a section, after which the sections go on.
                ("一、甲\n二、乙。要求如下：\n一、子。\n二、丑。\n三、寅。\n三、丙", &[]),
                // The line break before 二、 was lost.
                ("一、甲\n压实责任。二、乙\n三、丙", &[]),
                ("1.甲\n2.乙，标准另行制定。3.丙。\n4.丁", &[]),
                ("1.甲\n2.乙\n注：1.名单按次序填写；\n2.数量不超过上限。", &[]),
                // Attachments number for themselves.
                ("一、甲\n二、乙\n附件1\n一、丙\n二、丁", &[]),
                // Out of order throughout.
                ("1、甲\n23、乙\n45、丙\n20、丁\n8、戊", &[]),
                // 3.5G continues a sequence, 2.5万亩 does not.
                ("1.甲\n2.乙\n3.5G基站建设\n4.丁", &[]),
                ("1.甲\n2.乙\n2.5万亩良田建成。\n3.丁", &[]),
            ],
        );
    }

    #[test]
    fn a_second_beginning_after_running_text_is_only_a_hint() {
        let text = format!("一、甲\n（一）子。\n（二）{}。\n（一）寅。", "持续压实各级责任，推动工作落地见效".repeat(2));
        let found = findings(&SectionOrder, &text);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].rule, found[0].severity), ("section/reset", Severity::Info));
        assert!(findings(&SectionOrder, &text.replace("见效。", "见效：")).is_empty());
    }

    #[test]
    fn a_level_is_skipped_only_where_others_keep_it() {
        let text = "一、甲\n（一）子。\n二、乙\n（一）丑。\n三、丙\n（一）寅。\n四、丁\n1.卯。\n2.辰。";
        check(&SectionOrder, &[(text, &["section/level 1."]), ("一、甲\n1.子。\n2.丑。\n二、乙\n1.寅。", &[])]);
    }
}
