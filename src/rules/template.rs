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

use crate::dictionary::Template as Record;
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
        // The matcher looks for nothing so short as one character.
        let short: Vec<(char, &Record)> =
            cx.dictionary.templates().filter_map(|template| Some((only(&template.anchor)?, template))).collect();
        let mut anchors = cx.mentions.anchors.iter().peekable();
        for line in cx.folded.lines() {
            let (start, end) = (line.start, line.end);
            let block = &cx.folded.chars()[line];
            let mut tried: Vec<&Record> =
                short.iter().filter(|(anchor, _)| block.contains(anchor)).map(|&(_, template)| template).collect();
            while let Some(&(anchor, _)) = anchors.next_if(|&&(_, place)| place < end) {
                tried.extend(cx.dictionary.template(anchor));
            }
            tried.sort_unstable_by_key(|template| std::ptr::from_ref(*template) as usize);
            tried.dedup_by(|a, b| std::ptr::eq(*a, *b));
            if !tried.is_empty() {
                let block = Block { cx, start, text: block.iter().collect() };
                for template in tried {
                    block.check(template, findings);
                }
            }
        }
    }
}

/// The only character of `text`.
fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// A paragraph in which some anchor stands.
struct Block<'a> {
    cx: &'a Context<'a>,
    /// Its first folded character.
    start: usize,
    text: String,
}

impl Block<'_> {
    fn check(&self, template: &Record, findings: &mut Vec<Finding>) {
        let Self { cx, start, text } = self;
        let Some(regex) = template.may_occur_in(text).then(|| template.regex()).flatten() else { return };
        for found in regex.captures_iter(text.as_str()) {
            let (Some(whole), Some(wrong)) = (found.get_match(), found.get_group_by_name("wrong")) else { continue };
            let place = |byte: usize| start + text[..byte].chars().count();
            let span = cx.span(place(whole.start()), place(whole.end()));
            let edit = cx.span(place(wrong.start), place(wrong.end));
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
    }
}
