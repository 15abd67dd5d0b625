//! # 尚待填写之处
//!
//! ## 查什么
//! `placeholder/unfilled`：xx、XX、××、某某、○○、**、____、20xx年、〔xxx〕、空括号等尚未填写之处；
//! `placeholder/sample-text`：模板留下的提示语，如【待补充】（此处填写单位）、{{单位}}、lorem ipsum；
//! `placeholder/mangled`：被错误替换或识别错了的年份，如“20PC年”“2O21年”；`placeholder/mixed-style`：同一篇里用了几种记号。
//!
//! ## 为什么
//! 印发后才发现留着空白或模板提示语，是最难堪的差错；记号不统一，查找替换时容易漏掉。
//!
//! ## 错例
//! - 开展专项督查xx次
//! - 【此处填写具体数据】
//! - 兴办发〔20PC〕18号
//! - 2O21年（字母O）
//!
//! ## 正例
//! - 4×100米接力、2×35万千瓦机组、王某某（化名）、二○○九年，都不是空白。
//!
//! ## 修改是否稳妥
//! 要填的内容只有作者知道，不能自动修改；年份中的字母O、l换成数字，请核对。`hegao placeholders` 列出全部待填之处。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）关于公文审核、复核的要求。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::placeholder::{Kind, Placeholder};
use crate::span::Span;

use super::{Context, Id, Meta, Rule};

const UNFILLED: Id = Id { name: "placeholder/unfilled", title: "尚待填写", severity: Severity::Info, fix: None, default: true };
const SAMPLE: Id =
    Id { name: "placeholder/sample-text", title: "模板提示语未删", severity: Severity::Warning, fix: None, default: true };
const MANGLED: Id =
    Id {
        name: "placeholder/mangled", title: "年份不成数字", severity: Severity::Warning, fix: Some(Applicability::Unsafe), default: true
    };
const MIXED: Id =
    Id { name: "placeholder/mixed-style", title: "待填记号不统一", severity: Severity::Info, fix: None, default: true };

/// Reports the blanks of a draft.
pub(super) struct Placeholders;

impl Rule for Placeholders {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[UNFILLED, SAMPLE, MANGLED, MIXED], source: include_str!("placeholder.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        findings.extend(cx.placeholders.iter().map(|placeholder| unfilled(cx, placeholder)));
        findings.extend(lorem(cx));
        findings.extend(mangled_years(cx));
        findings.extend(mixed_styles(cx));
    }
}

fn unfilled(cx: &Context<'_>, placeholder: &Placeholder) -> Finding {
    let words = placeholder.span.of(cx.text());
    match placeholder.kind {
        Kind::Marked | Kind::Template => SAMPLE.at(placeholder.span, 0.9, format!("“{words}”是模板提示语，请填写或删去。")),
        _ => {
            let unit = placeholder.unit.map_or(String::new(), |unit| format!("，单位是“{}”", unit.of(cx.text())));
            UNFILLED.at(placeholder.span, 0.9, format!("此处待填：{}{unit}。", placeholder.asks.label()))
        }
    }
}

/// The sample text of typesetters.
fn lorem(cx: &Context<'_>) -> Option<Finding> {
    ["Lorem ipsum", "lorem ipsum", "LOREM IPSUM"].iter().find_map(|words| {
        let at = memchr::memmem::find(cx.text().as_bytes(), words.as_bytes())?;
        Some(SAMPLE.at(Span::new(at, at + words.len()), 0.95, "“lorem ipsum”是排版用的样文，请替换为正文。"))
    })
}

