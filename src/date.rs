//! Dates as the dictionary and `--as-of` write them: `2021`, `2021-11` or `2021-11-11`.
//!
//! A date that leaves out the day or the month stands for the whole month or year, so two dates are compared by the periods they
//! cover. In doubt neither [`Date::starts_after`] nor [`Date::ends_before`] holds: a wording in use since `2021` counts as in
//! use in a draft of `2021-03`, and one given up in `2021` still does.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A year, a month or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    /// 1–12, or 0 for the whole year.
    month: u8,
    /// 1–31, or 0 for the whole month.
    day: u8,
}

impl Date {
    /// A date from its parts, for tables made by the build; 0 for a day or month that is left open. Nothing is checked.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for anything else, and for days that the calendar does not have.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2));
        let day = parts.next().map(|part| digits(part, 2));
        if parts.next().is_some() {
            return None;
        }
        let month = month.map_or(Some(0), |n| n.filter(|n| (1..=12).contains(n)))?;
        let day = day.map_or(Some(0), |n| n.filter(|n| (1..=days_in(year, month)).contains(n)))?;
        Some(Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
    }

    /// Year, month and day, 0 for what is left open.
    pub const fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }

    /// As `--as-of` writes it: 2021, 2021-11 or 2021-11-11.
    pub fn iso(self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    /// The current day in China (UTC+8).
    pub fn today() -> Self {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        Self::from_unix_day((seconds + 8 * 3600) / 86_400)
    }

    /// The current second in China (UTC+8) as Word writes it: `2021-11-11T09:30:00Z`, local in spite of the Z.
    pub fn now_in_word() -> String {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) + 8 * 3600;
        let (day, time) = (Self::from_unix_day(seconds / 86_400), seconds % 86_400);
        format!("{}T{:02}:{:02}:{:02}Z", day.iso(), time / 3600, time / 60 % 60, time % 60)
    }

    /// The day that lies `day` days after 1970-01-01.
    fn from_unix_day(mut day: u64) -> Self {
        let mut year = 1970;
        while day >= days_in_year(year) {
            day -= days_in_year(year);
            year += 1;
        }
        let mut month = 1;
        while day >= u64::from(days_in(year, month)) {
            day -= u64::from(days_in(year, month));
            month += 1;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a month is at most 12, a day at most 31")]
        Self { year, month: month as u8, day: day as u8 + 1 }
    }

    /// The day of the week, Monday as 1; `None` for a month or a year, and before 1970.
    pub fn weekday(self) -> Option<u8> {
        if self.day == 0 || self.year < 1970 {
            return None;
        }
        let years: u64 = (1970..self.year).map(days_in_year).sum();
        let months: u64 = (1..u16::from(self.month)).map(|month| u64::from(days_in(self.year, month))).sum();
        // The first of January 1970 was a Thursday.
        let day = years + months + u64::from(self.day) - 1;
        u8::try_from((day + 3) % 7 + 1).ok()
    }

    /// The same date `years` later, whole periods staying whole.
    #[must_use]
    pub const fn plus_years(self, years: u16) -> Self {
        Self { year: self.year.saturating_add(years), ..self }
    }

    /// Whether all of this date lies after all of `other`.
    pub fn starts_after(self, other: Self) -> bool {
        self.first_day() > other.last_day()
    }

    /// Whether all of this date lies before all of `other`.
    pub fn ends_before(self, other: Self) -> bool {
        other.starts_after(self)
    }

    const fn first_day(self) -> (u16, u8, u8) {
        (self.year, if self.month == 0 { 1 } else { self.month }, if self.day == 0 { 1 } else { self.day })
    }

    /// The last day, or a later one of the same month that the calendar does not have: good enough to compare with.
    const fn last_day(self) -> (u16, u8, u8) {
        (self.year, if self.month == 0 { 12 } else { self.month }, if self.day == 0 { 31 } else { self.day })
    }
}

/// As people read it: 2021年11月11日, 2021年11月, 2021年.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年", self.year)?;
        if self.month != 0 {
            write!(f, "{}月", self.month)?;
        }
        if self.day != 0 {
            write!(f, "{}日", self.day)?;
        }
        Ok(())
    }
}

fn digits(part: &str, length: usize) -> Option<u16> {
    (part.len() == length && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

const fn days_in(year: u16, month: u16) -> u16 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

const fn days_in_year(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).expect("a date")
    }

    #[test]
    fn three_forms_are_read_and_others_are_not() {
        assert_eq!(date("2021"), Date::new(2021, 0, 0));
        assert_eq!(date("2021-11"), Date::new(2021, 11, 0));
        assert_eq!(date("2024-02-29"), Date::new(2024, 2, 29));
        let wrong = "21 2021- 2021-1 2021-13 2021-00 2021-11-00 2021-11-31 2023-02-29 2021-11-11-1 2021/11 +021 二〇二一";
        for wrong in wrong.split(' ').chain([""]) {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_are_compared_as_a_whole() {
        for (earlier, later) in
            [("2020", "2021"), ("2020-12", "2021"), ("2020", "2021-01-01"), ("2021-02", "2021-03-01"), ("2021-11-10", "2021-11-11")]
        {
            assert!(date(later).starts_after(date(earlier)), "{later} after {earlier}");
            assert!(date(earlier).ends_before(date(later)), "{earlier} before {later}");
            assert!(!date(earlier).starts_after(date(later)), "{earlier} not after {later}");
        }
        for (one, other) in [("2021", "2021"), ("2021", "2021-11"), ("2021-11", "2021-11-30"), ("2021", "2021-01-01")] {
            assert!(!date(one).starts_after(date(other)) && !date(one).ends_before(date(other)), "{one} and {other} overlap");
            assert!(!date(other).starts_after(date(one)) && !date(other).ends_before(date(one)), "{other} and {one} overlap");
        }
    }

    #[test]
    fn a_period_stays_one_when_years_pass() {
        assert_eq!(date("2021-11").plus_years(1), date("2022-11"));
        assert_eq!(date("2021").plus_years(5), date("2026"));
    }

    #[test]
    fn dates_are_shown_as_people_read_them() {
        assert_eq!(date("2021-11-08").to_string(), "2021年11月8日");
        assert_eq!(date("2021-11").to_string(), "2021年11月");
        assert_eq!(date("2021").to_string(), "2021年");
    }

    #[test]
    fn weekdays_follow_from_the_days() {
        assert_eq!(date("1970-01-01").weekday(), Some(4));
        assert_eq!(date("2021-11-11").weekday(), Some(4));
        assert_eq!(date("2024-02-29").weekday(), Some(4));
        assert_eq!(date("2023-01-01").weekday(), Some(7));
        assert_eq!((date("2021-11").weekday(), date("1949-10-01").weekday()), (None, None));
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(Date::from_unix_day(0), date("1970-01-01"));
        assert_eq!(Date::from_unix_day(58), date("1970-02-28"));
        assert_eq!(Date::from_unix_day(11_016), date("2000-02-29"));
        assert_eq!(Date::from_unix_day(18_942), date("2021-11-11"));
    }
}
