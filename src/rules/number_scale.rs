//! # 阿拉伯数字与“千”“百”
//!
//! ## 查什么
//! 阿拉伯数字后面跟了“千”“百”作数目：`number/scale`，如5千元、3千万元、8百人。
//!
//! ## 为什么
//! 除“万”“亿”外，一个数不能一半用阿拉伯数字、一半用汉字；“3千万”应写作“3000万”或“三千万”。
//!
//! ## 错例
//! - 投资3千万元
//! - 参加人数8百人
//!
//! ## 正例
//! - 投资3000万元、投资三千万元
//! - 5千米、20千瓦、1千克（计量单位）
//! - 1万6千多户（带“多”的约数，中央文件也有，不报）
//!
//! ## 修改是否稳妥
//! 换成数字稳妥。讲话稿里有这样写的，只作提示。
//!
//! ## 依据
//! GB/T 15835—2011《出版物上数字用法》5.3：数值中的“万”“亿”可用汉字，其余部分用阿拉伯数字；除此之外不能同时采用阿拉伯数字与汉字数字
//! （“4000”可以写作“四千”，不应写作“4千”）。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::chars::word_at;
use super::figure::Figure;
use super::{Context, Id, Meta, Rule};

const SCALE: Id =
    Id {
        name: "number/scale", title: "数字与“千”“百”混用", severity: Severity::Info, fix: Some(Applicability::Safe), default: true
    };

/// What is counted in 千 and 百. Units of measure (千米, 千瓦 …) are not among them.
const COUNTED: [&str; 22] = [
    "万",
    "亿",
    "元",
    "人",
    "户",
    "亩",
    "吨",
    "个",
    "名",
    "家",
    "斤",
    "公斤",
    "公里",
    "头",
    "只",
    "株",
    "册",
    "份",
    "件",
    "次",
    "台",
    "平方米",
];

/// Looks for figures that go on in Chinese.
pub(super) struct NumberScale;

impl Rule for NumberScale {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SCALE], source: include_str!("number_scale.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let chars = cx.folded.chars();
        for (at, c) in cx.folded.places_of(&['千', '百']) {
            let whole = Figure::before(chars, at)
                .filter(|figure| chars[figure.start..at].iter().all(char::is_ascii_digit) && at - figure.start <= 3);
            let Some(figure) = whole.filter(|_| word_at(chars, at + 1, &COUNTED).is_some()) else { continue };
            // “1万6千户” would have to be written anew as a whole.
            if figure.start > 0 && matches!(chars[figure.start - 1], '万' | '亿' | '第') {
                continue;
            }
            let zeros = if c == '千' { "000" } else { "00" };
            let right = cx.words(figure.start, at) + zeros;
            let span = cx.span(figure.start, at + 1);
            let fix = Fix::replace(span, right.as_str(), Applicability::Safe);
            findings.push(Finding {
                fixes: vec![fix], ..SCALE.at(span, 0.8, format!("阿拉伯数字与“{c}”不混用，写作“{right}”。"))
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_figure_is_written_in_one_kind_of_digits() {
        check(
            &NumberScale,
            &[
                ("投资3千万元", &["number/scale 3千 → 3000"]),
                ("参加8百人", &["number/scale 8百 → 800"]),
                ("道路5千米，装机20千瓦，三千万元，1万6千户，5千多户，2百分点，2.5千元", &[]),
            ],
        );
    }
}
