//! Automatic numbering: the labels 一、（一）1.（1） that Word shows and that stand nowhere in the document's text.
//!
//! A paragraph names a list (`w:num`) and a level; the list is an instance of an abstract one, whose instances go on counting each other's
//! numbers unless they override the start. A label is its level's pattern (`（%2）`) with the counters put in (ECMA-376 part 1, 17.9).

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::counting;
use super::styles::Styles;
use super::xml::{Event, Xml};
use crate::input::{Limits, ReadError};

/// Levels of a list.
pub(crate) const LEVELS: usize = 9;

/// The lists of a document. Word 97 files keep the same ones in another form; their reader fills this with [`Numbering::define`] and
/// [`Numbering::add`].
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    abstracts: HashMap<i64, Abstract>,
    lists: HashMap<i64, List>,
}

/// `w:abstractNum`.
#[derive(Debug, Default)]
struct Abstract {
    levels: [Level; LEVELS],
    /// A numbering style that stands for another definition.
    style_link: Option<String>,
}

/// `w:lvl`.
#[derive(Debug, Default, Clone)]
pub(crate) struct Level {
    pub(crate) start: u32,
    /// A number format by its name in OOXML.
    pub(crate) format: Cow<'static, str>,
    /// The label with `%1` for the number of level 1.
    pub(crate) pattern: String,
    pub(crate) suffix: Suffix,
    /// All numbers in decimal, whatever their level's format (`w:isLgl`).
    pub(crate) decimal: bool,
    /// Restarts only after a level up to this one, counted from 1; 0 never.
    pub(crate) restart: Option<u8>,
    /// The paragraph style that belongs to this level.
    pub(crate) style: Option<String>,
}

/// Word's own limit is 31 characters; a longer pattern would blow up a document of many paragraphs.
pub(crate) const LONGEST_PATTERN: usize = 64;

/// What stands between the label and the text.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) enum Suffix {
    #[default]
    Tab,
    Space,
    Nothing,
}

impl Suffix {
    /// The label and what stands behind it. The tab that Word puts there by default is room on the page: nothing behind a full-width mark
    /// (一、总体要求), a space behind anything else (1. 总体要求).
    pub(crate) fn after(self, mut label: String) -> String {
        match self {
            _ if label.is_empty() => {}
            Self::Space => label.push(' '),
            Self::Tab if !label.ends_with(['、', '．', '）', '。', '：', '，', '】', '〕', ' ', '\u{3000}']) => label.push(' '),
            Self::Tab | Self::Nothing => {}
        }
        label
    }
}

/// `w:num`.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) definition: i64,
    /// Start overrides by level.
    pub(crate) starts: [Option<u32>; LEVELS],
    /// Levels that are defined anew.
    pub(crate) levels: HashMap<usize, Level>,
}

/// How far every list has counted at some place of the document.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    /// By abstract definition: the number last given out on each level since its last reset.
    counts: HashMap<i64, [Option<u32>; LEVELS]>,
    /// Start overrides that have been used up.
    begun: HashSet<(i64, usize)>,
}

