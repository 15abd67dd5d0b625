//! One blank of a draft as tables show it: where it stands, what it asks for, the words around it.

use super::safe::printable;
use crate::document::Document;
use crate::placeholder::Placeholder;
use crate::span::Span;
use crate::text::Position;

/// The heads of [`Blank::cells`].
pub(crate) const HEAD: [&str; 7] = ["文件", "行", "列", "空白", "要填", "单位", "所在语句"];

/// One blank, its texts on one line each.
pub(crate) struct Blank {
    pub(crate) path: String,
    pub(crate) place: Position,
    pub(crate) placeholder: Placeholder,
    /// The mark itself.
    pub(crate) text: String,
    /// The unit that follows, or nothing.
    pub(crate) unit: String,
    /// The clause it stands in.
    pub(crate) sentence: String,
}

/// The blanks of a draft, in text order.
pub(crate) fn blanks(document: &Document, placeholders: &[Placeholder]) -> Vec<Blank> {
    let source = document.text.as_str();
    let mut places = document.text.cursor();
    let blank = |placeholder: &Placeholder| Blank {
        path: printable(&document.name),
        place: places.position(placeholder.span.start),
        placeholder: *placeholder,
        text: printable(placeholder.span.of(source)),
        unit: placeholder.unit.map(|unit| printable(unit.of(source))).unwrap_or_default(),
        sentence: printable(around(source, placeholder.span)),
    };
    placeholders.iter().map(blank).collect()
}

impl Blank {
    /// One cell for each of [`HEAD`].
    pub(crate) fn cells(&self) -> Vec<String> {
        let asks = self.placeholder.asks.label().to_owned();
        let (line, column) = (self.place.line.to_string(), self.place.column.to_string());
        vec![self.path.clone(), line, column, self.text.clone(), asks, self.unit.clone(), self.sentence.clone()]
    }
}

/// The clause a blank stands in: up to the marks or line ends on both sides, at most some thirty characters.
fn around(source: &str, span: Span) -> &str {
    const REACH: usize = 15;
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | '\n' | '\r');
    let before = source[..span.start as usize].char_indices().rev().take(REACH).take_while(|&(_, c)| !ends(c)).last();
    let after = source[span.end as usize..].char_indices().take(REACH).take_while(|&(_, c)| !ends(c)).last();
    let start = before.map_or(span.start as usize, |(at, _)| at);
    let end = after.map_or(span.end as usize, |(at, c)| span.end as usize + at + c.len_utf8());
    &source[start..end]
}
