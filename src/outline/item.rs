//! The items 一是…二是… inside a paragraph.

use super::label::is_space;
use crate::numeral;
use crate::span::Span;

/// One item of a run 一是…二是…
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// Whether it reads 一是 or 一要.
    pub form: ItemForm,
    /// Its value.
    pub number: u32,
    /// The words 一是.
    pub span: Span,
    /// The block it stands in.
    pub block: usize,
}

/// The two ways of counting inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemForm {
    /// 一是…二是…
    Is,
    /// 一要…二要…
    Must,
}

/// Finds 一是, 二要 … after a mark or at the start of `source`, whose first byte is byte `base` of the text.
pub(super) fn find_items(source: &str, base: usize, block: usize, items: &mut Vec<Item>) {
    for (at, c) in verbs(source) {
        let before = &source[..at];
        let Some((start, number)) = number_before(before) else { continue };
        let opens = before[..start].trim_end_matches(is_space).chars().next_back();
        if opens.is_none_or(|c| "。；：，、！？—;:,!?）)”*>".contains(c)) && !source[at..].starts_with("要求") {
            let form = if c == '是' { ItemForm::Is } else { ItemForm::Must };
            items.push(Item { form, number, span: Span::new(base + start, base + at + c.len_utf8()), block });
        }
    }
}

/// Where 是 and 要 stand.
fn verbs(source: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    // Their last bytes are searched for much faster than characters are read.
    memchr::memchr2_iter(0xaf, 0x81, source.as_bytes()).filter_map(|last| {
        let at = last.checked_sub(2)?;
        let verb = match &source.as_bytes()[at..=last] {
            verb if verb == "是".as_bytes() => '是',
            verb if verb == "要".as_bytes() => '要',
            _ => return None,
        };
        Some((at, verb))
    })
}

/// A number of at most two characters at the end of `before`: where it starts and its value.
fn number_before(before: &str) -> Option<(usize, u32)> {
    let is_numeral = |c: char| c == '十' || numeral::digit_of(c).is_some();
    let start = before.char_indices().rev().take(3).take_while(|&(_, c)| is_numeral(c)).last()?.0;
    let (number, length) = numeral::parse(&before[start..])?;
    (start + length == before.len()).then_some((start, number))
}
