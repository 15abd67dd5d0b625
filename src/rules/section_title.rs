//! # 重复的标题
//!
//! ## 查什么
//! 同一部分之内，两个小标题一字不差：`section/same-title`。
//!
//! ## 为什么
//! 复制上一段作底稿时忘了改标题，或者同一内容写了两遍。
//!
//! ## 错例
//! - （一）加强组织领导……（二）加强组织领导
//!
//! ## 正例
//! - 一、教育工作（一）存在问题　二、卫生工作（一）存在问题（分属两个部分）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：新标题要由作者拟。
//!
//! ## 依据
//! 公文校对的通行要求。

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::outline::Level;

use super::{Context, Id, Meta, Rule};

const SAME: Id = Id { name: "section/same-title", title: "小标题重复", severity: Severity::Warning, fix: None, default: true };

/// Looks for siblings of one title.
pub(super) struct SectionTitle;

impl Rule for SectionTitle {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SAME], source: include_str!("section_title.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        /// In characters: shorter ones (“其他”) may repeat, longer ones are sentences.
        const LENGTHS: std::ops::RangeInclusive<usize> = 4..=30;
        let mut first: HashMap<(Option<usize>, Level, &str), usize> = HashMap::new();
        let sections = cx.outline.sections();
        // A run of sections that begins anew belongs to another attachment or list.
        let mut run = vec![0; sections.len()];
        for (index, section) in sections.iter().enumerate() {
            run[index] = section.previous.filter(|_| section.label.number != 1).map_or(index, |previous| run[previous]);
        }
        for (index, section) in sections.iter().enumerate() {
            let title = section.title.of(cx.text());
            if !matches!(section.level, Level::One | Level::Two | Level::Three) || !LENGTHS.contains(&title.chars().count()) {
                continue;
            }
            match first.entry((section.parent, section.level, title)) {
                std::collections::hash_map::Entry::Occupied(before) if run[*before.get()] == run[index] => {
                    let label = section.level.label(sections[*before.get()].label.number);
                    findings.push(SAME.at(section.title, 0.8, format!("与前面“{label}”的标题完全相同。")));
                }
                std::collections::hash_map::Entry::Occupied(mut before) => {
                    before.insert(index);
                }
                std::collections::hash_map::Entry::Vacant(free) => {
                    free.insert(index);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn siblings_have_titles_of_their_own() {
        check(
            &SectionTitle,
            &[
                ("（一）加强组织领导。甲。\n（二）压实工作责任。乙。\n（三）加强组织领导。丙。", &["section/same-title 加强组织领导"]),
                ("一、教育\n（一）存在问题。甲。\n二、卫生\n（一）存在问题。乙。", &[]),
                ("一、工作情况\n甲。\n附件1\n一、工作情况\n乙。", &[]),
                ("1.加强组织领导\n甲。\n1.加强组织领导\n乙。", &[]),
                ("（一）其他。甲。\n（二）其他。乙。", &[]),
            ],
        );
    }
}
