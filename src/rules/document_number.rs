//! # 发文字号的写法
//!
//! ## 查什么
//! `document/number-bracket`：发文字号的年份括号不是六角括号“〔〕”，如【2021】、[2021]、(2021)，或前后不配对、缺一半；
//! `document/number-order`：顺序号加了“第”字，或编了虚位（012号）。
//!
//! ## 为什么
//! 发文字号是文件的身份，格式统一才能检索、核对；括号混用多是输入法或识别软件造成的。
//!
//! ## 错例
//! - 云岭发【2021】12号
//! - 云岭发〔2021]12号
//! - 云岭发〔2021〕第012号
//!
//! ## 正例
//! - 云岭发〔2021〕12号
//! - 国务院令第735号、（2021）京01民初12号（不是发文字号）
//!
//! ## 修改是否稳妥
//! 稳妥：只换括号，去掉“第”字和虚位。括号缺了一半的，断在何处要看一眼。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）第九条；GB/T 9704—2012《党政机关公文格式》7.2.5：年份用阿拉伯数字标全称，用六角括号“〔〕”括入；
//! 发文顺序号不加“第”字，不编虚位（即1不编为01），在阿拉伯数字后加“号”字。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::{Context, Id, Meta, Rule};

const BRACKET: Id = Id {
    name: "document/number-bracket",
    title: "发文字号括号不规范",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};
const ORDER: Id = Id {
    name: "document/number-order",
    title: "发文顺序号不规范",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Checks document numbers, 云岭发〔2021〕12号.
pub(super) struct DocumentNumber;

impl Rule for DocumentNumber {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[BRACKET, ORDER], source: include_str!("document_number.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for (at, _) in cx.folded.places_of(&['〔', '[', '［', '【', '（', '(', '〈', '<']) {
            if let Some(number) = Number::read(chars, at) {
                findings.extend(number.bracket(cx));
                findings.extend(number.order(cx));
            }
        }
    }
}

const fn is_close(c: char) -> bool {
    matches!(c, '〕' | ']' | '］' | '】' | '）' | ')' | '〉' | '>')
}

/// A document number by its places in the folded text.
struct Number<'a> {
    chars: &'a [char],
    /// The opening bracket.
    open: usize,
    /// After the closing bracket, where there is one, else after the year.
    year_end: usize,
    closed: bool,
    /// The first digit of the number within the year.
    digits: usize,
    /// 号
    end: usize,
}

impl<'a> Number<'a> {
    /// Reads 〔2021〕12号 from the opening bracket on. The code of an office stands before it; what goes on as 号楼 is an address.
    fn read(chars: &'a [char], open: usize) -> Option<Self> {
        let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
        let office = open.checked_sub(1).map(|before| chars[before])?;
        let year = chars.get(open + 1..open + 5)?;
        let century = matches!(year, ['1', '9', ..] | ['2', '0', ..]) && year.iter().all(char::is_ascii_digit);
        if !century || !matches!(office, '\u{4e00}'..='\u{9fff}') {
            return None;
        }
        let closed = chars.get(open + 5).is_some_and(|&c| is_close(c));
        let year_end = open + 5 + usize::from(closed);
        let digits = year_end + usize::from(closed && chars.get(year_end) == Some(&'第'));
        let end = (digits..digits + 6).find(|&at| !is_digit(at))?;
        let address = chars.get(end + 1).is_some_and(|c| matches!(c, '楼' | '线' | '院' | '机' | '馆' | '门'));
        (end > digits && chars.get(end) == Some(&'号') && !address).then_some(Self { chars, open, year_end, closed, digits, end })
    }

    fn bracket(&self, cx: &Context<'_>) -> Option<Finding> {
        let (open, close) = (self.chars[self.open], self.chars[self.year_end - 1]);
        if self.closed && (open, close) == ('〔', '〕') {
            return None;
        }
        let year: String = self.chars[self.open + 1..self.open + 5].iter().collect();
        let span = cx.span(self.open, self.year_end);
        let applicability = if self.closed { Applicability::Safe } else { Applicability::Unsafe };
        let why = if !self.closed {
            "缺了后一半括号"
        } else if is_pair(open, close) {
            "年份用六角括号"
        } else {
            "年份前后括号不配对"
        };
        let fix = Fix::replace(span, format!("〔{year}〕"), applicability);
        Some(Finding { fixes: vec![fix], ..BRACKET.at(span, 0.95, format!("发文字号{why}，应写作“〔{year}〕”。")) })
    }

    fn order(&self, cx: &Context<'_>) -> Option<Finding> {
        let digits: String = self.chars[self.digits..self.end].iter().collect();
        let plain = digits.trim_start_matches('0');
        let numbered = self.digits > self.year_end;
        if plain.is_empty() || (!numbered && plain.len() == digits.len()) {
            return None;
        }
        let span = cx.span(self.year_end, self.end);
        let why = if numbered { "不加“第”字" } else { "不编虚位" };
        let fix = Fix::replace(span, plain, Applicability::Safe);
        Some(Finding { fixes: vec![fix], ..ORDER.at(span, 0.9, format!("发文顺序号{why}，应写作“{plain}号”。")) })
    }
}

fn is_pair(open: char, close: char) -> bool {
    ["[]", "［］", "【】", "（）", "()", "〈〉", "<>"].iter().any(|pair| pair.chars().eq([open, close]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_year_stands_in_angular_brackets() {
        check(
            &DocumentNumber,
            &[
                ("云岭发〔2021〕12号", &[]),
                ("云岭发【2021】12号", &["document/number-bracket 【2021】 → 〔2021〕"]),
                ("云岭发[2021]12号", &["document/number-bracket [2021] → 〔2021〕"]),
                ("云岭发（２０２１）１２号", &["document/number-bracket （２０２１） → 〔2021〕"]),
                ("云岭发〔2021]12号", &["document/number-bracket 〔2021] → 〔2021〕"]),
                ("云岭发(202112号", &["document/number-bracket (2021 → 〔2021〕"]),
                ("云岭发〔2021〕第12号", &["document/number-order 第12 → 12"]),
                ("云岭发〔2021〕012号", &["document/number-order 012 → 12"]),
                ("国务院令第735号，（2021）京01民初12号", &[]),
                ("新建小区（2021）12号楼", &[]),
                ("参考文献[2021]", &[]),
            ],
        );
    }
}
