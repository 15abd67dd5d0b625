//! `OpenDocument` text (.odt, .ott): `content.xml` for the text and `styles.xml` for list styles, headers and footers.
//!
//! As in .docx, what the program generates is made here: list labels (一、（一）), by the list style and the nesting of lists. Text boxes stand
//! inside the paragraph they are anchored in and come out behind it, notes at the end. Deleted text, comments and tables of contents are left out.

use std::collections::HashMap;

use super::Builder;
use crate::document::{BlockKind, Document, Format};
use crate::input::ReadError;
use crate::ooxml::numbering::{LONGEST_PATTERN, Suffix, visible_bullet};
use crate::ooxml::symbol;
use crate::ooxml::xml::{Element, Event, Xml};
use crate::ooxml::{Package, counting};

/// Reads an opened `OpenDocument` package.
///
/// # Errors
/// [`ReadError::Encrypted`], [`ReadError::Unsupported`] for tables and slides, and [`ReadError::Corrupt`].
pub fn read(name: &str, package: &Package) -> Result<Document, ReadError> {
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ReadError::Encrypted);
    }
    let kind = package.part("mimetype")?.unwrap_or_default();
    if ["spreadsheet", "presentation", "graphics"].iter().any(|other| memchr::memmem::find(&kind, other.as_bytes()).is_some()) {
        return Err(ReadError::Unsupported { format: " ODF 表格或演示文稿", advice: "把文字内容复制到文字文档" });
    }
    let content = package.part("content.xml")?.ok_or_else(|| ReadError::corrupt("缺少正文部件 content.xml"))?;
    let styles = package.part("styles.xml")?;
    let limits = package.limits();

    let mut known = Styles::default();
    for (part, source) in [("styles.xml", styles.as_deref()), ("content.xml", Some(content.as_slice()))] {
        if let Some(source) = source {
            read_styles(&mut Xml::new(source, part, limits)?, &mut known)?;
        }
    }
    let mut builder = Builder::default();
    Story::new(Xml::new(&content, "content.xml", limits)?, &known, &mut builder).read()?;
    if let Some(source) = &styles {
        Story::new(Xml::new(source, "styles.xml", limits)?, &known, &mut builder).read()?;
    }
    Ok(builder.finish(name, Format::Odt))
}

/// Levels of a list.
const LEVELS: usize = 10;

/// The name under which the numbering of headings is kept; no style is called so.
const OUTLINE: &str = "\0outline";

/// What is known of the styles, by their names.
#[derive(Default)]
struct Styles {
    lists: HashMap<String, [Option<Level>; LEVELS]>,
    texts: HashMap<String, TextStyle>,
}

/// A style of paragraphs or characters.
#[derive(Default)]
struct TextStyle {
    parent: Option<String>,
    hidden: bool,
    /// Its font, where that is a symbol font.
    symbols: Option<&'static str>,
    /// Whether it names a list style; an empty name takes a heading out of the numbering.
    numbered: Option<bool>,
}

/// Longer chains of parent styles are loops.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// A style and those it is based on.
    fn chain(&self, name: Option<&str>) -> impl Iterator<Item = &TextStyle> {
        let first = name.and_then(|name| self.texts.get(name));
        std::iter::successors(first, |style| self.texts.get(style.parent.as_deref()?)).take(LONGEST_CHAIN)
    }

    /// The symbol font a span is written in.
    fn symbols(&self, element: &Element) -> Option<&'static str> {
        self.chain(element.attribute("style-name").as_deref()).find_map(|style| style.symbols)
    }

    fn hides(&self, element: &Element) -> bool {
        self.chain(element.attribute("style-name").as_deref()).any(|style| style.hidden)
    }

    /// Whether a heading of that style is numbered with the others.
    fn numbers(&self, element: &Element) -> bool {
        self.chain(element.attribute("style-name").as_deref()).find_map(|style| style.numbered).unwrap_or(true)
    }
}

/// One level of a list style.
#[derive(Debug, Clone)]
struct Level {
    /// The numbering format by its OOXML name; `bullet` has its sign in `pattern`.
    format: &'static str,
    /// The label with `%1%` for the number of level 1.
    pattern: String,
    start: u32,
    suffix: Suffix,
}

