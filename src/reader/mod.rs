//! Bytes → [`Document`]: the only code that knows encodings and containers, one file a format.
//!
//! The format is told by content. A name helps only where content cannot: Markdown is text like any other, and so is a piece of HTML.

pub mod archive;
mod compound;
mod contain;
mod doc;
pub mod docx;
pub mod html;
mod layout;
pub mod markdown;
pub mod odt;
pub mod ofd;
mod pdf;
pub mod rtf;
pub mod text;

use self::compound::Compound;
use crate::document::{Block, BlockKind, Cell, Document, Format};
pub use crate::input::{Limits, ReadError};
use crate::ooxml::Package;
use crate::span::Span;
use crate::text::Text;

/// Reads a draft. `name` is what the document is called afterwards; its ending tells Markdown and HTML fragments from plain text, and that a file of no
/// bytes was to be more than text.
///
/// # Errors
/// [`ReadError`], without the name.
///
/// ```
/// use hegao::reader::{Limits, read};
///
/// let document = read("总结.md", "# 一、工作情况\n\n召开会议**xx**次。\n".as_bytes(), &Limits::default())?;
/// assert_eq!(document.blocks[0].level, 1);
/// assert_eq!(document.shown(&document.blocks[1]), "召开会议xx次。");
/// # Ok::<(), hegao::reader::ReadError>(())
/// ```
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let document = read_any(name, bytes, limits)?;
    let may_be_blank =
        matches!(document.format, Format::Text(_) | Format::Markdown(_) | Format::Html(_)) && !has_ending(name, &NEVER_EMPTY);
    if document.blocks.is_empty() && !may_be_blank {
        return Err(ReadError::Blank);
    }
    Ok(document)
}

/// Endings of files that hold more than their text.
const NEVER_EMPTY: [&str; 12] = ["docx", "docm", "dotx", "dotm", "doc", "dot", "wps", "wpt", "odt", "rtf", "pdf", "ofd"];

fn read_any(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    if bytes.len() > limits.file_bytes {
        return Err(ReadError::too_large("文件大小", limits.file_bytes));
    }
    if is_zip(bytes) {
        return read_package(name, &Package::open(bytes, limits)?);
    }
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return rtf::read(name, bytes.trim_ascii_start());
    }
    if bytes.starts_with(compound::MAGIC) {
        return read_compound(name, Compound::open(bytes)?);
    }
    if pdf::is_pdf(bytes) {
        return pdf::read(name, bytes, limits);
    }
    if let Some(unsupported) = foreign(bytes) {
        return Err(unsupported);
    }
    let (text, encoding) = text::decode(bytes)?;
    if html::is_html(&text, name) {
        return Ok(html::read(name, text, encoding));
    }
    if let Some(format) = markup_of_word(&text) {
        return Err(format);
    }
    if has_ending(name, &["md", "markdown"]) {
        return Ok(markdown::read(name, text, encoding));
    }
    Ok(text::document(name, text, encoding))
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The formats that are zip files.
#[derive(Clone, Copy)]
enum Packaged {
    Docx,
    Sheet,
    Slides,
    Ofd,
    Odt,
}

/// The zipped formats, by the parts they cannot be without; `None` for a zip file of other files.
fn package_format(package: &Package) -> Option<Packaged> {
    let has = |part: &str| package.find(part).is_some();
    let starts = |folder: &str| package.entries().iter().any(|entry| entry.name.starts_with(folder));
    Some(match () {
        () if has("word/document.xml") => Packaged::Docx,
        () if has("[Content_Types].xml") && starts("xl/") => Packaged::Sheet,
        () if has("[Content_Types].xml") && starts("ppt/") => Packaged::Slides,
        () if has("[Content_Types].xml") => Packaged::Docx,
        () if has("OFD.xml") => Packaged::Ofd,
        () if has("content.xml") && (has("mimetype") || has("META-INF/manifest.xml")) => Packaged::Odt,
        () => return None,
    })
}

fn read_package(name: &str, package: &Package) -> Result<Document, ReadError> {
    let advice = "把文字内容复制到 Word 文档";
    match package_format(package) {
        Some(_) if package.is_locked() => Err(ReadError::Encrypted),
        Some(Packaged::Docx) => docx::read(name, package),
        Some(Packaged::Ofd) => ofd::read(name, package),
        Some(Packaged::Odt) => odt::read(name, package),
        Some(Packaged::Sheet) => Err(ReadError::Unsupported { format: " Excel 表格", advice }),
        Some(Packaged::Slides) => Err(ReadError::Unsupported { format: " PowerPoint 演示文稿", advice }),
        None => Err(ReadError::Unsupported { format: "多层压缩包", advice: "解压，选其中的文稿" }),
    }
}

