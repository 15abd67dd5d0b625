//! Paragraph styles, as far as they decide heading levels and numbering; the chain of `w:basedOn` is followed once, when they are read.

use std::collections::HashMap;

use super::xml::{Event, Xml};
use crate::input::{Limits, ReadError};

/// The styles of a document by their id.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    default: String,
}

/// What a paragraph gets from its style and the styles that one is based on.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    /// Heading level 1–9, 0 for body text.
    pub level: u8,
    /// The list it belongs to (`w:numId`).
    pub list: Option<i64>,
    /// The level in that list from 0 (`w:ilvl`), where the style says so.
    pub list_level: Option<u8>,
    /// Ids of the style itself and those it is based on, nearest first; a list level may name one of them.
    pub chain: Vec<String>,
}

/// A style as written.
#[derive(Default)]
struct Raw {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<i64>,
    list_level: Option<u8>,
}

/// Longer chains of `w:basedOn` are loops.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// Reads `styles.xml`.
    pub(super) fn read(source: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let mut xml = Xml::new(source, "styles.xml", limits)?;
        let mut raw: HashMap<String, Raw> = HashMap::new();
        let mut default = String::new();
        loop {
            match xml.next()? {
                Event::Start(element) if element.local() == "style" => {
                    let kind = element.attribute("type").unwrap_or("paragraph".into());
                    if kind != "paragraph" && kind != "numbering" {
                        xml.leap()?;
                        continue;
                    }
                    let id = element.attribute("styleId").unwrap_or_default().into_owned();
                    if kind == "paragraph" && element.attribute("default").is_some_and(|on| on == "1" || on == "true") {
                        default.clone_from(&id);
                    }
                    raw.insert(id, read_style(&mut xml)?);
                }
                Event::Start(element) if matches!(element.local(), "docDefaults" | "latentStyles") => xml.leap()?,
                Event::Eof => break,
                _ => {}
            }
        }
        let by_id = raw.keys().map(|id| (id.clone(), resolve(id, &raw))).collect();
        Ok(Self { by_id, default })
    }

    /// The style of that id, or the default one where a paragraph names none.
    pub(super) fn get(&self, id: Option<&str>) -> Option<&Style> {
        self.by_id.get(id.unwrap_or(&self.default))
    }
}

fn read_style(xml: &mut Xml) -> Result<Raw, ReadError> {
    let mut style = Raw::default();
    xml.inside(|xml, element| {
        match element.local() {
            "rPr" => xml.skip()?,
            "name" => style.name = element.value().unwrap_or_default().into_owned(),
            "basedOn" => style.based_on = element.value().map(Into::into),
            "outlineLvl" => style.outline = element.number().and_then(|n| u8::try_from(n).ok()),
            "numId" => style.list = element.number(),
            "ilvl" => style.list_level = element.number().and_then(|n| u8::try_from(n).ok()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(style)
}

fn resolve(id: &str, raw: &HashMap<String, Raw>) -> Style {
    let mut resolved = Style::default();
    let mut level = None;
    let mut next = Some(id);
    while let Some((id, style)) = next.and_then(|id| raw.get_key_value(id)) {
        if resolved.chain.len() == LONGEST_CHAIN {
            break;
        }
        level = level.or_else(|| style.outline.map(heading_level)).or_else(|| level_by_name(&style.name));
        resolved.list = resolved.list.or(style.list);
        resolved.list_level = resolved.list_level.or(style.list_level);
        resolved.chain.push(id.clone());
        next = style.based_on.as_deref();
    }
    resolved.level = level.unwrap_or(0);
    resolved
}

/// Heading level of a `w:outlineLvl`, which counts from 0 and means body text at 9.
pub(crate) const fn heading_level(outline: u8) -> u8 {
    if outline < 9 { outline + 1 } else { 0 }
}

/// The built-in heading styles by their name; programs in Chinese may write the Chinese one.
fn level_by_name(name: &str) -> Option<u8> {
    let name = name.to_ascii_lowercase();
    let number = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    number.trim().parse().ok().filter(|n| (1..=9).contains(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_lists_come_down_the_chain() {
        let xml = r#"<w:styles xmlns:w="w">
            <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
                <w:pPr><w:numPr><w:numId w:val="4"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="x"><w:name w:val="一级标题"/><w:basedOn w:val="1"/>
                <w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="y"><w:name w:val="标题 3"/></w:style>
            <w:style w:type="paragraph" w:styleId="z"><w:name w:val="正文样式"/><w:basedOn w:val="1"/>
                <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/></w:style>
        </w:styles>"#;
        let styles = Styles::read(xml.as_bytes(), &Limits::default()).expect("valid");
        let style = styles.get(Some("x")).expect("there");
        assert_eq!((style.level, style.list, style.list_level), (1, Some(4), Some(2)));
        assert_eq!(styles.get(Some("y")).expect("there").level, 3);
        assert_eq!(styles.get(Some("z")).expect("there").level, 0);
        assert_eq!(styles.get(None).expect("there").chain, ["a"]);
        assert!(styles.get(Some("loop")).is_some());
    }
}