impl Numbering {
    /// Reads `numbering.xml`.
    pub(super) fn read(source: &[u8], styles: &Styles, limits: &Limits) -> Result<Self, ReadError> {
        let mut xml = Xml::new(source, "numbering.xml", limits)?;
        let mut numbering = Self::default();
        loop {
            match xml.next()? {
                Event::Start(element) if element.local() == "abstractNum" => {
                    let id = attribute_number(element.attribute("abstractNumId"));
                    numbering.abstracts.insert(id, read_abstract(&mut xml)?);
                }
                Event::Start(element) if element.local() == "num" => {
                    let id = attribute_number(element.attribute("numId"));
                    numbering.lists.insert(id, read_list(&mut xml)?);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        numbering.follow_links(styles);
        Ok(numbering)
    }

    /// Adds an abstract definition under its number.
    pub(crate) fn define(&mut self, id: i64, levels: [Level; LEVELS]) {
        self.abstracts.insert(id, Abstract { levels, style_link: None });
    }

    /// Adds a list under its number.
    pub(crate) fn add(&mut self, id: i64, list: List) {
        self.lists.insert(id, list);
    }

    /// The level of a list that belongs to one of these paragraph styles.
    pub(super) fn level_of_style(&self, list: i64, chain: &[String]) -> Option<u8> {
        let definition = self.abstracts.get(&self.lists.get(&list)?.definition)?;
        let place = |id: &String| definition.levels.iter().position(|level| level.style.as_ref() == Some(id));
        chain.iter().find_map(place).and_then(|level| u8::try_from(level).ok())
    }

    /// Replaces a definition that only points to a numbering style by the one behind that style.
    fn follow_links(&mut self, styles: &Styles) {
        let behind: HashMap<i64, i64> = self
            .abstracts
            .iter()
            .filter_map(|(&id, definition)| {
                let list = styles.get(Some(definition.style_link.as_deref()?))?.list?;
                Some((id, self.lists.get(&list)?.definition))
            })
            .collect();
        for list in self.lists.values_mut() {
            if let Some(&definition) = behind.get(&list.definition) {
                list.definition = definition;
            }
        }
    }
}

impl Counters {
    /// Counts one paragraph of a list and gives its label; empty where the list does not exist or shows none.
    pub(crate) fn label(&mut self, numbering: &Numbering, id: i64, level: usize) -> String {
        let Some(list) = numbering.lists.get(&id) else { return String::new() };
        let Some(definition) = numbering.abstracts.get(&list.definition) else { return String::new() };
        let level = level.min(LEVELS - 1);
        let of = |n: usize| list.levels.get(&n).unwrap_or(&definition.levels[n]);
        let start = |n: usize| list.starts[n].unwrap_or(of(n).start);

        let counts = self.counts.entry(list.definition).or_default();
        let begins = list.starts[level].is_some() && self.begun.insert((id, level));
        counts[level] = Some(match counts[level] {
            Some(count) if !begins => count.saturating_add(1),
            _ => start(level),
        });
        for (lower, count) in counts.iter_mut().enumerate().skip(level + 1) {
            if of(lower).restart.is_none_or(|after| level < usize::from(after)) {
                *count = None;
            }
        }

        let own = of(level);
        if own.format == "bullet" {
            return own.suffix.after(own.pattern.chars().map(visible_bullet).collect());
        }
        let mut label = String::new();
        let mut rest = own.pattern.as_str();
        while let Some(at) = rest.find('%') {
            label.push_str(&rest[..at]);
            let digit = rest.as_bytes().get(at + 1).filter(|digit| (b'1'..=b'9').contains(digit));
            let Some(digit) = digit else {
                label.push('%');
                rest = &rest[at + 1..];
                continue;
            };
            let n = usize::from(digit - b'1');
            let format = if own.decimal { "decimal" } else { &of(n).format };
            label.push_str(&counting::write(format, counts[n].unwrap_or_else(|| start(n))));
            rest = &rest[at + 2..];
        }
        label.push_str(rest);
        own.suffix.after(label)
    }
}

/// Bullets are mostly signs of a symbol font in the private use area.
pub(crate) const fn visible_bullet(c: char) -> char {
    match c {
        '\u{e000}'..='\u{f8ff}' => '•',
        c => c,
    }
}

fn attribute_number(value: Option<Cow<str>>) -> i64 {
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(-1)
}

fn read_abstract(xml: &mut Xml) -> Result<Abstract, ReadError> {
    let mut definition = Abstract::default();
    xml.inside(|xml, element| {
        match element.local() {
            "lvl" => {
                let at = attribute_number(element.attribute("ilvl"));
                let level = read_level(xml)?;
                if let Some(slot) = usize::try_from(at).ok().and_then(|at| definition.levels.get_mut(at)) {
                    *slot = level;
                }
            }
            "numStyleLink" => definition.style_link = element.value().map(Into::into),
            _ => {}
        }
        Ok(())
    })?;
    Ok(definition)
}

fn read_level(xml: &mut Xml) -> Result<Level, ReadError> {
    let mut level = Level { format: "decimal".into(), ..Level::default() };
    xml.inside(|xml, element| {
        match element.local() {
            "pPr" | "rPr" => xml.skip()?,
            "start" => level.start = number(element.number()),
            // A custom format has an ordinary one to fall back on beside it.
            "numFmt" => {
                if let Some(format) = element.value().filter(|format| format != "custom") {
                    level.format = Cow::Owned(format.into_owned());
                }
            }
            "lvlText" => level.pattern = element.value().unwrap_or_default().chars().take(LONGEST_PATTERN).collect(),
            "isLgl" => level.decimal = element.is_on(),
            "lvlRestart" => level.restart = element.number().and_then(|n| u8::try_from(n).ok()),
            "pStyle" => level.style = element.value().map(Into::into),
            "suff" => {
                level.suffix = match element.value().as_deref() {
                    Some("space") => Suffix::Space,
                    Some("nothing") => Suffix::Nothing,
                    _ => Suffix::Tab,
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(level)
}

fn read_list(xml: &mut Xml) -> Result<List, ReadError> {
    let mut list = List::default();
    let mut at = LEVELS;
    xml.inside(|xml, element| {
        match element.local() {
            "abstractNumId" => list.definition = element.number().unwrap_or(-1),
            "lvlOverride" => at = usize::try_from(attribute_number(element.attribute("ilvl"))).unwrap_or(LEVELS),
            "startOverride" => {
                if let Some(start) = list.starts.get_mut(at) {
                    *start = Some(number(element.number()));
                }
            }
            "lvl" => {
                list.levels.insert(at, read_level(xml)?);
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(list)
}

fn number(value: Option<i64>) -> u32 {
    value.and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbering(body: &str) -> Numbering {
        let xml = format!(r#"<w:numbering xmlns:w="w">{body}</w:numbering>"#);
        Numbering::read(xml.as_bytes(), &Styles::default(), &Limits::default()).expect("valid")
    }

    fn level(n: usize, format: &str, pattern: &str, more: &str) -> String {
        format!(r#"<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{pattern}"/>{more}</w:lvl>"#)
    }

    fn report() -> String {
        [
            r#"<w:abstractNum w:abstractNumId="0">"#,
            &level(0, "chineseCountingThousand", "%1、", ""),
            &level(1, "chineseCountingThousand", "（%2）", ""),
            &level(2, "decimal", "%3.", ""),
            &level(3, "decimal", "%1.%4", r#"<w:isLgl/><w:suff w:val="nothing"/>"#),
            "</w:abstractNum>",
            r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
            r#"<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>"#,
        ]
        .concat()
    }

    #[test]
    fn levels_reset_below_and_patterns_are_filled() {
        let numbering = numbering(&report());
        let mut counters = Counters::default();
        let labels: Vec<String> = [0, 1, 1, 2, 2, 0, 1, 2, 3].into_iter().map(|level| counters.label(&numbering, 1, level)).collect();
        assert_eq!(labels, ["一、", "（一）", "（二）", "1. ", "2. ", "二、", "（一）", "1. ", "2.1"]);
    }

    #[test]
    fn a_start_override_counts_once_and_instances_share_their_counter() {
        let numbering = numbering(&report());
        let mut counters = Counters::default();
        let labels: Vec<String> = [1, 1, 2, 2, 1].into_iter().map(|list| counters.label(&numbering, list, 0)).collect();
        assert_eq!(labels, ["一、", "二、", "五、", "六、", "七、"]);
    }

    #[test]
    fn a_level_may_keep_counting_and_bullets_are_visible() {
        let body = [
            r#"<w:abstractNum w:abstractNumId="0">"#,
            &level(0, "chineseCounting", "第%1章", ""),
            &level(1, "chineseCounting", "第%2条", r#"<w:lvlRestart w:val="0"/><w:suff w:val="space"/>"#),
            &level(2, "bullet", "\u{f0b7}", ""),
            "</w:abstractNum>",
            r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
        ]
        .concat();
        let numbering = numbering(&body);
        let mut counters = Counters::default();
        let labels: Vec<String> = [0, 1, 0, 1, 2].into_iter().map(|level| counters.label(&numbering, 1, level)).collect();
        assert_eq!(labels, ["第一章 ", "第一条 ", "第二章 ", "第二条 ", "• "]);
    }

    #[test]
    fn an_unknown_list_has_no_label() {
        assert_eq!(Counters::default().label(&numbering(""), 3, 0), "");
    }
}
