//! # 不成对的引号、括号、书名号
//!
//! ## 查什么
//! 一段之内的引号、括号、书名号是否成对：写反的引号（`punctuation/reversed`）；缺了一半的（`punctuation/unpaired`）。
//!
//! ## 为什么
//! 缺半边的引号、书名号使引文和文件名的起止不明；写反多由自动替换造成。
//!
//! ## 错例
//! - 增强“四个意识“
//! - 印发《实施方案的通知
//!
//! ## 正例
//! - 增强“四个意识”
//! - 连续几段引文，每段开头用前引号，只在最后一段末尾用后引号。
//! - 1）压实责任 2）健全机制
//!
//! ## 修改是否稳妥
//! 写反的引号可以放心改；缺了一半的，断在何处由作者定。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》4.8 引号、4.9 括号、4.15 书名号。

use std::ops::Range;

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::Folded;

use super::{Context, Id, Meta, Rule};

const REVERSED: Id =
    Id { name: "punctuation/reversed", title: "引号写反", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true };
const UNPAIRED: Id =
    Id { name: "punctuation/unpaired", title: "标点缺了一半", severity: Severity::Warning, fix: None, default: true };

/// Checks that marks come in pairs within a paragraph.
pub(super) struct PunctuationPairs;

impl Rule for PunctuationPairs {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[REVERSED, UNPAIRED], source: include_str!("punctuation_pairs.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        // What a neighbour leaves open may be closed here: a paragraph speaks for itself only between whole neighbours.
        let paragraphs: Vec<Paragraph<'_>> = cx.folded.lines().map(|line| Paragraph::new(cx.folded, line)).collect();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| &paragraphs[before]);
            let after = paragraphs.get(index + 1);
            findings.extend(paragraph.reversed.iter().map(|&at| reversed(cx, at)));
            let whole =
                |neighbour: Option<&Paragraph<'_>>, pair: usize| neighbour.is_none_or(|p| p.lone.iter().all(|&(_, other)| other != pair));
            if let [(at, pair)] = paragraph.lone[..]
                && paragraph.reversed.is_empty()
                && paragraph.is_complete()
                && whole(before, pair)
                && whole(after, pair)
            {
                findings.push(unpaired(cx, at, pair));
            }
        }
    }
}

/// Opening and closing marks.
const PAIRS: [[char; 2]; 5] = [['“', '”'], ['《', '》'], ['（', '）'], ['〔', '〕'], ['【', '】']];

/// The pair of quotation marks in [`PAIRS`].
const QUOTES: usize = 0;

/// One block of the folded text and the marks in it that have no partner.
struct Paragraph<'a> {
    chars: &'a [char],
    /// Quotation marks that stand the wrong way round, by their place in the folded text.
    reversed: Vec<usize>,
    /// Marks without a partner: place and pair.
    lone: Vec<(usize, usize)>,
}

impl<'a> Paragraph<'a> {
    fn new(folded: &'a Folded, line: Range<usize>) -> Self {
        let marks = folded.places_in(line.clone(), &['“', '”', '《', '》', '（', '）', '(', ')', '〔', '〕', '【', '】']);
        let (chars, start) = (&folded.chars()[line.start..line.end], line.start);
        let mut paragraph = Self { chars, reversed: Vec::new(), lone: Vec::new() };
        let mut open: [Vec<usize>; PAIRS.len()] = Default::default();
        for (place, c) in marks {
            let at = place - start;
            // Brackets are often half full-width, half ASCII: a question of its own.
            let c = match c {
                '(' => '（',
                ')' => '）',
                _ => c,
            };
            let Some((pair, closes)) =
                PAIRS.iter().enumerate().find_map(|(pair, marks)| Some((pair, marks.iter().position(|&mark| mark == c)?)))
            else {
                continue;
            };
            if closes == 0 {
                // “四个意识“: the second stands where a word has ended and none begins.
                if pair == QUOTES && !open[pair].is_empty() && is_word_end(chars, at) {
                    open[pair].pop();
                    paragraph.reversed.push(start + at);
                } else {
                    open[pair].push(at);
                }
            } else if let Some(opening) = open[pair].pop() {
                // ”四个意识”: the first stands where a word begins.
                if chars[opening] == '”' {
                    paragraph.reversed.push(start + opening);
                }
            } else if pair == QUOTES && is_word_start(chars, at) {
                open[pair].push(at);
            } else if !is_item_label(chars, at) {
                paragraph.lone.push((start + at, pair));
            }
        }
        for (pair, places) in open.iter().enumerate() {
            paragraph.lone.extend(places.iter().map(|&at| (start + at, pair)));
        }
        paragraph
    }

    /// A table cell, a title or a line of a form is not: it may go on elsewhere.
    fn is_complete(&self) -> bool {
        const SHORTEST: usize = 20;
        self.chars.len() >= SHORTEST && self.chars.last().is_some_and(|c| matches!(c, '。' | '！' | '？'))
    }
}

fn is_word_end(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).is_some_and(|before| chars[before].is_alphanumeric());
    before && chars.get(at + 1).is_none_or(|c| matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？'))
}

fn is_word_start(chars: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).is_none_or(|before| matches!(chars[before], '，' | '。' | '、' | '；' | '：' | '！' | '？'));
    before && chars.get(at + 1).is_some_and(|c| c.is_alphanumeric())
}

/// 1）, a) and the like open an item.
fn is_item_label(chars: &[char], at: usize) -> bool {
    let number = |c: char| c.is_ascii_alphanumeric() || crate::numeral::digit_of(c).is_some();
    matches!(chars[at], '）' | ')') && at.checked_sub(1).is_some_and(|before| number(chars[before]))
}

fn reversed(cx: &Context<'_>, at: usize) -> Finding {
    let (right, name) = if cx.folded.chars()[at] == '“' { ('”', "后引号") } else { ('“', "前引号") };
    let span = cx.span(at, at + 1);
    let fix = Fix::replace(span, right, Applicability::Safe);
    Finding { fixes: vec![fix], ..REVERSED.at(span, 0.9, format!("引号写反了，此处应为{name}。")) }
}

fn unpaired(cx: &Context<'_>, at: usize, pair: usize) -> Finding {
    let [open, close] = PAIRS[pair];
    let missing = if cx.folded.chars()[at] == open { close } else { open };
    UNPAIRED.at(cx.span(at, at + 1), 0.8, format!("“{}”缺少与之成对的“{missing}”。", cx.folded.chars()[at]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn marks_come_in_pairs() {
        let rest = "推动各项工作落地见效，不断取得新的成绩。";
        let case = |start: &str| format!("{start}{rest}");
        check(
            &PunctuationPairs,
            &[
                (&case("增强“四个意识”、学习《条例》（试行），"), &[]),
                (&case("增强“四个意识“，"), &["punctuation/reversed “ → ”"]),
                (&case("坚持，”四个意识”，"), &["punctuation/reversed ” → “"]),
                (&case("印发《实施方案的通知，"), &["punctuation/unpaired 《"]),
                (&case("印发实施方案》的通知，"), &["punctuation/unpaired 》"]),
                (&case("重点是：1）压实责任；2)健全机制；"), &[]),
                // What closes a quotation of the paragraph before.
                (&format!("“{rest}\n{rest}”{rest}"), &[]),
                // A quotation over several paragraphs, and a title over two lines.
                (&format!("“{rest}\n“{rest}\n“{}”", &rest), &[]),
                ("印发《实施方案", &[]),
            ],
        );
    }
}
