//! # 固定搭配的动词
//!
//! ## 查什么
//! 几个固定表述连用时各自的动词：增强“四个意识”、坚定“四个自信”、做到“两个维护”，动词不能互换。
//!
//! ## 为什么
//! 连用时的动词是固定的；单独使用时说法较多，不查。
//!
//! ## 错例
//! 增强“四个自信”、坚定“四个意识”、做到“两个维护”。
//!
//! ## 正例
//! 增强“四个意识”、坚定“四个自信”、做到“两个维护”。
//!
//! ## 修改是否稳妥
//! 不稳妥：也可能是两个表述写反了位置，请人工确认。
//!
//! ## 依据
//! 词典各条目的出处。

use std::collections::HashSet;

use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::mention::{Form, Mention};

use super::{Context, Id, Meta, Rule};

/// The verbs of phrases in a row.
pub(super) struct PhraseVerb;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/verb",
        title: "固定搭配的动词",
        severity: Severity::Warning,
        fix: Some(Applicability::Unsafe),
        default: true,
    }],
    source: include_str!("phrase_verb.rs"),
};

/// How many characters may lie between two phrases in a row: ”、坚定“.
const GAP: usize = 6;

impl Rule for PhraseVerb {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        let with_verbs = |m: &&Mention<'_>| matches!(m.form, Form::Canonical) && !m.phrase.verbs.is_empty();
        let phrases: Vec<&Mention<'_>> = cx.mentions.all.iter().filter(with_verbs).collect();
        for row in phrases.chunk_by(|a, b| a.end <= b.start && b.start - a.end <= GAP) {
            let mut met = HashSet::new();
            let verbs = row.iter().flat_map(|m| m.phrase.verbs.iter().map(AsRef::as_ref));
            let all: Vec<&str> = verbs.filter(|verb| met.insert(*verb)).collect();
            for mention in row.iter().filter(|_| row.len() > 1) {
                findings.extend(foreign_verb(cx, mention, &all));
            }
        }
    }
}

/// A verb before the phrase that belongs to another phrase of the row.
fn foreign_verb(cx: &Context<'_>, mention: &Mention<'_>, row: &[&str]) -> Option<Finding> {
    let chars = cx.folded.chars();
    let mut end = mention.start;
    if end > 0 && chars[end - 1] == '“' {
        end -= 1;
    }
    let verb = |text: &&str| {
        let length = text.chars().count();
        end >= length && chars[end - length..end].iter().copied().eq(text.chars())
    };
    let found = row.iter().find(|text| verb(text))?;
    let own = &mention.phrase.verbs;
    if own.iter().any(|text| verb(&text.as_ref())) {
        return None;
    }
    let right = own.first()?;
    let start = end - found.chars().count();
    let span = cx.span(start, end);
    let message = format!("与“{}”连用的动词是“{right}”，不是“{found}”", mention.phrase.text);
    let mut finding = META.ids[0].at(span, 0.8, message);
    finding.fixes = vec![Fix::replace(span, right.as_ref(), Applicability::Unsafe)];
    finding.cite(&mention.phrase.text, &mention.phrase.source);
    Some(finding)
}
