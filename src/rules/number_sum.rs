//! # 分项与总数
//!
//! ## 查什么
//! “其中”之后的分项与前面的总数对不上：`number/sum`。只核对互相补足的分项：男女、城镇与农村、线上与线下；
//! 同一计量单位的其他分项加起来超过总数的，也报。
//!
//! ## 为什么
//! 分项加起来不等于总数，是审稿人最先核对、也最容易发现的差错。
//!
//! ## 错例
//! - 参训120人，其中男70人、女40人
//! - 共投入300万元，其中县级200万元、镇级150万元
//!
//! ## 正例
//! - 参训120人，其中男70人、女50人
//! - 发展党员30名，其中女党员12名、大专以上学历25名（分项可以重叠，不报）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：哪个数字错了，只有作者知道。
//!
//! ## 依据
//! 公文校对的通行要求。

use crate::finding::{Finding, Severity};

use super::chars::{ends_with, starts_with, word_at};
use super::figure::{Figure, written};
use super::{Context, Id, Meta, Rule};

const SUM: Id = Id { name: "number/sum", title: "分项与总数对不上", severity: Severity::Warning, fix: None, default: true };

/// Adds up what follows 其中.
pub(super) struct NumberSum;

/// Parts that exclude one another and leave nothing over.
const PAIRS: [[&str; 2]; 4] = [["男", "女"], ["城镇", "农村"], ["城市", "农村"], ["线上", "线下"]];

/// Units whose parts exclude one another: a sum of money is spent once.
const MONEY: [&str; 3] = ["亿元", "万元", "元"];

const UNITS: [&str; 12] = ["亿元", "万元", "元", "人次", "人", "名", "户", "场次", "场", "次", "家", "个"];

impl Rule for NumberSum {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SUM], source: include_str!("number_sum.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        let among = cx.folded.places_of(&['其']).filter(|&(at, _)| starts_with(chars, at, "其中"));
        findings.extend(among.filter_map(|(at, _)| question(cx, at)));
    }
}

/// The words before a figure that say what it counts are no longer.
const LONGEST_LABEL: usize = 12;

const fn is_stop(c: char) -> bool {
    matches!(c, '。' | '；' | '，' | '、' | '\n')
}

/// A figure with its unit and the words before it.
struct Part {
    figure: Figure,
    unit: &'static str,
    label: String,
}

fn question(cx: &Context<'_>, at: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let total = total(chars, at)?;
    let parts = parts(chars, at + 2, total.unit);
    let [first, second, ..] = &parts[..] else { return None };
    let complementary = parts.len() == 2 && PAIRS.iter().any(|[a, b]| first.label.starts_with(a) && second.label.starts_with(b));
    // 含, 占 and the like make one part belong to another.
    let nested = parts.iter().any(|part| part.label.contains(['含', '占', '均', '比', '增', '其', '超', '达', '净', '累']));
    let sum: i64 = parts.iter().map(|part| part.figure.value).sum();
    let wrong = if complementary { sum != total.figure.value } else { MONEY.contains(&total.unit) && !nested && sum > total.figure.value };
    let last = parts.last()?;
    wrong.then(|| {
        let message = format!("分项加起来是{}{}，总数是{}{}，请核对。", written(sum), total.unit, written(total.figure.value), total.unit);
        SUM.at(cx.span(total.figure.start, last.figure.end + last.unit.chars().count()), 0.8, message)
    })
}

/// The figure right before “，其中”.
fn total(chars: &[char], at: usize) -> Option<Part> {
    let end = at.checked_sub(1).filter(|&mark| matches!(chars[mark], '，' | '（' | '；'))?;
    let unit = UNITS.into_iter().find(|unit| ends_with(chars, end, unit))?;
    let figure = Figure::before(chars, end - unit.chars().count())?;
    let label: String = chars[..figure.start].iter().rev().take(LONGEST_LABEL).take_while(|&&c| !is_stop(c)).collect();
    // “比上年增加100万元，其中…”: what follows is parts of something else.
    let change = label.contains(['增', '减', '比', '多', '少', '降', '超']);
    (!change).then_some(Part { figure, unit, label })
}

/// The parts 男70人、女50人 from `at` to the end of the sentence, as long as they are short and have `unit`.
fn parts(chars: &[char], at: usize, unit: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut from = at + usize::from(matches!(chars.get(at), Some('：' | '，' | ':')));
    loop {
        let label_end = from + chars[from..].iter().take(LONGEST_LABEL).take_while(|&&c| !c.is_ascii_digit() && !is_stop(c)).count();
        let Some(figure) = Figure::at(chars, label_end) else { return parts };
        if label_end == from || word_at(chars, figure.end, &UNITS) != Some(unit) {
            return parts;
        }
        let end = figure.end + unit.chars().count();
        parts.push(Part { figure, unit, label: chars[from..label_end].iter().collect() });
        match chars.get(end) {
            Some('、' | '，' | '；' | '和') => from = end + 1,
            _ => return parts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn parts_come_to_the_total() {
        check(
            &NumberSum,
            &[
                ("参训120人，其中男70人、女40人。", &["number/sum 120人，其中男70人、女40人"]),
                ("共投入300万元，其中县级200万元、镇级150万元。", &["number/sum 300万元，其中县级200万元、镇级150万元"]),
                ("参训120人，其中男70人、女50人。共投入300万元，其中县级200万元、镇级50万元。", &[]),
                ("发展党员30名，其中女党员12名、大专以上学历25名。", &[]),
                ("投入300万元，其中县级200万元（含上年结转150万元）。", &[]),
                ("投入300万元，其中县级累计200万元、镇级150万元。", &[]),
                ("共120人，其中男70人，女性占比40%。", &[]),
                ("比上年增加100万元，其中县级200万元、镇级150万元。", &[]),
            ],
        );
    }
}
