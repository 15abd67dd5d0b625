//! # 百分数的加减
//!
//! ## 查什么
//! `number/percentage-point`：由甲百分比到乙百分比，差额写成了“%”，应为“个百分点”；
//! `number/ratio`：三次产业结构之比加起来不是100；
//! `number/percent-sum`：一句之中“分别占”的各项百分比加起来超过100%。
//!
//! ## 为什么
//! “提高10%”与“提高10个百分点”相差很远；结构比加不拢，说明至少有一个数字错了。
//!
//! ## 错例
//! - 合格率由80%提高到90%，提高10%
//! - 三次产业结构比为10:45:40
//!
//! ## 正例
//! - 合格率由80%提高到90%，提高10个百分点（或提高12.5%）
//! - 三次产业结构比为10.2:45.1:44.7
//!
//! ## 修改是否稳妥
//! 差额恰好等于两数之差才报，改为“个百分点”一般不错，仍请核对；结构比只提示。四舍五入造成的出入不报。
//!
//! ## 依据
//! 国家统计用语：百分点是两个百分数相减之差；GB/T 15835—2011《出版物上数字用法》（百分数）。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::chars::{starts_with, word_at};
use super::figure::{Figure, ONE, written};
use super::{Context, Id, Meta, Rule};

const POINT: Id = Id {
    name: "number/percentage-point",
    title: "应为“个百分点”",
    severity: Severity::Warning,
    fix: Some(Applicability::Unsafe),
    default: true,
};
const RATIO: Id = Id { name: "number/ratio", title: "结构比加起来不是100", severity: Severity::Warning, fix: None, default: true };
const SUM: Id =
    Id { name: "number/percent-sum", title: "百分比加起来超过100%", severity: Severity::Info, fix: None, default: true };

/// Adds up percentages.
pub(super) struct NumberPercent;

impl Rule for NumberPercent {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[POINT, RATIO, SUM], source: include_str!("number_percent.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        // The percentages of the sentence so far.
        let mut percents: Vec<Figure> = Vec::new();
        for (at, c) in cx.folded.places_of(&['%', '％', '三', '分', '。', '；', '\n']) {
            match c {
                '%' | '％' => {
                    let Some(figure) = Figure::before(chars, at) else { continue };
                    percents.push(figure);
                    if let [.., first, second, third] = percents[..] {
                        findings.extend(point(cx, first, second, third));
                    }
                }
                '三' if starts_with(chars, at, "三次产业") => findings.extend(ratio(cx, at)),
                '分' if starts_with(chars, at, "分别占") => findings.extend(sum(cx, at)),
                '。' | '；' | '\n' => percents.clear(),
                _ => {}
            }
        }
    }
}

const RISES: [&str; 12] = ["提高", "提升", "上升", "增加", "增长", "上涨", "扩大", "下降", "降低", "减少", "回落", "下跌"];

/// 由80%提高到90%，提高10%: the third is the difference of the first two.
fn point(cx: &Context<'_>, first: Figure, second: Figure, third: Figure) -> Option<Finding> {
    const FAR: usize = 14;
    let chars = cx.folded.chars();
    let from = first.start.checked_sub(1).is_some_and(|before| matches!(chars[before], '由' | '从' | '的'));
    let between = &chars[first.end + 1..second.start];
    let change = &chars[second.end + 1..third.start];
    let to = between.len() <= FAR && between.last().is_some_and(|c| matches!(c, '到' | '至' | '为'));
    let rises = |words: &[char]| (0..words.len()).any(|at| word_at(words, at, &RISES).is_some());
    let joined = change.len() <= FAR && change.first().is_some_and(|c| matches!(c, '，' | '、' | '（')) && rises(change);
    (from && to && joined && rises(between) && (second.value - first.value).abs() == third.value && third.value > 0).then(|| {
        let span = cx.span(third.end, third.end + 1);
        let fix = Fix::replace(span, "个百分点", Applicability::Unsafe);
        let message = format!("两个百分比之差应写作“{}个百分点”。", written(third.value));
        Finding { fixes: vec![fix], ..POINT.at(cx.span(third.start, third.end + 1), 0.85, message) }
    })
}

