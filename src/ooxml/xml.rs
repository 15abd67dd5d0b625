//! XML events with their byte places, a cap on depth, and nothing that could expand.
//!
//! A thin layer over quick-xml for parts that are wholly in memory: names come as local names with a flag for the namespace a reader asked
//! for, empty elements come as a start and an end, a document type declaration is refused, and an unfinished document is an
//! error. quick-xml resolves no entities; [`character`] knows the five predefined ones and numbers.

use std::borrow::Cow;
use std::io::BufRead;
use std::ops::Range;

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event as Raw};

use crate::input::{Limits, ReadError};

/// A pull parser over one part.
pub(crate) struct Xml<'a> {
    source: &'a [u8],
    reader: Reader<&'a [u8]>,
    /// Bytes of a byte order mark, which quick-xml does not count.
    base: usize,
    /// Where the last event begins.
    from: usize,
    depth: usize,
    limit: usize,
    /// The part's name for messages.
    part: &'a str,
}

/// What stands at a place in the XML.
pub(crate) enum Event<'a> {
    /// A start tag, also of an empty element.
    Start(Element<'a>),
    /// An end tag; an empty element has one too, at the same place as its start.
    End,
    /// Characters as they stand in the source, without references.
    Text(&'a str),
    /// Characters of a CDATA section.
    CData(&'a str),
    /// A reference such as `&amp;`, as the character it stands for.
    Reference(char),
    /// The end of the part.
    Eof,
}

/// A start tag.
pub(crate) struct Element<'a> {
    tag: BytesStart<'a>,
}

impl<'a> Xml<'a> {
    /// A parser over `source`, the unpacked bytes of the part named `part`.
    pub(crate) fn new(source: &'a [u8], part: &'a str, limits: &Limits) -> Result<Self, ReadError> {
        if source.starts_with(&[0xff, 0xfe]) || source.starts_with(&[0xfe, 0xff]) {
            return Err(ReadError::corrupt(format!("部件 {part} 不是 UTF-8 编码")));
        }
        let text = source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source);
        let mut reader = Reader::from_reader(text);
        reader.config_mut().expand_empty_elements = true;
        Ok(Self { source, reader, base: source.len() - text.len(), from: 0, depth: 0, limit: limits.xml_depth, part })
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        loop {
            self.from = self.position();
            let event = self.reader.read_event().map_err(|_| self.broken())?;
            return Ok(match event {
                Raw::Start(tag) => {
                    self.depth += 1;
                    if self.depth > self.limit {
                        return Err(ReadError::TooLarge { what: "XML 嵌套层数", limit: format!("{} 层", self.limit) });
                    }
                    Event::Start(Element { tag })
                }
                Raw::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Event::End
                }
                Raw::Text(text) => match text.into_inner() {
                    Cow::Borrowed(text) => Event::Text(text),
                    Cow::Owned(_) => return Err(self.broken()),
                },
                Raw::CData(text) => match text.into_inner() {
                    Cow::Borrowed(text) => Event::CData(text),
                    Cow::Owned(_) => return Err(self.broken()),
                },
                Raw::GeneralRef(reference) => Event::Reference(character(&reference).ok_or_else(|| self.broken())?),
                Raw::DocType(_) => return Err(self.broken()),
                Raw::Eof if self.depth > 0 => return Err(self.broken()),
                Raw::Eof => Event::Eof,
                Raw::Decl(_) | Raw::PI(_) | Raw::Comment(_) | Raw::Empty(_) => continue,
            });
        }
    }

    /// The bytes of the part the last event stands in.
    pub(crate) fn range(&self) -> Range<usize> {
        self.from..self.position()
    }

    #[expect(clippy::cast_possible_truncation, reason = "an offset into a slice in memory")]
    fn position(&self) -> usize {
        self.base + self.reader.buffer_position() as usize
    }

    /// Reads past the end of `element`, whose start was the last event.
    pub(crate) fn skip(&mut self, element: &Element<'a>) -> Result<(), ReadError> {
        if self.leap(element).is_none() {
            let outside = self.depth.saturating_sub(1);
            while self.depth > outside {
                self.next()?;
            }
        } else {
            self.next()?;
        }
        Ok(())
    }

    /// Goes to the end tag of `element`, whose start was the last event, without looking at what is between, and returns that. `None`, and
    /// nothing has moved, where the element is empty or holds another of its name. Styles and run properties are most
    /// of a part's bytes and say little, so this is what makes reading fast.
    fn leap(&mut self, element: &Element<'a>) -> Option<&'a [u8]> {
        let from = self.position();
        let rest = self.source.get(from..)?;
        if self.source[..from].ends_with(b"/>") {
            return None;
        }
        let name = element.name();
        let end = memmem::find(rest, format!("</{name}>").as_bytes())?;
        let inside = &rest[..end];
        if memmem::find(inside, format!("<{name}").as_bytes()).is_some() {
            return None;
        }
        self.reader.stream().consume(end);
        Some(inside)
    }

    /// Whether the XML of `element`, whose start was the last event, holds the word; reads past its end where it does not, and nothing otherwise.
    pub(crate) fn skip_unless(&mut self, element: &Element<'a>, word: &str) -> Result<bool, ReadError> {
        let from = self.position();
        let until = memmem::find(&self.source[from..], format!("</{}>", element.name()).as_bytes()).unwrap_or(0);
        if memmem::find(&self.source[from..from + until], word.as_bytes()).is_some() {
            return Ok(true);
        }
        self.skip(element)?;
        Ok(false)
    }

    /// Calls `each` for every element inside the one whose start was the last event, at any depth, and reads past its end.
    pub(crate) fn inside(&mut self, mut each: impl FnMut(&mut Self, &Element<'a>) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if let Event::Start(element) = self.next()? {
                each(self, &element)?;
            }
        }
        Ok(())
    }

    fn broken(&self) -> ReadError {
        ReadError::corrupt(format!("部件 {} 的 XML 有误", self.part))
    }
}

impl Element<'_> {
    /// The whole name with its prefix.
    pub(crate) fn name(&self) -> &str {
        self.tag.name().into_inner()
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &str {
        self.tag.local_name().into_inner()
    }

    /// The value of an attribute by its local name, references resolved.
    pub(crate) fn attribute(&self, local: &str) -> Option<Cow<'_, str>> {
        self.attributes().find(|(name, _)| name.rsplit(':').next() == Some(local)).map(|(_, value)| value)
    }

    /// All attributes: the whole name, the value with references resolved.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.tag.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| (attribute.key.into_inner(), unescape(attribute.value)))
    }

    /// The `w:val` of a simple property.
    pub(crate) fn value(&self) -> Option<Cow<'_, str>> {
        self.attribute("val")
    }

    /// The `w:val` of a numeric property.
    pub(crate) fn number(&self) -> Option<i64> {
        self.value()?.trim().parse().ok()
    }

    /// Whether a toggle property such as `w:vanish` is on: present without a value, or with one that is not a no.
    pub(crate) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Resolves the references of an attribute's value; an unknown one stays as it is written.
fn unescape(value: Cow<'_, str>) -> Cow<'_, str> {
    if !value.contains('&') {
        return value;
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value.as_ref();
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let known = rest.find(';').and_then(|end| Some((named_or_number(&rest[1..end])?, end + 1)));
        let (c, used) = known.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[used..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn character(reference: &BytesRef) -> Option<char> {
    named_or_number(reference)
}

/// The character of a reference, without its `&` and `;`: one of XML's five names or a number.
pub(crate) fn named_or_number(reference: &str) -> Option<char> {
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}
