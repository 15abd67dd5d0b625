//! # 标题序号的写法
//!
//! ## 查什么
//! 序号的括号和标点是否合乎规范：`section/bracket` 括号用了半角“(一)”、一全一半“（一)”，或缺一半“一）”；
//! `section/mark` 序号后的标点不对，如“（一）、”“1、”“一.”“一，”。
//!
//! ## 为什么
//! 括号本身已把序号与正文隔开，其后不再加顿号；汉字数字后用顿号，阿拉伯数字后用下脚点，混用会使层次不清。
//!
//! ## 错例
//! - （一）、强化组织领导
//! - (一)强化组织领导
//! - 1、健全机制
//! - 一.工作情况
//!
//! ## 正例
//! - （一）强化组织领导
//! - 1.健全机制
//! - 一、工作情况
//!
//! ## 修改是否稳妥
//! 稳妥：只换括号和标点，不动文字。Word 自动编号生成的序号不在正文里，只提示，不修改。“1、”和全文统一的半角括号在实际文稿中常见，
//! 只作提示；同一篇里全角半角混用、“1.”“1、”混用，或者括号一全一半的，作警告。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》7.3.3；GB/T 15834—2011《标点符号用法》附录 B.3（序次语之后标点的用法）。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::outline::{Label, Level, Numeral, Section};

use super::{Context, Id, Meta, Rule};

const BRACKET: Id =
    Id {
        name: "section/bracket", title: "序号括号不规范", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };
const MARK: Id =
    Id {
        name: "section/mark", title: "序号后标点不规范", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };

/// Checks brackets and marks of section labels.
pub(super) struct SectionLabel;

impl Rule for SectionLabel {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[BRACKET, MARK], source: include_str!("section_label.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let mostly_full = [Level::Two, Level::Four].map(|level| (level, mostly_full_width(cx, level)));
        let mostly_dotted = mostly_dotted(cx);
        for section in cx.outline.sections() {
            findings.extend(bracket(cx, section, mostly_full.contains(&(section.level, true))));
            findings.extend(mark(cx, section, mostly_dotted));
        }
    }
}

fn bracket(cx: &Context<'_>, section: &Section, mostly_full: bool) -> Option<Finding> {
    let label = &section.label;
    if !matches!(section.level, Level::Two | Level::Four) || label.numeral == Numeral::Symbol {
        return None;
    }
    let (severity, why) = match (label.open, label.close) {
        (Some('（'), Some('）')) => return None,
        (Some('('), Some(')')) if mostly_full => (Severity::Warning, "序号括号全文应统一用全角"),
        (Some('('), Some(')')) => (Severity::Info, "序号括号宜用全角"),
        (None, _) | (_, None) => (Severity::Warning, "序号括号缺了一半"),
        _ => (Severity::Warning, "序号括号一半全角、一半半角"),
    };
    Some(finding(cx, section, &BRACKET, severity, format!("{why}：“{}”。", section.level.label(label.number))))
}

/// Whether most labels of the level are written in full-width brackets.
fn mostly_full_width(cx: &Context<'_>, level: Level) -> bool {
    let (mut full, mut half) = (0, 0);
    for section in cx.outline.sections().iter().filter(|section| section.level == level) {
        match section.label.open {
            Some('（') => full += 1,
            Some('(') => half += 1,
            _ => {}
        }
    }
    full > half
}

/// Whether most labels of the third level are written “1.”.
fn mostly_dotted(cx: &Context<'_>) -> bool {
    let marks = cx.outline.sections().iter().filter(|section| section.level == Level::Three).filter_map(|section| section.label.mark);
    let (pauses, dots): (Vec<char>, Vec<char>) = marks.partition(|&mark| mark == '、');
    dots.len() > 2 * pauses.len()
}

fn mark(cx: &Context<'_>, section: &Section, mostly_dotted: bool) -> Option<Finding> {
    let mark = section.label.mark;
    let (severity, why) = match (section.level, mark?) {
        (Level::Two | Level::Four, _) => (Severity::Warning, "括号后不再加标点"),
        (Level::One, '、') | (Level::Three, '.' | '．') => return None,
        (Level::One, _) => (Severity::Warning, "汉字数字序号后用顿号"),
        (Level::Three, '、') if mostly_dotted => (Severity::Warning, "全文其他序号用的是下脚点"),
        (Level::Three, '、') => (Severity::Info, "阿拉伯数字序号后用下脚点，不用顿号"),
        (Level::Three, _) => (Severity::Warning, "阿拉伯数字序号后用下脚点"),
        _ => return None,
    };
    Some(finding(cx, section, &MARK, severity, format!("{why}，宜写作“{}”。", section.level.label(section.label.number))))
}

fn finding(cx: &Context<'_>, section: &Section, id: &Id, severity: Severity, message: String) -> Finding {
    let label = &section.label;
    let block = &cx.document.blocks[section.blocks.start];
    // A number that the word processor generates is not in the text that could be edited.
    let generated = label.span.start < block.span.start + block.label;
    let applicability = if generated { Applicability::DisplayOnly } else { Applicability::Safe };
    let fix = Fix::replace(label.span, canonical(cx.text(), label, section.level), applicability);
    Finding { severity, fixes: vec![fix], ..id.at(label.span, 0.95, message) }
}

/// The label with the brackets and the mark of its level around the number as it is written.
fn canonical(text: &str, label: &Label, level: Level) -> String {
    let marks = |c: char| c.is_whitespace() || "（）()、．.，,：:".contains(c);
    let number = label.span.of(text).trim_matches(marks);
    match level {
        Level::Two | Level::Four => format!("（{number}）"),
        Level::One => format!("{number}、"),
        _ => format!("{number}."),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, findings};
    use super::*;

    #[test]
    fn brackets_and_marks_have_one_form() {
        check(
            &SectionLabel,
            &[
                ("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊", &[]),
                ("（一）、强化领导", &["section/mark （一）、 → （一）"]),
                ("(一)强化领导", &["section/bracket (一) → （一）"]),
                ("（一)强化领导", &["section/bracket （一) → （一）"]),
                ("(1)强化领导", &["section/bracket (1) → （1）"]),
                ("（一）甲\n二）乙", &["section/bracket 二） → （二）"]),
                ("1、健全机制", &["section/mark 1、 → 1."]),
                ("1．健全机制", &[]),
                ("一. 工作情况", &["section/mark 一. → 一、"]),
                ("一、甲\n二，乙", &["section/mark 二， → 二、"]),
                ("五、六月份开展督查。", &[]),
                ("㈠强化领导\n⑴健全机制", &[]),
            ],
        );
    }

    #[test]
    fn half_width_brackets_matter_more_among_full_width_ones() {
        let severity = |text| findings(&SectionLabel, text)[0].severity;
        assert_eq!(severity("(一)甲\n(二)乙"), Severity::Info);
        assert_eq!(severity("（一）甲\n(二)乙\n（三）丙"), Severity::Warning);
        assert_eq!(severity("1、甲\n2、乙"), Severity::Info);
        assert_eq!(severity("1.甲\n2、乙\n3.丙\n4.丁"), Severity::Warning);
    }

    #[test]
    fn a_fixed_label_is_not_found_again() {
        for text in ["（一）、甲", "( 一 ) 甲", "1、甲", "一．甲", "（１)甲"] {
            let mut fixed = text.to_owned();
            for finding in findings(&SectionLabel, text).iter().rev() {
                fixed.replace_range(finding.span.range(), &finding.suggestions(text)[0]);
            }
            assert!(findings(&SectionLabel, &fixed).is_empty(), "{text} became {fixed}");
        }
    }
}
