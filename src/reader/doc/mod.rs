//! Word 97–2003 files (.doc, .dot, .wps), [MS-DOC].
//!
//! ```text
//! compound file ─Fib→ pieces of text + pages of properties ─Styles, lists→ blocks
//! ```
//! All texts of a file (body, notes, headers, text boxes) lie one behind the other in one numbering of characters; a piece table says where each
//! stretch of them lies in the stream, and properties are looked up by that place. The rules of what is shown are those of .docx.

mod fib;
mod layout;
mod lists;
mod property;
mod styles;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use self::fib::{Fib, Plc, Story, Table, slice, u16_at, u32_at, units};
use self::layout::{Pages, Piece};
use self::property::{CharacterLook, ParagraphLook};
use self::styles::Styles;
use super::Builder;
use super::compound::Compound;
use crate::document::{BlockKind, Document, Format};
use crate::input::ReadError;
use crate::ooxml::field::Fields;
use crate::ooxml::numbering::{Counters, Numbering};
use crate::ooxml::symbol::{self, symbol};

/// Reads a compound file that holds a stream `WordDocument`.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::Unsupported`] for Word 95 and older, and [`ReadError::Corrupt`] or [`ReadError::Truncated`].
pub(super) fn read(name: &str, mut file: Compound) -> Result<Document, ReadError> {
    let main = file.stream("WordDocument")?.ok_or_else(|| ReadError::corrupt("缺少正文"))?;
    let table = file.stream(fib::table_stream(&main)?)?.ok_or_else(|| ReadError::corrupt("缺少格式信息"))?;
    let fib = Fib::new(&main, &table);
    let boxes = Plc::new(fib.table(Table::TextBoxes), 22);
    let mut reading = Reading {
        pieces: layout::pieces(&fib)?,
        characters: Pages::of_characters(&fib),
        paragraphs: Pages::of_paragraphs(&fib),
        styles: Styles::read(&fib),
        numbering: lists::read(&fib),
        fonts: fonts(fib.table(Table::Fonts)),
        sections: Plc::new(fib.table(Table::Sections), 12),
        shapes: Plc::new(fib.table(Table::Shapes), 26),
        box_of_shape: (0..boxes.len()).filter_map(|n| Some((u32_at(boxes.record(n), 14)?, n))).collect(),
        boxes,
        open_boxes: Vec::new(),
        shown_boxes: HashSet::new(),
        counters: Counters::default(),
        flow: Flow::default(),
        builder: Builder::default(),
        fib,
    };
    reading.read();
    Ok(reading.builder.finish(name, Format::Doc))
}

struct Reading<'a> {
    fib: Fib<'a>,
    pieces: Vec<Piece<'a>>,
    characters: Pages<'a>,
    paragraphs: Pages<'a>,
    styles: Styles,
    numbering: Numbering,
    fonts: Vec<String>,
    sections: Plc<'a>,
    /// Shapes anchored in the body.
    shapes: Plc<'a>,
    /// The texts of text boxes.
    boxes: Plc<'a>,
    box_of_shape: HashMap<u32, usize>,
    /// Text boxes anchored in the open paragraph.
    open_boxes: Vec<usize>,
    shown_boxes: HashSet<usize>,
    counters: Counters,
    flow: Flow,
    builder: Builder,
}

/// The open paragraph.
#[derive(Default)]
struct Flow {
    kind: Option<BlockKind>,
    text: Vec<u16>,
    fields: Fields,
    instruction: String,
}

