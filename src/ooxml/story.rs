//! One part of the package (the body, the notes, a header) as blocks and pieces.
//!
//! A single pass with a stack: for every open element the stack holds what its end means. Kept is what Word shows in the final view:
//! inserted text and not deleted text, the results of fields and not their instructions, each text box once, nothing hidden. A
//! table of contents is left out: it repeats the headings, and a writer corrects it by updating the field.

use std::collections::HashMap;
use std::ops::Range;

use memchr::memmem;

use super::field::Fields;
use super::numbering::{Counters, Numbering};
use super::pieces::{Form, Piece, Run, Twin};
use super::styles::{Style, Styles, heading_level};
use super::symbol::{self, symbol};
use super::xml::{Element, Event, Xml};
use crate::document::{Block, BlockKind};
use crate::input::{Limits, ReadError};
use crate::span::Span;
use crate::text;

/// What paragraphs need to know about the document around them.
#[derive(Default)]
pub(super) struct Setting {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
}

/// Text as it grows, paragraph by paragraph: that of the document, or that of one text box until it is put behind its paragraph.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    pub(super) pieces: Vec<Piece>,
    kind: Option<BlockKind>,
    /// Open table cells.
    cells: usize,
    fields: Fields,
    paragraph: Option<Paragraph>,
    /// The paragraph's mark was deleted: the next one goes on in the same block.
    joined: bool,
    /// Text boxes anchored in the open paragraph.
    boxes: Vec<Flow>,
}

/// A part to read.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) name: &'a str,
    pub(super) source: &'a [u8],
    /// Its index in [`super::Pieces::parts`].
    pub(super) index: u32,
    /// The kind of its blocks; `None` for the body.
    pub(super) kind: Option<BlockKind>,
    /// The runs of the body that stand for its text: of each note by its id, of a whole header under the empty id.
    pub(super) hosts: &'a HashMap<String, u32>,
}

/// What all parts share as they are read.
#[derive(Default)]
pub(super) struct Places {
    pub(super) runs: Vec<Run>,
    pub(super) copies: Vec<Twin>,
}

/// What the body refers to, each with the run that stands for it.
#[derive(Default)]
pub(super) struct References {
    /// Headers and footers by relationship id, with the first run of the section they belong to.
    pub(super) margins: HashMap<String, u32>,
    /// Footnotes by id, with their mark.
    pub(super) footnotes: HashMap<String, u32>,
    /// Endnotes by id, with their mark.
    pub(super) endnotes: HashMap<String, u32>,
}

/// Reads a part into `flow` and `places`, and returns what it refers to.
pub(super) fn read(part: Part, setting: &Setting, limits: &Limits, flow: &mut Flow, places: &mut Places) -> Result<References, ReadError> {
    flow.kind = part.kind;
    let mut story = Story {
        xml: Xml::new(part.source, part.name, limits)?,
        setting,
        source: part.source,
        part: part.index,
        prefix: None,
        counters: Counters::default(),
        open: Vec::new(),
        flows: vec![std::mem::take(flow)],
        places,
        open_runs: Vec::new(),
        insertions: Vec::new(),
        boxes: Vec::new(),
        hosts: part.hosts,
        host: part.hosts.get("").copied(),
        section: 0,
        section_ends: false,
        references: References::default(),
    };
    story.read()?;
    let references = story.references;
    *flow = story.flows.swap_remove(0);
    Ok(references)
}

/// The state of one reading.
struct Story<'a> {
    xml: Xml<'a>,
    source: &'a [u8],
    setting: &'a Setting,
    part: u32,
    /// The prefix of the `WordprocessingML` namespace with its colon, once the root element is seen.
    prefix: Option<String>,
    counters: Counters,
    /// One entry for every open element.
    open: Vec<Tag>,
    /// The part's own flow and those of the open text boxes.
    flows: Vec<Flow>,
    places: &'a mut Places,
    open_runs: Vec<OpenRun>,
    /// The start tags of the open tracked insertions.
    insertions: Vec<Span>,
    /// The contents of the text boxes read so far.
    boxes: Vec<Span>,
    hosts: &'a HashMap<String, u32>,
    /// The run of the body that stands for what is being read.
    host: Option<u32>,
    /// The number of the section's first run.
    section: u32,
    /// The open paragraph is its section's last.
    section_ends: bool,
    references: References,
}

