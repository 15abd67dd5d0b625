//! Property modifiers ([MS-DOC] 2.2.5, 2.6): what a style or a stretch of text changes, as far as it decides what is shown.

use super::fib::{slice, u16_at, u32_at};
use crate::ooxml::heading_level;

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ParagraphLook {
    /// Heading level 1–9, 0 for body text.
    pub(super) level: u8,
    /// The list: an index from 1 into the overrides; 0 for none.
    pub(super) list: u16,
    /// The level in the list, from 0.
    pub(super) list_level: u8,
    pub(super) in_table: bool,
    /// The mark that ends a row, which holds no text.
    pub(super) row_end: bool,
}

impl ParagraphLook {
    pub(super) fn apply(&mut self, modifiers: &[u8]) {
        for (code, operand) in Modifiers(modifiers) {
            let byte = operand.first().copied().unwrap_or(0);
            match code {
                0x260a => self.list_level = byte.min(8),
                // Above 0x07fe stand lists that a style would give and the paragraph refuses.
                0x460b => self.list = u16_at(operand, 0).filter(|list| *list <= 0x07fe).unwrap_or(0),
                0x2416 => self.in_table = byte != 0,
                0x6649 => self.in_table = u32_at(operand, 0) != Some(0),
                0x2417 | 0x244c => self.row_end = byte != 0,
                0x2640 => self.level = heading_level(byte),
                _ => {}
            }
        }
    }
}

/// What is known of a stretch of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CharacterLook {
    /// Deleted by a tracked change.
    pub(super) deleted: bool,
    pub(super) hidden: bool,
    /// Control characters mean what the format says, not what their code says.
    pub(super) special: bool,
    /// Index of the font of western characters, where it is not that of the style.
    pub(super) font: Option<u16>,
    /// Font index and code of a symbol.
    pub(super) symbol: Option<(u16, u16)>,
}

impl CharacterLook {
    pub(super) fn of(modifiers: &[u8]) -> Self {
        let mut look = Self::default();
        for (code, operand) in Modifiers(modifiers) {
            // 0x80 and 0x81 mean “as the style” and “not as the style”; hardly any style hides or deletes.
            let on = operand.first().is_some_and(|byte| byte & 0x7f != 0);
            match code {
                0x0800 => look.deleted = on,
                0x083c => look.hidden = on,
                0x0855 => look.special = on,
                0x4a4f => look.font = u16_at(operand, 0),
                0x6a09 => look.symbol = Some((u16_at(operand, 0).unwrap_or(0), u16_at(operand, 2).unwrap_or(0))),
                _ => {}
            }
        }
        look
    }
}

/// Walks over modifiers: a code of 16 bits that also tells the size of the operand behind it.
struct Modifiers<'a>(&'a [u8]);

impl<'a> Iterator for Modifiers<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.0, 0)?;
        let rest = &self.0[2..];
        let (skipped, size) = match (code >> 13, code) {
            // The definition of a table has a size of two bytes that counts one of them.
            (6, 0xd608) => (2, usize::from(u16_at(rest, 0)?).saturating_sub(1)),
            // Changed tab stops beyond 255 bytes count themselves.
            (6, 0xc615) if rest.first() == Some(&255) => {
                let deleted = 4 * usize::from(*rest.get(1)?);
                let added = 3 * usize::from(*rest.get(2 + deleted)?);
                (1, 2 + deleted + added)
            }
            (6, _) => (1, usize::from(*rest.first()?)),
            (0 | 1, _) => (0, 1),
            (2 | 4 | 5, _) => (0, 2),
            (3, _) => (0, 4),
            _ => (0, 3),
        };
        let operand = slice(rest, skipped, size)?;
        self.0 = &rest[skipped + size..];
        Some((code, operand))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_operands_follow_the_codes() {
        let mut modifiers = vec![0x08, 0xd6, 3, 0, 9, 9];
        modifiers.extend([0x15, 0xc6, 255, 1, 0, 0, 0, 0, 1, 7, 7, 7]);
        modifiers.extend([0x03, 0x6a, 1, 2, 3, 4]);
        modifiers.extend([0x40, 0x26, 1, 0x0b, 0x46, 2, 0, 0x0a, 0x26, 3]);
        let mut look = ParagraphLook::default();
        look.apply(&modifiers);
        assert_eq!(look, ParagraphLook { level: 2, list: 2, list_level: 3, ..ParagraphLook::default() });
        look.apply(&[0x0b, 0x46, 0x02, 0xf8, 0x40]);
        assert_eq!(look.list, 0);
    }

    #[test]
    fn character_switches_are_read() {
        let look = CharacterLook::of(&[0x00, 0x08, 1, 0x3c, 0x08, 0x81, 0x55, 0x08, 1, 0x09, 0x6a, 2, 0, 0xfe, 0xf0]);
        assert_eq!(look, CharacterLook { deleted: true, hidden: true, special: true, font: None, symbol: Some((2, 0xf0fe)) });
    }
}
