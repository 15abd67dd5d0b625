//! # 重复的词
//!
//! ## 查什么
//! 紧挨着写了两遍的双音节词：工作工作、进行进行；写了两遍的虚词：的的、了了、在在（`wording/doubled`）。
//!
//! ## 为什么
//! 复制粘贴或改稿时容易留下重复的词，朗读时格外刺耳。
//!
//! ## 错例
//! - 扎实开展开展督查
//!
//! ## 正例
//! - 一代一代传下去
//! - 达到目的的、草草了了、和和气气、的的确确
//! - 工作工作组、学习学习再学习（不报）
//!
//! ## 修改是否稳妥
//! 删去一个即可，但相连的两个词也可能分属前后两个词组，改前请看一眼。
//!
//! ## 依据
//! 公文校对的通行要求。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::is_han;

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

/// Words of one character that are never said twice, each with the neighbours that make other words of it: 目的的, 了了, 和和气气.
const PARTICLES: &[(char, &str, &str)] = &[
    ('的', "目", "确"),
    ('了', "为草明不", "解结断之事然望"),
    ('在', "现正实存所潜内外好", "在"),
    ('和', "平饱", "气美睦平"),
    ('于', "关对由等鉴", ""),
    ('被', "棉", ""),
    ('与', "参", ""),
];

impl Rule for WordingDoubled {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[DOUBLED], source: include_str!("wording_doubled.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for width in [2, 3] {
            // Where a character stands again behind the word, which is hardly ever.
            let again = chars.iter().zip(&chars[width.min(chars.len())..]).enumerate().filter(|(_, (a, b))| a == b);
            findings.extend(again.filter_map(|(at, _)| {
                let end = at + 2 * width;
                let (first, second) = chars.get(at..end)?.split_at(width);
                // A run of one character is no word.
                if first != second || first[0] == first[1] {
                    return None;
                }
                let word = WORDS.split_whitespace().find(|known| known.chars().eq(first.iter().copied()))?;
                let compound = COMPOUNDS.iter().any(|(first, next)| *first == word && chars.get(end).is_some_and(|&c| next.contains(c)));
                (!compound).then(|| {
                    let fix = Fix::replace(cx.span(at, end), word, Applicability::Unsafe);
                    Finding { fixes: vec![fix], ..DOUBLED.at(cx.span(at, end), 0.85, format!("“{word}”重复。")) }
                })
            }));
        }
        findings.extend(particles(cx));
    }
}

/// 的的, 了了: a particle of one character written twice and no more.
fn particles<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = Finding> + 'a {
    let chars = cx.folded.chars();
    let twice = chars.iter().zip(chars.iter().skip(1)).enumerate().filter(|(_, (a, b))| a == b);
    twice.filter_map(move |(at, (&c, _))| {
        let &(particle, before, after) = PARTICLES.iter().find(|(particle, ..)| *particle == c)?;
        let previous = at.checked_sub(1).map_or('\n', |before| chars[before]);
        let next = chars.get(at + 2).copied().unwrap_or('\n');
        let word = before.contains(previous) || after.contains(next) || previous == particle || next == particle || !is_han(previous);
        (!word).then(|| {
            let fix = Fix::replace(cx.span(at, at + 2), particle, Applicability::Unsafe);
            Finding { fixes: vec![fix], ..DOUBLED.at(cx.span(at, at + 2), 0.85, format!("“{particle}”重复。")) }
        })
    })
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
                ("以文件为主要内容的的专题学习", &["wording/doubled 的的 → 的"]),
                ("受到了了群众欢迎", &["wording/doubled 了了 → 了"]),
                ("为了了解情况，的的确确，和和气气，除了了解以外", &[]),
                ("一代一代传下去，达到目的的，扶贫工作工作组，学习学习再学习，组织组织部门", &[]),
            ],
        );
    }
}
