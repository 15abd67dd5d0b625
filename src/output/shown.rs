//! One finding as people read it: where, which words, what instead. What every format but the raw data has in common.

use super::safe::printable;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::{Applicability, Finding};
use crate::text::Position;

/// The heads of [`Shown::cells`].
pub(crate) const HEAD: [&str; 10] = ["文件", "行", "列", "级别", "规则", "原文", "建议", "修改", "说明", "依据"];

/// One finding with its place, its texts on one line each.
pub(crate) struct Shown<'a> {
    /// The draft it stands in.
    pub(crate) path: String,
    pub(crate) finding: &'a Finding,
    pub(crate) start: Position,
    /// The place behind the last character.
    pub(crate) end: Position,
    /// The words in question.
    pub(crate) words: String,
    /// What they become with the best fix; empty where they are to go.
    pub(crate) instead: Option<String>,
    pub(crate) message: String,
    /// What the judgement rests on, or nothing.
    pub(crate) source: String,
}

/// The findings of a report, in text order.
pub(crate) fn shown<'a>(document: &'a Document, report: &'a Report) -> impl Iterator<Item = Shown<'a>> {
    let text = document.text.as_str();
    let mut places = document.text.cursor();
    report.findings.iter().map(move |finding| Shown {
        path: printable(&document.name),
        finding,
        start: places.position(finding.span.start),
        end: places.position(finding.span.end),
        words: printable(finding.span.of(text)),
        instead: finding.fixes.first().map(|fix| printable(&fix.applied_to(text, finding.span))),
        message: printable(&finding.message),
        source: finding.source.as_deref().map(printable).unwrap_or_default(),
    })
}

impl Shown<'_> {
    /// How safe the best fix is.
    pub(crate) fn applicability(&self) -> Option<Applicability> {
        self.finding.fixes.first().map(|fix| fix.applicability)
    }

    /// The proposal as a sentence: 改为“…”, 删去; it asks for a look where the fix is not safe.
    pub(crate) fn proposal(&self) -> Option<String> {
        let instead = self.instead.as_ref()?;
        let doubt = if self.applicability() == Some(Applicability::Safe) { "" } else { "（请核对）" };
        Some(if instead.is_empty() { format!("删去{doubt}") } else { format!("改为“{instead}”{doubt}") })
    }

    /// One cell for each of [`HEAD`].
    pub(crate) fn cells(&self) -> [String; 10] {
        let instead = match self.instead.as_deref() {
            Some("") => "（删去）",
            Some(words) => words,
            None => "",
        };
        [
            self.path.clone(),
            self.start.line.to_string(),
            self.start.column.to_string(),
            self.finding.severity.label().to_owned(),
            self.finding.rule.to_owned(),
            self.words.clone(),
            instead.to_owned(),
            self.applicability().map_or("", Applicability::label).to_owned(),
            self.message.clone(),
            self.source.clone(),
        ]
    }
}
