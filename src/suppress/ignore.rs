//! Places that a configuration file names by their words, for drafts that cannot hold a mark.

use globset::{Glob, GlobMatcher};

use super::{could_find, is_named, unused};
use crate::document::Document;
use crate::finding::Finding;
use crate::rules::Selection;
use crate::span::Span;
use crate::text::Folded;

/// `[[ignore]]` in `hegao.toml`: in some drafts, at some words, by some rule; at least one of the last two.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// Words of the draft, from a phrase to a paragraph; widths, spaces and line wraps do not count.
    pub text: Option<String>,
    /// A rule by any of its names.
    pub rule: Option<String>,
    /// The drafts, by their names without or with the folder.
    pub file: Option<GlobMatcher>,
    /// Why.
    pub reason: String,
    /// Where it is written, for messages.
    pub origin: String,
}

/// Where in a draft one of them counts.
pub(super) struct Places<'a> {
    ignore: &'a Ignore,
    /// The places of its words; the whole draft where it names none.
    spans: Vec<Span>,
}

/// What of `ignores` has to do with the draft.
pub(super) fn places<'a>(ignores: &'a [Ignore], document: &Document, folded: &Folded) -> Vec<Places<'a>> {
    let mine: Vec<&Ignore> = ignores.iter().filter(|ignore| ignore.is_about(&document.name)).collect();
    let needs_text = mine.iter().any(|ignore| ignore.text.is_some());
    let view: String = if needs_text { folded.chars().iter().collect() } else { String::new() };
    let source = document.text.as_str();
    let spans_of = |words: &str| -> Vec<Span> {
        let words: String = Folded::new(words, [Span::new(0, words.len())]).chars().iter().filter(|c| **c != '\n').collect();
        let length = words.chars().count();
        let mut count = (0, 0);
        view.match_indices(&words)
            .map(|(at, _)| {
                count = (at, count.1 + view[count.0..at].chars().count());
                folded.span(source, count.1, count.1 + length)
            })
            .collect()
    };
    let places = |ignore: &'a Ignore| {
        let whole = || vec![Span::new(0, source.len())];
        Places { ignore, spans: ignore.text.as_deref().map_or_else(whole, spans_of) }
    };
    // Words that are not in the draft say nothing about it, unless it was meant by name.
    mine.into_iter().map(places).filter(|places| !places.spans.is_empty() || places.ignore.file.is_some()).collect()
}

impl Ignore {
    /// The drafts that `glob` means.
    ///
    /// # Errors
    /// Why it is no glob.
    pub fn files(glob: &str) -> Result<GlobMatcher, globset::Error> {
        Ok(Glob::new(glob)?.compile_matcher())
    }

    fn is_about(&self, name: &str) -> bool {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        self.file.as_ref().is_none_or(|glob| glob.is_match(last) || glob.is_match(name))
    }
}

impl Places<'_> {
    pub(super) fn cover(&self, finding: &Finding) -> bool {
        let named = self.ignore.rule.as_deref().is_none_or(|rule| is_named(finding, rule));
        named && self.spans.iter().any(|span| span.overlaps(finding.span) || span.contains(finding.span))
    }

    pub(super) fn could_apply(&self, selection: &Selection) -> bool {
        // A rule for all drafts is a habit and need not have a case in each of them.
        (self.ignore.text.is_some() || self.ignore.file.is_some()) && could_find(selection, self.ignore.rule.as_deref())
    }

    pub(super) fn unused(&self) -> Finding {
        let origin = &self.ignore.origin;
        match self.spans.first() {
            Some(span) if self.ignore.text.is_some() => {
                unused(*span, format!("{origin} 的 [[ignore]] 没有用到：这些文字现在没有问题，可以删去那一条。"))
            }
            Some(_) => unused(Span::default(), format!("{origin} 的 [[ignore]] 没有用到：这份稿件没有这类问题，可以删去那一条。")),
            None => unused(Span::default(), format!("{origin} 的 [[ignore]] 没有用到：这份稿件里已经没有那些文字，可以删去那一条。")),
        }
    }
}
