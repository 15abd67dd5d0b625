//! PDF with a text layer: the words with their places, as lines and paragraphs again.
//!
//! lopdf reads the objects; what a shown string says and where it stands is told here. A page that only shows a picture is a scan and is named, also
//! when the other pages have text.

mod cmap;
mod content;
mod font;
mod ruling;
mod weight;

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
    let mut file = load(bytes, limits, false)?;
    if !file.is_encrypted() && file.page_iter().next().is_none() {
        // The table of objects may point to the wrong places.
        file = load(bytes, limits, true)?;
    }
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

/// Loads the objects, by the file's own table of them or by looking for them.
fn load(bytes: &[u8], limits: &Limits, force_reconstruct: bool) -> Result<lopdf::Document, ReadError> {
    let (unpacked, weight) = (limits.expanded_bytes / 8, limits.expanded_bytes / 2);
    let options =
        LoadOptions { max_decompressed_size: Some(unpacked), filter: Some(weight::admit), force_reconstruct, ..LoadOptions::default() };
    let (loaded, admitted) = weight::within(weight, unpacked, || lopdf::Document::load_mem_with_options(bytes, options));
    if !admitted {
        return Err(ReadError::too_large("PDF 中的对象展开后的大小", weight));
    }
    loaded.map_err(|error| match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => ReadError::Encrypted,
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => ReadError::too_large("解压后的大小", unpacked),
        _ => ReadError::corrupt("PDF 的结构有误"),
    })
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

    /// A file of one page; its table of objects has to be found.
    fn file(streams: [(&str, &[u8]); 2]) -> Vec<u8> {
        let mut bytes = b"%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
            3 0 obj <</Type/Page/Parent 2 0 R/Contents 4 0 R>> endobj"
            .to_vec();
        for (number, (entries, content)) in (4..).zip(streams) {
            let head = format!("\n{number} 0 obj <<{entries}/Length {}>> stream\n", content.len());
            bytes.extend([head.as_bytes(), content, b"\nendstream endobj"].concat());
        }
        bytes.extend(b"\ntrailer <</Root 1 0 R/Size 6>>\nstartxref\n0\n%%EOF");
        bytes
    }

    #[test]
    fn what_becomes_many_objects_is_refused_before_it_does() {
        let limits = Limits { expanded_bytes: 8 << 20, ..Limits::default() };
        let many = [&b"9 0 ["[..], &b"0 ".repeat(100_000), b"]"].concat();
        let objects = "/Type/ObjStm/N 1/First 4";
        let harmless = read("a.pdf", &file([("", b"BT ET"), (objects, b"9 0 [0 0]")]), &limits);
        assert_eq!(harmless.expect_err("no text"), ReadError::NoTextLayer);
        for streams in [[("", &b"BT ET"[..]), (objects, &many)], [("", &b"0 ".repeat(300_000)), (objects, b"9 0 [0 0]")]] {
            assert!(matches!(read("a.pdf", &file(streams), &limits), Err(ReadError::TooLarge { .. })));
        }
    }

    #[test]
    fn unread_pages_are_named() {
        assert!(unread_pages(&[2, 5]).starts_with("第 2、5 页没有"));
        assert!(unread_pages(&(1..=30).collect::<Vec<_>>()).contains("10 等 30 页没有"));
    }
}
