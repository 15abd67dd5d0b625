//! Number labels at the start of a block: what is one, and what only looks like it.

use super::level::Level;
use crate::numeral;
use crate::span::Span;

/// A number label as written, e.g. “（一）” or “1、”.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// From the opening bracket or number to the mark after it.
    pub span: Span,
    /// Its value.
    pub number: u32,
    /// What the number is written in.
    pub numeral: Numeral,
    /// The bracket before the number.
    pub open: Option<char>,
    /// The bracket after the number.
    pub close: Option<char>,
    /// The mark at the end.
    pub mark: Option<char>,
}

/// What a number is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numeral {
    /// 一二三
    Han,
    /// 123 or １２３
    Digit,
    /// One character for the whole label: ①, ⑴, ⒈, ㈠
    Symbol,
}

/// What stands at the start of a block; `certain` where only a label looks like it, else it must continue a sequence.
pub(super) struct Found {
    pub(super) level: Level,
    pub(super) label: Label,
    pub(super) certain: bool,
}

/// Reads a label off the start of `source`; its span counts from there.
pub(super) fn scan_label(source: &str) -> Option<Found> {
    let mut scanner = Scanner { source, at: 0 };
    scanner.skip_spaces();
    let start = scanner.at;
    let first = scanner.peek()?;
    let mut label = Label { span: Span::default(), number: 0, numeral: Numeral::Han, open: None, close: None, mark: None };
    let (level, certain) = match first {
        '第' => {
            scanner.bump();
            label.number = scanner.number(&mut label.numeral)?;
            scanner.unit()?
        }
        '（' | '(' => {
            label.open = scanner.bump();
            scanner.skip_spaces();
            label.number = scanner.number(&mut label.numeral)?;
            scanner.skip_spaces();
            label.close = Some(scanner.bump_if(|c| matches!(c, '）' | ')'))?);
            // A wrapped line may go on from “第三条第” with “（二）项”.
            if scanner.starts_with_reference() {
                return None;
            }
            label.mark = scanner.bump_if(|c| matches!(c, '、' | '.' | '．'));
            (if label.numeral == Numeral::Han { Level::Two } else { Level::Four }, true)
        }
        _ => {
            if let Some((level, number)) = symbol(first) {
                scanner.bump();
                label.number = number;
                label.numeral = Numeral::Symbol;
                (level, true)
            } else {
                label.number = scanner.number(&mut label.numeral)?;
                scanner.mark_of_plain_number(&mut label)?
            }
        }
    };
    let rest = source[scanner.at..].trim();
    // A label alone heads nothing, save 第一章, whose title may follow on a line of its own.
    let named = level < Level::One;
    let misplaced = (rest.is_empty() && !named) || rest.starts_with(['。', '，', '；', '、', '）', ')', '”', '》', ',', ';', '：']);
    if misplaced || is_contents_entry(rest) {
        return None;
    }
    label.span = Span::new(start, scanner.at);
    Some(Found { level, label, certain })
}

/// A place in the start of a block.
struct Scanner<'a> {
    source: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.source[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn bump_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        self.peek().filter(|&c| wanted(c)).and_then(|_| self.bump())
    }

    fn skip_spaces(&mut self) {
        while self.bump_if(is_space).is_some() {}
    }

    /// A number of up to three places in Chinese characters or digits.
    fn number(&mut self, numeral: &mut Numeral) -> Option<u32> {
        if let Some((value, length)) = numeral::parse(self.rest()) {
            *numeral = Numeral::Han;
            self.at += length;
            return Some(value);
        }
        *numeral = Numeral::Digit;
        let mut value = 0;
        let mut places = 0;
        while let Some(digit) = self.peek().and_then(digit) {
            self.bump();
            value = value * 10 + digit;
            places += 1;
            if places > 3 {
                return None;
            }
        }
        (value > 0).then_some(value)
    }

    /// 章, 节, 条 … after 第三; certain where a space or nothing follows, as in print.
    fn unit(&mut self) -> Option<(Level, bool)> {
        let (unit, level) = [
            ("部分", Level::Part),
            ("编", Level::Part),
            ("篇", Level::Part),
            ("章", Level::Chapter),
            ("节", Level::Division),
            ("条", Level::Article),
        ]
        .into_iter()
        .find(|(unit, _)| self.rest().starts_with(unit))?;
        self.at += unit.len();
        Some((level, self.peek().is_none_or(is_space)))
    }

    /// The mark after a number without an opening bracket.
    fn mark_of_plain_number(&mut self, label: &mut Label) -> Option<(Level, bool)> {
        self.skip_spaces();
        let han = label.numeral == Numeral::Han;
        let level = if han { Level::One } else { Level::Three };
        let mark = self.bump()?;
        if matches!(mark, '）' | ')') {
            label.close = Some(mark);
            // “三）” has lost its bracket; “1）” is a style of its own.
            return Some(if han { (Level::Two, false) } else { (Level::Five, true) });
        }
        label.mark = Some(mark);
        let next = self.peek();
        let certain = match mark {
            '、' | '.' | '．' if han => {
                if self.goes_on_counting(label.number) {
                    return None;
                }
                true
            }
            '.' | '．' | '、' => {
                // “3.5G基站建设” may be a heading, “3.5万亩” is none.
                next.is_none_or(|c| digit(c).is_none())
            }
            '，' | ',' | '：' | ':' if next.is_none_or(|c| digit(c).is_none()) => false,
            _ => return None,
        };
        Some((level, certain))
    }

    /// Whether an enumeration goes on after “一、”: “一、二、三级医院”, “五、六月份”.
    fn goes_on_counting(&self, number: u32) -> bool {
        let Some((next, length)) = numeral::parse(self.rest()) else { return false };
        let after = self.rest()[length..].chars().next();
        after == Some('、')
            || (next == number + 1 && after.is_some_and(|c| "级季月日年期批届产轮次类线等档卷条部层中车号区队组班".contains(c)))
    }

    fn starts_with_reference(&self) -> bool {
        let rest = self.rest();
        (rest.starts_with('项') && !rest.starts_with("项目"))
            || (rest.starts_with('款') && !rest.starts_with("款项"))
            || ["至（", "至(", "至第", "、（", "、(", "和（", "和("].iter().any(|reference| rest.starts_with(reference))
    }
}

/// Labels that are one character: level and value.
fn symbol(c: char) -> Option<(Level, u32)> {
    let from = |first: char| u32::from(c) - u32::from(first) + 1;
    match c {
        '①'..='⑳' => Some((Level::Five, from('①'))),
        '⑴'..='⒇' => Some((Level::Four, from('⑴'))),
        '⒈'..='⒛' => Some((Level::Three, from('⒈'))),
        '㈠'..='㈩' => Some((Level::Two, from('㈠'))),
        _ => None,
    }
}

/// A line of a table of contents ends in a page number after dots or a gap.
fn is_contents_entry(rest: &str) -> bool {
    let words = rest.trim_end_matches(|c: char| digit(c).is_some());
    words.len() < rest.len()
        && words.ends_with(['\t', '…', '·', '．', '.', '—', '\u{3000}'])
        && (words.ends_with(['\t', '…']) || words.trim_end_matches(['·', '．', '.', '—', ' ', '\u{3000}']).len() + 2 < words.len())
}

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

pub(super) fn digit(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => c.to_digit(10),
    }
}
