//! The date a draft is judged by: the one it was asked for, else the one it bears, else today.
//!
//! An old report is not blamed for the wording of its time. The date is looked for where official writing puts it: the signature date on
//! a line of its own near the end, the title, the document number 〔2021〕12号, the name of the file; failing these, the latest year the text speaks of as past or
//! present (“到2035年” looks ahead and does not count).

use crate::date::Date;
use crate::document::Document;
use crate::text::Folded;

/// A date and where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The date.
    pub date: Date,
    /// Where it comes from.
    pub source: Source,
}

/// Where the date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The user named it.
    Given,
    /// The signature date at the end.
    Signature,
    /// The title.
    Title,
    /// The document number.
    Number,
    /// The name of the file.
    Name,
    /// The latest year mentioned.
    Latest,
    /// The wording: a text that uses a phrase was written after the phrase came up.
    Wording,
    /// Nothing in the draft tells.
    Today,
}

impl Source {
    /// How it is told to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Given => "按指定日期",
            Self::Signature => "按成文日期",
            Self::Title => "按标题中的年份",
            Self::Number => "按发文字号",
            Self::Name => "按文件名中的年份",
            Self::Latest => "按文中最近的年份",
            Self::Wording => "按文中提法的时间",
            Self::Today => "文中没有日期，按今天",
        }
    }

    /// The name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Signature => "signature",
            Self::Title => "title",
            Self::Number => "number",
            Self::Name => "name",
            Self::Latest => "latest",
            Self::Wording => "wording",
            Self::Today => "today",
        }
    }

    /// Whether the draft itself (or the user) says plainly when it was written.
    pub const fn is_certain(self) -> bool {
        !matches!(self, Self::Latest | Self::Wording | Self::Today)
    }
}

impl AsOf {
    /// The date `document` bears, at most `today`.
    pub fn of(document: &Document, folded: &Folded, today: Date) -> Self {
        let blocks: Vec<&[char]> = folded.lines().map(|line| &folded.chars()[line]).filter(|block| !block.is_empty()).collect();
        let known = |source, date: Option<Date>| date.filter(|date| !date.starts_after(today)).map(|date| Self { date, source });
        let dates = |block: &[char]| find(block).map(|found| found.date).max_by_key(|date| date.parts());
        let signature = || {
            let mut last = blocks.iter().rev().take(12);
            last.find_map(|block| find(block).find(|f| f.start == 0 && f.end == block.len() && f.date.parts().1 > 0)).map(|f| f.date)
        };
        let title = || blocks.iter().take(3).filter(|block| block.len() <= 50 && !block.contains(&'。')).find_map(|block| dates(block));
        let number = || blocks.iter().take(12).find_map(|block| number_year(block));
        let spoken_of = |block: &&[char]| {
            let past = find(block).filter(|found| !looks_ahead(block, found)).map(|found| found.date);
            past.filter(|date| !date.starts_after(today)).max_by_key(|date| date.parts())
        };
        let latest = || blocks.iter().filter_map(spoken_of).max_by_key(|date| date.parts());
        known(Source::Signature, signature())
            .or_else(|| known(Source::Title, title()))
            .or_else(|| known(Source::Number, number()))
            .or_else(|| known(Source::Name, file_year(&document.name)))
            .or_else(|| known(Source::Latest, latest()))
            .unwrap_or(Self { date: today, source: Source::Today })
    }
}

impl AsOf {
    /// A year that is merely mentioned may lie before the draft's own time. `since` are the dates from which on the phrases it uses have been in use;
    /// one late phrase alone proves nothing.
    #[must_use]
    pub fn or_later(self, since: impl Iterator<Item = Date>) -> Self {
        if self.source != Source::Latest {
            return self;
        }
        let mut since: Vec<Date> = since.collect();
        since.sort_by_key(|date| date.parts());
        match since.iter().rev().nth(1) {
            Some(&date) if date.starts_after(self.date) => Self { date, source: Source::Wording },
            _ => self,
        }
    }
}

/// A date in a block: folded characters `start..end`.
struct Found {
    start: usize,
    end: usize,
    date: Date,
}

