//! Where characters stand in the file, and which properties they have there ([MS-DOC] 2.4.1, 2.9.33, 2.9.175).

use super::fib::{Fib, Plc, Story, Table, slice, u16_at, u32_at};
use crate::input::ReadError;

/// A stretch of text that lies in one place.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    /// Its character positions.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where its first character lies in the main stream.
    offset: u32,
    /// Bytes of a character: 2 for UTF-16, 1 for a western code page.
    pub(super) width: u32,
    /// Modifiers of a fast-saved file.
    pub(super) modifiers: &'a [u8],
}

impl Piece<'_> {
    /// The offset of a character of the piece.
    pub(super) fn offset(&self, position: u32) -> u32 {
        self.offset + (position - self.start) * self.width
    }
}

/// The pieces of the document in the order of the text.
pub(super) fn pieces<'a>(fib: &Fib<'a>) -> Result<Vec<Piece<'a>>, ReadError> {
    let broken = || ReadError::corrupt("文字位置表有误");
    let mut rest = fib.table(Table::Pieces);
    let mut groups = Vec::new();
    while let Some((1, behind)) = rest.split_first().map(|(kind, behind)| (*kind, behind)) {
        let size = u16_at(behind, 0).ok_or_else(broken)?.into();
        groups.push(slice(behind, 2, size).ok_or_else(broken)?);
        rest = &behind[2 + size..];
    }
    if rest.first() != Some(&2) {
        return Err(broken());
    }
    let size = u32_at(rest, 1).ok_or_else(broken)? as usize;
    let table = Plc::new(slice(rest, 5, size).ok_or_else(broken)?, 8);
    let mut pieces = Vec::with_capacity(table.len());
    let mut characters = 0_u64;
    for n in 0..table.len() {
        let record = table.record(n);
        let (range, place) = (table.range(n), u32_at(record, 2).ok_or_else(broken)?);
        let (offset, width) = match place & 0x3fff_ffff {
            place_of_byte if place & 0x4000_0000 != 0 => (place_of_byte / 2, 1),
            place => (place, 2),
        };
        let length = u64::from(range.end - range.start);
        characters += length;
        if u64::from(offset) + length * u64::from(width) > fib.main.len() as u64 {
            return Err(ReadError::truncated("文字部分不完整"));
        }
        // The upper bits are the number of a group of modifiers, or one short modifier that changes nothing that is read here.
        let modifier = u16_at(record, 6).unwrap_or(0);
        let group = (modifier & 1 == 1).then(|| groups.get(usize::from(modifier >> 1)).copied()).flatten();
        if length > 0 {
            pieces.push(Piece { start: range.start, end: range.end, offset, width, modifiers: group.unwrap_or_default() });
        }
    }
    // Pieces share no bytes, so more characters than bytes are a trap.
    let covered = pieces.last().map_or(0, |piece| piece.end);
    if characters > fib.main.len() as u64 || covered < fib.story(Story::Body).end {
        return Err(broken());
    }
    Ok(pieces)
}

/// The pages of 512 bytes that hold the properties of characters or paragraphs.
pub(super) struct Pages<'a> {
    main: &'a [u8],
    numbers: Plc<'a>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Characters,
    Paragraphs,
}

/// Bytes of a page.
const PAGE: usize = 512;

impl<'a> Pages<'a> {
    pub(super) fn of_characters(fib: &Fib<'a>) -> Self {
        Self { main: fib.main, numbers: Plc::new(fib.table(Table::CharacterPages), 4), kind: Kind::Characters }
    }

    pub(super) fn of_paragraphs(fib: &Fib<'a>) -> Self {
        Self { main: fib.main, numbers: Plc::new(fib.table(Table::ParagraphPages), 4), kind: Kind::Paragraphs }
    }

    /// The properties at an offset of the main stream, and where they end. Those of a paragraph begin with its style.
    pub(super) fn find(&self, offset: u32) -> Option<(u32, &'a [u8])> {
        let number = u32_at(self.numbers.record(self.numbers.find(offset)?), 0)? & 0x003f_ffff;
        let page = slice(self.main, number as usize * PAGE, PAGE)?;
        let count = usize::from(page[PAGE - 1]);
        let (starts, rest) = page.split_at_checked(4 * (count + 1))?;
        let starts = starts.as_chunks::<4>().0;
        let after = starts.partition_point(|start| u32::from_le_bytes(*start) <= offset);
        let n = after.checked_sub(1).filter(|n| *n < count)?;
        let end = u32::from_le_bytes(*starts.get(after)?);
        let place = match self.kind {
            Kind::Characters => rest.get(n),
            Kind::Paragraphs => rest.get(n * 13),
        };
        let properties = match 2 * usize::from(*place?) {
            0 => Some(&[][..]),
            at if self.kind == Kind::Characters => slice(page, at + 1, usize::from(*page.get(at)?)),
            at => match *page.get(at)? {
                0 => slice(page, at + 2, 2 * usize::from(*page.get(at + 1)?)),
                half => slice(page, at + 1, 2 * usize::from(half) - 1),
            },
        };
        Some((end, properties.unwrap_or_default()))
    }
}
