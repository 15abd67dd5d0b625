//! XML events with their byte places, a cap on depth, and nothing that could expand.
//!
//! Reading a draft is mostly walking over tags, so a part that is wholly in memory is walked with slices alone: names and text are borrowed from
//! it, attributes are looked at where they are asked for, an empty element comes as a start and an end. What is not well formed is an
//! error, and so is a document type declaration; no entities are known but XML's five and numbers. The events are those of quick-xml, which
//! takes three times as long; the tests compare them.

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr2, memmem};

use crate::input::{Limits, ReadError};

/// A pull parser over one part.
pub(crate) struct Xml<'a> {
    source: &'a str,
    /// Where the last event begins.
    from: usize,
    /// Where the next one begins.
    at: usize,
    /// Names of the open elements.
    open: Vec<&'a str>,
    /// The last event was the start of an empty element, whose end is next.
    empty: bool,
    limit: usize,
    /// The part's name for messages.
    part: &'a str,
}

/// What stands at a place in the XML.
#[derive(Debug, PartialEq)]
pub(crate) enum Event<'a> {
    /// A start tag, also of an empty element.
    Start(Element<'a>),
    /// An end tag; an empty element has one too, of no length, behind its start.
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
#[derive(Debug, PartialEq)]
pub(crate) struct Element<'a> {
    name: &'a str,
    attributes: &'a str,
}

impl<'a> Xml<'a> {
    /// A parser over `source`, the unpacked bytes of the part named `part`.
    pub(crate) fn new(source: &'a [u8], part: &'a str, limits: &Limits) -> Result<Self, ReadError> {
        let Ok(text) = simdutf8::basic::from_utf8(source) else {
            return Err(ReadError::corrupt(format!("部件 {part} 不是 UTF-8 编码")));
        };
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Ok(Self { source: text, from: at, at, open: Vec::new(), empty: false, limit: limits.xml_depth, part })
    }

