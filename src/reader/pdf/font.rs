//! Fonts: bytes of a shown string → characters with their widths (ISO 32000-1, 9.6, 9.7).

use std::borrow::Cow;
use std::collections::HashMap;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS};
use lopdf::{Dictionary, Document, Object};

use super::cmap::Cmap;

/// A font as far as it tells text.
pub(super) struct Font {
    coding: Coding,
    to_unicode: Option<Cmap>,
    /// By code, in thousandths of the font size.
    widths: HashMap<u32, f32>,
    /// `None` where characters tell their width: full for Chinese, half for others.
    default_width: Option<f32>,
}

/// How codes are cut from a string, and what they mean where no table says it.
enum Coding {
    /// One byte each.
    Simple(Vec<Option<char>>),
    /// Two bytes that number the glyphs of the font.
    Identity,
    /// UTF-16 with the higher byte first: `UniGB-UCS2-H` and its kin.
    Utf16,
    /// One of the predefined encodings by national standards: `GBK-EUC-H` and its kin.
    National(&'static Encoding),
}

/// One shown character.
pub(super) struct Glyph {
    /// Its text; `None` where the file does not tell.
    pub(super) text: Option<String>,
    /// In parts of the font size.
    pub(super) width: f32,
    /// A space of one byte, which word spacing widens.
    pub(super) is_space: bool,
}

impl Font {
    /// Reads a font dictionary; its table of texts may unpack to `limit` bytes.
    pub(super) fn read(document: &Document, font: &Dictionary, limit: usize) -> Self {
        let table = font.get_deref(b"ToUnicode", document).and_then(Object::as_stream);
        let to_unicode = table.and_then(|table| table.get_plain_content_with_limit(limit)).ok().map(|table| Cmap::parse(&table));
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Type0");
        let coding = if composite {
            coding_of(font.get_deref(b"Encoding", document).and_then(Object::as_name).unwrap_or_default())
        } else {
            let encoding = font.get_font_encoding_with_limit(document, limit).ok();
            let decode = |byte| encoding.as_ref()?.bytes_to_string(&[byte]).ok()?.chars().next();
            Coding::Simple((0..=255).map(decode).collect())
        };
        let (widths, default_width) = match coding {
            Coding::Simple(_) => simple_widths(document, font),
            Coding::Identity => composite_widths(document, font).unwrap_or((HashMap::new(), Some(1000.0))),
            Coding::Utf16 | Coding::National(_) => (HashMap::new(), None),
        };
        Self { coding, to_unicode, widths, default_width }
    }

    /// The characters of a shown string.
    pub(super) fn glyphs(&self, mut bytes: &[u8]) -> Vec<Glyph> {
        let mut glyphs = Vec::new();
        while !bytes.is_empty() {
            let (code, rest) = bytes.split_at(self.code_length(bytes).min(bytes.len()));
            bytes = rest;
            glyphs.push(self.glyph(code));
        }
        glyphs
    }

    fn code_length(&self, bytes: &[u8]) -> usize {
        match self.coding {
            Coding::Simple(_) => 1,
            Coding::Utf16 if (0xd8..=0xdb).contains(&bytes[0]) => 4,
            Coding::National(_) if bytes[0] < 0x81 => 1,
            Coding::National(encoding) if encoding == GB18030 && bytes.get(1).is_some_and(u8::is_ascii_digit) => 4,
            Coding::Identity | Coding::Utf16 | Coding::National(_) => 2,
        }
    }

    fn glyph(&self, code: &[u8]) -> Glyph {
        let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
        let named = self.to_unicode.as_ref().and_then(|table| table.text(code.len(), number));
        let text = named.map(|text| String::from_utf16_lossy(&text)).or_else(|| match &self.coding {
            Coding::Simple(table) => table.get(number as usize)?.map(String::from),
            Coding::Identity => None,
            Coding::Utf16 => {
                let units: Vec<u16> = code.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
                String::from_utf16(&units).ok()
            }
            Coding::National(encoding) => encoding.decode_without_bom_handling_and_without_replacement(code).map(Cow::into_owned),
        });
        let text = text.map(|text| text.chars().filter_map(shown).collect::<String>());
        let own = self.widths.get(&number).copied().or(self.default_width);
        let is_wide = text.as_ref().is_none_or(|text| text.chars().any(|c| c >= '\u{2e80}'));
        let width = own.unwrap_or(if is_wide { 1000.0 } else { 500.0 }) / 1000.0;
        Glyph { text, width, is_space: code == b" " }
    }
}

/// The predefined encodings of Chinese, Japanese and Korean fonts (ISO 32000-1, table 118).
fn coding_of(name: &[u8]) -> Coding {
    let name = String::from_utf8_lossy(name);
    match name.as_ref() {
        _ if name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")) => Coding::Utf16,
        _ if name.starts_with("GB") => Coding::National(GB18030),
        _ if name.contains("B5") || name.contains("ETen") || name.contains("HKscs") => Coding::National(BIG5),
        _ if name.contains("RKSJ") => Coding::National(SHIFT_JIS),
        _ if name.starts_with("KSC") => Coding::National(EUC_KR),
        _ => Coding::Identity,
    }
}

fn simple_widths(document: &Document, font: &Dictionary) -> (HashMap<u32, f32>, Option<f32>) {
    let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).ok().and_then(|first| u32::try_from(first).ok());
    let widths = font.get_deref(b"Widths", document).and_then(Object::as_array);
    let (Some(first), Ok(widths)) = (first, widths) else { return (HashMap::new(), Some(500.0)) };
    let widths = (first..).zip(widths.iter().take(256)).filter_map(|(code, width)| Some((code, number(document, width)?)));
    (widths.collect(), Some(500.0))
}

