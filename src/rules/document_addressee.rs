//! # 主送机关
//!
//! ## 查什么
//! 标题之下顶格写的主送机关（各镇党委、县直各单位），最后一个机关名称之后没有用全角冒号：`document/addressee`。
//!
//! ## 为什么
//! 主送机关之后用冒号引出正文，是公文的固定格式；漏了冒号或用了句号，会被当成正文的一句。
//!
//! ## 错例
//! - 各镇党委、政府，县直各单位（后面没有冒号）
//! - 各镇党委、政府:（半角冒号）
//!
//! ## 正例
//! - 各镇党委、政府，县直各单位：
//! - 同志们：
//!
//! ## 修改是否稳妥
//! 稳妥：只补或只换这一个标点。只看标题下一行以“各”开头、全是机关名称的短行，署名和正文不会误报。
//!
//! ## 依据
//! GB/T 9704—2012《党政机关公文格式》7.3.2：主送机关居左顶格，最后一个机关名称后标全角冒号。

use crate::finding::{Applicability, Finding, Fix, Severity};

use super::chars::ends_with;
use super::parts::Parts;
use super::{Context, Id, Meta, Rule};

const ADDRESSEE: Id = Id {
    name: "document/addressee",
    title: "主送机关后没有用冒号",
    severity: Severity::Warning,
    fix: Some(Applicability::Safe),
    default: true,
};

/// Checks the mark after the addressees.
pub(super) struct DocumentAddressee;

/// What the name of an addressee ends with.
const OFFICES: [&str; 20] = [
    "党委",
    "政府",
    "单位",
    "部门",
    "党组",
    "办公室",
    "机关",
    "支部",
    "总支",
    "公司",
    "街道",
    "办事处",
    "委员会",
    "局",
    "科室",
    "站所",
    "学校",
    "医院",
    "村委会",
    "处",
];

impl Rule for DocumentAddressee {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[ADDRESSEE], source: include_str!("document_addressee.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        /// A list of addressees is shorter, a paragraph longer.
        const LONGEST: usize = 60;
        let parts = Parts::of(cx);
        let (Some(line), Some(text)) = (parts.below_title, parts.text) else { return };
        let mark = line.chars.last().copied().filter(|c| matches!(c, ':' | '。' | '，' | '；' | '、'));
        let names = &line.chars[..line.chars.len() - usize::from(mark.is_some())];
        let is_list = names.first() == Some(&'各')
            && names.len() <= LONGEST
            && !names.iter().any(|c| matches!(c, '。' | '；' | '：' | ':'))
            && OFFICES.iter().any(|office| ends_with(names, names.len(), office));
        // The text begins right below.
        if !is_list || text.chars.len() < 20 {
            return;
        }
        let end = line.start + names.len();
        let fix = Fix::replace(cx.span(end, end + usize::from(mark.is_some())), "：", Applicability::Safe);
        let (severity, message) = match mark {
            Some(':') => (Severity::Info, "主送机关后用全角冒号“：”。".to_owned()),
            Some(mark) => (Severity::Warning, format!("主送机关后用冒号“：”，不用“{mark}”。")),
            None => (Severity::Warning, "主送机关后应有冒号“：”。".to_owned()),
        };
        // The insertion lies at the end of the last character, inside the span.
        findings.push(Finding {
            severity,
            fixes: vec![fix],
            ..ADDRESSEE.at(cx.span(end - 1, end + usize::from(mark.is_some())), 0.85, message)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::*;

    #[test]
    fn a_colon_follows_the_addressees() {
        let draft = |addressee: &str| {
            format!("关于做好防汛工作的通知\n{addressee}\n为切实做好今年防汛工作，现将有关事项通知如下，请认真抓好落实。")
        };
        check(
            &DocumentAddressee,
            &[
                (&draft("各镇党委、政府，县直各单位"), &["document/addressee 位 → 位："]),
                (&draft("各镇党委、政府。"), &["document/addressee 府。 → 府："]),
                (&draft("各镇党委、政府:"), &["document/addressee 府: → 府："]),
                (&draft("各镇党委、政府，县直各单位："), &[]),
                (&draft("青山县人民政府"), &[]),
                (&draft("各镇要高度重视。"), &[]),
                ("各村要抓好落实各单位\n正文", &[]),
            ],
        );
    }
}
