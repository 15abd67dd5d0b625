//! # 标题末尾的标点
//!
//! ## 查什么
//! 独占一行的标题末尾带了标点：`section/heading`。句号、逗号、分号、顿号都算。
//!
//! ## 为什么
//! 独占一行的标题不是句子，末尾不用点号；多出的标点多半是把“标题。正文”拆成两行时留下的。
//!
//! ## 错例
//! - 一、工作情况。（独占一行）
//! - （二）强化组织领导，（独占一行）
//!
//! ## 正例
//! - 一、工作情况
//! - （一）强化组织领导。成立工作专班，压实责任。（标题与正文同段，用句号隔开）
//! - 1.不迟到；2.不早退。（条目不是标题）
//!
//! ## 修改是否稳妥
//! 删去末尾标点不影响文意，但这一行也可能本来就是一句话，改前请看一眼。只在同级标题多数不带标点时提示。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》；公文标题的通行写法。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::outline::{Level, Section};
use crate::span::Span;

use super::{Context, Id, Meta, Rule};

const HEADING: Id =
    Id {
        name: "section/heading", title: "标题末尾多了标点", severity: Severity::Info, fix: Some(Applicability::Unsafe), default: true
    };

/// Checks the end of headings that stand on a line of their own.
pub(super) struct SectionHeading;

impl Rule for SectionHeading {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[HEADING], source: include_str!("section_heading.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for level in [Level::One, Level::Two, Level::Three] {
            let headings = cx.outline.sections().iter().filter(|section| section.level == level && is_heading_line(cx, section));
            let (marked, bare): (Vec<_>, Vec<_>) = headings.map(|section| mark_at_end(cx, section)).partition(Option::is_some);
            // Where the marks are as many, the lines are items of a list.
            if bare.len() > 2 * marked.len() {
                findings.extend(marked.into_iter().flatten().map(|mark| {
                    let fix = Fix::replace(mark, "", Applicability::Unsafe);
                    let message = format!("标题独占一行时末尾不用“{}”。", mark.of(cx.text()));
                    Finding { fixes: vec![fix], ..HEADING.at(mark, 0.7, message) }
                }));
            }
        }
    }
}

/// A short line with nothing of the section's text in it, and text below.
fn is_heading_line(cx: &Context<'_>, section: &Section) -> bool {
    const LONGEST: usize = 30;
    let block = &cx.document.blocks[section.blocks.start];
    let rest = Span { start: section.title.end, end: block.span.end }.of(cx.text()).trim();
    let title = section.title.of(cx.text());
    section.blocks.len() > 1 && rest.chars().count() <= 1 && title.chars().count() <= LONGEST
}

fn mark_at_end(cx: &Context<'_>, section: &Section) -> Option<Span> {
    let end = cx.document.blocks[section.blocks.start].span.end;
    let rest = Span { start: section.title.end, end }.of(cx.text());
    let mark = rest.trim_start().chars().next().filter(|c| matches!(c, '。' | '，' | '；' | '、'))?;
    let start = section.title.end as usize + rest.find(mark)?;
    Some(Span::new(start, start + mark.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_heading_line_ends_without_a_mark() {
        let text = "一、甲方面\n内容。\n二、乙方面\n内容。\n三、丙方面\n内容。\n四、丁方面。\n内容。";
        check(
            &SectionHeading,
            &[
                (text, &["section/heading 。 → "]),
                // Where all have one they are sentences.
                ("一、压实责任。\n内容。\n二、健全机制。\n内容。", &[]),
                ("1.不迟到；\n2.不早退。", &[]),
                ("（一）强化领导。成立工作专班。\n（二）健全机制。完善制度。", &[]),
            ],
        );
    }
}
