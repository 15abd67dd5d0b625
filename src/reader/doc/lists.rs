//! List definitions and their overrides ([MS-DOC] 2.9.131, 2.9.150, 2.9.147) as the lists that .docx has, so that one piece counts and writes labels.

use std::borrow::Cow;

use super::fib::{Fib, Table, i32_at, slice, u16_at, u32_at, units};
use crate::ooxml::numbering::{LEVELS, LONGEST_PATTERN, Level, List, Numbering, Suffix};

/// Names of the number formats, by their code in the file ([MS-OSHARED] 2.2.1.3).
const FORMATS: [&str; 40] = [
    "decimal",
    "upperRoman",
    "lowerRoman",
    "upperLetter",
    "lowerLetter",
    "ordinal",
    "cardinalText",
    "ordinalText",
    "hex",
    "chicago",
    "ideographDigital",
    "japaneseCounting",
    "aiueo",
    "iroha",
    "decimalFullWidth",
    "decimalHalfWidth",
    "japaneseLegal",
    "japaneseDigitalTenThousand",
    "decimalEnclosedCircle",
    "decimalFullWidth2",
    "aiueoFullWidth",
    "irohaFullWidth",
    "decimalZero",
    "bullet",
    "ganada",
    "chosung",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "ideographTraditional",
    "ideographZodiac",
    "ideographZodiacTraditional",
    "taiwaneseCounting",
    "ideographLegalTraditional",
    "taiwaneseCountingThousand",
    "taiwaneseDigital",
    "chineseCounting",
    "chineseLegalSimplified",
    "chineseCountingThousand",
];

/// Sizes of fixed records, in bytes.
const DEFINITION: usize = 28;
const LEVEL: usize = 28;
const OVERRIDE: usize = 16;

/// A paragraph cannot name a list beyond this one.
const MOST_LISTS: usize = 0x07fe;

/// The lists of a file; a paragraph names one by its index from 1.
pub(super) fn read(fib: &Fib) -> Numbering {
    let mut numbering = Numbering::default();
    // A damaged table leaves the lists before the damage.
    let _ = definitions(fib, &mut numbering);
    let _ = overrides(fib.table(Table::ListOverrides), &mut numbering);
    numbering
}

fn definitions(fib: &Fib, numbering: &mut Numbering) -> Option<()> {
    let table = fib.table(Table::Lists);
    // The levels stand behind the table and are not counted to its size.
    let mut behind = fib.behind(Table::Lists);
    for n in 0..usize::from(u16_at(table, 0)?) {
        let definition = slice(table, 2 + n * DEFINITION, DEFINITION)?;
        let id = i32_at(definition, 0)?;
        let simple = definition[26] & 1 == 1;
        let mut levels: [Level; LEVELS] = Default::default();
        for level in levels.iter_mut().take(if simple { 1 } else { LEVELS }) {
            (*level, behind) = read_level(behind)?;
        }
        numbering.define(id.into(), levels);
    }
    Some(())
}

fn overrides(table: &[u8], numbering: &mut Numbering) -> Option<()> {
    let count = u32_at(table, 0)? as usize;
    let mut behind = table.get(4 + count.checked_mul(OVERRIDE)?..)?;
    for n in 0..count.min(MOST_LISTS) {
        let record = slice(table, 4 + n * OVERRIDE, OVERRIDE)?;
        let mut list = List { definition: i32_at(record, 0)?.into(), ..List::default() };
        behind = behind.get(4..)?;
        for _ in 0..record[12] {
            let (start, flags) = (u32_at(behind, 0)?, u32_at(behind, 4)?);
            behind = &behind[8..];
            let at = (flags & 0xf) as usize;
            if flags & 0x10 != 0
                && let Some(slot) = list.starts.get_mut(at)
            {
                *slot = Some(start);
            }
            if flags & 0x20 != 0 {
                let (level, rest) = read_level(behind)?;
                behind = rest;
                list.levels.insert(at, level);
            }
        }
        numbering.add(i64::try_from(n).ok()? + 1, list);
    }
    Some(())
}

/// Reads a level and gives what stands behind it.
fn read_level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let fixed = slice(bytes, 0, LEVEL)?;
    let text_at = LEVEL + usize::from(fixed[24]) + usize::from(fixed[25]);
    let length = usize::from(u16_at(bytes, text_at)?);
    let text = slice(bytes, text_at + 2, 2 * length)?;
    let format = FORMATS.get(usize::from(fixed[4])).copied().unwrap_or(if fixed[4] == 255 { "none" } else { "decimal" });
    let level = Level {
        start: u32_at(fixed, 0)?,
        format: Cow::Borrowed(format),
        pattern: pattern(text),
        suffix: match fixed[15] {
            1 => Suffix::Space,
            2 => Suffix::Nothing,
            _ => Suffix::Tab,
        },
        decimal: fixed[5] & 4 != 0,
        restart: (fixed[5] & 8 != 0).then_some(fixed[26]),
        style: None,
    };
    Some((level, &bytes[text_at + 2 + 2 * length..]))
}

/// The text of a label, in which the characters 0–8 stand for the numbers of levels.
fn pattern(text: &[u8]) -> String {
    let mut pattern = String::new();
    for c in char::decode_utf16(units(text).take(LONGEST_PATTERN)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)) {
        match u32::from(c) {
            level @ 0..9 => {
                pattern.push('%');
                pattern.extend(char::from_digit(level + 1, 10));
            }
            _ => pattern.push(c),
        }
    }
    pattern
}
