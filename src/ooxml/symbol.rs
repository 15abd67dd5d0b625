//! Signs of symbol fonts as the characters they look like.

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
