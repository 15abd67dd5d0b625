//! Blanks still to fill: xx次, 20xx年, 〔xxx〕xxx号, ××.×%, 某某县, 【待补充】, （ ）…
//!
//! A draft is written around numbers and names that come later. [`find`] lists every place that waits for one, what kind of mark
//! stands there, and what it seems to ask for, from the words around it. What only looks like a blank is left alone:
//! multiplication (4×100米), masked names and numbers (王某某, 138****0000), the ○ of 二○○九, Markdown's **…**.

mod asks;
mod bracket;
mod kind;

use std::ops::Range;

pub(crate) use asks::unit_at_end;
pub use kind::{Asks, Kind};

use crate::document::{Document, Format};
use crate::span::Span;
use crate::text::{Folded, is_han};

/// One place that waits for words or figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placeholder {
    /// The mark itself: what is replaced when the blank is filled.
    pub span: Span,
    /// How it is marked.
    pub kind: Kind,
    /// What it seems to ask for.
    pub asks: Asks,
    /// The unit that follows (次, 万元, 镇 …), where there is one.
    pub unit: Option<Span>,
}

/// Finds every blank of `document`, in text order. `folded` is its folded view. Linear in the length of the text.
pub fn find(document: &Document, folded: &Folded) -> Vec<Placeholder> {
    let mut finder = Finder {
        text: document.text.as_str(),
        folded,
        chars: folded.chars(),
        markdown: matches!(document.format, Format::Markdown(_)),
        bold: 0..0,
        found: Vec::new(),
    };
    finder.run();
    finder.found
}

/// The marks that repeat: the family a character belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Letter,
    Cross,
    Certain,
    Circle,
    Star,
    Underscore,
}

impl Mark {
    const fn of(c: char) -> Option<Self> {
        Some(match c {
            'x' | 'X' => Self::Letter,
            '×' | '✕' | '╳' => Self::Cross,
            '某' => Self::Certain,
            '○' | '〇' | '◯' => Self::Circle,
            '*' | '＊' => Self::Star,
            '_' | '＿' => Self::Underscore,
            _ => return None,
        })
    }

    const fn kind(self) -> Kind {
        match self {
            Self::Letter => Kind::Letters,
            Self::Cross => Kind::Cross,
            Self::Certain => Kind::Certain,
            Self::Circle => Kind::Circles,
            Self::Star => Kind::Stars,
            Self::Underscore => Kind::Underscores,
        }
    }
}

struct Finder<'a> {
    text: &'a str,
    folded: &'a Folded,
    chars: &'a [char],
    markdown: bool,
    /// The stretch of folded characters whose `**` are known to be markup.
    bold: Range<usize>,
    found: Vec<Placeholder>,
}

