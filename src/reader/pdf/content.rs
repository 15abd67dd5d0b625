//! Content streams: the operators that show text, as pieces of text with their places (ISO 32000-1, 9.3, 9.4).

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Font, number};
use super::ruling::Ruling;
use super::weight;
use crate::input::ReadError;
use crate::reader::layout::Line;

/// What one document may unpack for its pages; a form that is shown often counts each time.
const CONTENT_BYTES: usize = 64 << 20;

/// What the operands of one operator may weigh in memory; those of real pages are a few thousand numbers.
const OPERAND_BYTES: usize = 32 << 20;

/// Forms inside forms beyond this are loops.
const DEEPEST: usize = 8;

/// A transformation of the plane.
#[derive(Clone, Copy)]
pub(super) struct Matrix([f32; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `outer`.
    fn then(self, outer: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, outer.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    fn shift(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// Where a point lies.
    fn place(self, x: f32, y: f32) -> (f32, f32) {
        let [.., x, y] = Self::shift(x, y).then(self).0;
        (x, y)
    }

    fn of(document: &Document, operands: &[Object]) -> Option<Self> {
        let numbers: Vec<f32> = operands.iter().filter_map(|operand| number(document, operand)).collect();
        numbers.try_into().ok().map(Self)
    }

    /// From the page's own coordinates to those of the page as it is turned for reading, y downwards.
    fn of_page(rotation: i64) -> Self {
        Self(match rotation.rem_euclid(360) {
            90 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            180 => [-1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            270 => [0.0, -1.0, -1.0, 0.0, 0.0, 0.0],
            _ => [1.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        })
    }
}

/// What a page shows.
#[derive(Default)]
pub(super) struct Page {
    /// Pieces of level text, in the order of the file.
    pub(super) pieces: Vec<Line>,
    /// Text that runs up, down or aslant.
    pub(super) slanted: Vec<Line>,
    /// Characters whose text the file does not tell.
    pub(super) unknown: usize,
    /// Shows a picture.
    pub(super) pictured: bool,
    /// As it is turned for reading.
    pub(super) width: Option<f32>,
    ruling: Ruling,
}

impl Page {
    /// Notes which cell of a table each piece of text is in.
    fn find_cells(&mut self) {
        if self.ruling.tells(self.pieces.len()) {
            for piece in &mut self.pieces {
                piece.cell = self.ruling.cell(piece.left + 0.3 * piece.size, piece.base - 0.3 * piece.size);
            }
        }
    }
}

/// Reads the pages of one document.
pub(super) struct Contents<'a> {
    document: &'a Document,
    fonts: HashMap<ObjectId, Rc<Font>>,
    budget: usize,
}

/// Graphics state, as far as text depends on it.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character_spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// A stream being run.
struct Run<'a, 'b> {
    contents: &'b mut Contents<'a>,
    resources: Vec<&'a Dictionary>,
    state: State,
    stack: Vec<State>,
    /// Text matrix and line matrix.
    text: Matrix,
    line: Matrix,
    /// One entry for every open marked content: text that stands for what is shown, until it has been taken.
    marks: Vec<Option<Mark>>,
    page: &'b mut Page,
    depth: usize,
}

/// Marked content that gives its text itself (`ActualText`).
struct Mark {
    text: String,
    taken: bool,
}

impl<'a> Contents<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        Self { document, fonts: HashMap::new(), budget: CONTENT_BYTES }
    }

    pub(super) fn page(&mut self, id: ObjectId) -> Result<Page, ReadError> {
        let rotation = self.inherited(id, b"Rotate").and_then(|object| object.as_i64().ok()).unwrap_or(0);
        let mut page = Page { width: self.width(id, rotation), ..Page::default() };
        let content = self.document.get_page_content_with_limit(id, self.budget).map_err(|error| refused(&error))?;
        let resources = self.inherited(id, b"Resources").and_then(|object| object.as_dict().ok());
        let state = State {
            matrix: Matrix::of_page(rotation),
            font: None,
            size: 1.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        self.run(&content, resources.into_iter().collect(), state, &mut page, 0)?;
        page.find_cells();
        Ok(page)
    }

    fn width(&self, id: ObjectId, rotation: i64) -> Option<f32> {
        let corners = self.inherited(id, b"MediaBox")?.as_array().ok()?;
        let [left, bottom, right, top] =
            corners.iter().filter_map(|corner| number(self.document, corner)).collect::<Vec<_>>().try_into().ok()?;
        Some(if rotation.rem_euclid(180) == 0 { right - left } else { top - bottom }.abs())
    }

    /// A property a page may have from the nodes above it.
    fn inherited(&self, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
        let mut node = self.document.get_dictionary(id).ok()?;
        for _ in 0..32 {
            if let Ok(object) = node.get_deref(key, self.document) {
                return Some(object);
            }
            node = node.get_deref(b"Parent", self.document).and_then(Object::as_dict).ok()?;
        }
        None
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Vec<&'a Dictionary>,
        state: State,
        page: &mut Page,
        depth: usize,
    ) -> Result<(), ReadError> {
        self.budget = self.budget.checked_sub(content.len()).ok_or_else(too_large)?;
        if weight::of_operands(content) > OPERAND_BYTES {
            return Err(ReadError::too_large("PDF 页面中一项内容展开后的大小", OPERAND_BYTES));
        }
        let mut run = Run {
            contents: self,
            resources,
            state,
            stack: Vec::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marks: Vec::new(),
            page,
            depth,
        };
        // What stands before an error is shown, as viewers do.
        for operation in Content::decode_iter(content).map_while(Result::ok) {
            run.operation(&operation)?;
        }
        Ok(())
    }

    fn font(&mut self, resources: &[&'a Dictionary], name: &[u8]) -> Option<Rc<Font>> {
        let object = resources.iter().find_map(|resources| {
            let fonts = resources.get_deref(b"Font", self.document).and_then(Object::as_dict).ok()?;
            fonts.get(name).ok()
        })?;
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(known.clone());
        }
        let (_, font) = self.document.dereference(object).ok()?;
        let font = Rc::new(Font::read(self.document, font.as_dict().ok()?, self.budget.min(8 << 20)));
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Some(font)
    }
}

fn refused(error: &lopdf::Error) -> ReadError {
    match error {
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => too_large(),
        _ => ReadError::corrupt("PDF 的页面内容有误"),
    }
}

fn too_large() -> ReadError {
    ReadError::too_large("PDF 页面内容解压后的大小", CONTENT_BYTES)
}

impl Run<'_, '_> {
    fn operation(&mut self, operation: &Operation) -> Result<(), ReadError> {
        let operands = operation.operands.as_slice();
        let document = self.contents.document;
        let value = |n: usize| operands.get(n).and_then(|operand| number(document, operand)).unwrap_or(0.0);
        let point = |n: usize| self.state.matrix.place(value(n), value(n + 1));
        match operation.operator.as_str() {
            "m" => self.page.ruling.begin(point(0)),
            "l" => self.page.ruling.draw_to(point(0)),
            "c" => self.page.ruling.draw_to(point(4)),
            "v" | "y" => self.page.ruling.draw_to(point(2)),
            "h" => self.page.ruling.close(),
            "re" => {
                let (x, y, width, height) = (value(0), value(1), value(2), value(3));
                let corners =
                    [(x, y), (x + width, y), (x + width, y + height), (x, y + height)].map(|(x, y)| self.state.matrix.place(x, y));
                self.page.ruling.frame(corners);
            }
            "s" | "b" | "b*" => {
                self.page.ruling.close();
                self.page.ruling.paint(true, operation.operator != "s");
            }
            "S" => self.page.ruling.paint(true, false),
            "f" | "F" | "f*" => self.page.ruling.paint(false, true),
            "B" | "B*" => self.page.ruling.paint(true, true),
            "n" => self.page.ruling.paint(false, false),
            "q" if self.stack.len() < 256 => self.stack.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = Matrix::of(document, operands) {
                    self.state.matrix = matrix.then(self.state.matrix);
                }
            }
            "BT" => self.set_line(Matrix::IDENTITY),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                self.state.font = self.contents.font(&self.resources, name);
                self.state.size = value(1);
            }
            "Tc" => self.state.character_spacing = value(0),
            "Tw" => self.state.word_spacing = value(0),
            "Tz" => self.state.scale = value(0) / 100.0,
            "TL" => self.state.leading = value(0),
            "Ts" => self.state.rise = value(0),
            "Td" => self.move_line(value(0), value(1)),
            "TD" => {
                self.state.leading = -value(1);
                self.move_line(value(0), value(1));
            }
            "Tm" => {
                if let Some(matrix) = Matrix::of(document, operands) {
                    self.set_line(matrix);
                }
            }
            "T*" => self.move_line(0.0, -self.state.leading),
            "Tj" => self.show(operands),
            "TJ" => self.show(operands.first().and_then(|array| array.as_array().ok()).map_or(&[][..], Vec::as_slice)),
            "'" => {
                self.move_line(0.0, -self.state.leading);
                self.show(operands);
            }
            "\"" => {
                self.state.word_spacing = value(0);
                self.state.character_spacing = value(1);
                self.move_line(0.0, -self.state.leading);
                self.show(operands.get(2..).unwrap_or_default());
            }
            "BMC" => self.marks.push(None),
            "BDC" => {
                let text = operands.get(1).and_then(|properties| properties.as_dict().ok()?.get(b"ActualText").ok()?.as_str().ok());
                self.marks.push(text.map(|text| Mark { text: text_string(text), taken: false }));
            }
            "EMC" => {
                self.marks.pop();
            }
            "BI" => self.page.pictured = true,
            "Do" => self.object(operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default())?,
            _ => {}
        }
        Ok(())
    }

    fn set_line(&mut self, matrix: Matrix) {
        self.line = matrix;
        self.text = matrix;
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.set_line(Matrix::shift(x, y).then(self.line));
    }

    /// Shows strings, between which numbers move the place back by thousandths of the font size.
    fn show(&mut self, items: &[Object]) {
        let Some(font) = self.state.font.clone() else { return };
        let mut piece: Option<Line> = None;
        for item in items {
            if let Ok(bytes) = item.as_str() {
                for glyph in font.glyphs(bytes) {
                    let from = self.place();
                    let spacing = self.state.character_spacing + if glyph.is_space { self.state.word_spacing } else { 0.0 };
                    let width = glyph.width * self.state.size;
                    let to = self.place_at(width);
                    self.advance(width + spacing);
                    let Some(text) = self.text_of(glyph.text) else { continue };
                    self.put(&mut piece, from, to, &text);
                }
            } else if let Some(by) = number(self.contents.document, item) {
                self.advance(-by / 1000.0 * self.state.size);
            }
        }
        self.page.pieces.extend(piece);
    }

    /// The text of a shown character: what the marked content around it says, once, or its own.
    fn text_of(&mut self, own: Option<String>) -> Option<String> {
        if let Some(mark) = self.marks.iter_mut().flatten().next() {
            return (!std::mem::replace(&mut mark.taken, true)).then(|| mark.text.clone());
        }
        if own.is_none() {
            self.page.unknown += 1;
        }
        own
    }

    fn put(&mut self, piece: &mut Option<Line>, from: (f32, f32), to: (f32, f32), text: &str) {
        let height = self.text.then(self.state.matrix).0;
        let size = (height[2].hypot(height[3]) * self.state.size).abs();
        let line = Line { left: from.0, right: to.0, base: from.1, size, text: text.to_owned(), ..Line::default() };
        if to.0 < from.0 || (to.1 - from.1).abs() > 0.1 * (to.0 - from.0).abs() + 0.01 {
            match self.page.slanted.last_mut().filter(|last| last.size.to_bits() == size.to_bits()) {
                Some(last) => last.text.push_str(text),
                None => self.page.slanted.push(line),
            }
            return;
        }
        match piece {
            Some(open) if from.0 - open.right < 0.2 * size => {
                open.text.push_str(text);
                open.right = open.right.max(to.0);
            }
            _ => self.page.pieces.extend(piece.replace(line)),
        }
    }

    fn place(&self) -> (f32, f32) {
        self.place_at(0.0)
    }

    /// The place on the page `width` further on the line.
    fn place_at(&self, width: f32) -> (f32, f32) {
        let [.., x, y] = Matrix::shift(width * self.state.scale, self.state.rise).then(self.text).then(self.state.matrix).0;
        (x, y)
    }

    fn advance(&mut self, width: f32) {
        self.text = Matrix::shift(width * self.state.scale, 0.0).then(self.text);
    }

    /// Shows a picture, or runs a form.
    fn object(&mut self, name: &[u8]) -> Result<(), ReadError> {
        let document = self.contents.document;
        let found = self.resources.iter().find_map(|resources| {
            let objects = resources.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
            objects.get_deref(name, document).and_then(Object::as_stream).ok()
        });
        let Some(stream) = found else { return Ok(()) };
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Image") {
            self.page.pictured = true;
            return Ok(());
        }
        if self.depth >= DEEPEST {
            return Ok(());
        }
        let content = stream.get_plain_content_with_limit(self.contents.budget).map_err(|error| refused(&error))?;
        let matrix = stream.dict.get_deref(b"Matrix", document).and_then(Object::as_array).ok();
        let matrix = matrix.and_then(|numbers| Matrix::of(document, numbers)).unwrap_or(Matrix::IDENTITY);
        let own = stream.dict.get_deref(b"Resources", document).and_then(Object::as_dict).ok();
        let resources = own.map_or_else(|| self.resources.clone(), |own| vec![own]);
        let state = State { matrix: matrix.then(self.state.matrix), ..self.state.clone() };
        self.contents.run(&content, resources, state, self.page, self.depth + 1)
    }
}

/// A text string: UTF-16 with a mark, or bytes.
fn text_string(bytes: &[u8]) -> String {
    match bytes.strip_prefix(b"\xfe\xff") {
        Some(rest) => {
            let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
