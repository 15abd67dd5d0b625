//! # 成文日期
//!
//! ## 查什么
//! `document/date`：文末独占一行的成文日期用了汉字数字、编了虚位（01月）、年份不全，或汉字与阿拉伯数字混用；
//! `document/date-number`：发文字号的年份与成文日期的年份不一致。
//!
//! ## 为什么
//! 成文日期是公文生效的时间，要用阿拉伯数字把年月日标全；文号与日期年份不同，多半是套用旧文件忘了改。
//!
//! ## 错例
//! - 二〇二一年十二月三日
//! - 2021年01月05日
//! - 青发〔2021〕12号……2022年3月5日
//!
//! ## 正例
//! - 2021年12月3日
//! - 2021年12月（工作总结常只署月份，不报）
//!
//! ## 修改是否稳妥
//! 换写法稳妥；文号与日期哪个对，由作者定。2012年7月以前的文件用汉字数字，不报。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》7.3.5.4：用阿拉伯数字将年、月、日标全，年份应标全称，月、日不编虚位（即1不编为01）。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::chars::value;
use super::parts::{Line, Parts, Signature};
use super::{Context, Id, Meta, Rule};

const DATE: Id =
    Id {
        name: "document/date", title: "成文日期写法不规范", severity: Severity::Info, fix: Some(Applicability::Safe), default: true
    };
const NUMBER: Id =
    Id { name: "document/date-number", title: "文号年份与成文日期不符", severity: Severity::Warning, fix: None, default: true };

/// Checks the date at the end of a document.
pub(super) struct DocumentDate;

impl Rule for DocumentDate {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[DATE, NUMBER], source: include_str!("document_date.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let parts = Parts::of(cx);
        let Some(signature) = parts.signature else { return };
        findings.extend(form(cx, &signature));
        findings.extend(parts.number.and_then(|number| year_of_number(cx, &number, &signature)));
    }
}

fn form(cx: &Context<'_>, signature: &Signature<'_>) -> Option<Finding> {
    /// The standard came into force on 1 July 2012.
    const IN_FORCE: (u32, u32) = (2012, 7);
    let (year, month, day) = signature.date()?;
    let short = year < 100;
    if !short && (year, month) < IN_FORCE {
        return None;
    }
    let place = |n: usize| &signature.line.chars[signature.places[n].clone()];
    let written = [place(0), place(1), place(2)];
    let han = |part: &[char]| part.iter().any(|c| !c.is_ascii_digit());
    let parts = written.iter().filter(|part| !part.is_empty());
    let (severity, why) = if parts.clone().any(|part| han(part)) && !parts.clone().all(|part| han(part)) {
        (Severity::Warning, "不混用汉字数字和阿拉伯数字")
    } else if parts.clone().any(|part| han(part)) {
        (Severity::Info, "用阿拉伯数字")
    } else if written[1..].iter().any(|part| part.first() == Some(&'0')) {
        (Severity::Warning, "月、日不编虚位")
    } else if short {
        (Severity::Warning, "年份写全四位")
    } else {
        return None;
    };
    let year = if short { 2000 + year } else { year };
    let right = if day == 0 { format!("{year}年{month}月") } else { format!("{year}年{month}月{day}日") };
    let start = signature.line.start;
    let span = cx.span(start, start + signature.line.chars.len());
    let fix = Fix::replace(span, right.as_str(), Applicability::Safe);
    Some(Finding { severity, fixes: vec![fix], ..DATE.at(span, 0.9, format!("成文日期{why}，写作“{right}”。")) })
}

/// 〔2021〕12号 over 2022年3月5日.
fn year_of_number(cx: &Context<'_>, number: &Line<'_>, signature: &Signature<'_>) -> Option<Finding> {
    let open = number.chars.iter().position(|&c| c == '〔')?;
    let year = value(number.chars.get(open + 1..open + 5)?)?;
    let (signed, ..) = signature.date()?;
    (signed >= 1949 && year != signed).then(|| {
        let span = cx.span(number.start + open, number.start + (open + 6).min(number.chars.len()));
        NUMBER.at(span, 0.75, format!("发文字号是{year}年的，成文日期是{signed}年，请核对。"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_signature_date_is_written_in_full() {
        let draft = |date: &str| format!("关于防汛工作的报告\n各项工作进展顺利。\n青山镇人民政府\n{date}");
        check(
            &DocumentDate,
            &[
                (&draft("二〇二一年十二月三日"), &["document/date 二〇二一年十二月三日 → 2021年12月3日"]),
                (&draft("2021年01月05日"), &["document/date 2021年01月05日 → 2021年1月5日"]),
                (&draft("21年1月5日"), &["document/date 21年1月5日 → 2021年1月5日"]),
                (&draft("二〇二一年12月3日"), &["document/date 二〇二一年12月3日 → 2021年12月3日"]),
                (&draft("2021年12月3日"), &[]),
                (&draft("2021年12月"), &[]),
                (&draft("二〇〇九年十二月三日"), &[]),
                (&draft("自2021年01月05日起施行。"), &[]),
            ],
        );
    }

    #[test]
    fn the_number_is_of_the_year_of_the_date() {
        let draft = |number: &str| format!("{number}\n关于防汛工作的报告\n各项工作进展顺利。\n2021年12月3日");
        check(
            &DocumentDate,
            &[
                (&draft("青发〔2020〕12号"), &["document/date-number 〔2020〕"]),
                (&draft("青发〔2021〕12号"), &[]),
                (&draft("根据青发〔2020〕12号要求，"), &[]),
            ],
        );
    }
}
