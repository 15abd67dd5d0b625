//! Rich Text Format: groups in braces, control words behind backslashes, characters as `\u` numbers or as bytes of a code page.
//!
//! A single pass over the bytes with a stack of groups. Word and WPS write the numbers of automatic numbering into `\listtext`, so labels need no
//! counting here. Bytes (`\'d6\'d0`) are decoded by the character set of the font they stand in, since a Chinese file may
//! declare a western code page. Notes, headers and footers come behind the body.

use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, WINDOWS_1252};
use std::collections::HashMap;

use super::Builder;
use crate::document::{BlockKind, Document, Format};
use crate::input::ReadError;
use crate::ooxml::numbering::Suffix;
use crate::ooxml::symbol;

/// Deeper nesting of groups is not honest.
const DEEPEST: usize = 1_000;

/// Reads the bytes of an RTF file.
///
/// # Errors
/// [`ReadError::Truncated`] where groups stay open, [`ReadError::TooLarge`] for absurd nesting.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, ReadError> {
    let mut reading = Reading {
        bytes,
        at: 0,
        groups: vec![Group::default()],
        flows: vec![Flow::default()],
        fonts: HashMap::new(),
        symbols: HashMap::new(),
        font_name: String::new(),
        code_page: 936,
        pending: Vec::new(),
        high_surrogate: None,
        skip: 0,
        label: String::new(),
        instruction: String::new(),
        builder: Builder::default(),
        late: Vec::new(),
    };
    reading.read()?;
    Ok(reading.finish(name))
}

/// What text in a group is for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
enum Role {
    #[default]
    Text,
    /// The label of a numbered paragraph.
    Label,
    /// The instruction of a field.
    Instruction,
    /// The font table: character sets, and which are symbol fonts.
    Fonts,
    /// Not shown.
    Nothing,
}

/// State that ends with a group.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "RTF properties are switches")]
struct Group {
    role: Role,
    /// Opened a flow of its own: a note, a header, a text box.
    flow: bool,
    hidden: bool,
    deleted: bool,
    font: i32,
    /// The font of Far East characters, and whether the next font words name it.
    asian_font: i32,
    naming_asian: bool,
    /// Characters that follow `\u` for older readers (`\uc`); 1 where nothing is said.
    unicode_skip: Option<usize>,
    level: u8,
    in_table: bool,
    /// Holds a field whose result is a table of contents.
    contents: bool,
    /// The next control word decides what the group is, and an unknown one hides it.
    starred: bool,
}

/// A place paragraphs go.
#[derive(Default)]
struct Flow {
    kind: Option<BlockKind>,
    text: String,
    /// Text boxes of the open paragraph.
    after: Vec<(BlockKind, String)>,
}

struct Reading<'a> {
    bytes: &'a [u8],
    at: usize,
    groups: Vec<Group>,
    flows: Vec<Flow>,
    /// Character set by font number.
    fonts: HashMap<i32, i32>,
    /// Symbol fonts by number, and the name of the font being told of.
    symbols: HashMap<i32, &'static str>,
    font_name: String,
    code_page: i32,
    /// Bytes waiting for the rest of their character.
    pending: Vec<u8>,
    high_surrogate: Option<u16>,
    /// Characters still to skip behind a `\u`.
    skip: usize,
    label: String,
    instruction: String,
    builder: Builder,
    /// Notes, headers and footers.
    late: Vec<(BlockKind, String)>,
}

