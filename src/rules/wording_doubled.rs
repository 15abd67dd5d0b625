//! # 重复的词
//!
//! ## 查什么
//! 紧挨着写了两遍的双音节词：工作工作、进行进行（`wording/doubled`）。
//!
//! ## 为什么
//! 复制粘贴或改稿时容易留下重复的词，朗读时格外刺耳。
//!
//! ## 错例
//! - 扎实开展开展督查
//!
//! ## 正例
//! - 一代一代传下去
//! - 达到目的的
//! - 工作工作组、学习学习再学习（不报）
//!
//! ## 修改是否稳妥
//! 删去一个即可，但相连的两个词也可能分属前后两个词组，改前请看一眼。
//!
//! ## 依据
//! 公文校对的通行要求。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::{Context, Id, Meta, Rule};

const DOUBLED: Id =
    Id { name: "wording/doubled", title: "词语重复", severity: Severity::Warning, fix: Some(Applicability::Unsafe), default: true };

/// Looks for words written twice.
pub(super) struct WordingDoubled;

/// Words that are never said twice in a row, as 一步一步 and 学习学习 are.
const WORDS: &str = "进行 开展 实现 加强 推进 落实 提高 完善 建立 加快 促进 推动 贯彻 健全 强化 提升 深化 以及 关于 根据 按照 通过 围绕 为了 由于 因此 同时 我们 他们 \
                     积极 切实 有关 情况 方面 得到 取得 成为 具有 制定 召开 采取 确保 进一步 扎实 深入 有效 严格 充分 不断 工作 问题 实施 全面 认真 坚决 持续";

/// What may follow the second word and make it the beginning of another: 工作工作组, 实施实施方案.
const COMPOUNDS: &[(&str, &str)] =
    &[("工作", "组日会站人者证量室台员法所站点队"), ("实施", "方细意办"), ("问题", "清台线导"), ("落实", "情")];

impl Rule for WordingDoubled {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[DOUBLED], source: include_str!("wording_doubled.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for width in [2, 3] {
            let doubled = chars.windows(2 * width).enumerate().filter(|(_, window)| window[..width] == window[width..]);
            findings.extend(doubled.filter_map(|(at, window)| {
                let word: String = window[..width].iter().collect();
                let end = at + 2 * width;
                WORDS.split(' ').find(|known| *known == word)?;
                let compound = COMPOUNDS.iter().any(|(first, next)| *first == word && chars.get(end).is_some_and(|&c| next.contains(c)));
                (!compound).then(|| {
                    let fix = Fix::replace(cx.span(at, end), word.as_str(), Applicability::Unsafe);
                    Finding { fixes: vec![fix], ..DOUBLED.at(cx.span(at, end), 0.85, format!("“{word}”重复。")) }
                })
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn words_are_written_once() {
        check(
            &WordingDoubled,
            &[
                ("扎实开展开展督查", &["wording/doubled 开展开展 → 开展"]),
                ("进一步进一步加强领导", &["wording/doubled 进一步进一步 → 进一步"]),
                ("从而实现\u{3000}实现对车辆的管理", &["wording/doubled 实现\u{3000}实现 → 实现"]),
                ("一代一代传下去，达到目的的，扶贫工作工作组，学习学习再学习，组织组织部门", &[]),
            ],
        );
    }
}
