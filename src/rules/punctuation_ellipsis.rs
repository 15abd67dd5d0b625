//! # 省略号和破折号的写法
//!
//! ## 查什么
//! `punctuation/ellipsis`：用“。。。”“...”“、、、”代替省略号，或省略号与“等”“等等”重复；
//! `punctuation/dash`：汉字之间用“--”“—-”之类代替破折号。
//!
//! ## 为什么
//! 省略号是占两个字的六个点，破折号是占两个字的一条线；用句号、连字符拼成的，排版后高低长短不一。
//!
//! ## 错例
//! - 道路、桥梁、水渠。。。
//! - 座谈会在山城—-青山县召开
//! - 购置水泵、电缆……等物资
//!
//! ## 正例
//! - 道路、桥梁、水渠……
//! - 座谈会在山城——青山县召开
//! - 2021—2025年、K3+200--K5、购置水泵、电缆等物资
//!
//! ## 修改是否稳妥
//! 换符号稳妥；省略号与“等”留哪一个，由作者定。目录中引到页码的点线不报。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.10（破折号）、4.11（省略号），5.1（破折号、省略号占两个字位置）。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::is_han;

use super::chars::starts_with;
use super::{Context, Id, Meta, Rule};

const ELLIPSIS: Id =
    Id {
        name: "punctuation/ellipsis", title: "省略号不规范", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };
const DASH: Id =
    Id {
        name: "punctuation/dash", title: "破折号不规范", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };

/// Looks for marks put together from other marks.
pub(super) struct PunctuationEllipsis;

impl Rule for PunctuationEllipsis {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[ELLIPSIS, DASH], source: include_str!("punctuation_ellipsis.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        let mut done = 0;
        for (start, _) in cx.folded.places_of(&['。', '.', '、', '…', '-', '—', '–']) {
            if start < done {
                continue;
            }
            let run = |like: &dyn Fn(char) -> bool| start + chars[start..].iter().take_while(|&&c| like(c)).count();
            let end = match chars[start] {
                '-' | '—' | '–' => run(&|c| matches!(c, '-' | '—' | '–')),
                mark => run(&|c| c == mark),
            };
            findings.extend(match chars[start] {
                '-' | '—' | '–' => dash(cx, start, end),
                '…' => with_and_so_on(cx, start, end),
                _ => ellipsis(cx, start, end),
            });
            done = end;
        }
    }
}

/// Three to six dots or stops after a Chinese character. Longer runs are dotted lines.
fn ellipsis(cx: &Context<'_>, start: usize, end: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let after_word = start.checked_sub(1).is_some_and(|before| is_han(chars[before]) || matches!(chars[before], '，' | '”' | '》'));
    let leads_to_page = chars.get(end).is_some_and(char::is_ascii_digit);
    ((3..=6).contains(&(end - start)) && after_word && !leads_to_page).then(|| {
        let span = cx.span(start, end);
        let fix = Fix::replace(span, "……", Applicability::Safe);
        Finding { fixes: vec![fix], ..ELLIPSIS.at(span, 0.9, "省略号写作“……”。") }
    })
}

/// ……等: both say that there is more.
fn with_and_so_on(cx: &Context<'_>, start: usize, end: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let word = ["等等", "等"].into_iter().find(|word| starts_with(chars, end, word))?;
    let after = end + word.chars().count();
    // “……等待”, “……等级” begin another word.
    let alone = chars.get(after).is_none_or(|&c| !is_han(c)) || word == "等等" || {
        let next: Vec<char> = chars[end..].iter().take(2).copied().collect();
        cx.segmenter.frequency(&next).is_none()
    };
    alone.then(|| {
        let span = cx.span(start, after);
        let marks = cx.words(start, end);
        let fixes = [word, &marks].map(|kept| Fix::replace(span, kept, Applicability::Unsafe)).into();
        Finding { fixes, ..ELLIPSIS.at(span, 0.8, format!("省略号与“{word}”意思重复，只留一个。")) }
    })
}

/// Hyphens, or hyphens and dashes mixed, between words.
fn dash(cx: &Context<'_>, start: usize, end: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let makeshift = (2..=4).contains(&(end - start)) && chars[start..end].contains(&'-');
    let before = start.checked_sub(1).is_some_and(|before| is_han(chars[before]) || matches!(chars[before], '”' | '》'));
    // A blank still to fill stands for a word.
    let after = chars.get(end).is_some_and(|&c| is_han(c) || matches!(c, '“' | '《' | 'x' | 'X' | '×'));
    (makeshift && before && after).then(|| {
        let span = cx.span(start, end);
        let fix = Fix::replace(span, "——", Applicability::Safe);
        Finding { fixes: vec![fix], ..DASH.at(span, 0.85, "破折号写作“——”。") }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn ellipses_and_dashes_have_one_form() {
        check(
            &PunctuationEllipsis,
            &[
                ("道路、桥梁。。。", &["punctuation/ellipsis 。。。 → ……"]),
                ("道路、桥梁......还有水渠", &["punctuation/ellipsis ...... → ……"]),
                ("道路、桥梁、、、", &["punctuation/ellipsis 、、、 → ……"]),
                ("道路、桥梁……等设施", &["punctuation/ellipsis ……等 → 等"]),
                ("道路、桥梁……等等。", &["punctuation/ellipsis ……等等 → 等等"]),
                ("在山城—-青山县召开", &["punctuation/dash —- → ——"]),
                ("在山城--xx县召开", &["punctuation/dash -- → ——"]),
                ("在山城——青山县召开，道路、桥梁……", &[]),
                ("一、总体要求......3\n主要任务……………12", &[]),
                ("……等待时机，2021--2025，A--B，全文完。。", &[]),
            ],
        );
    }
}
