//! Paragraph styles ([MS-DOC] 2.4.6.5, 2.9.271): heading levels and lists that paragraphs take from them.

use super::fib::{Fib, Table, slice, u16_at};
use super::property::ParagraphLook;

/// What a paragraph of each style looks like, the styles it is based on included.
pub(super) struct Styles(Vec<ParagraphLook>);

/// Longer chains of base styles are loops.
const LONGEST_CHAIN: usize = 32;

/// A style as written.
#[derive(Default)]
struct Raw<'a> {
    /// Its number among the built-in ones: 1–9 are headings.
    built_in: u16,
    base: usize,
    modifiers: &'a [u8],
}

impl Styles {
    pub(super) fn read(fib: &Fib) -> Self {
        let sheet = fib.table(Table::Styles);
        let raw = read_all(sheet).unwrap_or_default();
        Self((0..raw.len()).map(|n| resolve(&raw, n)).collect())
    }

    pub(super) fn get(&self, style: u16) -> ParagraphLook {
        self.0.get(usize::from(style)).copied().unwrap_or_default()
    }
}

fn read_all(sheet: &[u8]) -> Option<Vec<Raw<'_>>> {
    let header = usize::from(u16_at(sheet, 0)?);
    let count = usize::from(u16_at(sheet, 2)?);
    let base_size = usize::from(u16_at(sheet, 4)?);
    let mut at = 2 + header;
    let mut styles = Vec::new();
    for _ in 0..count {
        let Some(size) = u16_at(sheet, at).map(usize::from) else { break };
        let style = slice(sheet, at + 2, size).unwrap_or_default();
        styles.push(read_one(style, base_size).unwrap_or_default());
        at += 2 + size;
    }
    Some(styles)
}

fn read_one(style: &[u8], base_size: usize) -> Option<Raw<'_>> {
    let kind = u16_at(style, 2)?;
    let mut raw = Raw { built_in: u16_at(style, 0)? & 0x0fff, base: usize::from(kind >> 4), modifiers: &[] };
    // Only paragraph styles (1) begin their properties with those of paragraphs.
    if kind & 0xf == 1 {
        let name = usize::from(u16_at(style, base_size)?);
        let at = base_size + 2 + 2 * name + 2;
        let size = usize::from(u16_at(style, at)?);
        // The style's own number stands in front of its modifiers.
        raw.modifiers = slice(style, at + 2, size)?.get(2..).unwrap_or_default();
    }
    Some(raw)
}

fn resolve(raw: &[Raw], n: usize) -> ParagraphLook {
    let mut chain = Vec::new();
    let mut next = n;
    while let Some(style) = raw.get(next).filter(|_| chain.len() < LONGEST_CHAIN) {
        chain.push(style);
        next = style.base;
    }
    let mut look = ParagraphLook::default();
    for style in chain.iter().rev() {
        if let Some(level) = u8::try_from(style.built_in).ok().filter(|level| (1..=9).contains(level)) {
            look.level = level;
        }
        look.apply(style.modifiers);
    }
    look
}