impl Reading<'_> {
    fn read(&mut self) {
        self.story(self.fib.story(Story::Body), None);
        for n in 0..self.boxes.len() {
            self.text_box(n);
        }
        for notes in [Story::Footnotes, Story::Endnotes] {
            self.story(self.fib.story(notes), Some(BlockKind::Note));
        }
        self.margins();
        self.story(self.fib.story(Story::HeaderTextBoxes), Some(BlockKind::TextBox));
    }

    /// Headers and footers: six separators of notes, then for each section those of even, odd and first pages.
    fn margins(&mut self) {
        let story = self.fib.story(Story::Headers);
        let margins = Plc::new(self.fib.table(Table::Headers), 0);
        for (kind, places) in [(BlockKind::Header, [0, 1, 4]), (BlockKind::Footer, [2, 3, 5])] {
            for n in (6..margins.len()).filter(|n| places.contains(&(n % 6))) {
                self.story(within(&story, &margins.range(n)), Some(kind));
            }
        }
    }

    fn text_box(&mut self, n: usize) {
        // The last one is only a mark behind the others.
        if n + 1 >= self.boxes.len() || !self.shown_boxes.insert(n) {
            return;
        }
        let outside = std::mem::take(&mut self.flow);
        let range = within(&self.fib.story(Story::TextBoxes), &self.boxes.range(n));
        self.story(range, Some(BlockKind::TextBox));
        self.flow = outside;
    }

    /// Reads the characters of a story or a part of one.
    fn story(&mut self, range: Range<u32>, kind: Option<BlockKind>) {
        self.flow = Flow { kind, ..Flow::default() };
        let first = self.pieces.partition_point(|piece| piece.end <= range.start);
        let mut last = None;
        for n in first..self.pieces.len() {
            let piece = self.pieces[n];
            if piece.start >= range.end {
                break;
            }
            let end = piece.end.min(range.end);
            let mut position = piece.start.max(range.start);
            while position < end {
                let offset = piece.offset(position);
                let (until, modifiers) = self.characters.find(offset).unwrap_or((u32::MAX, &[]));
                let count = (until.saturating_sub(offset) / piece.width).clamp(1, end - position);
                self.stretch(&piece, position, count, CharacterLook::of(modifiers));
                position += count;
            }
            last = Some((piece, end - 1));
        }
        // What ends without a mark, as only damaged files do.
        if let Some((piece, end)) = last.filter(|_| !self.flow.text.is_empty()) {
            self.end_paragraph(&piece, end, CharacterLook::default());
        }
    }

    /// Reads `count` characters of one look.
    fn stretch(&mut self, piece: &Piece, position: u32, count: u32, look: CharacterLook) {
        let (at, size) = (piece.offset(position) as usize, (count * piece.width) as usize);
        let Some(bytes) = slice(self.fib.main, at, size) else { return };
        if piece.width == 2 {
            for (n, unit) in (0..).zip(units(bytes)) {
                self.character(piece, position + n, unit, look);
            }
        } else {
            // One byte is one character in this code page.
            let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
            for (n, unit) in (0..).zip(text.encode_utf16()) {
                self.character(piece, position + n, unit, look);
            }
        }
    }

    fn character(&mut self, piece: &Piece, position: u32, unit: u16, look: CharacterLook) {
        let fields = &mut self.flow.fields;
        match unit {
            0x13 => {
                fields.begin();
                self.flow.instruction.clear();
            }
            0x14 => {
                fields.instruct(&self.flow.instruction);
                fields.separate();
            }
            0x15 => fields.end(),
            0x07 => {
                if self.end_paragraph(piece, position, look) {
                    self.builder.end_row();
                } else {
                    self.builder.end_cell();
                }
            }
            0x0d => drop(self.end_paragraph(piece, position, look)),
            0x0c if self.ends_section(position) => drop(self.end_paragraph(piece, position, look)),
            0x08 => self.anchor(position),
            0x0b | 0x0c | 0x0e => self.put(u16::from(b'\n'), look),
            0x1e => self.put(u16::from(b'-'), look),
            0x28 if look.special => {
                let sign = look.symbol.and_then(|(font, code)| symbol(self.fonts.get(usize::from(font))?, code.into()));
                for unit in sign.into_iter().flat_map(|c| c.encode_utf16(&mut [0; 2]).to_vec()) {
                    self.put(unit, look);
                }
            }
            0xf000..=0xf0ff => {
                let font = look.font.and_then(|font| self.fonts.get(usize::from(font))).map_or("", String::as_str);
                let shown = char::from_u32(unit.into()).and_then(|c| u16::try_from(u32::from(symbol::shown(font, c))).ok());
                self.put(shown.unwrap_or(unit), look);
            }
            0x09 | 0x20.. => self.put(unit, look),
            // Pictures, numbers of notes, soft hyphens.
            _ => {}
        }
    }

    fn put(&mut self, unit: u16, look: CharacterLook) {
        let flow = &mut self.flow;
        if flow.fields.in_instruction() {
            // The first word tells what the field is.
            if flow.instruction.len() < 32 {
                flow.instruction.extend(char::from_u32(unit.into()));
            }
        } else if !look.deleted && !look.hidden && !flow.fields.are_silent() {
            flow.text.push(unit);
        }
    }

    fn ends_section(&self, position: u32) -> bool {
        self.sections.find(position + 1).is_none_or(|n| self.sections.position(n) == position + 1)
    }

    /// Notes the text box that is anchored here, if a shape is one.
    fn anchor(&mut self, position: u32) {
        if self.flow.kind.is_some() {
            return;
        }
        let Some(shape) = self.shapes.find(position).filter(|n| self.shapes.position(*n) == position) else { return };
        let id = u32_at(self.shapes.record(shape), 0).unwrap_or(0);
        self.open_boxes.extend(self.box_of_shape.get(&id));
    }

    /// Ends the open paragraph at its mark, which carries the paragraph's properties. A deleted mark joins it with the next. Whether it is
    /// the mark of a table row.
    fn end_paragraph(&mut self, piece: &Piece, position: u32, mark: CharacterLook) -> bool {
        if mark.deleted {
            return false;
        }
        let (_, properties) = self.paragraphs.find(piece.offset(position)).unwrap_or_default();
        let mut look = self.styles.get(u16_at(properties, 0).unwrap_or(0));
        look.apply(properties.get(2..).unwrap_or_default());
        look.apply(piece.modifiers);
        let text = String::from_utf16_lossy(&std::mem::take(&mut self.flow.text));
        if !look.row_end {
            self.put_paragraph(look, &text);
        }
        for n in std::mem::take(&mut self.open_boxes) {
            self.text_box(n);
        }
        look.row_end
    }

    fn put_paragraph(&mut self, look: ParagraphLook, text: &str) {
        let label = match look.list {
            _ if self.flow.fields.are_silent() => String::new(),
            0 => String::new(),
            list => self.counters.label(&self.numbering, list.into(), look.list_level.into()),
        };
        let kind = match self.flow.kind {
            _ if look.in_table => BlockKind::TableCell,
            Some(kind) => kind,
            None if look.level > 0 => BlockKind::Heading,
            None => BlockKind::Paragraph,
        };
        self.builder.push(kind, look.level, &label, text);
    }
}

/// A part of a story by its positions inside it.
fn within(story: &Range<u32>, part: &Range<u32>) -> Range<u32> {
    let place = |position: u32| story.start.saturating_add(position).min(story.end);
    place(part.start)..place(part.end)
}

/// Names of the fonts by their index ([MS-DOC] 2.9.286).
fn fonts(table: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = table.get(4..).unwrap_or_default();
    while let Some((size, behind)) = rest.split_first() {
        let Some((font, next)) = behind.split_at_checked(usize::from(*size)) else { break };
        let name: Vec<u16> = units(font.get(39..).unwrap_or_default()).take_while(|unit| *unit != 0).collect();
        names.push(String::from_utf16_lossy(&name));
        rest = next;
    }
    names
}
