//! # 空标题与孤零零的小标题
//!
//! ## 查什么
//! `section/empty`：标题之下没有正文，紧接着就是同级或上级标题；`section/single`：某一部分只分出一个小标题。
//!
//! ## 为什么
//! 标题之下无正文，往往是内容还没写或被误删；只有一个下级标题，说明不必再分层次，或者漏了后面的部分。
//!
//! ## 错例
//! - 二、存在问题
//!   三、下步打算（“二、”之下没有内容）
//! - 一、工作情况（一）强化领导……二、下步打算（“一、”之下只有“（一）”）
//!
//! ## 正例
//! - 一、工作情况（一）强化领导（二）压实责任二、下步打算
//!
//! ## 修改是否稳妥
//! 只提示，不修改：须由作者补写内容或调整层次。
//!
//! ## 依据
//! 公文层次安排的通行要求；GB/T 9704—2012《党政机关公文格式》7.3.3。

use crate::finding::{Finding, Severity};
use crate::outline::{Level, Section};
use crate::span::Span;

use super::{Context, Id, Meta, Rule};

const EMPTY: Id = Id { name: "section/empty", title: "标题下没有内容", severity: Severity::Info, fix: None, default: true };
const SINGLE: Id = Id { name: "section/single", title: "只有一个下级标题", severity: Severity::Info, fix: None, default: true };

/// Looks for headings without text and for only children.
pub(super) struct SectionEmpty;

impl Rule for SectionEmpty {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[EMPTY, SINGLE], source: include_str!("section_empty.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for level in [Level::One, Level::Two] {
            let (mut empty, mut filled) = (Vec::new(), 0);
            for (index, section) in cx.outline.sections().iter().enumerate().filter(|(_, section)| section.level == level) {
                if is_empty(cx, section) {
                    empty.push(section);
                } else {
                    filled += 1;
                }
                findings.extend(only_child(cx, index, section));
            }
            // A list of short items is no list of headings.
            if filled > 2 * empty.len() {
                findings.extend(empty.into_iter().map(|section| {
                    let title = section.title.of(cx.text());
                    EMPTY.at(section.label.span.cover(section.title), 0.6, format!("标题“{title}”之下没有内容。"))
                }));
            }
        }
    }
}

/// A heading on a line of its own that the next section follows at once.
fn is_empty(cx: &Context<'_>, section: &Section) -> bool {
    const LONGEST: usize = 30;
    let last = section.blocks.end == cx.document.blocks.len();
    let block = cx.document.blocks[section.blocks.start];
    let rest = Span { start: section.title.end, end: block.span.end }.of(cx.text());
    section.blocks.len() == 1 && !last && rest.trim().is_empty() && section.title.of(cx.text()).chars().count() <= LONGEST
}

fn only_child(cx: &Context<'_>, index: usize, section: &Section) -> Option<Finding> {
    let mut children = cx.outline.children(Some(index)).filter(|(_, child)| child.level < Level::Five);
    let (_, child) = children.next()?;
    let only = children.next().is_none() && child.label.number == 1 && child.level as usize == section.level as usize + 1;
    // Where the line break before it was lost, （二） stands inside a paragraph.
    let last = cx.document.blocks[section.blocks.end - 1].span;
    let single = only && !child.level.occurs(2, child.label.span.cover(last).of(cx.text()));
    single.then(|| {
        let (outer, inner) = (section.level.label(section.label.number), child.level.label(1));
        SINGLE.at(child.label.span, 0.5, format!("“{outer}”之下只有“{inner}”一个小标题。"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn headings_head_something() {
        check(
            &SectionEmpty,
            &[
                ("一、甲\n内容。\n二、乙\n三、丙\n内容。\n四、丁\n内容。", &["section/empty 二、乙"]),
                ("一、甲\n二、乙\n三、丙\n以上要求请抓好落实。", &[]),
                ("一、甲\n内容。\n二、乙\n内容。\n三、丙\n内容。\n四、丁", &[]),
                ("一、甲\n（一）子。内容。\n二、乙\n内容。", &["section/single （一）"]),
                ("一、甲\n（一）子。内容。（二）丑。内容。\n二、乙\n内容。", &[]),
                ("一、甲\n（一）子。\n（二）丑。\n二、乙\n内容。", &[]),
            ],
        );
    }
}