/// What the end of an open element means.
#[derive(Clone, Copy, PartialEq)]
enum Tag {
    Other,
    Paragraph,
    Run,
    /// `w:t`: characters count; where spaces at its ends do not, the length of the flow's text before it.
    Text {
        trim_from: Option<usize>,
    },
    /// `w:instrText`.
    Instruction,
    Cell,
    /// `w:txbxContent`, and where its content begins.
    Box {
        from: usize,
    },
    Insertion,
    /// `mc:AlternateContent`: whether one of its choices was taken, and how many text boxes were read before it.
    Alternate {
        chosen: bool,
        boxes: usize,
    },
}

struct OpenRun {
    index: u32,
    hidden: bool,
    /// The symbol font of its characters.
    symbols: Option<&'static str>,
}

/// The open paragraph.
#[derive(Default)]
struct Paragraph {
    /// Some of its text has been written, at `start`, behind a label of `label` bytes.
    begun: bool,
    start: usize,
    label: usize,
    level: u8,
    /// Its list and the level in it.
    list: Option<(i64, u8)>,
    /// Holds a manual line break.
    broken: bool,
    mark_deleted: bool,
}

/// `WordprocessingML`, transitional and strict.
pub(super) const NAMESPACES: [&str; 2] =
    ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

impl<'a> Story<'a> {
    fn read(&mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Event::Start(element) => {
                    if let Some(tag) = self.start(&element)? {
                        self.open.push(tag);
                    }
                }
                Event::End => self.end(),
                Event::Text(text) => self.characters(text, Form::Text),
                Event::CData(text) => self.characters(text, Form::CData),
                Event::Reference(c) => self.characters(c.encode_utf8(&mut [0; 4]), Form::Reference),
                Event::Eof => break,
            }
        }
        let flow = self.flow();
        flow.joined = false;
        flow.fields = Fields::default();
        self.finish_paragraph();
        Ok(())
    }

    /// Handles a start tag; `None` where the element has been read to its end.
    fn start(&mut self, element: &Element<'a>) -> Result<Option<Tag>, ReadError> {
        let prefix = self.prefix.get_or_insert_with(|| word_prefix(element));
        let Some(local) = element.name().strip_prefix(prefix.as_str()).filter(|local| !prefix.is_empty() || !local.contains(':')) else {
            return self.start_foreign(element);
        };
        let tag = match local {
            "p" => {
                self.begin_paragraph();
                Tag::Paragraph
            }
            "pPr" => {
                self.paragraph_properties()?;
                return Ok(None);
            }
            "r" => {
                self.begin_run();
                Tag::Run
            }
            "rPr" => {
                self.run_properties()?;
                return Ok(None);
            }
            "t" => {
                let kept = element.attribute("space").is_some_and(|space| space == "preserve");
                let trim_from = (!kept).then(|| self.flow().text.len());
                Tag::Text { trim_from }
            }
            "instrText" => Tag::Instruction,
            "tab" | "ptab" => self.sign('\t'),
            "br" | "cr" => self.line_break(),
            "noBreakHyphen" => self.sign('-'),
            "sym" => {
                let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                match code.and_then(|code| symbol(&element.attribute("font").unwrap_or_default(), code)) {
                    Some(c) => self.sign(c),
                    None => Tag::Other,
                }
            }
            "fldChar" => {
                self.field(element.attribute("fldCharType").as_deref());
                Tag::Other
            }
            "tc" => {
                self.flow().cells += 1;
                Tag::Cell
            }
            "txbxContent" => {
                self.flows.push(Flow { kind: Some(BlockKind::TextBox), ..Flow::default() });
                Tag::Box { from: self.xml.range().end }
            }
            "ins" | "moveTo" => {
                let tag = self.xml.range();
                self.insertions.push(Span::new(tag.start, tag.end));
                Tag::Insertion
            }
            "footnote" | "endnote" if element.attribute("type").is_some_and(|kind| kind != "normal") => return self.skip(),
            "footnote" | "endnote" => {
                self.host = element.attribute("id").and_then(|id| self.hosts.get(id.as_ref()).copied());
                Tag::Other
            }
            "footnoteReference" | "endnoteReference" => {
                if let (Some(id), Some(run)) = (element.attribute("id"), self.open_runs.first()) {
                    let notes = if local == "footnoteReference" { &mut self.references.footnotes } else { &mut self.references.endnotes };
                    notes.insert(id.into(), run.index);
                }
                Tag::Other
            }
            "del" | "moveFrom" | "rt" | "sdtPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "delText" | "delInstrText" | "binData" => {
                return self.skip();
            }
            "headerReference" | "footerReference" => {
                self.references.margins.extend(element.attribute("id").map(|id| (id.into(), self.section)));
                Tag::Other
            }
            _ => Tag::Other,
        };
        Ok(Some(tag))
    }

    /// Elements of other namespaces: alternatives, of which Word shows the first it knows, and formulas, whose characters count.
    fn start_foreign(&mut self, element: &Element<'a>) -> Result<Option<Tag>, ReadError> {
        Ok(Some(match element.local() {
            "AlternateContent" => Tag::Alternate { chosen: false, boxes: self.boxes.len() },
            "Choice" | "Fallback" => match self.open.last_mut() {
                Some(&mut Tag::Alternate { chosen: true, boxes }) => {
                    let from = self.xml.range().end;
                    self.xml.skip()?;
                    self.find_copies(boxes, from);
                    return Ok(None);
                }
                Some(Tag::Alternate { chosen, .. }) => {
                    *chosen = true;
                    Tag::Other
                }
                _ => Tag::Other,
            },
            "t" if element.name() == "m:t" => Tag::Text { trim_from: None },
            _ => Tag::Other,
        }))
    }

    /// Looks in what was just skipped, from byte `from` on, for copies of the text boxes read since there were `boxes` of them.
    fn find_copies(&mut self, boxes: usize, from: usize) {
        let until = self.xml.range().end;
        for &source in &self.boxes[boxes..] {
            let content = &self.source[source.range()];
            if let Some(at) = memmem::find(&self.source[from..until], content).filter(|_| !content.is_empty()) {
                let copy = Span::new(from + at, from + at).start;
                self.places.copies.push(Twin { part: self.part, source, copy });
            }
        }
    }

    fn skip(&mut self) -> Result<Option<Tag>, ReadError> {
        self.xml.skip()?;
        Ok(None)
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Tag::Paragraph) => {
                self.finish_paragraph();
                if std::mem::take(&mut self.section_ends) {
                    self.section = self.next_run();
                }
            }
            Some(Tag::Run) => {
                let end = self.xml.range().end;
                if let Some(run) = self.open_runs.pop().and_then(|run| self.places.runs.get_mut(run.index as usize)) {
                    run.element = Span::new(run.element.range().start, end);
                }
            }
            Some(Tag::Text { trim_from: Some(from) }) => self.flow().trim_end(from),
            Some(Tag::Cell) => self.flow().cells -= 1,
            Some(Tag::Insertion) => drop(self.insertions.pop()),
            Some(Tag::Box { from }) => {
                self.boxes.push(Span::new(from, self.xml.range().start.max(from)));
                self.finish_paragraph();
                if let Some(done) = self.flows.pop() {
                    let host = self.flow();
                    host.boxes.push(done);
                    if host.paragraph.is_none() {
                        host.put_boxes();
                    }
                }
            }
            _ => {}
        }
    }

    /// The innermost open flow.
    fn flow(&mut self) -> &mut Flow {
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn begin_paragraph(&mut self) {
        if std::mem::take(&mut self.flow().joined) {
            return;
        }
        self.finish_paragraph();
        let style = self.setting.styles.get(None);
        let (level, list) = (style.map_or(0, |style| style.level), self.list_of(style, None, None));
        self.flow().paragraph = Some(Paragraph { level, list, ..Paragraph::default() });
    }

    fn paragraph_properties(&mut self) -> Result<(), ReadError> {
        let (mut style, mut list, mut list_level, mut outline, mut mark_deleted) = (None, None, None, None, false);
        let (margins, section, section_ends) = (&mut self.references.margins, self.section, &mut self.section_ends);
        self.xml.inside(|xml, element| {
            match element.local() {
                "pStyle" => style = element.value(),
                "numId" => list = element.number(),
                "ilvl" => list_level = element.number().and_then(|n| u8::try_from(n).ok()),
                "outlineLvl" => outline = element.number().and_then(|n| u8::try_from(n).ok()),
                "del" | "moveFrom" => mark_deleted = true,
                "headerReference" | "footerReference" => margins.extend(element.attribute("id").map(|id| (id.into(), section))),
                "sectPr" => *section_ends = true,
                "pPrChange" | "rPrChange" | "sectPrChange" => xml.skip()?,
                _ => {}
            }
            Ok(())
        })?;
        let style = self.setting.styles.get(style.as_deref());
        let list = self.list_of(style, list, list_level);
        let of_style = style.map_or(0, |style| style.level);
        if let Some(paragraph) = &mut self.flow().paragraph {
            paragraph.mark_deleted = mark_deleted;
            if !paragraph.begun {
                paragraph.level = outline.map_or(of_style, heading_level);
                paragraph.list = list;
            }
        }
        Ok(())
    }

    /// The list a paragraph belongs to by its own properties or its style, and its level there.
    fn list_of(&self, style: Option<&Style>, list: Option<i64>, level: Option<u8>) -> Option<(i64, u8)> {
        let id = list.or_else(|| style?.list).filter(|&id| id != 0)?;
        let level = level
            .or_else(|| self.setting.numbering.level_of_style(id, &style?.chain))
            .or_else(|| style.filter(|_| list.is_none())?.list_level);
        Some((id, level.unwrap_or(0)))
    }

    fn finish_paragraph(&mut self) {
        let Some(mut paragraph) = self.flow().paragraph.take() else { return };
        if paragraph.mark_deleted {
            // What is left of it belongs to the next paragraph; where nothing is left it never was.
            let flow = self.flow();
            flow.joined = paragraph.begun;
            flow.paragraph = paragraph.begun.then_some(Paragraph { mark_deleted: false, ..paragraph });
            return;
        }
        if !paragraph.begun && paragraph.list.is_some() {
            self.begin_text(&mut paragraph);
        }
        let flow = self.flow();
        if paragraph.begun {
            flow.close(&paragraph);
        }
        flow.put_boxes();
    }

    /// Opens the block of a paragraph with its label.
    fn begin_text(&mut self, paragraph: &mut Paragraph) {
        let label = match paragraph.list {
            Some((list, level)) => self.counters.label(&self.setting.numbering, list, usize::from(level)),
            None => String::new(),
        };
        let text = &mut self.flow().text;
        if !text.is_empty() {
            text.push('\n');
        }
        paragraph.start = text.len();
        paragraph.label = label.len();
        paragraph.begun = true;
        text.push_str(&label);
    }

    fn begin_run(&mut self) {
        let index = self.next_run();
        let from = self.xml.range().start;
        let nothing = Span::new(from, from);
        // In a text box, or in the base of a phonetic guide.
        let outer = self.open_runs.first().map(|outer| outer.index);
        let host = outer.map(|outer| self.places.runs[outer as usize].host.unwrap_or(outer)).or(self.host);
        let insertion = self.insertions.last().filter(|_| self.open.last() == Some(&Tag::Insertion));
        self.places.runs.push(Run {
            part: self.part,
            element: nothing,
            properties: nothing,
            inserted: !self.insertions.is_empty(),
            insertion: insertion.copied().unwrap_or(nothing),
            host,
        });
        self.open_runs.push(OpenRun { index, hidden: false, symbols: None });
    }

    fn next_run(&self) -> u32 {
        u32::try_from(self.places.runs.len()).unwrap_or(u32::MAX)
    }

    fn run_properties(&mut self) -> Result<(), ReadError> {
        let from = self.xml.range().start;
        let (mut hidden, mut symbols) = (false, None);
        self.xml.inside(|xml, element| {
            match element.local() {
                "vanish" => hidden = element.is_on(),
                "rFonts" => symbols = element.attribute("ascii").and_then(|font| symbol::symbol_font(&font)),
                "rPrChange" => xml.skip()?,
                _ => {}
            }
            Ok(())
        })?;
        if self.open.last() == Some(&Tag::Run)
            && let Some(open) = self.open_runs.last_mut()
            && let Some(run) = self.places.runs.get_mut(open.index as usize)
        {
            open.hidden = hidden;
            open.symbols = symbols;
            run.properties = Span::new(from, self.xml.range().end);
        }
        Ok(())
    }

    fn field(&mut self, kind: Option<&str>) {
        let fields = &mut self.flow().fields;
        match kind {
            Some("begin") => fields.begin(),
            Some("separate") => fields.separate(),
            Some("end") => fields.end(),
            _ => {}
        }
    }

    fn characters(&mut self, text: &str, form: Form) {
        match self.open.last() {
            Some(Tag::Text { trim_from }) => {
                let mut source = self.xml.range();
                if form == Form::CData {
                    source = source.start + "<![CDATA[".len()..source.end - "]]>".len();
                }
                let mut text = text;
                if trim_from.is_some_and(|from| from == self.flows[self.flows.len() - 1].text.len()) && form == Form::Text {
                    let trimmed = text.trim_ascii_start();
                    source.start += text.len() - trimmed.len();
                    text = trimmed;
                }
                self.put(text, source, form);
            }
            Some(Tag::Instruction) => self.flow().fields.instruct(text),
            _ => {}
        }
    }

    /// A break in a line; before a paragraph's first text it only moves the paragraph.
    fn line_break(&mut self) -> Tag {
        let Some(paragraph) = self.flow().paragraph.as_mut().filter(|paragraph| paragraph.begun) else { return Tag::Other };
        paragraph.broken = true;
        self.sign('\n')
    }

    /// One character that an element stands for.
    fn sign(&mut self, c: char) -> Tag {
        let range = self.xml.range();
        self.put(c.encode_utf8(&mut [0; 4]), range, Form::Element);
        Tag::Other
    }

    /// Writes shown text.
    fn put(&mut self, text: &str, source: Range<usize>, form: Form) {
        let run = self.open_runs.last();
        if text.is_empty() || run.is_some_and(|run| run.hidden) || self.flows[self.flows.len() - 1].fields.are_silent() {
            return;
        }
        let symbols = run.and_then(|run| run.symbols);
        let run = run.map(|run| run.index);
        if !self.flow().paragraph.as_ref().is_some_and(|paragraph| paragraph.begun) {
            let mut paragraph = self.flow().paragraph.take().unwrap_or_default();
            self.begin_text(&mut paragraph);
            self.flow().paragraph = Some(paragraph);
        }
        let flow = self.flow();
        let start = flow.text.len();
        if form != Form::Element && (symbols.is_some() || text.bytes().any(|byte| byte < b' ')) {
            // Line breaks and tabs of the source are spaces; other controls have no business here.
            let shown = |c| if c < ' ' { ' ' } else { symbol::shown(symbols.unwrap_or_default(), c) };
            flow.text.extend(text.chars().map(shown));
        } else {
            flow.text.push_str(text);
        }
        if let Some(run) = run {
            let span = Span::new(start, flow.text.len());
            flow.pieces.push(Piece { span, source: Span::new(source.start, source.end), run, form });
        }
    }
}

