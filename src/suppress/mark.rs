//! Marks in the draft itself.
//!
//! A writer who knows better types behind the words, in the same paragraph, `〔核稿忽略：布署，引用原文〕`: what is not to be reported, and why. The first part may
//! be the words themselves, a rule by any of its names, or 全部; `核稿忽略全文` speaks of the whole draft. Any brackets will do. A mark
//! in a paragraph of its own speaks of the next one. A Word comment that begins with 核稿忽略 speaks of the words it is anchored on.

use std::borrow::Cow;

use super::{could_find, is_named, unused};
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::{self, Selection};
use crate::span::Span;
use crate::text::Markup;

const WORD: &str = "核稿忽略";
const WHOLE: &str = "全文";
const ALL: &str = "全部";

/// Nobody writes more of them; a file that repeats one a million times is to cost no more than any other.
const MOST: usize = 500;
const BRACKETS: [(&str, &str); 8] =
    [("〔", "〕"), ("【", "】"), ("（", "）"), ("［", "］"), ("[", "]"), ("(", ")"), ("<!--", "-->"), ("《", "》")];

/// A mark in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The mark with its brackets; for a comment, the words it is anchored on.
    pub span: Span,
    /// Where it counts.
    pub scope: Span,
    /// What is not to be reported: words or a rule; empty for everything.
    pub target: String,
    /// Why; may be empty.
    pub reason: String,
    /// Stands in a comment and not in the text.
    pub in_comment: bool,
}

impl Mark {
    /// The marks of a draft in text order, those of comments last.
    pub fn all(document: &Document) -> Vec<Self> {
        let text = document.text.as_str();
        let in_text = memchr::memmem::find_iter(text.as_bytes(), WORD).filter_map(|at| in_text(document, at));
        let in_comments = document.remarks.iter().filter_map(|remark| {
            let (_, target, reason) = parts(remark.text.trim().strip_prefix(WORD)?);
            Some(Self { span: remark.span, scope: remark.span, target, reason, in_comment: true })
        });
        in_text.chain(in_comments).take(MOST).collect()
    }

    /// The draft as it will be read when the marks are gone.
    pub fn hide<'a>(marks: &[Self], document: &'a Document) -> Cow<'a, Document> {
        if marks.iter().all(|mark| mark.in_comment) {
            return Cow::Borrowed(document);
        }
        let mut hidden = document.clone();
        for mark in marks.iter().filter(|mark| !mark.in_comment) {
            hidden.markup.retain(|markup| !markup.span.overlaps(mark.span));
            hidden.markup.push(Markup { span: mark.span, reads: None });
        }
        hidden.markup.sort_by_key(|markup| markup.span);
        Cow::Owned(hidden)
    }

    /// Whether the finding is what the mark speaks of.
    pub(super) fn covers(&self, finding: &Finding, text: &str) -> bool {
        if !(self.scope.contains(finding.span) || self.in_comment && self.scope.overlaps(finding.span)) {
            return false;
        }
        let bare = |words: &str| words.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (target, words) = (bare(&self.target), bare(finding.span.of(text)));
        target.is_empty() || is_named(finding, &self.target) || !words.is_empty() && (words.contains(&target) || target.contains(&words))
    }

    /// Whether the rules in force could find what it speaks of.
    pub(super) fn could_apply(&self, selection: &Selection) -> bool {
        let rule = rules::ids().any(|id| id.is_named(&self.target)).then_some(self.target.as_str());
        could_find(selection, rule)
    }

    pub(super) fn unused(&self, document: &Document) -> Finding {
        let Self { target, scope, .. } = self;
        let place = if scope.len() == document.text.as_str().len() { "全文" } else { "这一段" };
        let hint = if target.contains('/') && rules::selection::check(target).is_err() {
            rules::nearest(target).map(|id| format!("规则名是不是 {id}？")).unwrap_or_default()
        } else {
            String::new()
        };
        let what = if target.is_empty() { "没有要忽略的问题".into() } else { format!("没有“{target}”的问题") };
        unused(self.span, format!("忽略标记没有用到：{place}{what}。{hint}请删去标记，或写成〔核稿忽略：词语或规则名，理由〕。"))
    }
}

