//! A draft's own file, changed: edits to the text become a file of the format it came in, with its formatting, encoding and line ends.
//! What corrects a draft and what fills its blanks write through this one piece.

use crate::document::{Document, Encoding, Format};
use crate::finding::{Edit, applied};
use crate::input::{Limits, ReadError};
use crate::ooxml::{self, Package, Pieces};
use crate::reader::text::rewrite;
use crate::span::Span;

/// A draft that can be written back.
#[derive(Debug)]
pub struct Revision<'a> {
    text: &'a str,
    source: Source<'a>,
}

#[derive(Debug)]
enum Source<'a> {
    Word(Box<Package<'a>>, Pieces),
    Text(Encoding),
}

/// Why a draft cannot be written back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevisionError {
    /// A format that is read and not written.
    #[error("这种格式只能检查，不能直接改；请另存为 .docx，或用 hegao annotate --tracked 另做一份带修订的 .docx")]
    Format,
    /// The file is not what it was when it was read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl<'a> Revision<'a> {
    /// Opens the file `bytes` that `document` was read from.
    ///
    /// # Errors
    /// [`RevisionError::Format`] for formats other than .docx and text.
    pub fn open(document: &'a Document, bytes: &'a [u8]) -> Result<Self, RevisionError> {
        let source = match document.format {
            Format::Docx => {
                let package = Package::open(bytes, &Limits::default())?;
                let (_, pieces) = ooxml::read_document(&document.name, &package)?;
                Source::Word(Box::new(package), pieces)
            }
            Format::Text(encoding) | Format::Markdown(encoding) | Format::Html(encoding) => Source::Text(encoding),
            _ => return Err(RevisionError::Format),
        };
        Ok(Self { text: document.text.as_str(), source })
    }

    /// Whether the words of `span`, bytes of the document's text, stand in the file and can be changed there: a number that Word generates
    /// does not.
    pub fn holds(&self, span: Span) -> bool {
        match &self.source {
            Source::Word(_, pieces) => pieces.hold(span),
            Source::Text(_) => true,
        }
    }

    /// The file with `edits` made, which are in text order and do not overlap.
    ///
    /// # Errors
    /// What unpacking a part of a .docx reports, and [`ReadError::Encoding`] where a text would be read as another one.
    pub fn written(&self, edits: &[Edit]) -> Result<Vec<u8>, ReadError> {
        match &self.source {
            Source::Word(package, pieces) => ooxml::revise(package, pieces, edits),
            Source::Text(encoding) => rewrite(&applied(edits, self.text, Span::new(0, self.text.len())), *encoding),
        }
    }
}