/// The dates of a block, from the year on: 2021年, 2021年11月, 二〇二一年十一月八日, 2021年度.
fn find(block: &[char]) -> impl Iterator<Item = Found> + '_ {
    block.iter().enumerate().filter(|&(_, &c)| c == '年').filter_map(move |(year_end, _)| {
        let start = year_end.checked_sub(4)?;
        let year = block[start..year_end].iter().try_fold(0, |n, &c| Some(n * 10 + digit(c)?))?;
        if !(1949..2100).contains(&year) || start.checked_sub(1).is_some_and(|i| digit(block[i]).is_some()) {
            return None;
        }
        let mut date = (year, 0, 0);
        let mut end = year_end + 1;
        if let Some((month, after)) = part(block, end, '月') {
            (date.1, end) = (month, after);
            if let Some((day, after)) = part(block, end, '日') {
                (date.2, end) = (day, after);
            }
        }
        let text = match date {
            (y, 0, _) => format!("{y}"),
            (y, m, 0) => format!("{y}-{m:02}"),
            (y, m, d) => format!("{y}-{m:02}-{d:02}"),
        };
        Some(Found { start, end, date: Date::parse(&text)? })
    })
}

/// A number of up to three characters before `unit`.
fn part(block: &[char], start: usize, unit: char) -> Option<(u32, usize)> {
    let end = start + block[start..].iter().take(4).position(|&c| c == unit)?;
    let digits: String = block[start..end].iter().collect();
    let value = digits.parse().ok().or_else(|| crate::numeral::parse(&digits).filter(|&(_, used)| used == digits.len()).map(|(n, _)| n))?;
    Some((value, end + 1))
}

/// The year of a document number in the block.
fn number_year(block: &[char]) -> Option<Date> {
    let open = block.iter().position(|c| matches!(c, '〔' | '[' | '［' | '【'))?;
    let year = block.get(open + 1..open + 5)?;
    matches!(block.get(open + 5)?, '〕' | ']' | '］' | '】').then_some(())?;
    block[open + 6..].iter().take(8).any(|&c| c == '号').then_some(())?;
    let year = year.iter().try_fold(0, |n, &c| Some(n * 10 + digit(c)?))?;
    Date::parse(&format!("{year}"))
}

/// A year in the name of a file: 2021年总结.docx, report_2021-03-05.txt.
fn file_year(name: &str) -> Option<Date> {
    let name = name.rsplit(['/', '\\', '!']).next()?;
    name.split(|c: char| !c.is_ascii_digit() && c != '-').find_map(|part| {
        let date = Date::parse(part.get(..10).unwrap_or(part)).or_else(|| Date::parse(part.get(..4)?))?;
        (part.len() == 4 || part.len() >= 10 || part.as_bytes().get(4) == Some(&b'-')).then_some(())?;
        (1949..2100).contains(&date.parts().0).then_some(date)
    })
}

/// Whether the year is one the text looks forward to, or the end of a period.
fn looks_ahead(block: &[char], found: &Found) -> bool {
    let before: String = block[found.start.saturating_sub(2)..found.start].iter().collect();
    let after: String = block[found.end..].iter().take(2).collect();
    before.ends_with(['到', '至', '—', '-', '－', '～', '~', '前', '争'])
        || after.starts_with(['前', '远', '基'])
        || after.starts_with("底前")
}

/// The value of a digit in a year: 2, 二, 〇, ○, 零.
fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' => Some(0),
        _ => c.to_digit(10).or_else(|| crate::numeral::digit_of(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_of(text: &str) -> (String, Source) {
        let document = Document::from_text("报告.txt", text);
        let folded = Folded::new(document.text.as_str(), document.blocks.iter().map(|block| block.span));
        let today = Date::parse("2026-11-23").expect("a date");
        let found = AsOf::of(&document, &folded, today);
        (found.date.to_string(), found.source)
    }

    #[test]
    fn the_date_is_found_where_official_writing_puts_it() {
        assert_eq!(as_of("关于2021年工作的报告\n一年来，工作平稳。\n2022年1月5日\n"), ("2022年1月5日".into(), Source::Signature));
        assert_eq!(as_of("工作报告\n工作平稳。\n二〇二一年十二月三十日"), ("2021年12月30日".into(), Source::Signature));
        assert_eq!(as_of("2019年工作总结\n到2035年，基本实现现代化。"), ("2019年".into(), Source::Title));
        assert_eq!(as_of("云岭发〔2018〕12号\n关于做好工作的通知。"), ("2018年".into(), Source::Number));
        assert_eq!(as_of("去年以来，我们从2016年起抓到2020年底。力争到2035年建成。"), ("2016年".into(), Source::Latest));
        let latest = AsOf { date: Date::new(2016, 0, 0), source: Source::Latest };
        let since = |dates: [&str; 3]| latest.or_later(dates.into_iter().filter_map(Date::parse)).date.to_string();
        assert_eq!(since(["2012-11", "2018-07", "2021-11"]), "2018年7月");
        assert_eq!(since(["2012-11", "2013-01", "2021-11"]), "2016年");
        assert_eq!(as_of("今年以来，工作平稳。"), ("2026年11月23日".into(), Source::Today));
    }
}
