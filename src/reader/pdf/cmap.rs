//! `ToUnicode` tables (ISO 32000-1, 9.10.3): which text a character code stands for.
//!
//! Forgiving about everything but the mappings themselves, since every program writes the frame around them differently.

use std::collections::BTreeMap;

/// Text by code; ranges stay ranges.
#[derive(Debug, Default)]
pub(super) struct Cmap {
    /// By length of the code in bytes and first code: the last code, and the text of the first in UTF-16.
    ranges: BTreeMap<(usize, u32), (u32, Vec<u16>)>,
}

#[derive(Debug, PartialEq)]
enum Token<'a> {
    /// A string in hexadecimal digits, as bytes.
    Hex(Vec<u8>),
    Open,
    Close,
    Word(&'a [u8]),
}

impl Cmap {
    pub(super) fn parse(source: &[u8]) -> Self {
        let mut cmap = Self::default();
        let mut operands: Vec<Token> = Vec::new();
        let mut rest = source;
        while let Some((token, behind)) = next_token(rest) {
            rest = behind;
            match token {
                Token::Word(b"endbfchar") => {
                    for pair in std::mem::take(&mut operands).chunks_exact(2) {
                        if let [Token::Hex(code), Token::Hex(text)] = pair {
                            cmap.add(code, code, text);
                        }
                    }
                }
                Token::Word(b"endbfrange") => cmap.add_ranges(&std::mem::take(&mut operands)),
                Token::Word(_) => operands.clear(),
                operand => operands.push(operand),
            }
        }
        cmap
    }

    fn add_ranges(&mut self, mut operands: &[Token]) {
        loop {
            match operands {
                [Token::Hex(from), Token::Hex(to), Token::Hex(text), rest @ ..] => {
                    self.add(from, to, text);
                    operands = rest;
                }
                [Token::Hex(from), Token::Hex(_), Token::Open, rest @ ..] => {
                    let count = rest.iter().position(|token| *token == Token::Close).unwrap_or(rest.len());
                    for (n, text) in (number(from)..).zip(&rest[..count]) {
                        if let Token::Hex(text) = text {
                            self.ranges.insert((from.len(), n), (n, units(text)));
                        }
                    }
                    operands = rest.get(count + 1..).unwrap_or_default();
                }
                _ => return,
            }
        }
    }

    fn add(&mut self, from: &[u8], to: &[u8], text: &[u8]) {
        self.ranges.insert((from.len(), number(from)), (number(to), units(text)));
    }

    /// The text of a code of `len` bytes in UTF-16.
    pub(super) fn text(&self, len: usize, code: u32) -> Option<Vec<u16>> {
        let (&(_, first), (last, text)) = self.ranges.range((len, 0)..=(len, code)).next_back()?;
        let mut text = text.clone();
        let by = u16::try_from(code.checked_sub(first).filter(|_| code <= *last)?).ok()?;
        let unit = text.last_mut()?;
        *unit = unit.wrapping_add(by);
        Some(text)
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn units(bytes: &[u8]) -> Vec<u16> {
    match bytes {
        [one] => vec![u16::from(*one)],
        _ => bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect(),
    }
}

fn next_token(mut rest: &[u8]) -> Option<(Token<'_>, &[u8])> {
    loop {
        rest = rest.trim_ascii_start();
        match rest {
            [] => return None,
            [b'%', ..] => {
                let line = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n'))?;
                rest = &rest[line..];
            }
            [b'[', behind @ ..] => return Some((Token::Open, behind)),
            [b']', behind @ ..] => return Some((Token::Close, behind)),
            [b'<', b'<', behind @ ..] | [b'>', b'>', behind @ ..] => return Some((Token::Word(b"<<"), behind)),
            [b'<', behind @ ..] => {
                let end = behind.iter().position(|byte| *byte == b'>')?;
                return Some((Token::Hex(hex(&behind[..end])), &behind[end + 1..]));
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b"[]<>%".contains(byte);
                let end = rest[1..].iter().position(ends).map_or(rest.len(), |end| end + 1);
                return Some((Token::Word(&rest[..end]), &rest[end..]));
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).filter_map(|n| u8::try_from(n).ok()).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ranges_and_lists_are_found_by_their_length() {
        let cmap = Cmap::parse(
            b"/CIDInit /ProcSet findresource begin <</Registry(x)>> 1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003><4E00> % one\n<41> <0061> endbfchar 2 beginbfrange <0010> <0012> <4E8C> <0020> <0021> [<4E09> <D840DC00>] endbfrange",
        );
        let text = |len, code| cmap.text(len, code).map(|text| String::from_utf16_lossy(&text));
        assert_eq!(text(2, 3).as_deref(), Some("一"));
        assert_eq!(text(1, 0x41).as_deref(), Some("a"));
        assert_eq!(text(2, 0x41), None);
        assert_eq!(text(2, 0x12).as_deref(), Some("\u{4e8e}"));
        assert_eq!(text(2, 0x13), None);
        assert_eq!(text(2, 0x21).as_deref(), Some("\u{20000}"));
    }

    #[test]
    fn damaged_tables_end() {
        for source in ["<", "<<", "beginbfrange <00> <01> [<41>", "endbfrange", "<0> endbfchar", "%"] {
            let _ = Cmap::parse(source.as_bytes());
        }
    }
}