impl Finder<'_> {
    fn run(&mut self) {
        const OPENING: &[char] =
            &['x', 'X', '×', '✕', '╳', '某', '○', '〇', '◯', '*', '＊', '_', '＿', '【', '[', '［', '（', '(', '〔', '《', '{'];
        let mut done = 0;
        for (at, c) in self.folded.places_of(OPENING) {
            if at < done {
                continue;
            }
            done = match (Mark::of(c), c) {
                (Some(mark), _) => self.run_of(mark, at),
                (None, '{') => self.template(at),
                (None, _) => self.bracket(at),
            };
        }
    }

    fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\n')
    }

    fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\n', |at| self.char(at))
    }

    fn starts_with(&self, at: usize, word: &str) -> bool {
        word.chars().zip(at..).all(|(c, at)| self.char(at) == c)
    }

    fn ends_with(&self, end: usize, word: &str) -> bool {
        word.chars().rev().enumerate().all(|(n, c)| end > n && self.char(end - 1 - n) == c)
    }

    fn end_of_run(&self, mark: Mark, at: usize) -> usize {
        (at..self.chars.len()).find(|&at| Mark::of(self.chars[at]) != Some(mark)).unwrap_or(self.chars.len())
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, (asks, unit): (Asks, Option<Range<usize>>)) {
        let unit = unit.map(|unit| self.folded.span(self.text, unit.start, unit.end));
        self.found.push(Placeholder { span: self.folded.span(self.text, start, end), kind, asks, unit });
    }

    /// A run of one mark from `at`; returns where to go on.
    fn run_of(&mut self, mark: Mark, at: usize) -> usize {
        let end = self.end_of_run(mark, at);
        let digits = (0..at).rev().take_while(|&i| self.chars[i].is_ascii_digit()).take(5).count();
        let start = at - digits;
        if let Some(end) = self.date(mark, at, end, digits) {
            self.push(start, end, Kind::Year, (Asks::Date, None));
            return end;
        }
        if self.is_year(start, at, end) {
            self.push(start, end, Kind::Year, (Asks::Year, None));
            return end;
        }
        let (end, decimal) = self.decimals(mark, end);
        if !(decimal || self.is_blank(mark, at, end)) || digits > 0 && !self.is_number_rest(mark, start, end) {
            return end;
        }
        let asks = self.asks(start, end);
        let kind = match (self.before(start), self.char(end)) {
            ('〔', '〕') => Kind::Bracketed,
            ('[' | '［' | '【' | '（' | '(', ']' | '］' | '】' | '）' | ')') if self.is_document_number(end + 1) => Kind::Bracketed,
            (_, '%' | '％') => Kind::Percent,
            _ => mark.kind(),
        };
        let asks = if kind == Kind::Bracketed { (Asks::Year, None) } else { asks };
        self.push(start, end, kind, asks);
        end
    }

    /// xxxx-xx-xx, 20xx-xx-xx, xxxx.xx.xx: one blank for the whole date.
    fn date(&self, mark: Mark, at: usize, end: usize, digits: usize) -> Option<usize> {
        let separator = self.char(end);
        if end - at + digits != 4 || !matches!(separator, '-' | '.' | '/') {
            return None;
        }
        let month = self.end_of_run(mark, end + 1);
        let day = self.end_of_run(mark, month + 1);
        (month == end + 3 && self.char(month) == separator && day == month + 3).then_some(day)
    }

    /// 20xx年, 202x年, 20××年底, （20xx—20xx）: two or three digits of a year and its open places.
    fn is_year(&self, start: usize, at: usize, end: usize) -> bool {
        let century = [('1', '9'), ('2', '0')].contains(&(self.char(start), self.char(start + 1)));
        let alone = !self.before(start).is_ascii_alphanumeric() && !self.char(end).is_ascii_alphanumeric();
        let named = matches!(self.char(end), '年' | '级' | '届' | '〕' | '-' | '－' | '—' | '～' | '至')
            || matches!(self.before(start), '〔' | '至' | '—' | '－' | '-');
        century && alone && at - start >= 2 && end - start == 4 && named
    }

    /// The decimals of ××.×; whether there were any.
    fn decimals(&self, mark: Mark, end: usize) -> (usize, bool) {
        if mark != Mark::Star && mark != Mark::Certain && self.char(end) == '.' {
            let decimals = self.end_of_run(mark, end + 1);
            if decimals > end + 1 && !self.char(decimals).is_ascii_alphanumeric() && self.char(decimals) != '.' {
                return (decimals, true);
            }
        }
        (end, false)
    }

    /// Digits before the marks: “1xx人” is a number half written, “2×35万千瓦” and “138xxxx” are not.
    fn is_number_rest(&self, mark: Mark, start: usize, end: usize) -> bool {
        let next = self.char(end);
        mark != Mark::Certain && end - start <= 5 && self.before(start) != '.' && !next.is_ascii_alphanumeric() && self.unit(end).is_some()
    }

    fn is_blank(&mut self, mark: Mark, at: usize, end: usize) -> bool {
        let (before, after) = (self.before(at), self.char(end));
        // “—--xx” is a dash, “c-xx” a word.
        let latin = |c: char| c.is_ascii_alphabetic() || matches!(c, '@' | '_' | '\\' | '/' | '.' | '=' | '&' | '#');
        let hyphenated = before == '-' && at > 1 && self.char(at - 2).is_ascii_alphanumeric();
        match mark {
            // Inside a Latin word, an address or a file name; XX世纪 is a Roman numeral.
            Mark::Letter
                if latin(before)
                    || hyphenated
                    || after.is_ascii_alphanumeric()
                    || self.opens_address(end)
                    || self.starts_with(end, "世纪") =>
            {
                false
            }
            Mark::Letter | Mark::Cross if before.is_ascii_digit() && after.is_ascii_digit() => false,
            Mark::Cross if before.is_ascii_alphanumeric() && !before.is_ascii_digit() => false,
            Mark::Letter | Mark::Cross if end - at == 1 => self.is_single_blank(at, end),
            Mark::Letter | Mark::Cross => !self.is_masked_name(at, end),
            Mark::Certain => end - at >= 2 && !self.is_masked_name(at, end),
            Mark::Circle => {
                // The zeros of 二○○九; 〇〇后.
                end - at >= 2 && !is_year_digit(before) && !is_year_digit(after) && after != '后'
            }
            Mark::Underscore => {
                end - at >= 2 && !latin(before) && !before.is_ascii_digit() && !after.is_ascii_alphanumeric() && !self.is_alone(at, end)
            }
            // “标注*项目” is a footnote.
            Mark::Star if end - at == 1 => self.is_single_blank(at, end) && self.asks(at, end).0.is_figure(),
            Mark::Star => {
                !before.is_ascii_alphanumeric()
                    && !after.is_ascii_alphanumeric()
                    && !self.is_alone(at, end)
                    && !self.is_masked_name(at, end)
                    && !self.is_bold(at, end)
            }
        }
    }

    /// “xxx.cn”, “xx@”: not a blank but part of an address.
    fn opens_address(&self, end: usize) -> bool {
        matches!(self.char(end), '@' | '_' | '\\' | '/' | '=')
            || self.char(end) == '.' && self.char(end + 1).is_ascii_lowercase() && self.char(end + 1) != 'x'
    }

    /// One mark alone is a blank only between a Chinese word and a unit: “会议x次”, “×月×日”, “X镇X村”.
    fn is_single_blank(&self, at: usize, end: usize) -> bool {
        let before = self.before(at);
        let joined = is_han(before) || matches!(before, '、' | '，' | '“' | '《' | '（' | '—' | '。' | '；' | '：' | '〕' | '\n' | '%');
        joined
            && self.unit(end).is_some_and(|unit| {
                let after = self.char(end + unit.word.chars().count());
                // 单价×件数, X区间, X线 …
                !matches!(
                    after,
                    '数' | '量'
                        | '价'
                        | '域'
                        | '间'
                        | '场'
                        | '别'
                        | '均'
                        | '率'
                        | '型'
                        | '形'
                        | '字'
                        | '光'
                        | '射'
                        | '织'
                        | '合'
                        | '装'
                ) && !is_multiplication(unit.word, before)
            })
    }

    /// 王某某, 李××, 张**: a name kept back on purpose. The surname must open a word, so that 提高xx and 项目位于xx stay blanks.
    fn is_masked_name(&self, at: usize, end: usize) -> bool {
        let opens = at < 2 || {
            let before = self.char(at - 2);
            !is_han(before)
                || ["书记", "主任", "同志", "镇长", "县长", "局长", "干部", "村民", "党员", "群众", "原告", "被告", "法官", "男子", "女子"]
                    .iter()
                    .any(|word| self.ends_with(at - 1, word))
                || matches!(before, '和' | '与' | '及' | '对' | '由' | '将')
        };
        end - at <= 2 && opens && is_surname(self.before(at)) && self.unit(end).is_none_or(|unit| unit.asks == Asks::Person)
    }

    /// Whether the run is all its block holds: a rule, a separator.
    fn is_alone(&self, at: usize, end: usize) -> bool {
        self.before(at) == '\n' && self.char(end) == '\n'
    }

    /// Markdown's bold and italics: pairs of stars in one block that lean on words no unit follows.
    fn is_bold(&mut self, at: usize, end: usize) -> bool {
        if self.bold.contains(&at) {
            return true;
        }
        if self.unit(end).is_some() {
            return false;
        }
        if self.markdown {
            return end - at <= 3;
        }
        let width = end - at;
        if width > 3 {
            return false;
        }
        // The stars up to the partner are settled with it, so that a block is searched once for each width at most.
        let line = (end..self.chars.len()).take_while(|&i| self.chars[i] != '\n');
        let partner = line.filter(|&i| self.is_star_run(i, width)).find(|&i| self.unit(i + width).is_none());
        partner.inspect(|&partner| self.bold = at..partner + width).is_some()
    }

    /// Whether exactly `width` stars stand at `at`.
    fn is_star_run(&self, at: usize, width: usize) -> bool {
        let star = |at| Mark::of(self.char(at)) == Some(Mark::Star);
        star(at) && !star(at - 1) && (at..at + width).all(star) && !star(at + width)
    }

    /// “12号”, “xx号” after the bracket of a document number.
    fn is_document_number(&self, at: usize) -> bool {
        let end = (at..at + 6).find(|&i| !(self.char(i).is_ascii_digit() || Mark::of(self.char(i)).is_some())).unwrap_or(at);
        end > at && self.char(end) == '号'
    }
}

