//! # 一是、二是、三是
//!
//! ## 查什么
//! 段落中“一是……二是……三是……”“一要……二要……”的序号：缺了中间一项（一是、三是），或同一项写了两次（二是、二是）。
//!
//! ## 为什么
//! 段内列举改动频繁，漏改序号不易看出；读者按序号核对要点，缺号会被当成漏项。
//!
//! ## 错例
//! - 一是压实责任；三是严格督查。
//! - 一是加强学习；二是改进作风；二是严格督查。
//!
//! ## 正例
//! - 一是压实责任；二是健全机制；三是严格督查。
//! - 我们的态度是：一是一，二是二。
//!
//! ## 修改是否稳妥
//! 只提示，不自动修改：可能是漏了一项，也可能只是序号写错。
//!
//! ## 依据
//! 通行的行文规则；GB/T 9704—2012《党政机关公文格式》7.3.3 对层次序数的要求。

use crate::finding::{Finding, Severity};
use crate::numeral;
use crate::outline::{Item, ItemForm};
use crate::span::Span;

use super::sequence::{Sequence, Step};
use super::{Context, Id, Meta, Rule};

const SERIES: Id =
    Id { name: "section/series", title: "“一是、二是”缺号或重号", severity: Severity::Warning, fix: None, default: true };

/// Checks the items 一是, 二是 … inside paragraphs.
pub(super) struct SectionSeries;

impl Rule for SectionSeries {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SERIES], source: include_str!("section_series.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for form in [ItemForm::Is, ItemForm::Must] {
            let mut sequence = Sequence::new();
            for item in cx.outline.items().iter().filter(|item| item.form == form) {
                // A series that was left behind paragraphs ago will not be taken up again.
                if item.number == 1 {
                    sequence.retain(|before: &Item| item.block - before.block <= NEAR);
                }
                if let Step::Breaks(Some(before)) = sequence.step(item.number, item) {
                    findings.extend(out_of_order(cx, before, item));
                }
            }
        }
    }
}

/// Items of one series stand at most this many blocks apart.
const NEAR: usize = 3;

fn out_of_order(cx: &Context<'_>, before: &Item, item: &Item) -> Option<Finding> {
    let verb = if item.form == ItemForm::Is { '是' } else { '要' };
    let (last, number) = (numeral::write(before.number), numeral::write(item.number));
    if item.block - before.block > NEAR || item.number < before.number {
        return None;
    }
    if item.number == before.number {
        return Some(SERIES.at(item.span, 0.85, format!("“{number}{verb}”重复，请核对序号。")));
    }
    let missing = numeral::write(before.number + 1);
    let between = Span { start: before.span.end, end: item.span.start }.of(cx.text());
    // “二、”, “第二”, “二则” in between count as the missing item.
    let present = between
        .match_indices(&missing)
        .any(|(at, _)| between[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || c == '第') && at > 0);
    (!present).then(|| SERIES.at(item.span, 0.85, format!("“{last}{verb}”之后是“{number}{verb}”，缺“{missing}{verb}”。")))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn items_follow_one_another() {
        check(
            &SectionSeries,
            &[
                ("一是压实责任；二是健全机制；三是严格督查。", &[]),
                ("一是压实责任；三是严格督查。", &["section/series 三是"]),
                ("一要加强学习；二要改进作风；二要严格督查。", &["section/series 二要"]),
                ("一是压实责任。\n二是健全机制。\n四是严格督查。", &["section/series 四是"]),
                ("一是压实责任；二要健全机制；三是严格督查。", &[]),
                ("一是压实责任；第二，健全机制；三是严格督查。", &[]),
                ("一是压实责任；二是健全机制。另一方面，一是加强学习；二是改进作风。", &[]),
                ("一是责任：一是甲；二是乙；三是丙。二是机制。", &[]),
                ("我们的态度是：一是一，二是二。", &[]),
                ("这是任务之一是关键。统一要求，三是严格督查。", &[]),
            ],
        );
    }
}
