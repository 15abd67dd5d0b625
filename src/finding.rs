//! The one vocabulary all parts speak: what was found, how bad it is, and how to repair it.

use crate::span::Span;

/// Something a writer should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Id of the rule, e.g. `phrase/near-miss`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// How sure we are, 0–1.
    pub confidence: f32,
    /// The words in question.
    pub span: Span,
    /// One sentence for the writer, in Chinese.
    pub message: String,
    /// Repairs, the best one first. Every fix lies inside `span`.
    pub fixes: Vec<Fix>,
    /// The dictionary record behind it, by its canonical text.
    pub entry: Option<String>,
    /// What the judgement rests on: the source of that record, or of the rule's table.
    pub source: Option<String>,
}

/// How much a finding matters; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong; look at it.
    Warning,
    /// An experienced editor would correct it.
    Error,
}

/// A repair: edits that are applied together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Replacements in text order that do not overlap.
    pub edits: Vec<Edit>,
    /// Whether it may be applied without asking.
    pub applicability: Applicability,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// How safe a fix is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// For reading only: there is more than one way, or the writer must supply something.
    DisplayOnly,
    /// Most likely what was meant, but the sense could change.
    Unsafe,
    /// Applied by `hegao fix` without asking.
    Safe,
}

impl Severity {
    /// All severities, in ascending order.
    pub const ALL: [Self; 3] = [Self::Info, Self::Warning, Self::Error];

    /// The name in data and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Info => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

impl Applicability {
    /// The word shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Safe => "稳妥",
            Self::Unsafe => "请核对",
            Self::DisplayOnly => "仅供参考",
        }
    }
}

impl Finding {
    /// Names the record behind the finding by its canonical text, and what that record rests on.
    pub(crate) fn cite(&mut self, entry: &str, source: &str) {
        self.entry = Some(entry.to_owned());
        self.source = Some(source.to_owned());
    }

    /// What the words in question become with each fix: the proposals as people read them.
    pub fn suggestions(&self, text: &str) -> Vec<String> {
        self.fixes.iter().map(|fix| fix.applied_to(text, self.span)).collect()
    }
}

impl Fix {
    /// A single replacement.
    pub fn replace(span: Span, text: impl Into<String>, applicability: Applicability) -> Self {
        Self { edits: vec![Edit { span, text: text.into() }], applicability }
    }

    /// The part `span` of `text` with this fix applied; the edits must lie inside `span`.
    pub fn applied_to(&self, text: &str, span: Span) -> String {
        applied(&self.edits, text, span)
    }
}

impl Edit {
    /// The edit without the characters at its ends that stay the same.
    #[must_use]
    pub fn narrowed(&self, text: &str) -> Self {
        let (old, new) = (self.span.of(text), self.text.as_str());
        let same = |(a, b): &(char, char)| a == b;
        let head: usize = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let (old, new) = (&old[head..], &new[head..]);
        let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
        let start = self.span.start as usize + head;
        Self { span: Span::new(start, start + old.len() - tail), text: new[..new.len() - tail].to_owned() }
    }
}

/// The part `span` of `text` with `edits` made, which lie inside it in text order and do not overlap.
pub fn applied(edits: &[Edit], text: &str, span: Span) -> String {
    let mut out = String::with_capacity(span.len() + 8);
    let mut at = span.start;
    for edit in edits {
        out.push_str(Span { start: at, end: edit.span.start }.of(text));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(Span { start: at, end: span.end }.of(text));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggestion_is_the_span_with_the_edits_applied() {
        let text = "增强“四个意思”。";
        let at = text.find("思").expect("there");
        let finding = Finding {
            rule: "phrase/known",
            severity: Severity::Error,
            confidence: 1.0,
            span: Span::new(9, 21),
            message: String::new(),
            fixes: vec![Fix::replace(Span::new(at, at + 3), "识", Applicability::Safe)],
            entry: None,
            source: None,
        };
        assert_eq!(finding.suggestions(text), ["四个意识"]);
    }
}
