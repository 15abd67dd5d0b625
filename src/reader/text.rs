//! Plain text: which encoding the bytes are in, told from the bytes alone, and back into it.
//!
//! The order of the questions is the order of certainty: a byte order mark, valid UTF-8, the zero and CJK-plane bytes of UTF-16, strictly
//! valid GB18030. Guessing wrong would show a writer mojibake, so whatever none of these fits is refused with what it looks like.

use encoding_rs::{BIG5, DecoderResult, GB18030};
use simdutf8::compat::from_utf8;

use crate::document::{Document, Encoding, Format};
use crate::input::ReadError;

/// Decoded plain text as a document.
pub fn document(name: &str, text: String, encoding: Encoding) -> Document {
    let mut document = Document::from_text(name, text);
    document.format = Format::Text(encoding);
    document
}

/// The text and the encoding it came in. The byte order mark is not part of the text.
///
/// # Errors
/// [`ReadError::NotText`] for binary data, [`ReadError::Encoding`] for Big5, UTF-32 and broken text.
pub fn decode(bytes: &[u8]) -> Result<(String, Encoding), ReadError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        let text = from_utf8(rest).map_err(|error| broken("UTF-8", error.valid_up_to() + 3))?;
        return Ok((text.to_owned(), Encoding::Utf8 { bom: true }));
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(ReadError::Encoding { what: "是 UTF-32".into() });
    }
    for order in [Order::Little, Order::Big] {
        if let Some(rest) = bytes.strip_prefix(order.mark()) {
            return Ok((order.decode(rest)?, order.encoding(true)));
        }
    }
    match from_utf8(bytes) {
        Ok(text) if !has_controls(bytes) => return Ok((text.to_owned(), Encoding::Utf8 { bom: false })),
        _ => {}
    }
    if let Some(order) = unmarked_utf16(bytes) {
        return Ok((order.decode(bytes)?, order.encoding(false)));
    }
    if bytes.contains(&0) || controls(bytes) * 50 > bytes.len() {
        return Err(ReadError::NotText);
    }
    match from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Encoding::Utf8 { bom: false })),
        Err(error) if mostly_utf8(bytes) => Err(broken("UTF-8", error.valid_up_to())),
        Err(_) => decode_gb18030(bytes).map(|text| (text, Encoding::Gb18030)),
    }
}

/// The text in an encoding, for writing it back as it came.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 { bom } => [if bom { "\u{feff}" } else { "" }.as_bytes(), text.as_bytes()].concat(),
        Encoding::Utf16Le { bom } => Order::Little.encode(text, bom),
        Encoding::Utf16Be { bom } => Order::Big.encode(text, bom),
        // GB18030 covers all of Unicode, so nothing is replaced.
        Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
    }
}

/// As [`encode`], for a draft that is written back.
///
/// # Errors
/// [`ReadError::Encoding`] where the bytes would be read as another text: some bytes of old GBK files have no way back (0x80 for €).
pub fn rewrite(text: &str, encoding: Encoding) -> Result<Vec<u8>, ReadError> {
    let bytes = encode(text, encoding);
    match decode(&bytes) {
        Ok((again, _)) if again == text => Ok(bytes),
        _ => Err(ReadError::Encoding { what: "按原来的编码写回后会读成别的文字".into() }),
    }
}

/// Byte order of UTF-16.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Little,
    Big,
}

impl Order {
    const fn mark(self) -> &'static [u8] {
        match self {
            Self::Little => b"\xff\xfe",
            Self::Big => b"\xfe\xff",
        }
    }

    const fn encoding(self, bom: bool) -> Encoding {
        match self {
            Self::Little => Encoding::Utf16Le { bom },
            Self::Big => Encoding::Utf16Be { bom },
        }
    }

    const fn unit(self, pair: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(pair),
            Self::Big => u16::from_be_bytes(pair),
        }
    }

    fn units(self, bytes: &[u8]) -> impl Iterator<Item = u16> {
        bytes.as_chunks::<2>().0.iter().map(move |&pair| self.unit(pair))
    }

    fn decode(self, bytes: &[u8]) -> Result<String, ReadError> {
        if bytes.len() % 2 == 1 {
            return Err(ReadError::truncated("UTF-16 文本的最后一个字不完整"));
        }
        let text: Result<String, _> = char::decode_utf16(self.units(bytes)).collect();
        text.map_err(|error| ReadError::Encoding {
            what: format!("UTF-16 文本中有不成对的代理 {:04X}", error.unpaired_surrogate())
        })
    }

    fn encode(self, text: &str, bom: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(text.len() + 2);
        if bom {
            out.extend_from_slice(self.mark());
        }
        for unit in text.encode_utf16() {
            out.extend(match self {
                Self::Little => unit.to_le_bytes(),
                Self::Big => unit.to_be_bytes(),
            });
        }
        out
    }
}