/// 20PC年, 〔20PC〕: digits of a year that a careless replacement has turned into letters. 2O21年: letters that look like digits.
fn mangled_years<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = Finding> + 'a {
    let chars = cx.folded.chars();
    let letter = |c: char| c.is_ascii_uppercase() && c != 'X';
    cx.folded.places_of(&['年', '〕']).filter_map(move |(end, after)| {
        let at = end.checked_sub(4)?;
        let &[millennium @ ('1' | '2'), a, b, c] = &chars[at..end] else { return None };
        let before = at.checked_sub(1).map_or('\n', |at| chars[at]);
        let named = after == '年' || (before == '〔' && after == '〕');
        if !named || before.is_ascii_alphanumeric() || ![a, b, c].iter().any(char::is_ascii_alphabetic) {
            return None;
        }
        let span = cx.folded.span(cx.text(), at, at + 4);
        if let [Some(a), Some(b), Some(c)] = [a, b, c].map(as_digit) {
            let fix = Fix::replace(span, String::from_iter([millennium, a, b, c]), Applicability::Unsafe);
            return Some(Finding { fixes: vec![fix], ..MANGLED.at(span, 0.9, "年份中的数字写成了字母。") });
        }
        let replaced = millennium == '2' && a == '0' && letter(b) && letter(c);
        replaced.then(|| MANGLED.at(span, 0.9, format!("“{}”不是年份，可能是查找替换时改错了。", span.of(cx.text()))))
    })
}

/// The digit a place of a year shows, letters that look like one included.
const fn as_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        _ => None,
    }
}

/// One finding at the first blank that is marked otherwise than most.
fn mixed_styles(cx: &Context<'_>) -> Option<Finding> {
    let mut styles: Vec<(&'static str, usize, Span)> = Vec::new();
    for placeholder in cx.placeholders {
        let Some(style) = style(placeholder.span.of(cx.text())) else { continue };
        match styles.iter_mut().find(|(name, ..)| *name == style) {
            Some((_, count, _)) => *count += 1,
            None => styles.push((style, 1, placeholder.span)),
        }
    }
    styles.sort_by_key(|&(_, count, span)| (std::cmp::Reverse(count), span));
    let &[(common, ..), (_, _, rare), ..] = &styles[..] else { return None };
    let names: Vec<String> = styles.iter().map(|(name, count, _)| format!("{name} {count} 处")).collect();
    Some(MIXED.at(rare, 0.6, format!("待填记号不统一（{}），建议统一用“{common}”。", names.join("，"))))
}

/// The mark a blank is made of; the width of a run does not matter.
fn style(words: &str) -> Option<&'static str> {
    words.chars().find_map(|c| {
        Some(match c {
            'x' | 'ｘ' => "xx",
            'X' | 'Ｘ' => "XX",
            '×' | '✕' | '╳' => "××",
            '某' => "某某",
            '○' | '◯' | '〇' => "○○",
            '*' | '＊' => "**",
            '_' | '＿' => "____",
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, findings};
    use super::*;

    #[test]
    fn blanks_are_reported_by_what_stands_there() {
        check(
            &Placeholders,
            &[
                ("开展专项督查xx次。", &["placeholder/unfilled xx"]),
                ("负责人：【待补充】", &["placeholder/sample-text 【待补充】"]),
                ("{{单位}}工作报告", &["placeholder/sample-text {{单位}}"]),
                ("Lorem ipsum dolor sit amet", &["placeholder/sample-text Lorem ipsum"]),
                ("兴办发〔20PC〕18号", &["placeholder/mangled 20PC"]),
                ("20PC年工作总结，20LED年", &["placeholder/mangled 20PC"]),
                ("2O21年以来，20l9年", &["placeholder/mangled 2O21 → 2021", "placeholder/mangled 20l9 → 2019"]),
                ("完成4×100米接力，二○○九年，采购120PC台。", &[]),
                (
                    "督查xx次，走访xxx户，培训××人。",
                    &["placeholder/unfilled xx", "placeholder/unfilled xxx", "placeholder/unfilled ××", "placeholder/mixed-style ××"],
                ),
            ],
        );
    }

    #[test]
    fn the_message_says_what_is_asked_for() {
        let found = findings(&Placeholders, "讲党课近xx余次。");
        assert_eq!(found[0].message, "此处待填：次数，单位是“次”。");
        assert_eq!(found[0].severity, Severity::Info);
    }
}
