//! # 忽略标记
//!
//! ## 查什么
//! `suppression/mark`：正文或批注中的忽略标记，如〔核稿忽略：布署，引用原文〕；
//! `suppression/unused`：没有用到的忽略标记、hegao.toml 中没有用到的 [[ignore]]、基线中已经没有的问题。
//!
//! ## 为什么
//! 忽略标记是写给核稿看的，定稿时要删去；留着没有用处的忽略，以后真有差错也会被放过。
//!
//! ## 错例
//! - 印发稿中留有〔核稿忽略：布署，引用原文〕
//!
//! ## 正例
//! - 起草时在词语后面写〔核稿忽略：词语或规则名，理由〕，只对这一段有效；写“核稿忽略全文”则对全文有效；定稿前删去。
//! - Word 稿件可以选中词语插入批注，批注以“核稿忽略”开头，正文不受影响。
//!
//! ## 修改是否稳妥
//! 不自动删除：还要不要忽略，由作者定。
//!
//! ## 依据
//! 核稿的使用办法，见 hegao.toml 的说明。

use crate::finding::{Finding, Severity};

use super::{Context, Id, Meta, Rule};

pub(crate) const MARK: Id = Id { name: "suppression/mark", title: "忽略标记", severity: Severity::Info, fix: None, default: true };
pub(crate) const UNUSED: Id =
    Id { name: "suppression/unused", title: "忽略没有用到", severity: Severity::Info, fix: None, default: true };

/// Reports every mark; what is unused is known only when all rules have run, and the checker adds it.
pub(super) struct Suppression;

impl Rule for Suppression {
    fn meta(&self) -> &'static Meta {
        const META: Meta = Meta { ids: &[MARK, UNUSED], source: include_str!("suppression.rs") };
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for mark in cx.marks {
            let what = if mark.target.is_empty() { "全部问题".into() } else { format!("“{}”", mark.target) };
            let reason = if mark.reason.is_empty() { "还没有写理由；".into() } else { format!("理由：{}；", mark.reason) };
            let advice = if mark.in_comment { "定稿前请删去这条批注。" } else { "定稿前请删去标记。" };
            findings.push(MARK.at(mark.span, 1.0, format!("此处忽略{what}，{reason}{advice}")));
        }
    }
}
