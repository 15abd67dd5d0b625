//! What a reader makes of a file: one [`Text`] and the blocks it is made of.
//!
//! Blocks stand in reading order and do not overlap; between two of them lies exactly one `\n` that belongs to neither, except
//! in plain text, where whatever separates the lines of the file stays. A block may hold line breaks of its own (hard-wrapped
//! lines of a text file): the folded view drops them for matching, positions keep them.

use std::borrow::Cow;

use crate::span::Span;
use crate::text::{Markup, Text};

/// A draft as read: its name, its text, its blocks.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path or label it is shown under, e.g. `报告.docx` or `a.zip!b.docx`.
    pub name: String,
    /// What kind of file it came from.
    pub format: Format,
    /// The extracted text; all spans are bytes of it.
    pub text: Text,
    /// Paragraphs, headings, cells … in reading order.
    pub blocks: Vec<Block>,
    /// Markup inside the blocks, in order: only in formats whose text is their source (Markdown, HTML).
    pub markup: Vec<Markup>,
    /// The cells of the tables in reading order, where a reader tells them: only of formats that are written anew when they are annotated
    /// (.doc, .odt, .rtf).
    pub cells: Vec<Cell>,
    /// Comments that people wrote beside the text.
    pub remarks: Vec<Remark>,
    /// What of the file could not be read while the rest could, such as scanned pages, and what to do, in Chinese.
    pub unread: Option<String>,
}

/// A cell of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The index of its first block.
    pub from: usize,
    /// The index behind its last block; the same as `from` in an empty cell.
    pub until: usize,
    /// It is the last of its row.
    pub ends_row: bool,
}

/// A comment beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The words it is anchored on.
    pub span: Span,
    /// What it says, paragraphs divided by `\n`.
    pub text: String,
}

/// A container or encoding a draft came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text(Encoding),
    /// Markdown.
    Markdown(Encoding),
    /// HTML.
    Html(Encoding),
    /// Office Open XML (.docx, .docm, .dotx).
    Docx,
    /// Word 97 binary (.doc, .wps).
    Doc,
    /// `OpenDocument` text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// PDF with a text layer.
    Pdf,
    /// OFD, GB/T 33190.
    Ofd,
}

/// How a text file was encoded, so that a corrected one is written back the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8; `bom` tells whether it began with a byte order mark.
    Utf8 {
        /// Began with EF BB BF.
        bom: bool,
    },
    /// UTF-16 little endian.
    Utf16Le {
        /// Began with FF FE.
        bom: bool,
    },
    /// UTF-16 big endian.
    Utf16Be {
        /// Began with FE FF.
        bom: bool,
    },
    /// GB18030 (and so GBK and GB2312).
    Gb18030,
}

/// One paragraph-like piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the text, without the line break after it.
    pub span: Span,
    /// Heading level 1–9 where the file's format says so (a style or markup), else 0.
    pub level: u8,
    /// Length in bytes of a numbering label (“一、”) at the start of the span that the program which wrote the file generates and that is
    /// not in the file's own text; 0 for none.
    pub label: u32,
}

impl Block {
    /// A paragraph without level or label.
    pub const fn paragraph(span: Span) -> Self {
        Self { kind: BlockKind::Paragraph, span, level: 0, label: 0 }
    }
}

/// The kinds of blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading by style or markup.
    Heading,
    /// A paragraph inside a table cell.
    TableCell,
    /// A footnote or endnote.
    Note,
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A paragraph in a text box.
    TextBox,
}

impl Document {
    /// A plain-text document from a string: the usual way for a program that has the text already.
    ///
    /// ```
    /// let document = hegao::Document::from_text("报告.txt", "一、工作情况\n开展督查xx次。");
    /// assert_eq!(document.blocks.len(), 2);
    /// ```
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = Text::new(text.into());
        let blocks = text.paragraphs().into_iter().map(Block::paragraph).collect();
        Self::new(name, Format::Text(Encoding::Utf8 { bom: false }), text, blocks)
    }

    /// A document of these blocks, without markup, comments and unread parts.
    pub(crate) fn new(name: impl Into<String>, format: Format, text: Text, blocks: Vec<Block>) -> Self {
        Self { name: name.into(), format, text, blocks, markup: Vec::new(), cells: Vec::new(), remarks: Vec::new(), unread: None }
    }

    /// The text of one block, as it stands in [`Document::text`].
    pub fn text_of(&self, block: &Block) -> &str {
        block.span.of(self.text.as_str())
    }

    /// The text of one block as a reader sees it, without markup.
    pub fn shown(&self, block: &Block) -> Cow<'_, str> {
        let text = self.text.as_str();
        let first = self.markup.partition_point(|mark| mark.span.end <= block.span.start);
        let inside = || self.markup[first..].iter().take_while(|mark| mark.span.end <= block.span.end);
        if inside().next().is_none() {
            return Cow::Borrowed(block.span.of(text));
        }
        let mut out = String::with_capacity(block.span.len());
        let mut from = block.span.start;
        for mark in inside() {
            out.push_str(Span { start: from, end: mark.span.start.max(from) }.of(text));
            out.extend(mark.reads);
            from = mark.span.end;
        }
        out.push_str(Span { start: from, end: block.span.end }.of(text));
        Cow::Owned(out)
    }
}
