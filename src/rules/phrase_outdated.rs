//! # 已有新提法的表述
//!
//! ## 查什么
//! 在稿件的日期已经停用、换了新提法的表述和机构、文件名称。
//!
//! ## 为什么
//! 提法随时间更新。旧稿按当时的提法判断，不算错；新稿应当用新提法。
//!
//! ## 错例
//! 2024年的总结写“全面推进乡村振兴”。
//!
//! ## 正例
//! 2024年的总结写“推进乡村全面振兴”。
//!
//! ## 修改是否稳妥
//! 不稳妥：引用旧文件、回顾历史时旧提法是对的，请人工确认。稿件日期是推断出来的，只作提示。
//!
//! ## 依据
//! 词典各条目的起止时间和出处。

use crate::as_of::AsOf;
use crate::date::Date;
use crate::dictionary::Phrase;
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::mention::Form;

use super::{Context, Id, Meta, Rule};

/// Wording that has been replaced by the date of the draft.
pub(super) struct PhraseOutdated;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/outdated",
        title: "已有新提法的表述",
        severity: Severity::Warning,
        fix: Some(Applicability::Unsafe),
        default: true,
    }],
    source: include_str!("phrase_outdated.rs"),
};

impl Rule for PhraseOutdated {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for mention in cx.mentions.all.iter().filter(|m| matches!(m.form, Form::Canonical)) {
            let phrase = mention.phrase;
            let Some(until) = ended(phrase, cx.as_of) else { continue };
            let Some(new) = successor(cx, phrase) else { continue };
            // The longer wording that holds this one speaks for itself.
            let inside = |other: &&crate::mention::Mention<'_>| {
                other.start <= mention.start && mention.end <= other.end && other.end - other.start > mention.end - mention.start
            };
            if cx.mentions.all.iter().filter(|m| matches!(m.form, Form::Canonical | Form::Also(_))).any(|m| inside(&m)) {
                continue;
            }
            let span = cx.span(mention.start, mention.end);
            let mut message = format!("“{}”自{until}起已改为“{new}”", phrase.text);
            if let Some(note) = &phrase.note {
                message.push('：');
                message.push_str(note);
            }
            let mut finding = META.ids[0].at(span, 0.8, message);
            if !cx.as_of.source.is_certain() {
                finding.severity = Severity::Info;
                finding.confidence = 0.5;
            }
            finding.fixes = vec![Fix::replace(span, cx.in_place_of(mention.start, mention.end, new), Applicability::Unsafe)];
            finding.cite(&phrase.text, &phrase.source);
            findings.push(finding);
        }
    }
}

/// What is written at the draft's date instead; a successor may have been replaced in its turn.
fn successor<'a>(cx: &Context<'a>, phrase: &'a Phrase) -> Option<&'a str> {
    let mut new = phrase.replaced_by.as_deref()?;
    while let Some(next) =
        cx.dictionary.find(new).filter(|next| ended(next, cx.as_of).is_some()).and_then(|next| next.replaced_by.as_deref())
    {
        new = next;
    }
    Some(new)
}

/// When the wording was given up, if that was before the draft's date.
fn ended(phrase: &Phrase, as_of: AsOf) -> Option<Date> {
    let until = Date::parse(phrase.until.as_deref()?)?;
    until.ends_before(as_of.date).then_some(until)
}
