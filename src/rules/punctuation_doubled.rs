//! # 重复的标点
//!
//! ## 查什么
//! 两个点号连用：，，、。。、，。等（`punctuation/doubled`）。
//!
//! ## 为什么
//! 增删文字后留下的多余标点，读者一眼可见。
//!
//! ## 错例
//! - 工作扎实推进，，成效明显。
//! - 会议强调，。
//!
//! ## 正例
//! - 还有……。
//! - 太好了！！
//!
//! ## 修改是否稳妥
//! 两个标点相同的，删去一个，稳妥；不同的，留哪个要看一眼。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::{Context, Id, Meta, Rule};

const DOUBLED: Id =
    Id { name: "punctuation/doubled", title: "标点重复", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true };

/// Looks for two stops in a row.
pub(super) struct PunctuationDoubled;

impl Rule for PunctuationDoubled {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[DOUBLED], source: include_str!("punctuation_doubled.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        // Runs of three and more are ellipses and dotted lines.
        let chars = cx.folded.chars();
        let is_stop = |at: usize| chars.get(at).is_some_and(|c| STOPS.contains(c));
        let starts = cx.folded.places_of(&STOPS).map(|(at, _)| at).filter(|&at| !at.checked_sub(1).is_some_and(is_stop));
        let doubled = starts.filter(|&at| is_stop(at + 1) && !is_stop(at + 2)).map(|at| (at, at + 2));
        findings.extend(doubled.map(|(start, end)| {
            let (first, second) = (chars[start], chars[start + 1]);
            let span = cx.span(start, end);
            if first == second {
                let fix = Fix::replace(span, first, Applicability::Safe);
                return Finding { fixes: vec![fix], ..DOUBLED.at(span, 0.95, format!("“{first}”重复。")) };
            }
            let fixes = [second, first].map(|mark| Fix::replace(span, mark, Applicability::Unsafe)).into();
            Finding { fixes, ..DOUBLED.at(span, 0.85, format!("“{first}”与“{second}”连用，应只留一个。")) }
        }));
    }
}

const STOPS: [char; 5] = ['，', '。', '；', '：', '、'];

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn one_stop_is_enough() {
        check(
            &PunctuationDoubled,
            &[
                ("扎实推进，，成效明显。", &["punctuation/doubled ，， → ，"]),
                ("会议强调，。", &["punctuation/doubled ，。 → 。"]),
                ("工作完成。 。", &["punctuation/doubled 。 。 → 。"]),
                ("他说：“好。”，太好了！！等等。。。", &[]),
            ],
        );
    }
}
