//! Signs of symbol fonts as the characters they look like.

/// The fonts whose signs are known.
const FONTS: [&str; 3] = ["Wingdings", "Wingdings 2", "Symbol"];

/// The symbol font of that name, if it is one.
pub(crate) fn symbol_font(name: &str) -> Option<&'static str> {
    FONTS.into_iter().find(|known| *known == name)
}

/// A character as it is shown: programs write the signs of a symbol font as U+F000 to U+F0FF. What comes back takes as many bytes of UTF-8.
pub(crate) fn shown(font: &str, c: char) -> char {
    let code = u32::from(c);
    if !(0xf000..=0xf0ff).contains(&code) {
        return c;
    }
    symbol(font, code).filter(|sign| sign.len_utf8() == c.len_utf8()).unwrap_or(c)
}

/// The character a sign of a symbol font looks like: the boxes and ticks that forms use; `None` for ornaments.
pub(crate) fn symbol(font: &str, code: u32) -> Option<char> {
    match (font, code & 0xff) {
        _ if !(0xf000..=0xf0ff).contains(&code) => char::from_u32(code).filter(|c| !c.is_control()),
        ("Wingdings", 0x6f | 0x70 | 0x71 | 0x72 | 0xa8) | ("Wingdings 2", 0x2a | 0x30 | 0xa3) => Some('□'),
        ("Wingdings", 0xfe) | ("Wingdings 2", 0x52) => Some('☑'),
        ("Wingdings", 0xfd) | ("Wingdings 2", 0x54) => Some('☒'),
        ("Wingdings", 0xfc) | ("Wingdings 2", 0x50) => Some('✓'),
        ("Wingdings", 0x6c) => Some('●'),
        ("Wingdings", 0x6e) => Some('■'),
        ("Wingdings", 0x75) => Some('◆'),
        ("Symbol", 0xb4) => Some('×'),
        ("Symbol", 0xb7) => Some('•'),
        _ => None,
    }
}
