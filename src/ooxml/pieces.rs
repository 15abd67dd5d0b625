//! The map from a document's text to the bytes of the XML it stands in.
//!
//! Labels of automatic numbering and the line breaks between blocks have no piece: they stand in no part.

use std::ops::Range;

use crate::span::Span;

/// Where every byte of the text stands; pieces are in the order of the text and do not overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Names of the parts that hold text, e.g. `word/document.xml`.
    pub parts: Vec<String>,
    /// The runs the pieces belong to.
    pub runs: Vec<Run>,
    /// Stretches of text that stand in one place of one part.
    pub pieces: Vec<Piece>,
}

/// One stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its bytes in the document's text.
    pub span: Span,
    /// The bytes that stand for it in the part: the same number of them for [`Form::Text`] and [`Form::CData`].
    pub source: Span,
    /// Index into [`Pieces::runs`].
    pub run: u32,
    /// How it is written there.
    pub form: Form,
}

/// How a piece is written in the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Verbatim inside `w:t`: byte n of the span is byte n of the source, and markup may be put between two characters.
    Text,
    /// One character as a reference (`&amp;`) inside `w:t`: all or nothing.
    Reference,
    /// Verbatim inside a CDATA section of `w:t`: nothing can be put between two characters.
    CData,
    /// One character as an element (`w:tab`, `w:br`, `w:sym`).
    Element,
}

/// A run (`w:r`), with what an edit must repeat when it divides it. All spans are bytes of the run's part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Index into [`Pieces::parts`].
    pub part: u32,
    /// From the `<` of its start tag to behind its end tag.
    pub element: Span,
    /// Its `w:rPr` element; empty where it has none.
    pub properties: Span,
    /// Stands inside a tracked insertion.
    pub inserted: bool,
}

impl Pieces {
    /// The pieces that share at least one byte with `span`, in order.
    pub fn within(&self, span: Span) -> &[Piece] {
        &self.pieces[self.range(span)]
    }

    /// The run a piece belongs to.
    pub fn run(&self, piece: &Piece) -> Option<&Run> {
        self.runs.get(piece.run as usize)
    }

    /// The name of the part a piece stands in.
    pub fn part(&self, piece: &Piece) -> Option<&str> {
        Some(self.parts.get(self.run(piece)?.part as usize)?)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let from = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let to = self.pieces.partition_point(|piece| piece.span.start < span.end);
        from..to.max(from)
    }
}
