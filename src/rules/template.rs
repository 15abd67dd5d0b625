//! # 中间隔着词语的固定搭配
//!
//! ## 查什么
//! 不能逐字列出的搭配，例如“对……重要讲话和指示精神”漏了“重要”、“近……余”叠用、“以坚持……为指导”。
//!
//! ## 为什么
//! 这类错误中间隔着地名、数字或空白，逐字比对发现不了。
//!
//! ## 错例
//! 讲党课近30余次。
//!
//! ## 正例
//! 讲党课30余次。
//!
//! ## 修改是否稳妥
//! 一般稳妥；词典标为警告、提示的，请看上下文。
//!
//! ## 依据
//! `dictionaries/templates.toml` 各条的出处。

use regex::Regex;

use crate::dictionary;
use crate::finding::{Applicability, Finding, Fix, Severity};

use super::{Context, Id, Meta, Rule};

/// Wording with a gap.
pub(super) struct Template;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/template",
        title: "中间隔着词语的固定搭配",
        severity: Severity::Error,
        fix: Some(Applicability::Safe),
        default: true,
    }],
    source: include_str!("template.rs"),
};

impl Rule for Template {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for template in cx.dictionary.templates().filter(|template| is_anchored(template, cx)) {
            // Patterns are checked when the dictionary is compiled or read; a text without the anchor never pays for one.
            if let Ok(regex) = Regex::new(&template.pattern) {
                matches(template, &regex, cx, findings);
            }
        }
    }
}

/// Whether the template's anchor occurs: the matcher has found it, or looked for nothing so short as one character.
fn is_anchored(template: &dictionary::Template, cx: &Context<'_>) -> bool {
    let mut chars = template.anchor.chars();
    match (chars.next(), chars.next()) {
        (Some(only), None) => cx.folded.chars().contains(&only),
        _ => cx.mentions.anchors.iter().any(|&anchor| cx.dictionary.template(anchor).is_some_and(|t| t.name == template.name)),
    }
}

fn matches(template: &dictionary::Template, regex: &Regex, cx: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut start = 0;
    for block in cx.folded.chars().split(|&c| c == '\n') {
        let text: String = block.iter().collect();
        for found in regex.captures_iter(&text) {
            let (Some(whole), Some(wrong)) = (found.get(0), found.name("wrong")) else { continue };
            let place = |byte: usize| start + text[..byte].chars().count();
            let span = cx.span(place(whole.start()), place(whole.end()));
            let edit = cx.span(place(wrong.start()), place(wrong.end()));
            let fix = Fix::replace(edit, template.right.as_ref(), Applicability::Safe);
            let proposal = fix.applied_to(cx.text(), span);
            let mut message = format!("“{}”应为“{proposal}”", span.of(cx.text()));
            if let Some(note) = &template.note {
                message.push('：');
                message.push_str(note);
            }
            let mut finding = META.ids[0].at(span, 0.95, message);
            finding.severity = template.severity;
            finding.fixes = vec![fix];
            finding.cite(&template.name, &template.source);
            findings.push(finding);
        }
        start += block.len() + 1;
    }
}