/// UTF-16 without a mark: nearly every unit is one that Chinese text uses, and some have a byte that gives the order away (zero in ASCII and line
/// breaks, 30 or FF in full-width punctuation).
fn unmarked_utf16(bytes: &[u8]) -> Option<Order> {
    let sample = &bytes[..bytes.len().min(1 << 16)];
    let plausible = |order: Order| {
        let mut usual = 0;
        let mut telling = 0;
        for unit in order.units(sample) {
            match unit {
                0x09 | 0x0a | 0x0d | 0x20..=0x7e | 0x3000..=0x303f | 0xff01..=0xff5e => {
                    usual += 1;
                    telling += 1;
                }
                0x2010..=0x2027 | 0x2460..=0x249b | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xb7 | 0xd7 => usual += 1,
                _ => {}
            }
        }
        let units = sample.len() / 2;
        (units > 0 && usual * 20 >= units * 19 && telling > 0).then_some((usual, telling))
    };
    match (plausible(Order::Little), plausible(Order::Big)) {
        (Some(little), Some(big)) => Some(if little >= big { Order::Little } else { Order::Big }),
        (Some(_), None) => Some(Order::Little),
        (None, Some(_)) => Some(Order::Big),
        (None, None) => None,
    }
}

fn decode_gb18030(bytes: &[u8]) -> Result<String, ReadError> {
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    let usual = common_share(bytes, usual_in_gb);
    if usual.is_none_or(|share| share < 60) && looks_like_big5(bytes) {
        return Err(ReadError::Encoding { what: "像是繁体 Big5 编码".into() });
    }
    match text {
        Some(text) => Ok(text.into_owned()),
        None if usual.is_some_and(|share| share >= 60) => Err(broken("GB18030", valid_gb18030(bytes))),
        None => Err(ReadError::Encoding { what: "既不是 UTF-8，也不是 GB18030".into() }),
    }
}

/// Big5 and nothing else: strictly valid, long enough to tell, and nearly all of it frequent characters and punctuation.
fn looks_like_big5(bytes: &[u8]) -> bool {
    BIG5.decode_without_bom_handling_and_without_replacement(bytes).is_some()
        && common_share(bytes, |lead, _| (0xa1..=0xc6).contains(&lead)).is_some_and(|share| share >= 90)
}

/// Of the two-byte characters in double-byte text the share, in percent, that is `common` by lead and trail byte; `None` for fewer than 8.
fn common_share(bytes: &[u8], common: impl Fn(u8, u8) -> bool) -> Option<usize> {
    let (mut all, mut usual) = (0, 0);
    let mut rest = bytes.iter().copied();
    while let Some(lead) = rest.next() {
        if lead < 0x80 {
            continue;
        }
        let Some(trail) = rest.next() else { break };
        all += 1;
        usual += usize::from(common(lead, trail));
    }
    (all >= 8).then(|| usual * 100 / all)
}

/// The rows of GB 2312 that simplified text is made of: punctuation and the 3,755 frequent characters.
const fn usual_in_gb(lead: u8, trail: u8) -> bool {
    matches!(lead, 0xa1..=0xa3 | 0xb0..=0xd7) && trail >= 0xa1
}

/// Whether broken text was UTF-8 once: nearly all its bytes beyond ASCII stand in well-formed sequences. Much UTF-8 is valid GB18030 as well
/// and would turn into rare characters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let beyond = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let whole: usize = bytes.utf8_chunks().map(|chunk| chunk.valid().bytes().filter(|byte| *byte >= 0x80).count()).sum();
    whole * 10 >= beyond * 9
}

