//! # 引号、书名号里面再用引号、书名号
//!
//! ## 查什么
//! `punctuation/nested-titles`：书名号里面又用双书名号，如《关于印发《实施方案》的通知》；
//! `punctuation/nested-quotes`：双引号里面又用双引号。
//!
//! ## 为什么
//! 里外用同一种符号，读者看不出哪一半与哪一半成对，文件名、引文的起止就乱了。
//!
//! ## 错例
//! - 《关于印发《道路养护办法》的通知》
//! - 会议指出：“要答好“必答题”，走好新路。”
//!
//! ## 正例
//! - 《关于印发〈道路养护办法〉的通知》
//! - 会议指出：“要答好‘必答题’，走好新路。”
//!
//! ## 修改是否稳妥
//! 稳妥：只换里面一层的符号。一段之内前后两半数目不等的不报，那是缺了一半的问题。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.8（引号里面还要用引号时，外面用双引号，里面用单引号）、
//! 4.15（书名号里面还要用书名号时，外面用双书名号，里面用单书名号）。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};

use super::{Context, Id, Meta, Rule};

const TITLES: Id = Id {
    name: "punctuation/nested-titles",
    title: "书名号里又用双书名号",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};
const QUOTES: Id = Id {
    name: "punctuation/nested-quotes",
    title: "双引号里又用双引号",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Looks for a pair of marks inside a pair of the same marks.
pub(super) struct PunctuationNested;

/// A pair of marks, and the pair that stands inside it.
struct Marks {
    id: &'static Id,
    outer: [char; 2],
    inner: [char; 2],
}

static MARKS: [Marks; 2] =
    [Marks { id: &TITLES, outer: ['《', '》'], inner: ['〈', '〉'] }, Marks { id: &QUOTES, outer: ['“', '”'], inner: ['‘', '’'] }];

impl Rule for PunctuationNested {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[TITLES, QUOTES], source: include_str!("punctuation_nested.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for line in cx.folded.lines() {
            for marks in &MARKS {
                let places = cx.folded.places_in(line.clone(), &marks.outer);
                let inside = pairs_inside(places, marks.outer).unwrap_or_default();
                findings.extend(inside.into_iter().map(|(open, close)| finding(cx, marks, open, close)));
            }
        }
    }
}

/// The pairs that stand inside another pair but not deeper; `None` where the marks of the block do not come in pairs.
fn pairs_inside(marks: impl Iterator<Item = (usize, char)>, [opening, _]: [char; 2]) -> Option<Vec<(usize, usize)>> {
    let (mut open, mut inside) = (Vec::new(), Vec::new());
    for (at, c) in marks {
        if c == opening {
            open.push(at);
        } else {
            let from = open.pop()?;
            if open.len() == 1 {
                inside.push((from, at));
            }
        }
    }
    open.is_empty().then_some(inside)
}

fn finding(cx: &Context<'_>, marks: &Marks, open: usize, close: usize) -> Finding {
    let [inner_open, inner_close] = marks.inner;
    let edit = |at, mark: char| Edit { span: cx.span(at, at + 1), text: mark.into() };
    let fix = Fix { edits: vec![edit(open, inner_open), edit(close, inner_close)], applicability: Applicability::Safe };
    let [outer_open, outer_close] = marks.outer;
    let message = format!("“{outer_open}{outer_close}”里面再用时，里层用“{inner_open}{inner_close}”。");
    Finding { fixes: vec![fix], ..marks.id.at(cx.span(open, close + 1), 0.9, message) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_inner_pair_is_a_single_one() {
        check(
            &PunctuationNested,
            &[
                ("《关于印发《道路养护办法》的通知》", &["punctuation/nested-titles 《道路养护办法》 → 〈道路养护办法〉"]),
                ("“答好“必答题”，走好新路。”", &["punctuation/nested-quotes “必答题” → ‘必答题’"]),
                ("《甲〈乙〉的通知》、《丙》，“丁”和“戊‘己’”", &[]),
                // Half of a pair is missing: another question.
                ("《关于印发《道路养护办法》的通知", &[]),
                ("《关于印发《道路养护\n办法》的通知》", &[]),
            ],
        );
    }
}