/// The mark whose word stands at byte `at`, if it stands in brackets on one line.
fn in_text(document: &Document, at: usize) -> Option<Mark> {
    let text = document.text.as_str();
    let before = text[..at].trim_end_matches(' ');
    let (open, close) = BRACKETS.into_iter().find(|(open, _)| before.ends_with(open))?;
    let line = text[at..].lines().next().unwrap_or_default();
    let inside = &line[WORD.len()..line.find(close)?];
    let span = Span::new(before.len() - open.len(), at + WORD.len() + inside.len() + close.len());
    let (whole, target, reason) = parts(inside);
    let scope = if whole { Span::new(0, text.len()) } else { paragraph(document, span) };
    Some(Mark { span, scope, target, reason, in_comment: false })
}

/// Whether the whole draft is meant, what is to be ignored, and why: what stands behind 核稿忽略.
fn parts(rest: &str) -> (bool, String, String) {
    let (whole, rest) = rest.strip_prefix(WHOLE).map_or((false, rest), |rest| (true, rest));
    let rest = rest.trim_start_matches([' ', '：', ':']);
    let (target, reason) = rest.split_once(['，', ',', '；', ';', '\n']).unwrap_or((rest, ""));
    let target = target.trim().trim_matches(['“', '”', '"']);
    (whole, if target == ALL { String::new() } else { target.to_owned() }, reason.trim().to_owned())
}

/// The block the mark stands in, or the next one where it stands there alone (or, being a comment of the markup, in none).
fn paragraph(document: &Document, mark: Span) -> Span {
    let text = document.text.as_str();
    let first = document.blocks.partition_point(|block| block.span.end <= mark.start);
    let alone = |span: Span| {
        let before = Span { start: span.start, end: mark.start.max(span.start) };
        let after = Span { start: mark.end.min(span.end), end: span.end };
        before.of(text).trim().is_empty() && after.of(text).trim().is_empty()
    };
    let mut blocks = document.blocks[first..].iter().map(|block| block.span);
    match blocks.next() {
        Some(own) if own.overlaps(mark) && alone(own) => blocks.next().unwrap_or(own),
        Some(block) => block,
        None => mark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Vec<(String, String, String, String)> {
        let document = Document::from_text("稿.txt", text);
        let short = |mark: Mark| (mark.span.of(text).to_owned(), mark.scope.of(text).to_owned(), mark.target, mark.reason);
        Mark::all(&document).into_iter().map(short).collect()
    }

    fn one(text: &str) -> (String, String, String, String) {
        let mut all = marks(text);
        assert_eq!(all.len(), 1, "{text}");
        all.remove(0)
    }

    #[test]
    fn a_mark_names_words_or_a_rule_and_a_reason() {
        for (inside, target, reason) in [
            ("：布署，引用原文", "布署", "引用原文"),
            (":“布署”, 引用原文", "布署", "引用原文"),
            ("：phrase/known；旧档照录", "phrase/known", "旧档照录"),
            ("：全部，已核", "", "已核"),
            ("", "", ""),
            ("：布署", "布署", ""),
        ] {
            let line = format!("工作布署〔核稿忽略{inside}〕。");
            let (mark, scope, got, why) = one(&line);
            assert_eq!((got.as_str(), why.as_str()), (target, reason), "{line}");
            assert_eq!(mark, format!("〔核稿忽略{inside}〕"));
            assert_eq!(scope, line);
        }
    }

    #[test]
    fn it_speaks_of_its_paragraph_of_the_next_one_or_of_the_whole_draft() {
        assert_eq!(one("第一段。\n第二段。【核稿忽略：段】\n第三段。").1, "第二段。【核稿忽略：段】");
        assert_eq!(one("第一段。\n（核稿忽略：段）\n第三段。").1, "第三段。");
        assert_eq!(one("第一段。\n[核稿忽略全文：段]\n第三段。").1, "第一段。\n[核稿忽略全文：段]\n第三段。");
        assert_eq!(one("第一段。\n（核稿忽略：段）").1, "（核稿忽略：段）");
    }

    #[test]
    fn words_about_the_program_are_no_mark() {
        for text in ["用核稿忽略一处。", "〔核稿忽略：布署", "〔核稿忽略：\n布署〕", "（关于核稿忽略的办法）"]
        {
            assert_eq!(marks(text), [], "{text}");
        }
    }
}
