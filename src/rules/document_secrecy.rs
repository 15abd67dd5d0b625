//! # 密级和紧急程度
//!
//! ## 查什么
//! 文件首页密级、保密期限、紧急程度的写法：`document/secrecy`。保密期限用了汉字数字，“★”用别的符号代替，紧急程度写作“急件”“特急件”。
//!
//! ## 为什么
//! 密级标志有固定样式，写错了不成其为标志，文件流转时也不能按密件管理。
//!
//! ## 错例
//! - 机密★一年
//! - 秘密*1年
//! - 急件
//!
//! ## 正例
//! - 机密★1年
//! - 特急
//! - 加急
//!
//! ## 修改是否稳妥
//! 稳妥：只换数字和符号，不改密级和期限。紧急程度改为“特急”还是“加急”，由作者定。
//!
//! ## 依据
//! 《党政机关公文处理工作条例》（2012年）第九条（密级和保密期限；紧急公文标注“特急”“加急”，电报标注“特提”“特急”“加急”“平急”）；
//! GB/T 9704—2012《党政机关公文格式》7.2.2：保密期限中的数字用阿拉伯数字标注；7.2.3（紧急程度）。

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::numeral;

use super::chars::word_at;
use super::{Context, Id, Meta, Rule};

const SECRECY: Id = Id {
    name: "document/secrecy",
    title: "密级或紧急程度写法不规范",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Checks the marks in the head of a document.
pub(super) struct DocumentSecrecy;

/// They stand in the first lines.
const HEAD: usize = 6;

impl Rule for DocumentSecrecy {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[SECRECY], source: include_str!("document_secrecy.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let mut start = 0;
        for line in cx.folded.chars().split(|&c| c == '\n').take(HEAD) {
            findings.extend(secrecy(cx, start, line).or_else(|| urgency(cx, start, line)));
            start += line.len() + 1;
        }
    }
}

/// 机密★1年 on a line of its own.
fn secrecy(cx: &Context<'_>, start: usize, line: &[char]) -> Option<Finding> {
    let level = word_at(line, 0, &["绝密", "机密", "秘密"])?;
    let star = line.get(2).copied().filter(|c| matches!(c, '★' | '☆' | '*' | '＊' | '·' | '—' | '-'))?;
    let period: String = line[3..].iter().collect();
    let unit = ["年", "个月", "月", "天"].into_iter().find(|unit| period.ends_with(unit))?;
    let number = period.strip_suffix(unit)?;
    let plain = match numeral::parse(number) {
        Some((value, length)) if length == number.len() => value.to_string(),
        _ => number.parse::<u32>().ok()?.to_string(),
    };
    let right = format!("{level}★{plain}{unit}");
    let wrong = star != '★' || plain != number;
    wrong.then(|| finding(cx, start, line, &right, "保密期限用阿拉伯数字，与密级之间用“★”隔开", Applicability::Safe))
}

fn urgency(cx: &Context<'_>, start: usize, line: &[char]) -> Option<Finding> {
    let words: String = line.iter().collect();
    let right = match words.as_str() {
        "特急件" => "特急",
        "急件" | "加急件" => "加急",
        _ => return None,
    };
    Some(finding(cx, start, line, right, "紧急程度标“特急”或“加急”", Applicability::Unsafe))
}

fn finding(cx: &Context<'_>, start: usize, line: &[char], right: &str, why: &str, applicability: Applicability) -> Finding {
    let span = cx.span(start, start + line.len());
    let fix = Fix::replace(span, right, applicability);
    Finding { fixes: vec![fix], ..SECRECY.at(span, 0.9, format!("{why}，写作“{right}”。")) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn marks_of_secrecy_have_one_form() {
        check(
            &DocumentSecrecy,
            &[
                ("机密★一年\n青山镇文件", &["document/secrecy 机密★一年 → 机密★1年"]),
                ("秘密*1年", &["document/secrecy 秘密*1年 → 秘密★1年"]),
                ("机密★1年\n特急", &[]),
                ("机密★1年\n急件", &["document/secrecy 急件 → 加急"]),
                ("秘密文件管理一年", &[]),
                ("机密\n绝密★启用前", &[]),
            ],
        );
    }
}
