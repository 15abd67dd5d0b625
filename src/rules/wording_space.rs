//! # 词语中间的空格
//!
//! ## 查什么
//! 正文里一个词的中间夹了空格：`wording/space`，如“扎实推 进”。
//!
//! ## 为什么
//! 从网页、表格或扫描件复制来的文字，常在词中间留下空格，排版后成了一个缺口。
//!
//! ## 错例
//! - 扎实推 进各项工作落地见效，群众满意度不断提高。
//!
//! ## 正例
//! - 政 府 工 作 报 告（标题逐字拉开）
//! - 第三条　测试车辆应当备案（条号后空一格）
//!
//! ## 修改是否稳妥
//! 稳妥：只删空格。人名、标题、短行，以及一段之内空格很多的，都不报。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》5.2.3（一般每面排22行，每行排28个字，并撑满版心）；公文校对的通行要求。

use crate::document::BlockKind;
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::is_han;

use super::{Context, Id, Meta, Rule};

const SPACE: Id =
    Id {
        name: "wording/space", title: "词语中间有空格", severity: Severity::Warning, fix: Some(Applicability::Safe), default: true
    };

/// Looks for blanks inside words.
pub(super) struct WordingSpace;

impl Rule for WordingSpace {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SPACE], source: include_str!("wording_space.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        /// A paragraph with more is laid out with blanks.
        const MOST: usize = 3;
        /// A shorter line may be a heading or a form.
        const SHORTEST: usize = 24;
        for block in cx.document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Note)) {
            let source = block.span.of(cx.text());
            if !(source.contains(' ') || source.contains('\u{3000}')) || source.chars().count() < SHORTEST {
                continue;
            }
            let blanks = blanks(source);
            if blanks.len() <= MOST {
                let base = block.span.start as usize;
                findings.extend(blanks.into_iter().filter_map(|(start, end)| inside_word(cx, base + start, base + end)));
            }
        }
    }
}

/// The runs of blanks between two Chinese characters, as bytes of the block.
fn blanks(source: &str) -> Vec<(usize, usize)> {
    let is_blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
    let mut found = Vec::new();
    let mut before = None;
    let mut start = None;
    for (at, c) in source.char_indices() {
        if is_blank(c) {
            start = start.or(Some(at));
            continue;
        }
        if let Some(start) = start.take()
            && before.is_some_and(is_han)
            && is_han(c)
        {
            found.push((start, at));
        }
        before = Some(c);
    }
    found
}

/// Whether the blank at bytes `start..end` stands inside a word of the sentence as it reads without it.
fn inside_word(cx: &Context<'_>, start: usize, end: usize) -> Option<Finding> {
    /// What is needed to tell the words around the blank.
    const AROUND: usize = 8;
    /// A rarer word may come about by chance.
    const COMMON: u32 = 3;
    let chars = cx.folded.chars();
    let after = cx.folded.index(u32::try_from(end).ok()?);
    let from = after - chars[..after].iter().rev().take(AROUND).take_while(|&&c| is_han(c)).count();
    let to = after + chars[after..].iter().take(AROUND).take_while(|&&c| is_han(c)).count();
    let clause: String = chars[from..to].iter().collect();
    let at = chars[from..after].iter().map(|c| c.len_utf8()).sum::<usize>();
    let words = cx.segmenter.tag(&clause, false);
    let word = words.iter().find(|word| word.span.range().start < at && at < word.span.range().end)?;
    let name = word.tag.starts_with("nr");
    let known = cx.segmenter.frequency(&word.span.of(&clause).chars().collect::<Vec<_>>()).is_some_and(|frequency| frequency >= COMMON);
    (known && !name).then(|| {
        let blank = crate::span::Span::new(start, end);
        let span = cx.span(after - 1, after + 1);
        let fix = Fix::replace(blank, "", Applicability::Safe);
        Finding { fixes: vec![fix], ..SPACE.at(span, 0.85, format!("“{}”中间有空格。", word.span.of(&clause))) }
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn words_hold_no_blanks() {
        let rest = "各项工作落地见效，群众的满意度不断提高，全年任务圆满完成。";
        let case = |start: &str| format!("{start}{rest}");
        check(
            &WordingSpace,
            &[
                (&case("扎实推 进"), &["wording/space 推 进 → 推进"]),
                (&case("广大干\u{3000}部职工扎实推进"), &["wording/space 干\u{3000}部 → 干部"]),
                (&case("政 府 工 作 报 告 "), &[]),
                (&case("第三条\u{3000}扎实推进"), &[]),
                (&case("聚焦大局 整体提升"), &[]),
                ("扎实推 进", &[]),
            ],
        );
    }
}
