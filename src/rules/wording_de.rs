//! # “的”“地”“得”
//!
//! ## 查什么
//! 只查拿得准的几种：`wording/de`。
//! 副词与动词之间写成“的”（有效的解决了、更好的发挥作用）；动词与补语之间写成“的”（抓的很实、取的了成效、值的肯定）。
//!
//! ## 为什么
//! “的”接名词，“地”接动词，“得”接补语；写错虽不妨碍理解，却显得文稿粗糙。
//!
//! ## 错例
//! - 有效的解决了饮水问题
//! - 更好的发挥作用
//! - 各项工作抓的很实
//!
//! ## 正例
//! - 有效地解决了饮水问题、有效的解决办法
//! - 更好的发展、更好的服务质量
//! - 抓得很实、抓的工作很多
//!
//! ## 修改是否稳妥
//! 一般不错，改前请看一眼：“的”后面的词也可能当名词用。
//!
//! ## 依据
//! 《现代汉语词典》（第7版）“的”“地”“得”条。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::is_han;

use super::chars::{ends_with, word_at};
use super::{Context, Id, Meta, Rule};

const DE: Id =
    Id {
        name: "wording/de", title: "“的”“地”“得”误用", severity: Severity::Warning, fix: Some(Applicability::Unsafe), default: true
    };

/// Looks at 的 between words that only 地 or 得 can join.
pub(super) struct WordingDe;

impl Rule for WordingDe {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[DE], source: include_str!("wording_de.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        let found = cx.folded.places_of(&['的']).filter_map(|(at, _)| {
            let right = if needs_di(chars, at) {
                "地"
            } else if needs_de(chars, at) {
                "得"
            } else {
                return None;
            };
            let fix = Fix::replace(cx.span(at, at + 1), right, Applicability::Unsafe);
            let why = if right == "地" { "后面是动词" } else { "后面是补语" };
            Some(Finding { fixes: vec![fix], ..DE.at(cx.span(at - 1, at + 2), 0.8, format!("{why}，用“{right}”。")) })
        });
        findings.extend(found);
    }
}

/// Words that go before verbs.
const ADVERBS: [&str; 28] = [
    "认真",
    "积极",
    "深入",
    "扎实",
    "有效",
    "切实",
    "不断",
    "全面",
    "逐步",
    "及时",
    "大力",
    "充分",
    "严格",
    "坚决",
    "主动",
    "自觉",
    "迅速",
    "有力",
    "稳步",
    "持续",
    "成功",
    "顺利",
    "圆满",
    "牢牢",
    "始终",
    "较好",
    "进一步",
    "极大",
];

/// Comparatives, which also go before nouns.
const BETTER: [&str; 3] = ["更好", "更快", "更多"];

/// Verbs that want an object and are never nouns.
const VERBS: [&str; 14] =
    ["完成", "发挥", "促进", "推进", "推动", "满足", "适应", "掌握", "落实", "贯彻", "履行", "把", "为群众", "为人民"];

/// 有效的解决了, 认真的把, 更好的发挥作用.
fn needs_di(chars: &[char], at: usize) -> bool {
    let after = |offset: usize| chars.get(at + offset).copied().unwrap_or('\n');
    let adverb = ADVERBS.iter().any(|word| ends_with(chars, at, word));
    // “有效的解决了”: a verb of two characters, and 了 right behind it. “的” before it would make “了的” of the clause.
    let done =
        is_han(after(1)) && is_han(after(2)) && after(3) == '了' && !matches!(after(4), '的' | '解') && !matches!(after(1), '的' | '是');
    let taken = after(1) == '把' && is_han(after(2)) && !matches!(after(2), '握' | '关' | '手' | '控');
    if adverb {
        return done || taken;
    }
    BETTER.iter().any(|word| ends_with(chars, at, word))
        && word_at(chars, at + 1, &VERBS).is_some_and(|verb| {
            let next = after(1 + verb.chars().count());
            is_han(next) && !matches!(next, '的' | '率' | '度' | '力' | '者' | '性' | '和' | '与' | '情' | '握' | '关' | '机' | '措')
        })
}

/// Verbs whose complement says how well something is done.
const DOING: [char; 9] = ['做', '干', '抓', '办', '讲', '写', '管', '搞', '落'];

/// 抓的很实, 取的了成效, 值的肯定.
fn needs_de(chars: &[char], at: usize) -> bool {
    let Some(verb) = at.checked_sub(1).map(|before| chars[before]) else { return false };
    let follows = |words: &[&'static str]| word_at(chars, at + 1, words).is_some();
    match verb {
        '取' | '获' | '赢' => {
            follows(&["了", "显著", "明显", "良好", "较好", "一定", "阶段性", "圆满", "优异", "新进展", "新成效", "突破"])
        }
        '值' => follows(&["肯定", "学习", "借鉴", "注意", "推广", "关注", "重视", "一提"]),
        '变' => follows(&["更加", "越来越", "十分", "非常"]),
        '显' => follows(&["更加", "尤为", "十分", "格外", "非常"]),
        _ if DOING.contains(&verb) => {
            let degree = word_at(chars, at + 1, &["非常", "比较", "不够", "很", "更"]);
            degree.is_some_and(|degree| {
                let after = at + 1 + degree.chars().count();
                let quality =
                    word_at(chars, after, &["扎实", "到位", "出色", "及时", "认真", "细致", "好", "实", "紧", "细", "深", "牢", "严"]);
                // “讲的很好的道理” goes on to a noun.
                quality.is_some_and(|quality| chars.get(after + quality.chars().count()).is_none_or(|&c| !is_han(c)))
            })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn only_what_is_certain_is_reported() {
        check(
            &WordingDe,
            &[
                ("有效的解决了饮水问题", &["wording/de 效的解 → 效地解"]),
                ("更好的发挥作用", &["wording/de 好的发 → 好地发"]),
                ("认真的把每件事办好", &["wording/de 真的把 → 真地把"]),
                ("各项工作抓的很实，", &["wording/de 抓的很 → 抓得很"]),
                ("取的了明显成效", &["wording/de 取的了 → 取得了"]),
                ("这一做法值的肯定", &["wording/de 值的肯 → 值得肯"]),
                ("有效的解决办法，更好的发展，更好的服务质量，不断的努力", &[]),
                ("严格的把关，更好的落实情况，更好的推进机制，更好的完成度", &[]),
                ("抓的工作很多，讲的很好的道理，他做的更多", &[]),
                ("得到了有效的解决，有效的解决了的问题", &[]),
            ],
        );
    }
}