impl Flow {
    /// Ends the block of a paragraph; a blank one leaves nothing behind. Manual line breaks divide it where they end a sentence or a
    /// numbered line follows: people press Shift+Enter for paragraphs too.
    fn close(&mut self, paragraph: &Paragraph) {
        let start = paragraph.start;
        while self.text.len() > start && self.text.ends_with('\n') {
            // A break behind the last text only moves the next paragraph.
            self.text.pop();
            self.pieces.pop_if(|piece| piece.span.end as usize > self.text.len());
        }
        let end = self.text.len();
        if self.text[start..].trim().is_empty() {
            self.text.truncate(start.saturating_sub(1));
            while self.pieces.last().is_some_and(|piece| piece.span.end as usize > start) {
                self.pieces.pop();
            }
            return;
        }
        let kind = match self.kind {
            _ if self.cells > 0 => BlockKind::TableCell,
            Some(kind) => kind,
            None if paragraph.level > 0 => BlockKind::Heading,
            None => BlockKind::Paragraph,
        };
        let mut block = Block { kind, span: Span::new(start, end), level: paragraph.level, label: Span::new(0, paragraph.label).end };
        if paragraph.broken && paragraph.level == 0 {
            for span in text::divided(&self.text, block.span) {
                self.blocks.push(Block { span, ..block });
                block.label = 0;
            }
        } else {
            self.blocks.push(block);
        }
    }

