//! What the objects of a PDF weigh in memory, told from their bytes before the parser makes them.
//!
//! A number of two bytes becomes an object of more than a hundred, and both packed streams of objects and the operands in a page's content
//! pack very well, so a file of a few kilobytes could fill the memory. Here that is seen first.

use std::cell::Cell;

use lopdf::{Object, ObjectId};

/// Of an object in a growing array, in bytes of memory.
const OBJECT: usize = 150;

/// Of a dictionary beside the objects in it.
const DICTIONARY: usize = 500;

thread_local! {
    /// What the object streams of the document being loaded may still weigh, and what one may unpack to; both in bytes.
    static LEFT: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// Runs `load` on this thread with [`admit`] as the filter of objects: together the object streams weigh no more than `most` bytes and none unpacks
/// to more than `unpacked`. Whether all were admitted comes with the result.
pub(super) fn within<T>(most: usize, unpacked: usize, load: impl FnOnce() -> T) -> (T, bool) {
    LEFT.set((most, unpacked));
    let loaded = load();
    (loaded, LEFT.get().0 > 0)
}

/// A filter of lopdf's: leaves out a stream of objects too heavy for what is left, and every one after it.
pub(super) fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Ok(stream) = object.as_stream() else { return Some((id, object.clone())) };
    let (left, unpacked) = LEFT.get();
    if stream.dict.has_type(b"ObjStm")
        && let Ok(content) = stream.get_plain_content_with_limit(unpacked)
    {
        LEFT.set((left.saturating_sub(weight(&content)), unpacked));
        if LEFT.get().0 == 0 {
            return None;
        }
    }
    // A stream stands in no other, and outside one lopdf only asks whether there is an answer: nothing large need be copied.
    Some((id, Object::Null))
}

/// Bytes of memory that the objects written in `bytes` will take.
fn weight(bytes: &[u8]) -> usize {
    Tokens(bytes).map(Token::weight).sum()
}

/// The same for the operands of that operator of a content stream whose operands weigh most.
pub(super) fn of_operands(content: &[u8]) -> usize {
    let (mut most, mut here) = (0, 0);
    for token in Tokens(content) {
        here = if token == Token::Operator { 0 } else { here + token.weight() };
        most = most.max(here);
    }
    most
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Object,
    Dictionary,
    /// Makes one object of two numbers.
    Reference,
    Operator,
}

impl Token {
    fn weight(self) -> usize {
        match self {
            Self::Object => OBJECT,
            Self::Dictionary => DICTIONARY,
            Self::Reference | Self::Operator => 0,
        }
    }
}

/// What begins at each place that begins something (ISO 32000-1, 7.2 and 7.3).
struct Tokens<'a>(&'a [u8]);

impl Tokens<'_> {
    fn skip(&mut self, length: usize) {
        self.0 = self.0.get(length..).unwrap_or_default();
    }

    /// The bytes up to one that `ends`, taken.
    fn take_until(&mut self, ends: impl FnMut(&u8) -> bool) -> &[u8] {
        let (taken, rest) = self.0.split_at(self.0.iter().position(ends).unwrap_or(self.0.len()));
        self.0 = rest;
        taken
    }

    /// Goes over a string in parentheses.
    fn string(&mut self) {
        let (mut depth, mut escaped) = (0_usize, false);
        self.take_until(|&byte| {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        self.skip(1);
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let is_delimiter = |byte: &u8| matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%');
        let is_space = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        loop {
            match *self.0.first()? {
                b'%' => {
                    self.take_until(|byte| matches!(byte, b'\r' | b'\n'));
                }
                b'(' => {
                    self.string();
                    return Some(Token::Object);
                }
                b'<' if self.0.starts_with(b"<<") => {
                    self.skip(2);
                    return Some(Token::Dictionary);
                }
                b'[' => {
                    self.skip(1);
                    return Some(Token::Object);
                }
                b'<' => {
                    self.take_until(|&byte| byte == b'>');
                    return Some(Token::Object);
                }
                b'/' => {
                    self.skip(1);
                    self.take_until(|byte| is_space(byte) || is_delimiter(byte));
                    return Some(Token::Object);
                }
                byte if is_space(&byte) || is_delimiter(&byte) => self.skip(1),
                // Numbers and these words need nothing between them and the next.
                b'R' => {
                    self.skip(1);
                    return Some(Token::Reference);
                }
                b'0'..=b'9' | b'+' | b'-' | b'.' => {
                    self.skip(1);
                    self.take_until(|byte| !byte.is_ascii_digit());
                    if self.0.first() == Some(&b'.') {
                        self.skip(1);
                        self.take_until(|byte| !byte.is_ascii_digit());
                    }
                    return Some(Token::Object);
                }
                _ => {
                    let known = [&b"true"[..], b"false", b"null"].into_iter().find(|word| self.0.starts_with(word));
                    if let Some(word) = known {
                        self.skip(word.len());
                        return Some(Token::Object);
                    }
                    if self.take_until(|byte| is_space(byte) || is_delimiter(byte)) == b"ID" {
                        // The bytes of a picture.
                        self.skip(memchr::memmem::find(self.0, b"EI").unwrap_or(self.0.len()));
                    }
                    return Some(Token::Operator);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_that_becomes_an_object_weighs() {
        assert_eq!(weight(b"[0 -1.5 +2 .5-1] % 3 4\n<0a> (a \\) (b) 1) /Name/B true nullnull"), OBJECT * 13);
        assert_eq!(weight(b"<</A 5 0 R>>"), DICTIONARY + OBJECT * 3);
    }

    #[test]
    fn operands_end_at_an_operator() {
        assert_eq!(of_operands(b"1 0 0 1 5 5 cm BT [(a) -10 (b)] TJ 0 0 Td ET"), OBJECT * 6);
        assert_eq!(of_operands(b"BI /W 1 ID 0 0 0 (0 0 0 0 0 0 EI 1 w"), OBJECT * 2);
        assert_eq!(of_operands(&b"0 ".repeat(1000)), OBJECT * 1000);
        assert_eq!(of_operands(&[b"[", &b"0 0 R0 0 R".repeat(100)[..]].concat()), OBJECT * 401);
    }
}
