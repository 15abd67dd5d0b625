//! # 同一事项两个数
//!
//! ## 查什么
//! 同一篇里，说法一字不差的同一事项，前后次数不同：`consistency/count`，如前面“全年召开党委会议12次”，后面“全年召开党委会议15次”。
//!
//! ## 为什么
//! 各部门供稿拼在一起，同一个数前后不一，最容易被问住。
//!
//! ## 错例
//! - 全年召开党委会议12次……全年召开党委会议15次
//!
//! ## 正例
//! - 上半年召开党委会议6次，下半年召开党委会议9次
//!
//! ## 修改是否稳妥
//! 只提示，不修改：哪个数对，由作者定。只比带“全年”“累计”“共”“今年以来”、计次数的说法。
//!
//! ## 依据
//! 公文校对的通行要求。

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::text::is_han;

use super::chars::word_at;
use super::figure::Figure;
use super::{Context, Id, Meta, Rule};

const COUNT: Id =
    Id { name: "consistency/count", title: "同一事项前后数字不同", severity: Severity::Info, fix: None, default: true };

/// Compares counts that are introduced by the same words.
pub(super) struct ConsistencyCount;

/// What sums up.
const TOTALS: [&str; 6] = ["全年", "累计", "今年以来", "全镇共", "全县共", "一年来"];

const UNITS: [&str; 8] = ["人次", "场次", "次", "场", "期", "轮", "篇", "件"];

impl Rule for ConsistencyCount {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[COUNT], source: include_str!("consistency_count.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        /// Less says too little of what is counted, more is never said twice.
        const LENGTHS: std::ops::RangeInclusive<usize> = 6..=20;
        let chars = cx.folded.chars();
        let mut first: HashMap<(&[char], &str), (Figure, usize)> = HashMap::new();
        let mut done = 0;
        for (start, _) in cx.folded.places_of(&['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) {
            let Some(figure) = Figure::at(chars, start).filter(|_| start >= done) else { continue };
            done = figure.end;
            let Some(unit) = word_at(chars, figure.end, &UNITS) else { continue };
            let words = chars[..start].iter().rev().take(*LENGTHS.end() + 1).take_while(|&&c| is_han(c)).count();
            let label = &chars[start - words..start];
            let sums_up = (0..words).any(|at| word_at(label, at, &TOTALS).is_some());
            if !LENGTHS.contains(&words) || !sums_up {
                continue;
            }
            let (before, line) = *first.entry((label, unit)).or_insert((figure, start));
            if before.value != figure.value {
                let line = cx.document.text.line_of(cx.span(line, line + 1).start);
                let (now, then) = (cx.words(figure.start, figure.end), cx.words(before.start, before.end));
                let message = format!("此处是{now}{unit}，第{line}行同一说法是{then}{unit}，请核对。");
                findings.push(COUNT.at(cx.span(start - words, figure.end + unit.chars().count()), 0.6, message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn one_thing_has_one_count() {
        check(
            &ConsistencyCount,
            &[
                ("全年召开党委会议12次。甲。全年召开党委会议15次。", &["consistency/count 全年召开党委会议15次"]),
                ("全年召开党委会议12次。甲。全年召开党委会议12次，上半年召开党委会议6次，下半年召开党委会议9次。", &[]),
                ("累计服务群众120人次，累计服务群众50次。", &[]),
            ],
        );
    }
}
