//! A new .docx of a draft that came in another format: its text on the page of GB/T 9704—2012, made so that remarks can be put on it.

use std::fmt::Write as _;

use super::pieces::{Form, Piece, Pieces, Run};
use super::repack::packed;
use super::xml::escape;
use crate::document::{Block, BlockKind, Cell, Document};
use crate::input::ReadError;
use crate::span::Span;

/// How a block is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// The title of the report.
    Title,
    /// A heading of level 1, 2 or 3; its text up to that byte is set as a heading, the rest as running text.
    Heading(u8, u32),
    /// Running text.
    Body,
    /// Text in a table.
    Cell,
}

const PARTS: [(&str, &str); 6] = [
    ("[Content_Types].xml", include_str!("page/content_types.xml")),
    ("_rels/.rels", include_str!("page/package.rels")),
    ("word/_rels/document.xml.rels", include_str!("page/document.rels")),
    ("word/styles.xml", include_str!("page/styles.xml")),
    ("word/fontTable.xml", include_str!("page/fontTable.xml")),
    ("word/footer1.xml", include_str!("page/footer1.xml")),
];

const ROOT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document \
    xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

/// The width of the type area, in twentieths of a point.
const TYPE_AREA: usize = 8844;

/// Word holds no wider table.
const MOST_COLUMNS: usize = 63;

/// A4 with the margins of 7.1 and the type area of 156 mm by 225 mm.
const END: &str = "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
    <w:pgMar w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1588\" w:header=\"851\" w:footer=\"1417\" w:gutter=\"0\"/>\
    <w:docGrid w:type=\"lines\" w:linePitch=\"579\"/></w:sectPr></w:body></w:document>";

/// The package and where the text of `document` stands in it; `looks` has one row a block.
///
/// # Errors
/// Where the package cannot be written.
pub fn compose(document: &Document, looks: &[Look]) -> Result<(Vec<u8>, Pieces), ReadError> {
    let pieces = Pieces { parts: vec!["word/document.xml".into()], ..Pieces::default() };
    let mut writer = Writer { document, xml: ROOT.to_owned(), pieces };
    let (mut cells, mut n) = (document.cells.as_slice(), 0);
    while let Some(block) = document.blocks.get(n) {
        cells = &cells[cells.partition_point(|cell| cell.from < n)..];
        let rows = rows(cells, n);
        if let Some(last) = rows.last().and_then(|row| row.last()).filter(|last| last.until > n) {
            writer.table(&rows);
            n = last.until;
        } else {
            writer.block(block, looks.get(n).copied().unwrap_or(Look::Body));
            n += 1;
        }
    }
    if writer.xml.ends_with("</w:tbl>") {
        // A table cannot be the last thing on a page.
        writer.xml.push_str("<w:p/>");
    }
    writer.xml.push_str(END);
    let Writer { xml, pieces, .. } = writer;
    let mut parts: Vec<(&str, &[u8])> = PARTS.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
    parts.insert(2, ("word/document.xml", xml.as_bytes()));
    Ok((packed(&parts)?, pieces))
}

/// The rows of the table that begins with block `from`; none where no table begins or Word could not hold it.
fn rows(cells: &[Cell], from: usize) -> Vec<&[Cell]> {
    let (mut rows, mut rest, mut next) = (Vec::new(), cells, from);
    // Asked at every block, so a row without end is not looked through to it.
    while let Some(last) = rest.iter().take(MOST_COLUMNS).position(|cell| cell.ends_row) {
        let (row, behind) = rest.split_at(last + 1);
        if !row.iter().all(|cell| std::mem::replace(&mut next, cell.until) == cell.from) {
            break;
        }
        rows.push(row);
        rest = behind;
    }
    rows
}

/// Indents that divide a title over lines of about one length, as 7.3.1 asks: without them one character may stand alone on the last.
fn balance(title: &str) -> String {
    /// A character of size 2, and a Latin one, in twentieths of a point.
    const WIDE: usize = 440;
    let width: usize = title.chars().map(|c| if c.is_ascii() { WIDE / 2 } else { WIDE }).sum();
    // Programs leave a little room between Chinese and Latin characters.
    let lines = (width + WIDE / 2).div_ceil(TYPE_AREA);
    let indent = TYPE_AREA.saturating_sub(width / lines + 2 * WIDE) / 2;
    if lines == 1 { String::new() } else { format!("<w:ind w:left=\"{indent}\" w:right=\"{indent}\" w:firstLine=\"0\"/>") }
}

struct Writer<'a> {
    document: &'a Document,
    xml: String,
    pieces: Pieces,
}

