//! # 全角、半角混用的括号和引号
//!
//! ## 查什么
//! `punctuation/mixed-brackets`：一对圆括号一半全角、一半半角，如“（试行)”；
//! `punctuation/straight-quotes`：汉字旁用了直引号 " 或弯引号与直引号混用，如“四个意识"。
//!
//! ## 为什么
//! 一对符号两种宽度，排版后一大一小；直引号分不出前后，也影响查找。多是输入法切换留下的。
//!
//! ## 错例
//! - 《考核办法（试行)》
//! - 增强“四个意识"
//!
//! ## 正例
//! - 《考核办法（试行）》
//! - 增强“四个意识”
//! - 12"管材、"ISO 9001"
//!
//! ## 修改是否稳妥
//! 稳妥：只换符号的宽度和方向。段首序号的括号由 `section/bracket` 查。直引号在网页稿里很常见，只作提示。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.8（引号的形式是“”‘’）、4.9（括号）、5.1（标点的位置）。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::numeral;
use crate::text::is_han;

use super::{Context, Id, Meta, Rule};

const BRACKETS: Id = Id {
    name: "punctuation/mixed-brackets",
    title: "括号一半全角、一半半角",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    default: true,
};
const STRAIGHT: Id = Id {
    name: "punctuation/straight-quotes",
    title: "用了直引号",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Looks for pairs of two widths and for quotation marks of the typewriter.
pub(super) struct PunctuationBrackets;

impl Rule for PunctuationBrackets {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[BRACKETS, STRAIGHT], source: include_str!("punctuation_brackets.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        // Where the open brackets and quotation marks of the block stand, and where the block starts.
        let (mut brackets, mut quotes, mut start) = (Vec::new(), Vec::new(), 0);
        for (at, c) in cx.folded.places_of(&['（', '(', '）', ')', '“', '”', '\n']) {
            match c {
                '（' | '(' => brackets.push(at),
                '）' | ')' => findings.extend(brackets.pop().and_then(|open| mixed(cx, start, open, at))),
                '“' => quotes.push(at),
                '”' => findings.extend(quotes.pop().and_then(|open| straight(cx, open, at))),
                '\n' => {
                    brackets.clear();
                    quotes.clear();
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
}

/// A pair of two widths; `start` is where the block starts.
fn mixed(cx: &Context<'_>, start: usize, open: usize, close: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let inside = &chars[open + 1..close];
    let is_label = open == start && inside.iter().all(|&c| c.is_ascii_digit() || c == '十' || numeral::digit_of(c).is_some());
    let (half, full) = match (chars[open], chars[close]) {
        ('（', ')') => (close, '）'),
        ('(', '）') => (open, '（'),
        _ => return None,
    };
    (!is_label).then(|| {
        let span = cx.span(half, half + 1);
        let fix = Fix::replace(span, full, Applicability::Safe);
        Finding {
            fixes: vec![fix], ..BRACKETS.at(span, 0.9, format!("这对括号一半全角、一半半角，此处宜用“{full}”。"))
        }
    })
}

/// A quotation with one straight mark or two around Chinese words. The folded view shows every mark curved; the text tells.
fn straight(cx: &Context<'_>, open: usize, close: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let mark = |at: usize| cx.span(at, at + 1);
    let edits: Vec<Edit> = [open, close]
        .into_iter()
        .filter(|&at| mark(at).of(cx.text()) == "\"")
        .map(|at| Edit { span: mark(at), text: chars[at].into() })
        .collect();
    let quotes_han = close > open + 1 && (is_han(chars[open + 1]) || is_han(chars[close - 1]));
    (quotes_han && !edits.is_empty()).then(|| {
        let fix = Fix { edits, applicability: Applicability::Safe };
        Finding { fixes: vec![fix], ..STRAIGHT.at(cx.span(open, close + 1), 0.8, "中文用弯引号“”，不用直引号。") }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn both_halves_have_one_width() {
        check(
            &PunctuationBrackets,
            &[
                ("《考核办法（试行)》", &["punctuation/mixed-brackets ) → ）"]),
                ("考核办法(试行）", &["punctuation/mixed-brackets ( → （"]),
                ("（一)强化领导", &[]),
                ("甲（乙）丙(丁)，1)压实责任", &[]),
                ("增强\"四个意识\"", &["punctuation/straight-quotes \"四个意识\" → “四个意识”"]),
                ("增强“四个意识\"", &["punctuation/straight-quotes “四个意识\" → “四个意识”"]),
                ("采用 \"ISO\" 标准", &[]),
            ],
        );
    }
}
