//! # 固定表述的常见错误写法
//!
//! ## 查什么
//! 词典中列明的错误写法，例如把“五位一体”总体布局写成战略布局、把“部署”写成“布署”。
//!
//! ## 为什么
//! 固定表述、文件和会议名称只有一种正确写法；列入词典的错误写法在任何上下文中都不成立。
//!
//! ## 错例
//! 做好工作布署。
//!
//! ## 正例
//! 做好工作部署。
//!
//! ## 修改是否稳妥
//! 稳妥。词典给出唯一改法的，可以直接改正；短词还要核对分词边界，“干部暑期”之类不报。
//!
//! ## 依据
//! 词典各条目的出处，见 `hegao dict show 词条`。

use crate::date::Date;
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::mention::Form;

use super::{Context, Id, Meta, Rule};

/// Listed wrong forms.
pub(super) struct PhraseKnown;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/known",
        title: "固定表述的常见错误写法",
        severity: Severity::Error,
        fix: Some(Applicability::Safe),
        default: true,
    }],
    source: include_str!("phrase_known.rs"),
};

impl Rule for PhraseKnown {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for mention in &cx.mentions.all {
            let Form::Wrong(number) = mention.form else { continue };
            let phrase = mention.phrase;
            if phrase.since.as_deref().and_then(Date::parse).is_some_and(|since| since.starts_after(cx.as_of.date)) {
                continue;
            }
            let wrong = &phrase.wrong[number];
            let right = phrase.right_for(number);
            let span = cx.span(mention.start, mention.end);
            let mut message = format!("“{}”应为“{right}”", cx.words(mention.start, mention.end));
            if let Some(why) = wrong.why.as_ref().or(phrase.note.as_ref()) {
                message.push('：');
                message.push_str(why);
            }
            let mut finding = META.ids[0].at(span, 0.99, message);
            finding.severity = phrase.severity;
            finding.fixes = vec![Fix::replace(span, cx.in_place_of(mention.start, mention.end, right), Applicability::Safe)];
            finding.cite(&phrase.text, &phrase.source);
            findings.push(finding);
        }
    }
}