/// The container of Word 97 files and of encrypted .docx, by the streams inside.
fn read_compound(name: &str, file: Compound) -> Result<Document, ReadError> {
    match () {
        () if file.has("EncryptedPackage") => Err(ReadError::Encrypted),
        () if file.has("WordDocument") => doc::read(name, file),
        () if file.has("Workbook") || file.has("Book") => {
            Err(ReadError::Unsupported { format: "旧版 Excel 表格", advice: "把文字内容复制到 Word 文档" })
        }
        () if file.has("PowerPoint Document") => {
            Err(ReadError::Unsupported { format: "旧版 PowerPoint 演示文稿", advice: "把文字内容复制到 Word 文档" })
        }
        () => Err(ReadError::Unsupported { format: "这种旧版 Office 或 WPS 文件", advice: SAVE_AS_DOCX }),
    }
}

const SAVE_AS_DOCX: &str = "用 Word 或 WPS 打开，另存为 .docx 后";

/// A document whose text is written block by block.
#[derive(Default)]
struct Builder {
    text: String,
    blocks: Vec<Block>,
    cells: Vec<Cell>,
}

impl Builder {
    /// Adds a block with its label in front; a blank one leaves nothing behind. Line breaks inside it divide it where paragraphs end,
    /// but not a heading.
    fn push(&mut self, kind: BlockKind, level: u8, label: &str, text: &str) {
        let text = text.trim_matches('\n');
        if label.is_empty() && text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        // A label stands on one line, whatever the file says.
        self.text.extend(label.chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.text.push_str(text);
        let mut block = Block { kind, span: Span::new(start, self.text.len()), level, label: Span::new(0, label.len()).end };
        if level > 0 {
            self.blocks.push(block);
            return;
        }
        for span in crate::text::divided(&self.text, block.span) {
            self.blocks.push(Block { span, ..block });
            block.label = 0;
        }
    }

    /// Ends a table cell, which holds the cell blocks added since the last one.
    fn end_cell(&mut self) {
        let (until, last) = (self.blocks.len(), self.cells.last().map_or(0, |cell| cell.until));
        let own = self.blocks[last..].iter().rev().take_while(|block| block.kind == BlockKind::TableCell).count();
        self.cells.push(Cell { from: until - own, until, ends_row: false });
    }

    /// Ends a table row; one without a word leaves nothing behind.
    fn end_row(&mut self) {
        let row = self.cells.iter().rposition(|cell| cell.ends_row).map_or(0, |last| last + 1);
        if self.cells[row..].iter().all(|cell| cell.from == cell.until) {
            self.cells.truncate(row);
        }
        if let Some(cell) = self.cells.last_mut() {
            cell.ends_row = true;
        }
    }

    fn finish(self, name: &str, format: Format) -> Document {
        Document { cells: self.cells, ..Document::new(name, format, Text::new(self.text), self.blocks) }
    }
}

/// Formats that begin with signs of their own and are not read.
fn foreign(bytes: &[u8]) -> Option<ReadError> {
    let head = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let (format, advice) = match head {
        _ if head.starts_with(b"MIME-Version:") => ("单文件网页（.mht）", SAVE_AS_DOCX),
        _ if head.starts_with(b"Rar!") || head.starts_with(b"7z\xbc\xaf") || head.starts_with(b"\x1f\x8b") => {
            (" .rar、.7z、.gz 压缩包", "解压，选其中的文稿")
        }
        _ => return None,
    };
    Some(ReadError::Unsupported { format, advice })
}

/// Word documents as one XML file.
fn markup_of_word(text: &str) -> Option<ReadError> {
    let head: String = text.chars().take(1_000).collect();
    let word = head.trim_start().starts_with("<?xml") && (head.contains("Word.Document") || head.contains("pkg:package"));
    word.then_some(ReadError::Unsupported { format: " Word XML 文档", advice: SAVE_AS_DOCX })
}

/// Whether a file name ends in one of these, whatever its case.
fn has_ending(name: &str, endings: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
