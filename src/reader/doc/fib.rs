//! The file information block and the tables it points to ([MS-DOC] 2.5, 2.2.2).
//!
//! Nothing here believes a number: whatever lies outside the streams is empty or an error.

use std::ops::Range;

use crate::input::ReadError;

/// `len` bytes from `at`, where there are that many.
pub(super) fn slice(bytes: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(len)?)
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(slice(bytes, at, 2)?.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(slice(bytes, at, 4)?.try_into().ok()?))
}

pub(super) fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    u32_at(bytes, at).map(u32::cast_signed)
}

/// UTF-16 as it stands in the file.
pub(super) fn units(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair))
}

/// The tables the reader uses, by their index among the pairs of the block ([MS-DOC] 2.5.6).
#[derive(Clone, Copy)]
pub(super) enum Table {
    Styles = 1,
    Sections = 6,
    Headers = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    Shapes = 40,
    TextBoxes = 56,
    Lists = 73,
    ListOverrides = 74,
}

/// The texts of a document, one behind the other in its character positions.
#[derive(Clone, Copy)]
pub(super) enum Story {
    Body,
    Footnotes,
    Headers,
    /// Behind those of macros and comments, which are not read.
    Endnotes = 5,
    TextBoxes,
    HeaderTextBoxes,
}

/// An opened Word 97 file.
pub(super) struct Fib<'a> {
    /// The stream `WordDocument`.
    pub(super) main: &'a [u8],
    table: &'a [u8],
}

/// Where the lengths of the stories and the pairs stand.
const STORIES: usize = 76;
const PAIRS: usize = 154;

/// Which of the two table streams is in use.
pub(super) fn table_stream(main: &[u8]) -> Result<&'static str, ReadError> {
    let flags = u16_at(main, 10).ok_or_else(|| ReadError::truncated("缺少文件信息块"))?;
    let (signature, version) = (u16_at(main, 0), u16_at(main, 2).unwrap_or(0));
    if signature != Some(0xa5ec) || version < 0xc1 {
        return Err(match signature {
            Some(0xa5dc | 0xa5ec) => {
                ReadError::Unsupported { format: " Word 6.0/95 文档", advice: "用 Word 或 WPS 打开，另存为 .docx 后" }
            }
            _ => ReadError::corrupt("文件信息块有误"),
        });
    }
    if flags & 0x0100 != 0 {
        return Err(ReadError::Encrypted);
    }
    Ok(if flags & 0x0200 == 0 { "0Table" } else { "1Table" })
}

impl<'a> Fib<'a> {
    pub(super) const fn new(main: &'a [u8], table: &'a [u8]) -> Self {
        Self { main, table }
    }

    /// The character positions of a story.
    pub(super) fn story(&self, story: Story) -> Range<u32> {
        let length = |n: usize| u32_at(self.main, STORIES + 4 * n).unwrap_or(0);
        let start = (0..story as usize).map(length).fold(0, u32::saturating_add);
        start..start.saturating_add(length(story as usize))
    }

    /// A table; empty where the file has none.
    pub(super) fn table(&self, table: Table) -> &'a [u8] {
        self.place(table).and_then(|(at, len)| slice(self.table, at, len)).unwrap_or_default()
    }

    /// The bytes of the table stream behind a table.
    pub(super) fn behind(&self, table: Table) -> &'a [u8] {
        self.place(table).and_then(|(at, len)| self.table.get(at.checked_add(len)?..)).unwrap_or_default()
    }

    fn place(&self, table: Table) -> Option<(usize, usize)> {
        let at = PAIRS + 8 * table as usize;
        Some((u32_at(self.main, at)? as usize, u32_at(self.main, at + 4)? as usize))
    }
}

/// A table of n + 1 ascending positions and n records of one size.
#[derive(Clone, Copy, Default)]
pub(super) struct Plc<'a> {
    positions: &'a [[u8; 4]],
    records: &'a [u8],
    size: usize,
}

impl<'a> Plc<'a> {
    /// Takes `bytes` apart; what is left over is ignored. A table whose positions do not ascend is taken for an empty one: its stretches would
    /// overlap, and a short file could stand for endless text.
    pub(super) fn new(bytes: &'a [u8], size: usize) -> Self {
        let count = bytes.len().saturating_sub(4) / (4 + size);
        let (positions, records) = bytes.split_at_checked(4 * (count + 1)).unwrap_or_default();
        let positions = positions.as_chunks().0;
        if !positions.is_sorted_by_key(|bytes| u32::from_le_bytes(*bytes)) {
            return Self::default();
        }
        Self { positions, records, size }
    }

    /// The number of records.
    pub(super) const fn len(&self) -> usize {
        self.positions.len().saturating_sub(1)
    }

    pub(super) fn position(&self, n: usize) -> u32 {
        self.positions.get(n).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    /// From the position of record `n` to that of the next.
    pub(super) fn range(&self, n: usize) -> Range<u32> {
        self.position(n)..self.position(n + 1)
    }

    pub(super) fn record(&self, n: usize) -> &'a [u8] {
        slice(self.records, n * self.size, self.size).unwrap_or_default()
    }

    /// The record that holds a position.
    pub(super) fn find(&self, position: u32) -> Option<usize> {
        let after = self.positions.partition_point(|start| u32::from_le_bytes(*start) <= position);
        after.checked_sub(1).filter(|n| *n < self.len())
    }
}
