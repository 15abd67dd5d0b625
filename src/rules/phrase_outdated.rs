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
//! 2024年的总结写“推进乡村全面振兴”；“原国土资源部”已写明是旧称，《某省信访条例》是另一部法规，都不报。
//!
//! ## 修改是否稳妥
//! 不稳妥：引用旧文件、回顾历史时旧提法是对的，请人工确认。稿件日期是推断出来的，只作提示。
//!
//! ## 依据
//! 词典各条目的起止时间和出处。

use crate::as_of::AsOf;
use crate::date::Date;
use crate::dictionary::{Kind, Phrase};
use crate::finding::{Applicability, Finding, Fix, Severity};
use crate::mention::{Form, Mention};

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
        for mention in cx.mentions.all.iter().filter(|m| names_what_ended(m) && is_meant(cx, m)) {
            let phrase = mention.phrase;
            let Some(until) = ended(phrase, cx.as_of) else { continue };
            let Some(new) = successor(cx, phrase) else { continue };
            // The longer wording that holds this one speaks for itself.
            let inside = |other: &&Mention<'_>| {
                other.start <= mention.start && mention.end <= other.end && other.end - other.start > mention.end - mention.start
            };
            let around = cx.mentions.around(mention.start, mention.end);
            if around.filter(|m| matches!(m.form, Form::Canonical | Form::Also(_))).any(|m| inside(&m)) {
                continue;
            }
            let span = cx.span(mention.start, mention.end);
            let mut message = format!("“{}”用到{until}，此后为“{new}”", cx.words(mention.start, mention.end));
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

/// Whether a mention gives the old wording: in its canonical form, or a title in its short form too (《合同法》).
fn names_what_ended(mention: &Mention<'_>) -> bool {
    matches!(mention.form, Form::Canonical) || mention.phrase.kind == Kind::Title && matches!(mention.form, Form::Also(_))
}

/// Whether the text means what it names. A title is all there is between 《 and 》 (《湖南省信访条例》 is another one); outside of them only a
/// long one is sure to be meant. An organisation that is said to be a former one (原县环境保护局) is in order.
fn is_meant(cx: &Context<'_>, mention: &Mention<'_>) -> bool {
    let chars = cx.folded.chars();
    match mention.phrase.kind {
        Kind::Title => {
            let opened = mention.start.checked_sub(1).is_some_and(|i| chars[i] == '《');
            let closed = chars.get(mention.end) == Some(&'》');
            opened && closed || !opened && !closed && mention.end - mention.start >= LONG_TITLE
        }
        Kind::Organisation => !chars[mention.start.saturating_sub(FORMER)..mention.start].contains(&'原'),
        _ => true,
    }
}

/// Within how many characters before an organisation the word 原 says that it is a former one: 原省、市环境保护局.
const FORMER: usize = 4;

/// Characters of a title that is recognised without 《》.
const LONG_TITLE: usize = 8;

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