impl Writer<'_> {
    /// A table with a grid of as many columns as its longest row has; the last cell of a shorter one fills the row.
    fn table(&mut self, rows: &[&[Cell]]) {
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or(1);
        let width = TYPE_AREA / columns;
        let line = |side: &str| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>");
        let lines = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
        let grid = format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        let _ = write!(
            self.xml,
            "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>{lines}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        );
        for row in rows {
            self.xml.push_str("<w:tr>");
            for (n, cell) in row.iter().enumerate() {
                let span = if n + 1 == row.len() { columns - n } else { 1 };
                let joined = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
                let _ = write!(self.xml, "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{joined}</w:tcPr>", width * span);
                let blocks = &self.document.blocks[cell.from..cell.until];
                for block in blocks {
                    self.block(block, Look::Cell);
                }
                if blocks.is_empty() {
                    self.xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
                }
                self.xml.push_str("</w:tc>");
            }
            self.xml.push_str("</w:tr>");
        }
        self.xml.push_str("</w:tbl>");
    }

    fn block(&mut self, block: &Block, look: Look) {
        let (style, font, until) = match look {
            Look::Title => ("Title", "", block.span.end),
            Look::Heading(1, until) => ("Heading1", "Hei", until),
            Look::Heading(2, until) => ("Heading2", "Kai", until),
            Look::Heading(_, until) => ("Heading3", "Bold", until),
            Look::Body => ("Body", "", block.span.end),
            Look::Cell => ("Cell", "", block.span.end),
        };
        let indent = if look == Look::Title { balance(block.span.of(self.document.text.as_str())) } else { String::new() };
        let _ = write!(self.xml, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{indent}</w:pPr>");
        let place = match block.kind {
            _ if look == Look::Cell => "",
            BlockKind::Header => "〔页眉〕",
            BlockKind::Footer => "〔页脚〕",
            BlockKind::Note => "〔注释〕",
            BlockKind::TextBox => "〔文本框〕",
            BlockKind::TableCell => "〔表格〕",
            BlockKind::Paragraph | BlockKind::Heading => "",
        };
        if !place.is_empty() {
            let _ = write!(self.xml, "<w:r><w:rPr><w:rStyle w:val=\"Place\"/></w:rPr><w:t>{place}</w:t></w:r>");
        }
        // The indent of the style takes the place of the spaces a text begins with.
        let text = block.span.of(self.document.text.as_str());
        let start = block.span.end - Span::new(0, text.trim_start().len()).end;
        let until = until.clamp(start, block.span.end);
        self.run(Span { start, end: until }, font);
        self.run(Span { start: until, end: block.span.end }, "");
        self.xml.push_str("</w:p>");
    }

    /// A run of the text `span`, with the markup and the line breaks in it left out.
    fn run(&mut self, span: Span, font: &str) {
        if span.is_empty() {
            return;
        }
        let number = Span::new(0, self.pieces.runs.len()).end;
        let from = self.xml.len();
        self.xml.push_str("<w:r>");
        let properties = self.xml.len();
        if !font.is_empty() {
            let _ = write!(self.xml, "<w:rPr><w:rStyle w:val=\"{font}\"/></w:rPr>");
        }
        let properties = Span::new(properties, self.xml.len());
        self.xml.push_str("<w:t xml:space=\"preserve\">");
        let document = self.document;
        let marks = document.markup[document.markup.partition_point(|mark| mark.span.end <= span.start)..].iter();
        let mut at = span.start;
        for mark in marks.take_while(|mark| mark.span.start < span.end) {
            self.text(Span { start: at, end: mark.span.start.max(at) }, number);
            if let Some(c) = mark.reads {
                self.sign(c, mark.span, number);
            }
            at = mark.span.end.min(span.end);
        }
        self.text(Span { start: at, end: span.end }, number);
        self.xml.push_str("</w:t></w:r>");
        let element = Span::new(from, self.xml.len());
        let nothing = Span::new(from, from);
        let properties = if properties.is_empty() { nothing } else { properties };
        self.pieces.runs.push(Run { part: 0, element, properties, inserted: false, insertion: nothing, host: None });
    }

    fn text(&mut self, span: Span, run: u32) {
        let source = self.document.text.as_str();
        let mut at = span.start as usize;
        for (n, c) in span.of(source).char_indices() {
            let start = span.start as usize + n;
            if c < ' ' || matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}') {
                self.verbatim(Span::new(at, start), run);
                self.sign(c, Span::new(start, start + c.len_utf8()), run);
                at = start + c.len_utf8();
            }
        }
        self.verbatim(Span::new(at, span.end as usize), run);
    }

    fn verbatim(&mut self, span: Span, run: u32) {
        if !span.is_empty() {
            let from = self.xml.len();
            self.xml.push_str(span.of(self.document.text.as_str()));
            self.pieces.pieces.push(Piece { span, source: Span::new(from, self.xml.len()), run, form: Form::Text });
        }
    }

    /// A character that cannot stand for itself; a line break of the file is no break of the paragraph.
    fn sign(&mut self, c: char, span: Span, run: u32) {
        let from = self.xml.len();
        match c {
            '\n' | '\r' => return,
            '\t' => self.xml.push(' '),
            c => self.xml.push_str(&escape(c.encode_utf8(&mut [0; 4]))),
        }
        if self.xml.len() > from {
            self.pieces.pieces.push(Piece { span, source: Span::new(from, self.xml.len()), run, form: Form::Reference });
        }
    }
}