/// Control characters that text does not hold.
fn controls(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| is_control(**byte)).count()
}

fn has_controls(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| is_control(*byte))
}

const fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c)
}

fn broken(encoding: &str, at: usize) -> ReadError {
    ReadError::Encoding { what: format!("像是 {encoding}，但第 {} 个字节起有误，文件可能不完整", at + 1) }
}

/// How many bytes from the start are valid GB18030.
fn valid_gb18030(bytes: &[u8]) -> usize {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut scratch = [0; 1 << 12];
    let mut at = 0;
    loop {
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, true);
        at += read;
        match result {
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => return at,
            DecoderResult::Malformed(bad, after) => return at.saturating_sub(usize::from(bad) + usize::from(after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "一、工作开展情况\r\n（一）加强组织领导。2021年以来，召开会议xx次，𫖯察民情，增强“四个意识”。\r\n";
    const TRADITIONAL: &str = "一、工作報告：本年度召開會議十二次，開展調查研究，推動經濟社會發展，改善人民生活條件。";

    fn all_encodings() -> Vec<Encoding> {
        let mut all = vec![Encoding::Gb18030];
        for bom in [false, true] {
            all.extend([Encoding::Utf8 { bom }, Encoding::Utf16Le { bom }, Encoding::Utf16Be { bom }]);
        }
        all
    }

    #[test]
    fn every_encoding_is_told_and_written_back_byte_for_byte() {
        for encoding in all_encodings() {
            let bytes = encode(REPORT, encoding);
            assert_eq!(decode(&bytes), Ok((REPORT.to_owned(), encoding)));
        }
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        assert_eq!(decode(b""), Ok((String::new(), Encoding::Utf8 { bom: false })));
    }

    #[test]
    fn big5_is_refused_and_traditional_gbk_is_not() {
        let big5 = BIG5.encode(TRADITIONAL).0;
        assert_eq!(decode(&big5), Err(ReadError::Encoding { what: "像是繁体 Big5 编码".into() }));
        let gbk = encode(TRADITIONAL, Encoding::Gb18030);
        assert_eq!(decode(&gbk), Ok((TRADITIONAL.to_owned(), Encoding::Gb18030)));
    }

    #[test]
    fn cut_text_is_refused_and_not_taken_for_another_encoding() {
        let utf8 = REPORT.as_bytes();
        for cut in 60..utf8.len() {
            match decode(&utf8[..cut]) {
                Ok((text, encoding)) => assert_eq!((text.as_str(), encoding), (&REPORT[..cut], Encoding::Utf8 { bom: false })),
                Err(error) => assert!(matches!(error, ReadError::Encoding { .. }), "{cut}: {error}"),
            }
        }
        let gbk = encode(REPORT, Encoding::Gb18030);
        let error = decode(&gbk[..gbk.len() - 5]).expect_err("cut inside a character");
        assert!(error.to_string().contains("像是 GB18030"), "{error}");
    }

    #[test]
    fn binary_data_and_lone_surrogates_are_refused() {
        let png: Vec<u8> = (0..400_u32).map(|n| (n * n % 251) as u8).collect();
        assert_eq!(decode(&png), Err(ReadError::NotText));
        let mut lone = encode(REPORT, Encoding::Utf16Le { bom: true });
        lone.extend([0x00, 0xd8, 0x20, 0x00]);
        assert!(matches!(decode(&lone), Err(ReadError::Encoding { .. })));
    }

    #[test]
    fn what_would_be_read_as_another_text_is_not_written_back() {
        // GBK with 0x80 for €; without it the bytes happen to be UTF-8.
        let (text, encoding) = decode(b"\xef\xbc\x88\xe4\xb8\x80\xef\xbc\x80\x85\x85;").expect("GBK");
        assert_eq!(encoding, Encoding::Gb18030);
        assert!(rewrite(&text, encoding).is_err());
        assert_eq!(rewrite(REPORT, encoding), Ok(encode(REPORT, encoding)));
    }
}
