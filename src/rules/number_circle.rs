//! # 年份中的“○”
//!
//! ## 查什么
//! 汉字数字年份里用圆圈符号“○”或阿拉伯数字“0”代替“〇”（`number/circle`）：二○二一年、二0二一年。
//!
//! ## 为什么
//! “〇”是汉字，“○”是符号，“0”是阿拉伯数字；混用后查找、排序和语音播报都会出错。
//!
//! ## 错例
//! - 二○二一年十二月
//! - 二0二一年
//!
//! ## 正例
//! - 二〇二一年十二月
//! - 2021年12月
//!
//! ## 修改是否稳妥
//! 稳妥：只换这一个字。旧文件中很常见，只作提示。
//!
//! ## 依据
//! GB/T 15835—2011《出版物上数字用法》：用作编号的汉字“零”写作“〇”。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::numeral;

use super::{Context, Id, Meta, Rule};

const CIRCLE: Id =
    Id {
        name: "number/circle", title: "年份中用了“○”或“0”", severity: Severity::Info, fix: Some(Applicability::Safe), default: true
    };

/// Looks for years in Chinese digits whose zero is none.
pub(super) struct NumberCircle;

impl Rule for NumberCircle {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[CIRCLE], source: include_str!("number_circle.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let starts = cx.folded.places_of(&['年']).filter_map(|(end, _)| end.checked_sub(4));
        let windows = starts.map(|start| (start, &cx.folded.chars()[start..start + 5]));
        findings.extend(windows.filter(|(_, window)| is_year(window)).map(|(at, window)| {
            let zeros = window.iter().zip(at..).filter(|&(&c, _)| is_wrong_zero(c));
            let edits = zeros.map(|(_, at)| Edit { span: cx.span(at, at + 1), text: "〇".into() }).collect();
            let fix = Fix { edits, applicability: Applicability::Safe };
            let year: String = window.iter().map(|&c| if is_wrong_zero(c) { '〇' } else { c }).collect();
            Finding { fixes: vec![fix], ..CIRCLE.at(cx.span(at, at + 5), 0.95, format!("汉字年份用“〇”：{year}。")) }
        }));
    }
}

/// Four places that begin like a year in Chinese digits, with a wrong zero among them, and 年.
fn is_year(window: &[char]) -> bool {
    let &[a, b, c, d, '年'] = window else { return false };
    let places = [a, b, c, d];
    matches!(a, '一' | '二')
        && places.iter().any(|&c| is_wrong_zero(c))
        && places.iter().all(|&c| is_wrong_zero(c) || c == '〇' || numeral::digit_of(c).is_some())
}

const fn is_wrong_zero(c: char) -> bool {
    matches!(c, '○' | '◯' | '0' | 'O' | 'o')
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn the_zero_of_a_year_is_a_character() {
        check(
            &NumberCircle,
            &[
                ("二○二一年十二月", &["number/circle 二○二一年 → 二〇二一年"]),
                ("二O○九年，二0一一年", &["number/circle 二O○九年 → 二〇〇九年", "number/circle 二0一一年 → 二〇一一年"]),
                ("二〇二一年，2021年，一九九二年，○○年", &[]),
            ],
        );
    }
}
