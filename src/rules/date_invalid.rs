//! # 不存在的日期
//!
//! ## 查什么
//! 日历上没有的日期（`date/invalid`）：2月30日、4月31日、13月5日，或非闰年的2月29日；
//! 与日期不符的星期（`date/weekday`）：2021年11月11日（星期五）。
//!
//! ## 为什么
//! 时间写错会误事，也影响文件的严肃性。
//!
//! ## 错例
//! - 4月31日前报送
//! - 2021年11月11日（星期五）
//!
//! ## 正例
//! - 4月30日前报送
//! - 2024年2月29日
//! - 2021年11月11日（星期四）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：日期和星期哪个对，由作者定。
//!
//! ## 依据
//! 公历。

use crate::date::Date;
use crate::finding::{Finding, Severity};

use super::chars::digits_before;
use super::{Context, Id, Meta, Rule};

const INVALID: Id = Id { name: "date/invalid", title: "日期不存在", severity: Severity::Error, fix: None, default: true };
const WEEKDAY: Id = Id { name: "date/weekday", title: "星期与日期不符", severity: Severity::Warning, fix: None, default: true };

/// Checks dates against the calendar.
pub(super) struct DateInvalid;

impl Rule for DateInvalid {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[INVALID, WEEKDAY], source: include_str!("date_invalid.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for (at, _) in cx.folded.places_of(&['月']) {
            findings.extend(Written::read(chars, at).and_then(|date| date.question(cx)));
        }
    }
}

/// A date in Arabic digits as it is written: 4月31日, 2021年11月11日（星期五）.
struct Written {
    start: usize,
    /// After 日.
    end: usize,
    /// 0 where no year is written.
    year: u16,
    month: u8,
    day: u8,
    /// The weekday after it, Monday as 1, and where it ends.
    weekday: Option<(u8, usize)>,
}

impl Written {
    /// Reads the date around 月 at `at`.
    fn read(chars: &[char], at: usize) -> Option<Self> {
        let mut start = digits_before(chars, at, 5);
        let month = number(&chars[start..at])?;
        let end = at + 1 + chars[at + 1..].iter().take(3).take_while(|c| c.is_ascii_digit()).count();
        let day = number(&chars[at + 1..end])?;
        if chars.get(end) != Some(&'日') {
            return None;
        }
        // “12.4月5日”, “2020-13月” and the like are no dates.
        if start > 0 && matches!(chars[start - 1], '.' | '-' | '/' | '—' | '～' | '~' | '、') {
            return None;
        }
        let mut year = 0;
        if start > 0 && chars[start - 1] == '年' {
            let from = digits_before(chars, start - 1, 5);
            if start - 1 - from == 4 {
                year = chars[from..start - 1].iter().collect::<String>().parse().ok()?;
                start = from;
            }
        }
        Some(Self { start, end: end + 1, year, month, day, weekday: weekday(chars, end + 1) })
    }

    fn question(&self, cx: &Context<'_>) -> Option<Finding> {
        let &Self { start, end, year, month, day, weekday } = self;
        // Without a year the 29th of February may be one.
        let date = Date::parse(&format!("{:04}-{month:02}-{day:02}", if year == 0 { 2000 } else { year }));
        let Some(date) = date else {
            return Some(INVALID.at(cx.span(start, end), 0.98, format!("日历上没有{}。", cx.words(start, end))));
        };
        let (written, after) = weekday.filter(|_| year >= 1949)?;
        let right = date.weekday()?;
        (written != right).then(|| {
            let name = ["一", "二", "三", "四", "五", "六", "日"][usize::from(right) - 1];
            WEEKDAY.at(cx.span(start, after), 0.95, format!("{date}是星期{name}。"))
        })
    }
}

/// One or two digits.
fn number(digits: &[char]) -> Option<u8> {
    ((1..=2).contains(&digits.len())).then(|| digits.iter().collect::<String>().parse().ok())?
}

/// （星期五）, （周五） or 星期五 right after a date.
fn weekday(chars: &[char], at: usize) -> Option<(u8, usize)> {
    let open = usize::from(chars.get(at).is_some_and(|c| matches!(c, '（' | '(')));
    let rest: String = chars[at + open..].iter().take(3).collect();
    let name = ["星期", "周"].into_iter().find_map(|prefix| Some((prefix.chars().count(), rest.strip_prefix(prefix)?.chars().next()?)));
    let (width, day) = name?;
    let value = (1..).zip("一二三四五六日".chars()).find(|&(_, c)| c == day || (c == '日' && day == '天'))?.0;
    // “周日”, “周一至周五” without brackets may begin another word.
    let after = at + open + width + 1;
    (open == 0 || chars.get(after).is_some_and(|c| matches!(c, '）' | ')'))).then_some((value, after)).filter(|_| open == 1 || width == 2)
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        check(
            &DateInvalid,
            &[
                ("请于4月31日前报送", &["date/invalid 4月31日"]),
                ("2023年2月29日", &["date/invalid 2023年2月29日"]),
                ("2024年2月29日，2月29日，12月31日，1月1日", &[]),
                ("13月5日、5月0日", &["date/invalid 13月5日"]),
                ("历时13个月，第4月5日间", &[]),
                ("2021年11月11日（星期五）", &["date/weekday 2021年11月11日（星期五"]),
                ("2021年11月11日（星期四）、2021年11月11日星期四、2021年11月14日（周日）", &[]),
                ("2021年11月11日周一般", &[]),
            ],
        );
    }
}
