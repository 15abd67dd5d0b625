//! Where a run can be divided, and what has to be written there so that both halves keep its properties.
//!
//! A run is divided by insertion alone: its text is closed, the marks follow, and a run with the same start tag, properties and text tag
//! is opened again. At its ends nothing is divided.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem;

use super::pieces::{Form, Piece, Run};
use crate::span::Span;

/// A run in the bytes of its part.
pub(super) struct RunXml<'a> {
    source: &'a [u8],
    element: Range<usize>,
    tag: Range<usize>,
    properties: Range<usize>,
    /// The prefix of its namespace with the colon.
    prefix: &'a str,
    /// Where its tags begin, once that is asked for: a run may be a book, divided at a thousand places.
    tags: OnceCell<Vec<usize>>,
}

/// A place between two characters of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Seat {
    /// Where the marks are written, in bytes of the part.
    pub(super) at: usize,
    pub(super) kind: SeatKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SeatKind {
    /// Beside the whole run.
    Outside,
    /// Between two of its children.
    Between,
    /// Inside a `w:t`.
    Inside,
}

impl<'a> RunXml<'a> {
    /// `None` for a run that cannot be made out, which a reading of the same bytes never gives.
    pub(super) fn new(source: &'a [u8], run: &Run) -> Option<Self> {
        let element = run.element.range();
        let xml = source.get(element.clone())?;
        let name_end = xml.iter().position(|&byte| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace())?;
        let name = std::str::from_utf8(&xml[1..name_end]).ok()?;
        let prefix = name.strip_suffix('r')?;
        let tag_end = element.start + memmem::find(xml, b">")? + 1;
        let properties = if run.properties.is_empty() { tag_end..tag_end } else { run.properties.range() };
        Some(Self { source, tag: element.start..tag_end, properties, element, prefix, tags: OnceCell::new() })
    }