/// The ratios a:b:c that follow 三次产业 in the sentence: each must come to 100.
fn ratio(cx: &Context<'_>, at: usize) -> Vec<Finding> {
    const FAR: usize = 60;
    const ROUNDING: i64 = ONE / 5;
    let chars = cx.folded.chars();
    let end = at + chars[at..].iter().take(FAR).take_while(|c| !matches!(c, '。' | '；' | '\n')).count();
    let mut found = Vec::new();
    let mut from = at;
    while let Some(start) = (from..end).find(|&at| chars[at].is_ascii_digit()) {
        let parts = triple(chars, start);
        let Some([a, b, c]) = parts else {
            from = Figure::at(chars, start).map_or(start + 1, |figure| figure.end);
            continue;
        };
        let sum = a.value + b.value + c.value;
        if (sum - 100 * ONE).abs() > ROUNDING && (80 * ONE..120 * ONE).contains(&sum) {
            found.push(RATIO.at(cx.span(a.start, c.end), 0.85, format!("三个数加起来是{}，不是100，请核对。", written(sum))));
        }
        from = c.end;
    }
    found
}

fn triple(chars: &[char], start: usize) -> Option<[Figure; 3]> {
    let a = Figure::at(chars, start)?;
    let colon = |figure: &Figure| chars.get(figure.end).is_some_and(|c| matches!(c, ':' | '：' | '∶' | '︰'));
    let b = Figure::at(chars, a.end + 1).filter(|_| colon(&a))?;
    let c = Figure::at(chars, b.end + 1).filter(|_| colon(&b))?;
    (!colon(&c)).then_some([a, b, c])
}

/// 分别占…30%、40%、50%: parts of one whole.
fn sum(cx: &Context<'_>, at: usize) -> Option<Finding> {
    const FAR: usize = 12;
    const ROUNDING: i64 = ONE / 5;
    // Much more than the whole: each is a part of something else.
    const MOST: i64 = 115 * ONE;
    let chars = cx.folded.chars();
    let start = (at..chars.len()).take(FAR).take_while(|&at| chars[at] != '\n').find(|&at| chars[at].is_ascii_digit())?;
    let (mut next, mut end, mut count, mut sum) = (start, start, 0, 0);
    while let Some(figure) = Figure::at(chars, next).filter(|figure| matches!(chars.get(figure.end), Some('%' | '％'))) {
        (sum, count, end) = (sum + figure.value, count + 1, figure.end + 1);
        next = end + usize::from(matches!(chars.get(end), Some('、' | '和' | '，')));
    }
    (count >= 2 && sum > 100 * ONE + ROUNDING && sum <= MOST)
        .then(|| SUM.at(cx.span(start, end), 0.6, format!("这几个百分比加起来是{}%，超过100%，请核对。", written(sum))))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn percentages_add_up() {
        check(
            &NumberPercent,
            &[
                ("合格率由80%提高到90%，提高10%。", &["number/percentage-point 10% → 10个百分点"]),
                ("合格率从80.5%上升至92%，上升了11.5%。", &["number/percentage-point 11.5% → 11.5个百分点"]),
                ("合格率由80%提高到90%，提高12.5%。合格率由80%提高到90%，提高10个百分点。", &[]),
                ("由80%提高到90%。增长10%。", &[]),
                ("三次产业结构比由10:45:45调整为9.5：45.5：40。", &["number/ratio 9.5：45.5：40"]),
                ("三次产业结构比为10.2:45.1:44.6，早上8:30集合。", &[]),
                ("一、二、三类村分别占30%、40%和40%。", &["number/percent-sum 30%、40%和40%"]),
                ("分别占总数的30%、40%、30%，分别占各自总数的43%、37%、43%。", &[]),
            ],
        );
    }
}