    /// Puts the finished text boxes behind the paragraph they are anchored in.
    fn put_boxes(&mut self) {
        for done in std::mem::take(&mut self.boxes) {
            if done.blocks.is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let by = Span::new(0, self.text.len()).end;
            let moved = |span: Span| Span { start: span.start + by, end: span.end + by };
            self.text.push_str(&done.text);
            self.blocks.extend(done.blocks.iter().map(|block| Block { span: moved(block.span), ..*block }));
            self.pieces.extend(done.pieces.iter().map(|piece| Piece { span: moved(piece.span), ..*piece }));
        }
    }

    /// Drops spaces at the end of a `w:t` that began at byte `from`.
    fn trim_end(&mut self, from: usize) {
        while self.text.len() > from && self.text.ends_with(' ') {
            let Some(piece) = self.pieces.last_mut().filter(|piece| piece.span.end as usize == self.text.len() && piece.form == Form::Text)
            else {
                return;
            };
            piece.span.end -= 1;
            piece.source.end -= 1;
            if piece.span.is_empty() {
                self.pieces.pop();
            }
            self.text.pop();
        }
    }
}

/// The prefix, with its colon, that a root element binds to `WordprocessingML`.
fn word_prefix(root: &Element) -> String {
    let bound = root.attributes().find(|(_, value)| NAMESPACES.contains(value));
    match bound.as_ref().map(|(name, _)| *name) {
        Some("xmlns") => String::new(),
        Some(name) => name.strip_prefix("xmlns:").map_or_else(|| "w:".into(), |prefix| format!("{prefix}:")),
        None => "w:".into(),
    }
}