impl Reading<'_> {
    fn read(&mut self) -> Result<(), ReadError> {
        while let Some(&byte) = self.bytes.get(self.at) {
            self.at += 1;
            match byte {
                b'{' => {
                    self.flush();
                    if self.groups.len() > DEEPEST {
                        return Err(ReadError::TooLarge { what: "RTF 嵌套层数", limit: format!("{DEEPEST} 层") });
                    }
                    let group = Group { flow: false, contents: false, starred: false, ..self.group().clone() };
                    self.groups.push(group);
                }
                b'}' => {
                    self.flush();
                    if self.groups.len() == 2 {
                        // What follows the outermost group is not part of the document.
                        self.close_group();
                        return Ok(());
                    }
                    self.close_group();
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte if self.skip > 0 => self.skip -= usize::from(byte != 0),
                byte => self.byte(byte),
            }
        }
        Err(ReadError::truncated("RTF 文档缺少结尾"))
    }

    fn finish(mut self, name: &str) -> Document {
        self.paragraph(false);
        let mut late = std::mem::take(&mut self.late);
        late.sort_by_key(|(kind, _)| match kind {
            BlockKind::Note => 0,
            BlockKind::Header => 1,
            _ => 2,
        });
        for (kind, text) in late {
            self.builder.push(kind, 0, "", &text);
        }
        self.builder.finish(name, Format::Rtf)
    }

    fn group(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn flow(&mut self) -> &mut Flow {
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn close_group(&mut self) {
        let Some(closed) = self.groups.pop() else { return };
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        if closed.flow && self.flows.len() > 1 {
            self.paragraph(false);
            if let Some(flow) = self.flows.pop() {
                self.flow().after.extend(flow.after);
            }
        }
        let toc = closed.role == Role::Instruction && self.instruction.trim_start().starts_with("TOC");
        if toc && self.group().role != Role::Instruction {
            self.group().contents = true;
        }
    }

    /// Handles what follows a backslash.
    fn control(&mut self) {
        let Some(&sign) = self.bytes.get(self.at) else { return };
        if sign.is_ascii_alphabetic() {
            self.word();
            return;
        }
        self.at += 1;
        match sign {
            b'\'' => {
                let hex = self.bytes.get(self.at..self.at + 2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.at += 2;
                    if self.skip > 0 {
                        self.skip -= 1;
                    } else {
                        self.byte(byte);
                    }
                }
            }
            b'*' => self.group().starred = true,
            b'\r' | b'\n' => self.paragraph(true),
            b'~' | b'_' => {
                self.flush();
                self.write(if sign == b'~' { "\u{a0}" } else { "-" });
            }
            b'\\' | b'{' | b'}' if self.skip > 0 => self.skip -= 1,
            b'\\' | b'{' | b'}' => self.byte(sign),
            _ => {}
        }
    }

    /// Handles a control word with its number.
    fn word(&mut self) {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = std::str::from_utf8(&rest[..length]).unwrap_or_default();
        let number_length = match rest.get(length) {
            Some(b'-') => 1 + digits(&rest[length + 1..]),
            _ => digits(&rest[length..]),
        };
        let number = std::str::from_utf8(&rest[length..length + number_length]).ok().and_then(|number| number.parse::<i64>().ok());
        let number = number.map(|number| i32::try_from(number).unwrap_or(i32::MAX));
        self.at += length + number_length;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        if word == "bin" {
            let length = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            self.at = self.at.saturating_add(length).min(self.bytes.len());
            return;
        }
        if word == "u" {
            self.flush_bytes();
            self.unicode(number.unwrap_or(0));
            self.skip = self.group().unicode_skip.unwrap_or(1);
            return;
        }
        self.skip = 0;
        if word == "uc" {
            // Stands between the two halves of a rare character too.
            self.flush_bytes();
        } else {
            self.flush();
        }
        if !self.destination(word) {
            self.property(word, number);
        }
    }

    /// Words that say what the group they open is for.
    fn destination(&mut self, word: &str) -> bool {
        let starred = std::mem::take(&mut self.group().starred);
        let parent_holds_contents = self.groups.iter().rev().nth(1).is_some_and(|parent| parent.contents);
        match word {
            _ if self.group().role == Role::Nothing => return true,
            "footnote" => self.open_flow(BlockKind::Note),
            "header" | "headerl" | "headerr" | "headerf" => self.open_flow(BlockKind::Header),
            "footer" | "footerl" | "footerr" | "footerf" => self.open_flow(BlockKind::Footer),
            "shptxt" => self.open_flow(BlockKind::TextBox),
            "listtext" | "pntext" => {
                self.label.clear();
                self.group().role = Role::Label;
            }
            "fldinst" => {
                self.instruction.clear();
                self.group().role = Role::Instruction;
            }
            "fldrslt" if parent_holds_contents => self.group().role = Role::Nothing,
            "fonttbl" => self.group().role = Role::Fonts,
            "shpinst" => {}
            "colortbl" | "stylesheet" | "info" | "pict" | "objdata" | "sn" | "sv" | "shprslt" | "nonshppict" | "atnid" | "atnauthor"
            | "annotation" | "xe" | "tc" | "private" => self.group().role = Role::Nothing,
            _ if starred => self.group().role = Role::Nothing,
            _ => return false,
        }
        true
    }

    fn open_flow(&mut self, kind: BlockKind) {
        let group = self.group();
        *group = Group { role: Role::Text, flow: true, level: 0, in_table: false, ..group.clone() };
        self.flows.push(Flow { kind: Some(kind), ..Flow::default() });
    }

    /// Words that format text or stand for some.
    fn property(&mut self, word: &str, number: Option<i32>) {
        let on = number != Some(0);
        match word {
            "ansicpg" => self.code_page = number.unwrap_or(936),
            "par" | "sect" => self.paragraph(true),
            "row" | "nestrow" => {
                self.paragraph(true);
                if self.group().role == Role::Text {
                    self.builder.end_row();
                }
            }
            "cell" | "nestcell" => {
                self.group().in_table = true;
                self.paragraph(true);
                if self.group().role == Role::Text {
                    self.builder.end_cell();
                }
            }
            "line" | "lbr" => self.write("\n"),
            "tab" => self.write("\t"),
            "emdash" => self.write("—"),
            "endash" => self.write("–"),
            "lquote" => self.write("‘"),
            "rquote" => self.write("’"),
            "ldblquote" => self.write("“"),
            "rdblquote" => self.write("”"),
            "bullet" => self.write("•"),
            "emspace" | "enspace" | "qmspace" => self.write(" "),
            "pard" => {
                let group = self.group();
                group.level = 0;
                group.in_table = false;
            }
            "plain" => {
                let group = self.group();
                group.hidden = false;
                group.deleted = false;
            }
            "intbl" => self.group().in_table = on,
            "outlinelevel" => self.group().level = number.and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 9).map_or(0, |n| n + 1),
            "v" => self.group().hidden = on,
            "deleted" => self.group().deleted = on,
            "uc" => self.group().unicode_skip = number.and_then(|n| usize::try_from(n).ok()),
            "dbch" => self.group().naming_asian = true,
            "loch" | "hich" => self.group().naming_asian = false,
            "f" | "af" => {
                let font = number.unwrap_or(0);
                let group = self.group();
                if group.naming_asian {
                    group.asian_font = font;
                } else if word == "f" {
                    group.font = font;
                }
            }
            "fcharset" if self.group().role == Role::Fonts => {
                let font = self.group().font;
                self.fonts.insert(font, number.unwrap_or(0));
            }
            _ => {}
        }
    }

    fn byte(&mut self, byte: u8) {
        self.pending.push(byte);
    }

    /// A UTF-16 unit as a signed number.
    fn unicode(&mut self, number: i32) {
        let unit = u16::try_from(number & 0xffff).unwrap_or_default();
        match (self.high_surrogate.take(), unit) {
            (_, 0xd800..=0xdbff) => self.high_surrogate = Some(unit),
            (Some(high), 0xdc00..=0xdfff) => {
                let text = String::from_utf16_lossy(&[high, unit]);
                self.write(&text);
            }
            _ => {
                let text = String::from_utf16_lossy(&[unit]);
                self.write(&text);
            }
        }
    }

    fn flush(&mut self) {
        self.high_surrogate = None;
        self.flush_bytes();
    }

    /// Decodes the bytes read so far in the character set of the font.
    fn flush_bytes(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.pending);
        let group = self.group();
        let (font, asian) = (group.font, group.asian_font);
        let charset = [font, asian].iter().filter_map(|font| self.fonts.get(font)).find(|charset| matches!(charset, 128 | 129 | 134 | 136));
        let encoding = match (charset, self.code_page) {
            (Some(128), _) | (None, 932) => SHIFT_JIS,
            (Some(129), _) | (None, 949) => EUC_KR,
            (Some(136), _) | (None, 950) => BIG5,
            (Some(_), _) | (None, 936 | 54936) => GB18030,
            _ => WINDOWS_1252,
        };
        let text = encoding.decode_without_bom_handling(&bytes).0;
        self.write(&text);
    }

    fn write(&mut self, text: &str) {
        let group = self.group();
        if group.hidden || group.deleted {
            return;
        }
        match group.role {
            Role::Text => {
                let font = group.font;
                let symbols = self.symbols.get(&font).copied().unwrap_or_default();
                let shown = text.chars().filter(|c| *c >= ' ' || matches!(c, '\t' | '\n')).map(|c| symbol::shown(symbols, c));
                self.flow().text.extend(shown);
            }
            Role::Label => self.label.push_str(text),
            Role::Instruction => self.instruction.push_str(text),
            Role::Fonts => {
                let font = group.font;
                self.font_name.push_str(text);
                if let Some(name) = self.font_name.strip_suffix(';') {
                    self.symbols.extend(symbol::symbol_font(name).map(|name| (font, name)));
                    self.font_name.clear();
                }
            }
            Role::Nothing => {}
        }
    }

    /// Ends the open paragraph of the innermost flow; `marked` where the file says so.
    fn paragraph(&mut self, marked: bool) {
        self.flush();
        if marked && self.group().role != Role::Text {
            return;
        }
        let group = self.group();
        let (level, in_table) = (group.level, group.in_table);
        let flow = self.flow();
        let text = std::mem::take(&mut flow.text);
        let after = std::mem::take(&mut flow.after);
        match flow.kind {
            None => {
                let label = Suffix::Tab.after(std::mem::take(&mut self.label).trim().to_owned());
                let kind = match () {
                    () if in_table => BlockKind::TableCell,
                    () if level > 0 => BlockKind::Heading,
                    () => BlockKind::Paragraph,
                };
                self.builder.push(kind, level, &label, &text);
                for (kind, text) in after {
                    self.builder.push(kind, 0, "", &text);
                }
            }
            Some(BlockKind::TextBox) => {
                flow.after = after;
                flow.after.push((BlockKind::TextBox, text));
            }
            Some(kind) => self.late.push((kind, text)),
        }
    }
}

