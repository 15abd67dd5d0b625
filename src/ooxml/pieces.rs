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
    /// Text boxes that stand in their part twice, for newer and for older programs.
    pub copies: Vec<Twin>,
}

/// The content of a text box and its verbatim copy for programs that do not know the newer form: a change to one must be made to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// Index into [`Pieces::parts`].
    pub part: u32,
    /// The bytes that were read.
    pub source: Span,
    /// Where the copy begins.
    pub copy: u32,
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
    /// The start tag of the tracked insertion that holds it directly; empty where none does.
    pub insertion: Span,
    /// The run of the body a remark on this one must be put on, as an index: Word heeds no comments in text boxes, notes, headers and
    /// footers ([MS-OI29500] 2.1.315 c).
    pub host: Option<u32>,
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

    /// The last piece that begins before byte `at`, else the first one at all.
    pub fn before(&self, at: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.span.start < at);
        self.pieces.get(after.saturating_sub(1))
    }

    /// Whether every byte of `span` stands in the XML, so that the words can be changed there; for an empty one, whether something can be put in.
    pub fn hold(&self, span: Span) -> bool {
        let within = self.within(span);
        match (within.first(), within.last()) {
            (Some(first), Some(last)) => {
                let joined = within.windows(2).all(|pair| pair[0].span.end == pair[1].span.start);
                joined && first.span.start <= span.start && span.end <= last.span.end
            }
            _ => span.is_empty() && self.beside(span.start).is_some(),
        }
    }

    /// The piece that something put in at byte `at` goes on with: the one that ends there or holds the place, else the one that begins there.
    pub fn beside(&self, at: u32) -> Option<&Piece> {
        let n = self.pieces.partition_point(|piece| piece.span.end < at);
        self.pieces.get(n).filter(|piece| piece.span.start <= at)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let from = self.pieces.partition_point(|piece| piece.span.end <= span.start);
        let to = self.pieces.partition_point(|piece| piece.span.start < span.end);
        from..to.max(from)
    }
}
