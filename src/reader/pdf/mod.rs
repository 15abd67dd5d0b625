//! PDF with a text layer: the words with their places, as lines and paragraphs again.
//!
//! lopdf reads the objects; what a shown string says and where it stands is told here. A page that only shows a picture is a scan and is named, also
//! when the other pages have text.

mod cmap;
mod content;
mod font;

use lopdf::{DecompressError, Error, LoadOptions};

use self::content::Contents;
use super::contain::contain;
use super::{Builder, layout};
use crate::document::{Document, Format};
use crate::input::{Limits, ReadError};

/// Whether the bytes are a PDF; some begin with a few foreign bytes.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
}

/// Reads the bytes of a PDF.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::NoTextLayer`] where no page has text, [`ReadError::TooLarge`], [`ReadError::Corrupt`].
pub(super) fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    contain(|| read_inside(name, bytes, limits)).unwrap_or_else(|| Err(ReadError::corrupt("PDF 的结构有误")))
}

fn read_inside(name: &str, bytes: &[u8], limits: &Limits) -> Result<Document, ReadError> {
    let options = LoadOptions { max_decompressed_size: Some(limits.expanded_bytes / 8), ..LoadOptions::default() };
    let file = lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => ReadError::Encrypted,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => ReadError::too_large("解压后的大小", limits.expanded_bytes / 8),
        _ => ReadError::corrupt("PDF 的结构有误"),
    })?;
    if file.is_encrypted() {
        return Err(ReadError::Encrypted);
    }
    let mut contents = Contents::new(&file);
    let (mut pages, mut unread) = (Vec::new(), Vec::new());
    let mut width = None;
    for (number, id) in (1_usize..).zip(file.page_iter()) {
        let page = contents.page(id)?;
        let characters: usize = page.pieces.iter().map(|piece| piece.text.trim().chars().count()).sum();
        if page.unknown > characters || (characters == 0 && page.pictured) {
            unread.push(number);
        }
        width = page.width.or(width);
        let mut lines = layout::lines(page.pieces);
        lines.extend(page.slanted.into_iter().map(|line| layout::Line { alone: true, ..line }));
        pages.push(lines);
    }
    let mut builder = Builder::default();
    layout::write(&pages, width, &mut builder);
    let mut document = builder.finish(name, Format::Pdf);
    if document.blocks.is_empty() {
        return Err(if pages.is_empty() { ReadError::corrupt("PDF 中没有页面") } else { ReadError::NoTextLayer });
    }
    if !unread.is_empty() {
        document.unread = Some(unread_pages(&unread));
    }
    Ok(document)
}

/// Which pages were not read, in Chinese.
fn unread_pages(numbers: &[usize]) -> String {
    /// More numbers than these help nobody.
    const SHOWN: usize = 10;
    let list: Vec<String> = numbers.iter().take(SHOWN).map(usize::to_string).collect();
    let more = if numbers.len() > SHOWN { format!(" 等 {} 页", numbers.len()) } else { " 页".into() };
    format!("第 {}{more}没有文字层，像是扫描页，没有检查；其余各页已检查。请先做文字识别（OCR），或提供 Word 原稿", list.join("、"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unread_pages_are_named() {
        assert!(unread_pages(&[2, 5]).starts_with("第 2、5 页没有"));
        assert!(unread_pages(&(1..=30).collect::<Vec<_>>()).contains("10 等 30 页没有"));
    }
}