fn digits(rest: &[u8]) -> usize {
    rest.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rtf: &[u8]) -> Vec<String> {
        let document = read("a.rtf", rtf).expect("complete");
        document.blocks.iter().map(|block| document.text_of(block).to_owned()).collect()
    }

    #[test]
    fn bytes_follow_the_font_and_numbers_skip_their_fallback() {
        let rtf = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 SimSun;}}\
            \\f1\\'b9\\'a4\\'d7\\'f7\\f0  A\\u25253?{\\uc2\\u21578\\'b8\\'e6\\u-10176\\'3f\\'3f\\u-9216\\'3f\\'3f}\\uc0 \\u55360\\uc1 \\u56320\\'3f55\\_12\\par caf\\'e9\\par}";
        assert_eq!(lines(rtf), ["工作 A报告\u{20000}\u{20000}55-12", "café"]);
    }

    #[test]
    fn labels_tables_and_deleted_text() {
        let rtf = "{\\rtf1\\ansicpg936 {\\listtext\\pard\\plain \\'d2\\'bb\\'a1\\'a2\\tab}\\pard\\outlinelevel0 \\'b1\\'ea{\\deleted \\'be\\'c9}\\'cc\\'e2\\par\
            \\pard\\intbl A\\cell B\\cell\\row\\pard {\\v hidden}{\\*\\unknown x}{\\field{\\*\\fldinst TOC \\\\o}{\\fldrslt toc\\par}}end\\par}";
        let document = read("a.rtf", rtf.as_bytes()).expect("complete");
        let rows: Vec<_> = document.blocks.iter().map(|block| (block.kind, block.level, block.label, document.text_of(block))).collect();
        assert_eq!(
            rows,
            [
                (BlockKind::Heading, 1, 6, "一、标题"),
                (BlockKind::TableCell, 0, 0, "A"),
                (BlockKind::TableCell, 0, 0, "B"),
                (BlockKind::Paragraph, 0, 0, "end"),
            ]
        );
    }

    #[test]
    fn a_label_stands_on_one_line() {
        let document = read("a.rtf", b"{\\rtf1{\\listtext a:{\\line}b}text\\par}").expect("complete");
        let rows: Vec<_> = document.blocks.iter().map(|block| (block.label, document.text_of(block))).collect();
        assert_eq!(rows, [(5, "a: b text")]);
    }

    #[test]
    fn broken_files_end_in_errors() {
        assert!(matches!(read("a", b"{\\rtf1 abc"), Err(ReadError::Truncated { .. })));
        assert!(matches!(read("a", &b"{".repeat(5000)), Err(ReadError::TooLarge { .. })));
        assert!(read("a", b"{\\rtf1\\bin99999999999 \\'z\\u}").is_err());
        assert!(read("a", b"{\\rtf1}}}").is_ok());
    }
}