/// 单价×个: a factor before the mark.
fn is_multiplication(unit: &str, before: char) -> bool {
    matches!(unit, "个" | "人" | "天" | "月" | "年" | "倍" | "%" | "小时")
        && matches!(before, '价' | '数' | '量' | '额' | '率' | '资' | '）')
}

fn is_year_digit(c: char) -> bool {
    c.is_ascii_digit() || crate::numeral::digit_of(c).is_some() || matches!(c, '零' | '〇' | '○' | '年')
}

/// The surnames of nine people in ten.
fn is_surname(c: char) -> bool {
    "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁董苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷龙段郝孔邵史毛常顾赖武康贺严尹钱施牛洪龚".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<(String, Kind, Asks)> {
        let document = Document::from_text("test.txt", text);
        let folded = Folded::new(text, document.blocks.iter().map(|block| block.span));
        find(&document, &folded).into_iter().map(|blank| (blank.span.of(text).to_owned(), blank.kind, blank.asks)).collect()
    }

    #[test]
    fn every_kind_is_found_with_what_it_asks_for() {
        for (text, words, kind, asks) in [
            ("督查xx次", "xx", Kind::Letters, Asks::Times),
            ("督查x次", "x", Kind::Letters, Asks::Times),
            ("近xx余场次", "xx", Kind::Letters, Asks::Times),
            ("ＸＸ县", "ＸＸ", Kind::Letters, Asks::Place),
            ("党员xxx名", "xxx", Kind::Letters, Asks::People),
            ("投资xx.xx亿元", "xx.xx", Kind::Letters, Asks::Amount),
            ("良田X万亩", "X", Kind::Letters, Asks::Quantity),
            ("在xx日报发表", "xx", Kind::Letters, Asks::Organization),
            ("镇长xx出席", "xx", Kind::Letters, Asks::Person),
            ("建设美丽xx，", "xx", Kind::Letters, Asks::Place),
            ("印发《xx》", "xx", Kind::Letters, Asks::Title),
            ("第xx号公告", "xx", Kind::Letters, Asks::DocumentNumber),
            ("关于xx的指示", "xx", Kind::Letters, Asks::Content),
            ("培训1xx人", "1xx", Kind::Letters, Asks::People),
            ("××省", "××", Kind::Cross, Asks::Place),
            ("会议×次", "×", Kind::Cross, Asks::Times),
            ("某某单位", "某某", Kind::Certain, Asks::Organization),
            ("○○镇", "○○", Kind::Circles, Asks::Place),
            ("**镇领导班子", "**", Kind::Stars, Asks::Place),
            ("金额____元", "____", Kind::Underscores, Asks::Amount),
            ("20xx年工作", "20xx", Kind::Year, Asks::Year),
            ("202×年度", "202×", Kind::Year, Asks::Year),
            ("20**年", "20**", Kind::Year, Asks::Year),
            ("XXXX-XX-XX", "XXXX-XX-XX", Kind::Year, Asks::Date),
            ("增长××.×%", "××.×", Kind::Percent, Asks::Percent),
            ("【待补充】", "【待补充】", Kind::Marked, Asks::Content),
            ("【请填写单位名称】", "【请填写单位名称】", Kind::Marked, Asks::Organization),
            ("（此处填写金额）", "（此处填写金额）", Kind::Marked, Asks::Amount),
            ("[待补]", "[待补]", Kind::Marked, Asks::Content),
            ("【姓名】", "【姓名】", Kind::Marked, Asks::Person),
            ("共计（  ）人", "（  ）", Kind::EmptyBrackets, Asks::People),
            ("〔　〕12号", "〔　〕", Kind::EmptyBrackets, Asks::Year),
            ("{{单位}}", "{{单位}}", Kind::Template, Asks::Organization),
        ] {
            assert_eq!(found(text), [(words.to_owned(), kind, asks)], "{text}");
        }
    }

    #[test]
    fn runs_are_counted_one_by_one() {
        assert_eq!(found("xx区xx镇").len(), 2);
        assert_eq!(found("xxxx年xx月xx日").len(), 3);
        let number: Vec<_> = found("（区委发〔xxx〕xxx号）").into_iter().map(|(_, kind, asks)| (kind, asks)).collect();
        assert_eq!(number, [(Kind::Bracketed, Asks::Year), (Kind::Letters, Asks::DocumentNumber)]);
    }

    #[test]
    fn the_unit_is_the_word_that_follows() {
        let text = "走访xx余户";
        let document = Document::from_text("test.txt", text);
        let folded = Folded::new(text, document.blocks.iter().map(|block| block.span));
        let unit = find(&document, &folded)[0].unit.map(|unit| unit.of(text));
        assert_eq!(unit, Some("户"));
    }

    #[test]
    fn what_only_looks_like_a_blank_is_left_alone() {
        for text in [
            "4×100米接力",
            "2×35万千瓦机组",
            "7×24小时值班",
            "2×2表",
            "12mm×12mm垫片",
            "单价×个数",
            "长×宽×高",
            "XXL号服装",
            "XX世纪",
            "XXI",
            "X射线、X光、X轴",
            "Maxwell",
            "www.xxx.cn",
            "test@xx.com",
            "王某某（化名）",
            "党员李××因违纪被查",
            "某镇某单位某些人",
            "二○○九年",
            "一九九○年八月",
            "〇〇后",
            "**重点工作**：加强领导",
            "**第一**，**第二**",
            "******",
            "____",
            "__init__",
            "content_354803",
            "138****0000",
            "37010019xxxxxxxx11",
            "标注*项目为选测",
            "【新华社】",
            "注释[1]",
            "调用f()",
            "（请注意：本表一式两份）",
            "● ○ ★ ☆",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_searched(text in "[xX×某○*_{}【】（）〔〕《》待补王次年镇20%.\\-\\n ＸA]{0,80}") {
            let mut end = 0;
            let document = Document::from_text("test.txt", text.as_str());
            let folded = Folded::new(&text, document.blocks.iter().map(|block| block.span));
            for blank in find(&document, &folded) {
                prop_assert!(blank.span.start >= end, "in text order, without overlap");
                end = blank.span.end;
                prop_assert!(!blank.span.of(&text).is_empty());
                prop_assert!(blank.unit.is_none_or(|unit| unit.start >= blank.span.end && !unit.of(&text).is_empty()));
            }
        }
    }
}
