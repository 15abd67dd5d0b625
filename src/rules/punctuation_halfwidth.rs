//! # 夹在汉字之间的半角标点
//!
//! ## 查什么
//! 两个汉字之间的半角逗号、分号、冒号、问号、感叹号（`punctuation/half-width`）。
//!
//! ## 为什么
//! 中文正文用全角标点，半角标点多是中英文输入法切换留下的，排版后间距不匀。
//!
//! ## 错例
//! - 稳步推进,成效明显
//!
//! ## 正例
//! - 稳步推进，成效明显
//! - 1,000人、8:30、A,B
//!
//! ## 修改是否稳妥
//! 稳妥：只换标点宽度。实际文稿中常见，只作提示。
//!
//! ## 依据
//! GB/T 15834—2011《标点符号用法》5.1：点号占一个字位置。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::text::is_han;

use super::{Context, Id, Meta, Rule};

const HALF_WIDTH: Id = Id {
    name: "punctuation/half-width",
    title: "汉字之间用了半角标点",
    severity: Severity::Info,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Looks for ASCII marks between Chinese characters.
pub(super) struct PunctuationHalfWidth;

impl Rule for PunctuationHalfWidth {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[HALF_WIDTH], source: include_str!("punctuation_halfwidth.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        findings.extend(cx.folded.places_of(&[',', ';', ':', '?', '!']).filter_map(|(at, mark)| {
            let (before, after) = (chars[at.checked_sub(1)?], *chars.get(at + 1)?);
            let full = full_width(mark).filter(|_| is_han(before) && is_han(after))?;
            let span = cx.span(at, at + 1);
            let fix = Fix::replace(span, full, Applicability::Safe);
            Some(Finding { fixes: vec![fix], ..HALF_WIDTH.at(span, 0.9, format!("汉字之间的标点用全角“{full}”。")) })
        }));
    }
}

const fn full_width(mark: char) -> Option<char> {
    Some(match mark {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn marks_between_chinese_characters_are_full_width() {
        check(
            &PunctuationHalfWidth,
            &[
                ("稳步推进,成效明显", &["punctuation/half-width , → ，"]),
                ("要求:一是压实责任", &["punctuation/half-width : → ："]),
                ("共1,000人，8:30集合，A,B两组，第3,第4组", &[]),
            ],
        );
    }
}