    pub(super) fn prefix(&self) -> &'a str {
        self.prefix
    }

    /// What opens a run like this one: its start tag and properties. Blanks and XML comments that a program put between them are left out.
    pub(super) fn open(&self) -> String {
        [self.slice(self.tag.clone()), self.slice(self.properties.clone())].concat()
    }

    pub(super) fn close(&self) -> String {
        format!("</{}r>", self.prefix)
    }

    /// The place in front of byte `offset` of the text of `piece`; `None` where the run cannot be divided there.
    pub(super) fn seat(&self, piece: &Piece, offset: u32) -> Option<Seat> {
        let source = piece.source.range();
        let is_end = offset == piece.span.end;
        let between = |at| Seat { at, kind: SeatKind::Between };
        if piece.form == Form::Element {
            let is_whole = self.source[..source.end].ends_with(b"/>");
            let seat = if is_end { self.end_or(between(source.end)) } else { self.start_or(between(source.start)) };
            return (is_whole || seat.kind == SeatKind::Outside).then_some(seat);
        }
        let at = if is_end { source.end } else { source.start + (offset - piece.span.start) as usize };
        let text = self.text_around(at)?;
        Some(if text.characters.start >= at {
            self.start_or(between(text.tag.start))
        } else if text.characters.end <= at {
            self.end_or(between(text.end))
        } else {
            Seat { at, kind: SeatKind::Inside }
        })
    }

    /// The place in front of the whole run, or behind it.
    pub(super) fn beside(&self, behind: bool) -> Seat {
        Seat { at: if behind { self.element.end } else { self.element.start }, kind: SeatKind::Outside }
    }

    /// Beside the run where nothing stands before `seat` in it.
    fn start_or(&self, seat: Seat) -> Seat {
        let is_first = self.is_blank(self.properties.end..seat.at);
        if is_first { Seat { at: self.element.start, kind: SeatKind::Outside } } else { seat }
    }

    /// Beside the run where nothing follows `seat` in it.
    fn end_or(&self, seat: Seat) -> Seat {
        let is_last = self.is_blank(seat.at..self.element.end - self.close().len());
        if is_last { Seat { at: self.element.end, kind: SeatKind::Outside } } else { seat }
    }

    /// Nothing stands there, or what divides the lines of XML set for reading.
    fn is_blank(&self, range: Range<usize>) -> bool {
        self.source.get(range).is_none_or(|between| between.trim_ascii().is_empty())
    }

    /// The `w:t` whose characters hold byte `at`; `None` in anything else.
    fn text_around(&self, at: usize) -> Option<TextXml> {
        let element = self.element.clone();
        let tags =
            self.tags.get_or_init(|| memchr::memchr_iter(b'<', &self.source[element.clone()]).map(|tag| element.start + tag).collect());
        let next = tags.partition_point(|&tag| tag < at);
        let start = *tags.get(next.checked_sub(1)?)?;
        let tag = start..start + memchr::memchr(b'>', &self.source[start..at])? + 1;
        let rest = self.slice(tag.clone()).strip_prefix('<')?.strip_prefix(self.prefix)?.strip_prefix('t')?;
        if !rest.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()) {
            return None;
        }
        let close = format!("</{}t>", self.prefix);
        let inner = tag.end..*tags.get(next)?;
        let end = self.source[inner.end..].starts_with(close.as_bytes()).then_some(inner.end + close.len())?;
        let keeps_spaces = rest.contains(":space");
        let trimmed = self.source[inner.clone()].trim_ascii_start();
        let characters = if keeps_spaces {
            inner.clone()
        } else {
            inner.end - trimmed.len()..inner.end - trimmed.len() + trimmed.trim_ascii_end().len()
        };
        Some(TextXml { tag, inner, characters, end, keeps_spaces })
    }

    /// The text at a place inside a `w:t`.
    pub(super) fn cut(&self, at: usize) -> Option<Cut<'a>> {
        let text = self.text_around(at)?;
        let is_space = |byte: &&u8| byte.is_ascii_whitespace();
        let (mut from, mut until) = (at, at);
        if !text.keeps_spaces {
            from -= self.source[text.tag.end..at].iter().rev().take_while(is_space).count();
            until += self.source[at..].iter().take_while(is_space).count();
        }
        Some(Cut { spaces: from..until, tag: self.slice(text.tag) })
    }

    /// The `w:t` at a place whose spaces would not count at its ends: where its start tag ends, and its spaces that do not count now.
    pub(super) fn loose_text(&self, at: usize) -> Option<(usize, [Range<usize>; 2])> {
        let text = self.text_around(at).filter(|text| !text.keeps_spaces)?;
        Some((text.tag.end - 1, [text.inner.start..text.characters.start, text.characters.end..text.inner.end]))
    }

    /// Whether a stretch of the run holds text and nothing else: no note, drawing or object that would go with the words.
    pub(super) fn is_plain(&self, range: Range<usize>) -> bool {
        const PLAIN: [&str; 9] = ["t", "/t", "tab", "br", "cr", "noBreakHyphen", "sym", "lastRenderedPageBreak", "/r"];
        let inside = range.start.max(self.properties.end)..range.end;
        memchr::memchr_iter(b'<', &self.source[inside.clone()]).all(|at| {
            let rest = self.slice(inside.start + at + 1..inside.end);
            let name = &rest[..rest.find(|c: char| c == '>' || c.is_ascii_whitespace()).unwrap_or(rest.len())];
            PLAIN.contains(&name.trim_end_matches('/').replacen(self.prefix, "", 1).as_str())
        })
    }

    /// The characters of a stretch of the run's part.
    pub(super) fn text(&self, span: Span) -> &'a str {
        self.slice(span.range())
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        std::str::from_utf8(&self.source[range]).unwrap_or_default()
    }
}

/// A `w:t` in the bytes of its part.
struct TextXml {
    tag: Range<usize>,
    inner: Range<usize>,
    /// What is shown of it: without the spaces at its ends that do not count.
    characters: Range<usize>,
    /// Behind its end tag.
    end: usize,
    keeps_spaces: bool,
}

/// A place inside a `w:t`.
pub(super) struct Cut<'a> {
    /// The spaces around it. They would be dropped at the ends of a text that does not say they count, so they get a text of their own.
    pub(super) spaces: Range<usize>,
    /// The start tag of the text.
    pub(super) tag: &'a str,
}