    /// The next event.
    pub(crate) fn next(&mut self) -> Result<Event<'a>, ReadError> {
        loop {
            self.from = self.at;
            if std::mem::take(&mut self.empty) {
                self.open.pop();
                return Ok(Event::End);
            }
            let rest = &self.source[self.at..];
            let mut bytes = rest.bytes();
            return match (bytes.next(), bytes.next()) {
                (None, _) if self.open.is_empty() => Ok(Event::Eof),
                (Some(b'<'), Some(b'/')) => self.end(),
                (Some(b'<'), Some(b'?')) => {
                    self.through("<?", "?>")?;
                    continue;
                }
                (Some(b'<'), Some(b'!')) if rest.starts_with("<!--") => {
                    self.through("<!--", "-->")?;
                    continue;
                }
                (Some(b'<'), Some(b'!')) => self.through("<![CDATA[", "]]>").map(Event::CData),
                (Some(b'<'), Some(_)) => self.start(),
                (Some(b'&'), _) => {
                    let reference = self.through("&", ";")?;
                    named_or_number(reference).map(Event::Reference).ok_or_else(|| self.broken())
                }
                (Some(_), _) if rest != "<" => {
                    let length = memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
                    self.at += length;
                    Ok(Event::Text(&rest[..length]))
                }
                _ => Err(self.broken()),
            };
        }
    }

    /// A start tag, whose `>` is the first that is not in quotes.
    fn start(&mut self) -> Result<Event<'a>, ReadError> {
        let rest = &self.source[self.at + 1..];
        let bytes = rest.as_bytes();
        let named = bytes.iter().position(|byte| matches!(byte, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
        let mut length = named.ok_or_else(|| self.broken())?;
        let name = &rest[..length];
        loop {
            match bytes.get(length) {
                Some(b'>') => break,
                Some(&quote @ (b'"' | b'\'')) => length += memchr(quote, &bytes[length + 1..]).ok_or_else(|| self.broken())? + 2,
                Some(_) => length += 1,
                None => return Err(self.broken()),
            }
        }
        self.at += length + 2;
        let attributes = &rest[name.len()..length];
        self.empty = attributes.ends_with('/');
        if self.open.len() == self.limit {
            return Err(ReadError::TooLarge { what: "XML 嵌套层数", limit: format!("{} 层", self.limit) });
        }
        self.open.push(name);
        Ok(Event::Start(Element { name, attributes }))
    }

    /// An end tag, which must be that of the element opened last.
    fn end(&mut self) -> Result<Event<'a>, ReadError> {
        let rest = self.open.pop().and_then(|name| self.source[self.at + 2..].strip_prefix(name));
        let rest = rest.and_then(|rest| rest.trim_ascii_start().strip_prefix('>')).ok_or_else(|| self.broken())?;
        self.at = self.source.len() - rest.len();
        Ok(Event::End)
    }

    /// Goes past what stands between these two signs and returns that.
    fn through(&mut self, before: &str, behind: &str) -> Result<&'a str, ReadError> {
        let rest = self.source[self.at..].strip_prefix(before);
        let found = rest.and_then(|rest| Some(&rest[..rest.find(behind)?]));
        let inside = found.ok_or_else(|| self.broken())?;
        self.at += before.len() + inside.len() + behind.len();
        Ok(inside)
    }

    /// The bytes of the part the last event stands in.
    pub(crate) const fn range(&self) -> Range<usize> {
        self.from..self.at
    }

    /// Reads past the end of the element whose start was the last event.
    pub(crate) fn skip(&mut self) -> Result<(), ReadError> {
        self.inside(|_, _| Ok(()))
    }

    /// The same without looking at what is between, for elements that hold none of their own name: styles are most of a package's bytes and
    /// say little.
    pub(crate) fn leap(&mut self) -> Result<(), ReadError> {
        if let Some(name) = self.open.last().filter(|_| !self.empty) {
            let end = memmem::find(&self.source.as_bytes()[self.at..], ["</", name].concat().as_bytes());
            self.at += end.ok_or_else(|| self.broken())?;
        }
        self.next().map(drop)
    }

    /// Calls `each` for every element inside the one whose start was the last event, at any depth, and reads past its end.
    pub(crate) fn inside(&mut self, mut each: impl FnMut(&mut Self, &Element<'a>) -> Result<(), ReadError>) -> Result<(), ReadError> {
        let outside = self.open.len().saturating_sub(1);
        while self.open.len() > outside {
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

impl<'a> Element<'a> {
    /// The whole name with its prefix.
    pub(crate) const fn name(&self) -> &'a str {
        self.name
    }

    /// The name without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// The value of an attribute by its local name, references resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes().find(|&(whole, _)| local(whole) == name).map(|(_, value)| unescape(value))
    }

    /// All attributes: the whole name and the value as it is written.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, value) = divide(rest, b'=')?;
            let value = value.trim_ascii_start();
            let quote = value.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''))?;
            let (value, behind) = divide(&value[1..], quote)?;
            rest = behind;
            Some((name.trim_ascii(), value))
        })
    }

    /// The `w:val` of a simple property.
    pub(crate) fn value(&self) -> Option<Cow<'a, str>> {
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

fn local(name: &str) -> &str {
    divide(name, b':').map_or(name, |(_, local)| local)
}

/// What stands before and behind the first of this ASCII character; as `split_once`, but quick on the few bytes of names and values.
fn divide(text: &str, by: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == by)?;
    Some((&text[..at], &text[at + 1..]))
}

