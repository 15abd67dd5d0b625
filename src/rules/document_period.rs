//! # 标题、正文和日期中的年份
//!
//! ## 查什么
//! 标题是某年工作总结、报告的：成文日期早于这一年，或半年总结的落款在另一个半年之后很久；正文开头说的是另一年：`document/period`。
//!
//! ## 为什么
//! 套用上一年的稿子忘了改年份，是单位里最常见、也最难堪的差错。
//!
//! ## 错例
//! - 《青山镇2021年工作总结》，正文开头“2020年以来，”，全文再不提2021年
//! - 《青山镇2022年工作总结》，落款2021年12月20日
//!
//! ## 正例
//! - 《青山镇2021年工作总结和2022年工作计划》，落款2022年1月5日
//! - 《青山镇2021年工作总结》，正文说“今年以来”
//!
//! ## 修改是否稳妥
//! 只提示，不修改：标题、正文和日期哪个对，由作者定。
//!
//! ## 依据
//! 公文校对的通行要求。

use crate::finding::{Finding, Severity};

use super::chars::starts_with;
use super::parts::{Line, Parts, years};
use super::{Context, Id, Meta, Rule};

const PERIOD: Id =
    Id { name: "document/period", title: "标题年份与正文或日期不符", severity: Severity::Warning, fix: None, default: true };

/// Compares the year in the title with the text and the date.
pub(super) struct DocumentPeriod;

impl Rule for DocumentPeriod {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[PERIOD], source: include_str!("document_period.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let parts = Parts::of(cx);
        let Some(title) = &parts.title else { return };
        let named: Vec<u32> = years(title.chars).collect();
        let looks_ahead = ["计划", "打算", "要点", "方案", "通知", "安排", "思路"].into_iter().any(|word| has(title.chars, word));
        let looks_back = ["总结", "工作报告", "情况报告", "情况的报告", "述职", "汇报"].into_iter().any(|word| has(title.chars, word));
        let [year] = named[..] else { return };
        if looks_ahead || !looks_back {
            return;
        }
        let end = parts.signature.as_ref().map_or(cx.folded.chars().len(), |signature| signature.line.start);
        findings.extend(opening(cx, title, year, end));
        let signed = parts.signature.and_then(|signature| Some((signature.date()?, signature.line)));
        findings.extend(signed.and_then(|((signed, month, _), line)| {
            let span = cx.span(line.start, line.start + line.chars.len());
            let half = has(title.chars, "上半年") && !has(title.chars, "下半年");
            if signed < year {
                Some(PERIOD.at(span, 0.8, format!("标题是{year}年的，成文日期却早于{year}年，请核对。")))
            } else if half && signed == year && month >= 10 {
                let late = PERIOD.at(span, 0.5, format!("标题是{year}年上半年的，成文日期却在{month}月，请核对。"));
                Some(Finding { severity: Severity::Info, ..late })
            } else {
                None
            }
        }));
    }
}

/// The text, which ends at `end`, opens with another year and never comes to the one in the title.
fn opening(cx: &Context<'_>, title: &Line<'_>, year: u32, end: usize) -> Option<Finding> {
    let chars = cx.folded.chars();
    let body = title.start + title.chars.len() + 1;
    let text = chars.get(body..end)?;
    let mut lines = text.split(|&c| c == '\n').take(4);
    let mut start = body;
    let first = lines.find(|line| {
        let found = line.len() > 4 && line[..4].iter().all(char::is_ascii_digit) && line[4] == '年';
        if !found {
            start += line.len() + 1;
        }
        found
    })?;
    let other = years(&first[..5]).next()?;
    let reports = ["年以来", "年，", "年上半年", "年度", "年全"].into_iter().any(|word| starts_with(first, 4, word));
    let spoken_of = years(text).any(|spoken| spoken == year);
    (reports && other != year && !spoken_of).then(|| {
        PERIOD.at(cx.span(start, start + 5), 0.8, format!("标题是{year}年的，正文开头说的是{other}年，全文没有提到{year}年，请核对。"))
    })
}

fn has(chars: &[char], word: &str) -> bool {
    (0..chars.len()).any(|at| starts_with(chars, at, word))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn title_text_and_date_speak_of_one_year() {
        let draft = |title: &str, opening: &str, date: &str| format!("{title}\n{opening}全镇各项工作进展顺利。\n青山镇人民政府\n{date}");
        check(
            &DocumentPeriod,
            &[
                (&draft("青山镇2021年工作总结", "2020年以来，", "2021年12月20日"), &["document/period 2020年"]),
                (&draft("青山镇2022年工作总结", "今年以来，", "2021年12月20日"), &["document/period 2021年12月20日"]),
                (&draft("青山镇2021年上半年工作总结", "今年以来，", "2021年12月20日"), &["document/period 2021年12月20日"]),
                (&draft("青山镇2021年工作总结", "今年以来，", "2022年1月5日"), &[]),
                (&draft("青山镇2021年工作总结和2022年工作计划", "2021年，", "2021年12月20日"), &[]),
                (&draft("青山镇2021年工作总结", "2020年以来，比2021年多，", "2021年12月20日"), &[]),
                (&draft("青山镇2022年工作要点", "2021年，", "2021年12月20日"), &[]),
            ],
        );
    }
}
