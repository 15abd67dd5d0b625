//! # 起止时间颠倒
//!
//! ## 查什么
//! 起止年份、起止日期前后颠倒：`date/range`，如2025—2021年、2021年5月8日至3日。
//!
//! ## 为什么
//! 起止时间颠倒多是数字敲错，读者无从知道到底是哪一年、哪一天。
//!
//! ## 错例
//! - 2025—2021年规划
//! - 2021年5月8日至3日
//!
//! ## 正例
//! - 2021—2025年规划
//! - 12月8日至1月3日（跨年）
//!
//! ## 修改是否稳妥
//! 只提示，不修改：哪一个数字敲错了，由作者定。没有写明年份、可能跨年的不报。
//!
//! ## 依据
//! GB/T 15835—2011《出版物上数字用法》5.1（时间范围的起止）；公历。

use crate::finding::{Finding, Severity};

use super::chars::{digits_after, digits_before, value};
use super::{Context, Id, Meta, Rule};

const RANGE: Id = Id { name: "date/range", title: "起止时间颠倒", severity: Severity::Warning, fix: None, default: true };

/// Looks for periods that end before they begin.
pub(super) struct DateRange;

impl Rule for DateRange {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[RANGE], source: include_str!("date_range.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for (at, _) in cx.folded.places_of(&CONNECTORS) {
            // The second half of “——”.
            if at > 0 && is_connector(chars[at - 1]) {
                continue;
            }
            let after = at + chars[at..].iter().take(2).take_while(|&&c| is_connector(c)).count();
            let (Some(first), Some(second)) = (Moment::before(chars, at), Moment::after(chars, after)) else { continue };
            if first.is_later_than(&second) {
                let words = cx.words(first.start, second.end);
                findings.push(RANGE.at(cx.span(first.start, second.end), 0.85, format!("起止时间颠倒：“{words}”。")));
            }
        }
    }
}

const CONNECTORS: [char; 8] = ['至', '到', '—', '－', '-', '–', '～', '~'];

fn is_connector(c: char) -> bool {
    CONNECTORS.contains(&c)
}

/// One end of a period: what is written of year, month and day.
struct Moment {
    start: usize,
    end: usize,
    year: Option<u32>,
    month: Option<u32>,
    day: Option<u32>,
}

impl Moment {
    /// The moment that ends before `end`: 2021, 2021年, 2021年5月8日, 5月8日.
    fn before(chars: &[char], end: usize) -> Option<Self> {
        let mut moment = Self { start: end, end, year: None, month: None, day: None };
        moment.day = moment.part_before(chars, '日', 2);
        moment.month = moment.part_before(chars, '月', 2);
        moment.year = moment.part_before(chars, '年', 4);
        if moment.start == end {
            // A bare year: 2021—2025年.
            let start = digits_before(chars, end, 5);
            moment.year = year(&chars[start..end]);
            moment.start = start;
        }
        let joined = moment
            .start
            .checked_sub(1)
            .is_some_and(|before| chars[before].is_ascii_alphanumeric() || matches!(chars[before], '.' | '/' | '-' | '—'));
        (!joined && moment.is_known()).then_some(moment)
    }

    /// The part that ends with `unit` before `self.start`, which moves to its front.
    fn part_before(&mut self, chars: &[char], unit: char, places: usize) -> Option<u32> {
        let end = self.start.checked_sub(1).filter(|&end| chars[end] == unit)?;
        let start = digits_before(chars, end, places + 1);
        let part = value(&chars[start..end]).filter(|_| if places == 4 { end - start == 4 } else { end - start <= 2 })?;
        self.start = start;
        Some(part)
    }

    /// The moment that starts at `start`, with its unit.
    fn after(chars: &[char], start: usize) -> Option<Self> {
        let mut moment = Self { start, end: start, year: None, month: None, day: None };
        for (unit, places) in [('年', 4), ('月', 2), ('日', 2)] {
            let end = digits_after(chars, moment.end);
            let part = value(&chars[moment.end..end]).filter(|_| if places == 4 { end - moment.end == 4 } else { end - moment.end <= 2 });
            if part.is_none() || chars.get(end) != Some(&unit) {
                continue;
            }
            match unit {
                '年' => moment.year = part,
                '月' => moment.month = part,
                _ => moment.day = part,
            }
            moment.end = end + 1;
        }
        moment.is_known().then_some(moment)
    }

    fn is_known(&self) -> bool {
        self.year.is_none_or(|year| (1000..2200).contains(&year)) && (self.year.is_some() || self.day.is_some())
    }

    /// Whether this moment lies after `other`, whose larger parts are this one's where it does not write them. A month alone may be of the next year.
    fn is_later_than(&self, other: &Self) -> bool {
        if let (Some(first), Some(second)) = (self.year, other.year)
            && first != second
        {
            return first > second;
        }
        let (Some(first), Some(second)) = (self.day, other.day) else { return false };
        match (self.month, other.month) {
            (Some(month), Some(next)) if month != next => month > next && self.year.is_some() && other.year.is_some(),
            (Some(_), _) => first > second,
            _ => false,
        }
    }
}

fn year(digits: &[char]) -> Option<u32> {
    value(digits).filter(|year| digits.len() == 4 && (1000..2200).contains(year))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_period_ends_after_it_begins() {
        check(
            &DateRange,
            &[
                ("2025—2021年规划", &["date/range 2025—2021年"]),
                ("自2021年至2019年", &["date/range 2021年至2019年"]),
                ("2021年5月8日至3日", &["date/range 2021年5月8日至3日"]),
                ("5月8日至5月3日", &["date/range 5月8日至5月3日"]),
                ("2021年5月8日——2020年6月1日", &["date/range 2021年5月8日——2020年6月1日"]),
                ("2021年5月8日至2021年4月3日", &["date/range 2021年5月8日至2021年4月3日"]),
                ("2021—2025年规划，12月8日至1月3日，2021年12月8日至1月3日，5月3日至8日，2021年至今", &[]),
                ("编号12021-2019年，电话8621-2019，2020-12-05至2019", &[]),
            ],
        );
    }
}
