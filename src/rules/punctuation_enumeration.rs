//! # 顿号的误用
//!
//! ## 查什么
//! `punctuation/enumeration`：顿号后又用“和”“等”，如“甲、乙、和丙”“甲、乙、等”；
//! `punctuation/approximate`：相邻两个数字表示大概的数目，中间加了顿号，如“三、四天”；
//! `punctuation/adjacent`（默认关闭）：相邻的引号、书名号之间用了顿号。
//!
//! ## 为什么
//! “和”已起连接作用，“等”紧跟在列举之后，前面不再用顿号；“三、四天”读来像是“三天和四天”。
//!
//! ## 错例
//! - 道路、桥梁、和水渠
//! - 道路、桥梁、等设施
//! - 抢修三、四天
//!
//! ## 正例
//! - 道路、桥梁和水渠
//! - 和睦相处、和衷共济；激光、等离子；行业监管、等级保护
//! - 一、二季度，三、四年级（是缩略，不是概数）
//!
//! ## 修改是否稳妥
//! 删去顿号稳妥。概数也可能是“三天或者四天”之外的意思，只作提示。引号、书名号之间的顿号，标准说通常不用，
//! 中央文件里却很常见，所以默认不查。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.5（顿号）：相邻或相近两数字连用表示概数通常不用顿号；
//! 标有引号、书名号的并列成分之间通常不用顿号。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::numeral;
use crate::text::is_han;

use super::{Context, Id, Meta, Rule};

const ENUMERATION: Id =
    Id {
        name: "punctuation/enumeration", title: "顿号多余", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };
const APPROXIMATE: Id = Id {
    name: "punctuation/approximate",
    title: "概数中间用了顿号",
    severity: Severity::Info,
    fix: Some(Applicability::Unsafe),
    default: true,
};
const ADJACENT: Id = Id {
    name: "punctuation/adjacent",
    title: "引号、书名号之间用了顿号",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    default: false,
};

/// Looks at what stands on both sides of a 、.
pub(super) struct PunctuationEnumeration;

impl Rule for PunctuationEnumeration {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[ENUMERATION, APPROXIMATE, ADJACENT], source: include_str!("punctuation_enumeration.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for (at, _) in cx.folded.places_of(&['、']) {
            let Some(before) = at.checked_sub(1).map(|before| chars[before]) else { continue };
            let Some(&after) = chars.get(at + 1) else { continue };
            let found = match after {
                '和' | '等' if is_joined(cx, at) => Some((&ENUMERATION, format!("“{after}”前不用顿号。"))),
                '《' if before == '》' => Some((&ADJACENT, "书名号之间通常不用顿号。".into())),
                '“' if before == '”' => Some((&ADJACENT, "引号之间通常不用顿号。".into())),
                _ if is_approximate(chars, at) => Some((&APPROXIMATE, format!("表示大概的数目时写作“{before}{after}”，中间不用顿号。"))),
                _ => None,
            };
            findings.extend(found.map(|(id, message)| {
                let span = cx.span(at, at + 1);
                let fix = Fix::replace(span, "", id.fix.unwrap_or(Applicability::DisplayOnly));
                // The mark alone is hard to see: the neighbours are shown with it.
                Finding { fixes: vec![fix], ..id.at(cx.span(at - 1, at + 2), 0.85, message) }
            }));
        }
    }
}

/// Whether 和 or 等 after the 、 at `at` is a word of its own, and an enumeration stands before it.
fn is_joined(cx: &Context<'_>, at: usize) -> bool {
    /// So far back the 、 before this one may lie.
    const NEAR: usize = 24;
    let chars = cx.folded.chars();
    let clause: Vec<char> = chars[at + 1..].iter().copied().take_while(|&c| is_han(c)).take(8).collect();
    let mut words = Vec::new();
    cx.segmenter.words(&clause, &mut words);
    let alone = words.first().is_some_and(|word| word.len() == 1 || clause.starts_with(&['等', '等']));
    // “、和甲乙” of two words that the list does not know together: 和合, 等离子体 and other words begin with them.
    let unknown = clause.len() < 2 || cx.segmenter.frequency(&clause[..2]).is_none();
    let listed = chars[..at].iter().rev().take(NEAR).take_while(|c| !matches!(c, '。' | '；' | '\n')).any(|&c| c == '、');
    // “等 + noun” only where the enumeration clearly ends with it.
    let ends = clause.first() != Some(&'等') || clause.len() == 1 || clause.starts_with(&['等', '等']) || is_collective(&clause);
    // 和 stands before the last item: “、和美乡村、” is an item itself.
    let rest = &chars[at + 2..];
    let last =
        clause.first() != Some(&'和') || rest.iter().find(|c| matches!(c, '、' | '，' | '。' | '；' | '\n')).is_none_or(|&c| c != '、');
    alone && unknown && listed && ends && last && !clause.starts_with(&['和', '美'])
}

/// 等方面, 等单位 …: nouns that sum up an enumeration.
fn is_collective(clause: &[char]) -> bool {
    const NOUNS: [&str; 22] = [
        "方面", "单位", "部门", "地区", "领域", "行业", "工作", "问题", "设施", "活动", "项目", "内容", "环节", "措施", "情况", "形式",
        "物资", "设备", "材料", "人员", "场所", "企业",
    ];
    let rest: String = clause[1..].iter().take(2).collect();
    NOUNS.contains(&rest.as_str())
}

/// 三、四天: two digits that follow one another before a measure word that is not counted in steps.
fn is_approximate(chars: &[char], at: usize) -> bool {
    let digit = |at: usize| chars.get(at).copied().and_then(numeral::digit_of);
    let outside = at.checked_sub(2).map_or('\n', |before| chars[before]);
    let (Some(first), Some(second)) = (digit(at - 1), digit(at + 1)) else { return false };
    let measure = chars.get(at + 2).is_some_and(|c| matches!(c, '天' | '岁' | '个' | '趟' | '遍'));
    let whole = !matches!(outside, '、' | '第' | '十' | '百' | '千' | '万') && numeral::digit_of(outside).is_none();
    // “一、二个” numbers a list; “（二）、三个” and the like have no digit before the mark.
    measure && whole && second == first + 1 && first > 1 && outside != '\n'
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn an_enumeration_comma_stands_only_between_items() {
        check(
            &PunctuationEnumeration,
            &[
                ("修建道路、桥梁、和水渠。", &["punctuation/enumeration 梁、和 → 梁和"]),
                ("修建道路、桥梁、等设施。", &["punctuation/enumeration 梁、等 → 梁等"]),
                ("修建道路、桥梁、等。", &["punctuation/enumeration 梁、等 → 梁等"]),
                ("抢修三、四天才完工。", &["punctuation/approximate 三、四 → 三四"]),
                ("修订《甲》、《乙》，抓好“丙”、“丁”。", &["punctuation/adjacent 》、《 → 》《", "punctuation/adjacent ”、“ → ”“"]),
                ("和睦相处、和衷共济、和谐发展。", &[]),
                ("激光、等离子切割，行业监管、分类、等级保护，人民公社实行按劳分配、等价交换。", &[]),
                ("稳产保供、提质增效、和美乡村建设、农民增收，建设产业、文化、和美乡村。", &[]),
                ("一、二季度，三、四年级，十三、四个，第三、四个。", &[]),
                ("一、三个方面", &[]),
            ],
        );
    }
}
