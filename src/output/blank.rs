//! One blank of a draft as tables show it: where it stands, what it asks for, the words around it.

use super::safe::printable;
use crate::document::{BlockKind, Document};
use crate::placeholder::{self, Placeholder};
use crate::span::Span;
use crate::text::{Folded, Position};

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
    /// At which byte of the sentence the mark begins.
    pub(crate) at: usize,
}

/// All blanks of a draft, in text order; nothing else is looked for.
pub(crate) fn all(document: &Document) -> Vec<Blank> {
    let mut folded = Folded::default();
    folded.refill_without(document.text.as_str(), document.blocks.iter().map(|block| block.span), &document.markup);
    blanks(document, &placeholder::find(document, &folded))
}

/// The blanks of a draft, in text order.
pub(crate) fn blanks(document: &Document, placeholders: &[Placeholder]) -> Vec<Blank> {
    let source = document.text.as_str();
    let mut places = document.text.cursor();
    let blank = |placeholder: &Placeholder| {
        let (before, after) = around(document, placeholder.span);
        let text = printable(placeholder.span.of(source));
        Blank {
            path: printable(&document.name),
            place: places.position(placeholder.span.start),
            placeholder: *placeholder,
            unit: placeholder.unit.map(|unit| printable(unit.of(source))).unwrap_or_default(),
            at: before.len(),
            sentence: before + &text + &after,
            text,
        }
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

/// How much of a clause is shown on either side, in characters.
const REACH: usize = 15;

/// What stands before and behind a blank in its clause: up to the marks or line ends on both sides. A cell of a table says little by itself,
/// so the cells before it are shown too.
fn around(document: &Document, span: Span) -> (String, String) {
    let source = document.text.as_str();
    let ends = |c: char| matches!(c, '。' | '；' | '！' | '？' | '\n' | '\r');
    let cells = first_cell(document, span);
    let is_border = |at: usize, c: char| ends(c) && !(c == '\n' && cells.is_some_and(|first| at > first as usize));
    let before = source[..span.start as usize].char_indices().rev().take(REACH).take_while(|&(at, c)| !is_border(at, c)).last();
    let after = source[span.end as usize..].char_indices().take(REACH).take_while(|&(_, c)| !ends(c)).last();
    let start = before.map_or(span.start as usize, |(at, _)| at);
    let end = after.map_or(span.end as usize, |(at, c)| span.end as usize + at + c.len_utf8());
    let before = source[start..span.start as usize].trim_start_matches('\n').replace('\n', " | ");
    (printable(&before), printable(&source[span.end as usize..end]))
}

/// For a blank in a cell of a table: where the cells begin that may be shown with it.
fn first_cell(document: &Document, span: Span) -> Option<u32> {
    let n = document.blocks.partition_point(|block| block.span.end <= span.start);
    let cells = document.blocks[..=n.min(document.blocks.len().checked_sub(1)?)].iter().rev().take(REACH);
    cells.take_while(|block| block.kind == BlockKind::TableCell).last().map(|block| block.span.start)
}