/// `W` of a composite font: `c [w w …]` or `from to w`.
fn composite_widths(document: &Document, font: &Dictionary) -> Option<(HashMap<u32, f32>, Option<f32>)> {
    let descendants = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok()?;
    let (_, descendant) = document.dereference(descendants.first()?).ok()?;
    let descendant = descendant.as_dict().ok()?;
    let default = descendant.get(b"DW").ok().and_then(|width| number(document, width)).unwrap_or(1000.0);
    let mut widths = HashMap::new();
    let mut rest = descendant.get_deref(b"W", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    while let [first, second, behind @ ..] = rest {
        let code = |object| number(document, object).map(|n: f32| n as u32);
        rest = behind;
        let Some(from) = code(first) else { break };
        let (_, second) = document.dereference(second).ok()?;
        if let Ok(list) = second.as_array() {
            widths.extend((from..).zip(list).filter_map(|(code, width)| Some((code, number(document, width)?))));
        } else if let ([width, behind @ ..], Some(to)) = (behind, code(second)) {
            // Codes have two bytes.
            let width = number(document, width)?;
            widths.extend((from..=to.min(0xffff)).map(|code| (code, width)));
            rest = behind;
        }
    }
    Some((widths, Some(default)))
}

pub(super) fn number(document: &Document, object: &Object) -> Option<f32> {
    document.dereference(object).ok()?.1.as_float().ok()
}

/// The Kangxi radicals U+2F00–2FD5 as the characters they are (their compatibility decompositions, but 户 as it is written now).
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// Simplified characters that have a second code among the radicals (Unicode, `EquivalentUnifiedIdeograph`).
const RADICALS: [(char, char); 23] = [
    ('\u{2e9f}', '母'),
    ('\u{2ea0}', '民'),
    ('\u{2ec1}', '虎'),
    ('\u{2ec4}', '西'),
    ('\u{2ec5}', '见'),
    ('\u{2ec6}', '角'),
    ('\u{2ec9}', '贝'),
    ('\u{2ecb}', '车'),
    ('\u{2ed3}', '长'),
    ('\u{2ed4}', '门'),
    ('\u{2ed8}', '青'),
    ('\u{2eda}', '页'),
    ('\u{2edb}', '风'),
    ('\u{2edc}', '飞'),
    ('\u{2edd}', '食'),
    ('\u{2ee2}', '马'),
    ('\u{2ee5}', '鱼'),
    ('\u{2ee6}', '鸟'),
    ('\u{2ee9}', '黄'),
    ('\u{2eec}', '齐'),
    ('\u{2eee}', '齿'),
    ('\u{2ef0}', '龙'),
    ('\u{2ef3}', '龟'),
];

/// A character as a writer typed it: programs that number glyphs often write a radical for the character that looks the same. Soft hyphens and
/// controls show nothing.
fn shown(c: char) -> Option<char> {
    match c {
        '\u{2f00}'..='\u{2fd5}' => KANGXI.chars().nth(c as usize - 0x2f00),
        '\u{2e80}'..='\u{2eff}' => Some(RADICALS.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, character)| *character)),
        '\u{ad}' | '\0'..='\u{1f}' => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_characters() {
        let typed = |text: &str| text.chars().filter_map(shown).collect::<String>();
        assert_eq!(typed("⼯作⼈员⺠⽣⻓\u{ad}效"), "工作人员民生长效");
        assert_eq!(KANGXI.chars().count(), 0x2fd6 - 0x2f00);
    }

    #[test]
    fn encodings_by_name_cut_and_decode() {
        let font = |name: &[u8]| Font { coding: coding_of(name), to_unicode: None, widths: HashMap::new(), default_width: None };
        let text = |name: &[u8], bytes: &[u8]| font(name).glyphs(bytes).into_iter().filter_map(|glyph| glyph.text).collect::<String>();
        assert_eq!(text(b"GBK-EUC-H", b"A\xb9\xa4\xd7\xf7"), "A工作");
        assert_eq!(text(b"UniGB-UCS2-H", b"\x5d\xe5\x00A"), "工A");
        assert_eq!(text(b"UniGB-UTF16-H", b"\xd8\x40\xdc\x00\x4e"), "\u{20000}");
        assert!(font(b"Identity-H").glyphs(b"\0\x01").iter().all(|glyph| glyph.text.is_none()));
    }
}