/// Resolves the references of an attribute's value; an unknown one stays as it is written.
fn unescape(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
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

/// `text` as characters of an element or an attribute; what XML cannot hold is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' => out.push(' '),
            c if c < ' ' && c != '\t' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use quick_xml::events::Event as Theirs;

    use super::*;

    /// Each event with its bytes, and last whether the part was well formed.
    type Events = (Vec<(String, Range<usize>)>, bool);

    fn ours(source: &str) -> Events {
        let mut xml = Xml::new(source.as_bytes(), "a.xml", &Limits::default()).expect("UTF-8");
        let mut events = Vec::new();
        loop {
            let shown = match xml.next() {
                Ok(Event::Start(element)) => {
                    let attributes = element.attributes().map(|(name, value)| format!(" {name}={}", unescape(value)));
                    format!("{}{}", element.name(), attributes.collect::<String>())
                }
                Ok(Event::End) => "end".into(),
                Ok(Event::Text(text)) => format!("text {text}"),
                Ok(Event::CData(text)) => format!("data {text}"),
                Ok(Event::Reference(c)) => format!("reference {c}"),
                Ok(Event::Eof) => return (events, true),
                Err(_) => return (events, false),
            };
            events.push((shown, xml.range()));
        }
    }

    fn theirs(source: &str) -> Events {
        let mut reader = quick_xml::Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        let (mut events, mut depth) = (Vec::new(), 0);
        loop {
            let from = reader.buffer_position() as usize;
            let shown = match reader.read_event() {
                Ok(Theirs::Start(tag)) => {
                    depth += 1;
                    let attributes = tag.attributes().map(|attribute| {
                        let attribute = attribute.expect("well formed");
                        format!(" {}={}", attribute.key.as_ref(), unescape(&attribute.value))
                    });
                    format!("{}{}", tag.name().as_ref(), attributes.collect::<String>())
                }
                Ok(Theirs::End(_)) => {
                    depth -= 1;
                    "end".into()
                }
                Ok(Theirs::Text(text)) => format!("text {}", text.into_inner()),
                Ok(Theirs::CData(text)) => format!("data {}", text.into_inner()),
                Ok(Theirs::GeneralRef(reference)) => match named_or_number(&reference) {
                    Some(c) => format!("reference {c}"),
                    None => return (events, false),
                },
                Ok(Theirs::Eof) => return (events, depth == 0),
                Ok(Theirs::DocType(_)) | Err(_) => return (events, false),
                Ok(_) => continue,
            };
            events.push((shown, from..reader.buffer_position() as usize));
        }
    }

    const SCRAPS: [&str; 24] = [
        "<a>",
        "</a>",
        "</a >",
        "<a/>",
        "<w:t>",
        "</w:t>",
        "<w:t\n w:b = \"x>y\" c='&lt;\"'>",
        "<b d=\"/\" />",
        "文",
        " ",
        ">",
        "\"",
        "]]>",
        "&amp;",
        "&#x4e00;",
        "&#0;",
        "&",
        "&b",
        "<!-- > -->",
        "<!--",
        "<?a > ?>",
        "<![CDATA[<&]]>",
        "<!DOCTYPE a>",
        "</",
    ];

    proptest! {
        #[test]
        fn events_and_places_are_those_of_quick_xml(scraps in proptest::collection::vec(proptest::sample::select(&SCRAPS[..]), 0..12)) {
            let source = scraps.concat();
            prop_assert_eq!(ours(&source), theirs(&source));
            // Inside an element that is closed in the end, more of the scraps come to bear.
            let source = format!("<r>{source}</r>");
            prop_assert_eq!(ours(&source), theirs(&source));
        }
    }

    #[test]
    fn a_leap_looks_at_nothing_between() {
        let mut xml = Xml::new(b"\xef\xbb\xbf<r><style><a>&x;</style><style/><b/></r>", "a.xml", &Limits::default()).expect("UTF-8");
        let mut names = Vec::new();
        while let Event::Start(element) = xml.next().expect("well formed") {
            names.push((element.name(), xml.range()));
            if element.name() == "style" {
                xml.leap().expect("well formed");
            }
        }
        assert_eq!(names, [("r", 3..6), ("style", 6..13), ("style", 27..35), ("b", 35..39)]);
    }
}