fn read_styles(xml: &mut Xml, styles: &mut Styles) -> Result<(), ReadError> {
    loop {
        let style = match xml.next()? {
            Event::Start(element) => match element.local() {
                "list-style" => element.attribute("name").unwrap_or_default().into_owned(),
                "outline-style" => OUTLINE.to_owned(),
                "style" => {
                    let name = element.attribute("name").unwrap_or_default().into_owned();
                    let style = read_text_style(xml, &element)?;
                    styles.texts.insert(name, style);
                    continue;
                }
                "body" => {
                    xml.skip()?;
                    continue;
                }
                _ => continue,
            },
            Event::Eof => return Ok(()),
            _ => continue,
        };
        let levels = styles.lists.entry(style).or_insert([const { None }; LEVELS]);
        let mut current = LEVELS;
        xml.inside(|_, element| {
            match element.local() {
                "list-level-style-number" | "list-level-style-bullet" | "outline-level-style" => {
                    current = number(element, "level").and_then(|n| n.checked_sub(1)).map_or(LEVELS, |n| n as usize);
                    if let Some(slot) = levels.get_mut(current) {
                        *slot = Some(read_level(element, current));
                    }
                }
                "list-level-label-alignment" => {
                    if let Some(level) = levels.get_mut(current).and_then(Option::as_mut) {
                        level.suffix = match element.attribute("label-followed-by").as_deref() {
                            Some("nothing") => Suffix::Nothing,
                            Some("space") => Suffix::Space,
                            _ => Suffix::Tab,
                        };
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
    }
}

fn read_text_style(xml: &mut Xml, element: &Element) -> Result<TextStyle, ReadError> {
    let mut style = TextStyle {
        parent: element.attribute("parent-style-name").map(String::from),
        numbered: element.attribute("list-style-name").map(|name| !name.is_empty()),
        hidden: false,
        symbols: None,
    };
    xml.inside(|_, element| {
        if element.local() == "text-properties" {
            style.hidden |= element.attribute("display").is_some_and(|display| display == "none");
            style.symbols = element.attribute("font-name").and_then(|name| symbol::symbol_font(&name));
        }
        Ok(())
    })?;
    Ok(style)
}

fn read_level(element: &Element, place: usize) -> Level {
    let attribute = |name| element.attribute(name).unwrap_or_default();
    let start = number(element, "start-value").unwrap_or(1);
    if let Some(bullet) = element.attribute("bullet-char") {
        return Level {
            format: "bullet",
            pattern: bullet.chars().take(LONGEST_PATTERN).map(visible_bullet).collect(),
            start,
            suffix: Suffix::Tab,
        };
    }
    let format = format_of(&attribute("num-format"));
    let pattern = match element.attribute("num-list-format") {
        Some(pattern) => pattern.chars().take(LONGEST_PATTERN).collect(),
        None if format == "none" => String::new(),
        None => {
            let shown = number(element, "display-levels").map_or(1, |n| n.max(1) as usize);
            let first = (place + 1).saturating_sub(shown);
            let numbers: Vec<String> = (first..=place).map(|n| format!("%{}%", n + 1)).collect();
            let short = |name| attribute(name).chars().take(LONGEST_PATTERN).collect::<String>();
            format!("{}{}{}", short("num-prefix"), numbers.join("."), short("num-suffix"))
        }
    };
    Level { format, pattern, start, suffix: Suffix::Tab }
}

/// `OpenDocument` names a format by its first numbers.
fn format_of(sample: &str) -> &'static str {
    match sample.chars().next() {
        None => "none",
        Some('a') => "lowerLetter",
        Some('A') => "upperLetter",
        Some('i') => "lowerRoman",
        Some('I') => "upperRoman",
        Some('一') => "chineseCountingThousand",
        Some('壹') if sample.contains('貳') => "ideographLegalTraditional",
        Some('壹') => "chineseLegalSimplified",
        Some('①') => "decimalEnclosedCircle",
        Some('甲') => "ideographTraditional",
        Some('子') => "ideographZodiac",
        Some('１') => "decimalFullWidth",
        Some(_) => "decimal",
    }
}

fn number(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name)?.trim().parse().ok()
}

/// The state of reading one part.
struct Story<'a> {
    xml: Xml<'a>,
    styles: &'a Styles,
    builder: &'a mut Builder,
    open: Vec<Tag>,
    /// Open paragraphs: the innermost last, those outside hold the note or text box it stands in.
    paragraphs: Vec<Paragraph>,
    /// Open lists: the style's name.
    lists: Vec<String>,
    /// By list style: the number last given out on each level since its last reset.
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    /// The item to be numbered with the next paragraph.
    item: Option<Item>,
    cells: usize,
    notes: Vec<Paragraph>,
    /// Kind of the blocks outside the body.
    margin: Option<BlockKind>,
}

/// A list item without a paragraph so far, and the number it is set to.
#[derive(Clone, Copy)]
struct Item {
    start: Option<u32>,
}

/// What the end of an open element means.
#[derive(Clone, Copy)]
enum Tag {
    Other,
    Paragraph,
    /// A span in a symbol font.
    Symbols(&'static str),
    List,
    Cell,
    Row,
    Margin,
    Note,
}

/// A paragraph being read, and those anchored in it that are done.
#[derive(Default)]
struct Paragraph {
    text: String,
    kind: Option<BlockKind>,
    level: u8,
    label: String,
    after: Vec<Paragraph>,
}

impl<'a> Story<'a> {
    fn new(xml: Xml<'a>, styles: &'a Styles, builder: &'a mut Builder) -> Self {
        Self {
            xml,
            styles,
            builder,
            open: Vec::new(),
            paragraphs: Vec::new(),
            lists: Vec::new(),
            counts: HashMap::new(),
            item: None,
            cells: 0,
            notes: Vec::new(),
            margin: None,
        }
    }

    fn read(mut self) -> Result<(), ReadError> {
        loop {
            match self.xml.next()? {
                Event::Start(element) => {
                    if let Some(tag) = self.start(&element)? {
                        self.open.push(tag);
                    }
                }
                Event::End => self.end(),
                Event::Text(text) | Event::CData(text) => self.characters(text),
                Event::Reference(c) => self.characters(c.encode_utf8(&mut [0; 4])),
                Event::Eof => break,
            }
        }
        for note in std::mem::take(&mut self.notes) {
            self.put(note);
        }
        Ok(())
    }

    /// Handles a start tag; `None` where the element has been read to its end.
    fn start(&mut self, element: &Element<'a>) -> Result<Option<Tag>, ReadError> {
        Ok(Some(match element.local() {
            "p" | "h" | "span" if self.styles.hides(element) => {
                self.xml.skip()?;
                return Ok(None);
            }
            "p" | "h" => {
                self.begin_paragraph(element);
                Tag::Paragraph
            }
            "span" => self.styles.symbols(element).map_or(Tag::Other, Tag::Symbols),
            "s" => {
                let count = number(element, "c").unwrap_or(1).min(1000) as usize;
                self.write(&" ".repeat(count))
            }
            "tab" => self.write("\t"),
            "line-break" => self.write("\n"),
            "list" => {
                self.begin_list(element);
                Tag::List
            }
            "list-item" => {
                self.item = Some(Item { start: number(element, "start-value") });
                Tag::Other
            }
            "list-header" => {
                self.item = None;
                Tag::Other
            }
            "table-cell" => {
                self.cells += 1;
                Tag::Cell
            }
            "table-row" => Tag::Row,
            "note-body" => Tag::Note,
            "header" | "header-left" | "header-first" => {
                self.margin = Some(BlockKind::Header);
                Tag::Margin
            }
            "footer" | "footer-left" | "footer-first" => {
                self.margin = Some(BlockKind::Footer);
                Tag::Margin
            }
            // Deleted text, comments, what describes pictures, and what repeats or only marks other text.
            "tracked-changes" | "annotation" | "title" | "desc" | "table-of-content" | "ruby-text" | "note-citation" | "number"
            | "forms" | "font-face-decls" | "automatic-styles" | "styles" | "scripts" => {
                self.xml.skip()?;
                return Ok(None);
            }
            _ => Tag::Other,
        }))
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Tag::Paragraph) => {
                let Some(done) = self.paragraphs.pop() else { return };
                match self.paragraphs.last_mut() {
                    Some(host) => host.after.push(done),
                    None => self.put(done),
                }
            }
            Some(Tag::List) => {
                self.lists.pop();
            }
            Some(Tag::Cell) => {
                self.cells = self.cells.saturating_sub(1);
                self.builder.end_cell();
            }
            Some(Tag::Row) => self.builder.end_row(),
            Some(Tag::Margin) => self.margin = None,
            _ => {}
        }
    }

    fn put(&mut self, done: Paragraph) {
        let text = done.text.trim_end_matches(' ');
        self.builder.push(done.kind.unwrap_or(BlockKind::Paragraph), done.level, &done.label, text);
        for inner in done.after {
            match inner.kind {
                Some(BlockKind::Note) => self.notes.push(inner),
                _ => self.put(inner),
            }
        }
    }

    fn begin_paragraph(&mut self, element: &Element) {
        let mut paragraph = Paragraph::default();
        if element.local() == "h" {
            paragraph.level = number(element, "outline-level").and_then(|n| u8::try_from(n).ok()).unwrap_or(1).clamp(1, 9);
        }
        if let Some(item) = self.item.take() {
            paragraph.label = self.label(self.lists.last().cloned().unwrap_or_default(), self.lists.len(), item.start);
        } else if paragraph.level > 0
            && self.lists.is_empty()
            && self.styles.numbers(element)
            && element.attribute("is-list-header").is_none_or(|no| no != "true")
        {
            paragraph.label = self.label(OUTLINE.to_owned(), usize::from(paragraph.level), number(element, "start-value"));
        }
        let noted = self.open.iter().any(|tag| matches!(tag, Tag::Note));
        paragraph.kind = Some(match self.margin {
            _ if noted => BlockKind::Note,
            _ if !self.paragraphs.is_empty() => BlockKind::TextBox,
            Some(margin) => margin,
            None if self.cells > 0 => BlockKind::TableCell,
            None if paragraph.level > 0 => BlockKind::Heading,
            None => BlockKind::Paragraph,
        });
        self.paragraphs.push(paragraph);
    }

    /// A list inside another takes its style; one that stands alone counts from the start unless it says that it goes on.
    fn begin_list(&mut self, element: &Element) {
        let named = element.attribute("style-name").map(String::from);
        let style = named.or_else(|| self.lists.last().cloned()).unwrap_or_default();
        let continues =
            element.attribute("continue-numbering").is_some_and(|yes| yes == "true") || element.attribute("continue-list").is_some();
        if self.lists.is_empty() && !continues {
            self.counts.remove(&style);
        }
        self.lists.push(style);
    }

    /// Counts an item on a level (from 1) and gives its label.
    fn label(&mut self, style: String, level: usize, set: Option<u32>) -> String {
        let Some(levels) = self.styles.lists.get(&style) else { return String::new() };
        let place = level.clamp(1, LEVELS) - 1;
        let start = |n: usize| levels[n].as_ref().map_or(1, |level| level.start);
        let counts = self.counts.entry(style).or_default();
        counts[place] = Some(set.unwrap_or_else(|| counts[place].map_or_else(|| start(place), |last| last.saturating_add(1))));
        counts[place + 1..].fill(None);

        let Some(own) = &levels[place] else { return String::new() };
        if own.format == "bullet" {
            return own.suffix.after(own.pattern.clone());
        }
        let mut label = own.pattern.clone();
        for n in 0..LEVELS {
            let sign = format!("%{}%", n + 1);
            if label.contains(&sign) {
                let format = levels[n].as_ref().map_or("decimal", |level| level.format);
                label = label.replace(&sign, &counting::write(format, counts[n].unwrap_or_else(|| start(n))));
            }
        }
        own.suffix.after(label)
    }

    /// Text of the source: any white space is one space, and none at the start of a paragraph.
    fn characters(&mut self, text: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let symbols = if let Some(Tag::Symbols(font)) = self.open.last() { *font } else { "" };
        for c in text.chars().map(|c| symbol::shown(symbols, c)) {
            if c > ' ' {
                paragraph.text.push(c);
            } else if !paragraph.text.is_empty() && !paragraph.text.ends_with([' ', '\n', '\t']) {
                paragraph.text.push(' ');
            }
        }
    }

    /// Text an element stands for.
    fn write(&mut self, text: &str) -> Tag {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
        Tag::Other
    }
}
