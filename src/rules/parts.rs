//! The parts of an official document, found where GB/T 9704—2012 puts them: title, document number, addressee, signature date.
//!
//! Only what can be told for certain is found; a draft without its head and foot has none of them.

use std::ops::Range;

use super::Context;
use super::chars::{digits_before, ends_with};
use crate::document::BlockKind;
use crate::numeral;

/// One block in the folded text.
pub(super) struct Line<'a> {
    pub(super) chars: &'a [char],
    /// Where it starts in the folded text.
    pub(super) start: usize,
}

/// The parts that were found.
pub(super) struct Parts<'a> {
    /// The last line of the title: it names the kind of document.
    pub(super) title: Option<Line<'a>>,
    /// The line right below the title.
    pub(super) below_title: Option<Line<'a>>,
    /// The line after that.
    pub(super) text: Option<Line<'a>>,
    /// The line 云岭发〔2021〕12号.
    pub(super) number: Option<Line<'a>>,
    /// The line that is nothing but a date, near the end.
    pub(super) signature: Option<Signature<'a>>,
}

/// The signature date as it is written.
pub(super) struct Signature<'a> {
    pub(super) line: Line<'a>,
    /// Year, month and day, as places in the line; the day may be empty.
    pub(super) places: [Range<usize>; 3],
}

impl<'a> Parts<'a> {
    pub(super) fn of(cx: &Context<'a>) -> Self {
        /// The head of a document and its foot take up at most so many blocks.
        const HEAD: usize = 8;
        const FOOT: usize = 12;
        let blocks = &cx.document.blocks;
        let texts = blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading));
        let line = |block: &crate::document::Block| {
            let (start, end) = (cx.folded.index(block.span.start), cx.folded.index(block.span.end));
            Line { chars: &cx.folded.chars()[start..end.max(start)], start }
        };
        let head: Vec<Line<'a>> = texts.clone().take(HEAD).map(line).collect();
        let mut foot = texts.rev().take(FOOT).map(line);
        let mut parts = Self { title: None, below_title: None, text: None, number: None, signature: None };
        let mut lines = head.into_iter();
        for line in lines.by_ref() {
            if is_title(line.chars) {
                parts.title = Some(line);
                break;
            }
            if parts.number.is_none() && is_number(line.chars) {
                parts.number = Some(line);
            }
        }
        if parts.title.is_some() {
            parts.below_title = lines.next();
            parts.text = lines.next();
        }
        parts.signature = foot.find_map(signature);
        parts
    }
}

/// The kinds of documents and of texts that a title ends with.
const KINDS: [&str; 26] = [
    "报告", "总结", "通知", "意见", "决定", "纪要", "请示", "批复", "函", "通报", "公告", "通告", "公报", "命令", "议案", "决议", "方案",
    "计划", "要点", "办法", "规定", "讲话", "汇报", "情况", "材料", "打算",
];

/// A short line that ends with a kind of document, with or without something in brackets and a full stop after it.
fn is_title(chars: &[char]) -> bool {
    const LONGEST: usize = 60;
    let chars = without_end(chars);
    let sentence = chars.iter().any(|c| matches!(c, '。' | '：' | '；'));
    let numbered = chars.first().is_some_and(|&c| matches!(c, '（' | '(') || c.is_ascii_digit() && !year_opens(chars))
        || chars.get(1) == Some(&'、')
        || chars.get(2) == Some(&'、');
    (6..=LONGEST).contains(&chars.len()) && !sentence && !numbered && KINDS.iter().any(|kind| ends_with(chars, chars.len(), kind))
}

fn year_opens(chars: &[char]) -> bool {
    chars.len() > 4 && chars[..4].iter().all(char::is_ascii_digit) && chars[4] == '年'
}

/// The line without a mark at its end and without （讨论稿） before it.
pub(super) fn without_end(chars: &[char]) -> &[char] {
    let end = chars.iter().rposition(|c| !matches!(c, '。' | '，' | '；' | '、' | '！')).map_or(0, |last| last + 1);
    let chars = &chars[..end];
    match chars.iter().rposition(|c| matches!(c, '（' | '(')) {
        Some(open) if chars.last().is_some_and(|c| matches!(c, '）' | ')')) => &chars[..open],
        _ => chars,
    }
}

/// The line of the document number, with or without the name of who signs it out.
fn is_number(chars: &[char]) -> bool {
    const LONGEST: usize = 40;
    chars.len() <= LONGEST
        && chars.contains(&'〔')
        && chars.iter().rposition(|&c| c == '号').is_some_and(|end| end + 1 == chars.len() || ends_with_signer(&chars[end + 1..]))
}

fn ends_with_signer(rest: &[char]) -> bool {
    rest.iter().collect::<String>().starts_with("签发人")
}

/// A line that is a date and nothing else.
fn signature(line: Line<'_>) -> Option<Signature<'_>> {
    let chars = line.chars;
    let digit = |c: &char| c.is_ascii_digit() || matches!(c, '十' | '零' | '〇' | '○' | '◯' | 'O') || numeral::digit_of(*c).is_some();
    let place = |from: usize| from..from + chars.get(from..).unwrap_or_default().iter().take_while(|c| digit(c)).count();
    let year = place(0);
    let month = place(year.end + 1);
    let day = place(month.end + 1);
    let named = chars.get(year.end) == Some(&'年') && chars.get(month.end) == Some(&'月');
    let closed =
        if day.is_empty() { chars.len() == month.end + 1 } else { chars.get(day.end) == Some(&'日') && chars.len() == day.end + 1 };
    (named && closed && matches!(year.len(), 2 | 4) && !month.is_empty()).then_some(Signature { line, places: [year, month, day] })
}

impl Signature<'_> {
    /// Year, month and day as numbers, 0 for a day that is not given; `None` where a part is no number.
    pub(super) fn date(&self) -> Option<(u32, u32, u32)> {
        let [year, month, day] = &self.places;
        let year = self.line.chars[year.clone()].iter().try_fold(0, |n, &c| Some(n * 10 + year_digit(c)?))?;
        let number = |place: &Range<usize>| {
            let words: String = self.line.chars[place.clone()].iter().collect();
            words.parse().ok().or_else(|| numeral::parse(&words).filter(|&(_, length)| length == words.len()).map(|(number, _)| number))
        };
        Some((year, number(month)?, if day.is_empty() { 0 } else { number(day)? }))
    }
}

fn year_digit(c: char) -> Option<u32> {
    match c {
        '零' | '〇' | '○' | '◯' | 'O' => Some(0),
        _ => c.to_digit(10).or_else(|| numeral::digit_of(c)),
    }
}

/// The years written in Arabic digits in `chars`, in order: 2021 of 2021年.
pub(super) fn years(chars: &[char]) -> impl Iterator<Item = u32> + '_ {
    chars.iter().enumerate().filter(|&(_, &c)| c == '年').filter_map(|(end, _)| {
        let start = digits_before(chars, end, 5);
        let year = super::chars::value(&chars[start..end]).filter(|_| end - start == 4)?;
        (1949..2100).contains(&year).then_some(year)
    })
}
