//! The fill-in form: a table with every blank of a draft and an empty column for what belongs there, made for a clerk to fill in Excel, WPS
//! or `LibreOffice`, and read back as it was saved there.
//!
//! What a form says of a blank is only what it also shows: its place, its mark, the words around it. So a form can be sorted, saved as another
//! kind of table and sent around; [`crate::fill`] decides what of it still fits the draft.

mod cell;
mod text;
mod workbook;
mod write;

use crate::input::{Limits, ReadError};
use crate::text::Position;

pub use write::{csv, xlsx};

/// The heads of the columns.
pub const HEAD: [&str; 7] = ["序号", "位置", "空白", "要填", "单位", "所在语句", ANSWER];

/// The head of the column that people fill.
pub const ANSWER: &str = "填写内容";

/// What a form may cost; the form of a report takes a hundred kilobytes.
const LIMITS: Limits = Limits { file_bytes: 16 << 20, expanded_bytes: 64 << 20, ratio: 250, xml_depth: 64 };

/// One row of a form that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The row of the table it stands in, counted from 1 as Excel counts.
    pub number: u32,
    /// Where the blank stood when the form was made; `None` where the cell is no longer a place.
    pub place: Option<Position>,
    /// The mark of the blank.
    pub blank: String,
    /// The words around it, with the mark.
    pub sentence: String,
    /// What was filled in, without white space at its ends; empty for a blank that stays.
    pub answer: String,
}

/// Why a file is no form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// A workbook of Excel 97, or one with a password.
    #[error("这是旧版 .xls 表格，或设有打开密码，读不了；请用 Excel 或 WPS 打开，取消密码，另存为 .xlsx")]
    Old,
    /// Not a table in any of the formats.
    #[error("读不出表格，文件不完整或不是 .xlsx、.csv；请用 Excel 或 WPS 打开后另存为 .xlsx")]
    Damaged,
    /// Beyond what a form can be.
    #[error("表太大，不像是待填空白的表；请用 hegao placeholders 稿件 --form 表.xlsx 重新生成")]
    TooLarge,
    /// A table without the columns of a form.
    #[error("表中没有“空白”“所在语句”“填写内容”三栏；请用 hegao placeholders 稿件 --form 表.xlsx 生成的表来填")]
    NoHead,
}

impl From<ReadError> for FormError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::TooLarge { .. } => Self::TooLarge,
            ReadError::Encrypted => Self::Old,
            _ => Self::Damaged,
        }
    }
}

/// Reads a form: a workbook, or a table as text in any encoding and with any of the usual separators. Which it is, its content tells.
///
/// # Errors
/// [`FormError`], without the file's name.
pub fn read(bytes: &[u8]) -> Result<Vec<Row>, FormError> {
    if bytes.len() > LIMITS.file_bytes {
        return Err(FormError::TooLarge);
    }
    let tables = match bytes {
        [b'P', b'K', ..] => workbook::tables(bytes)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(FormError::Old),
        _ => text::tables(bytes)?,
    };
    tables.into_iter().find_map(rows).ok_or(FormError::NoHead)
}

/// A row of any table: its number from 1, and its cells.
#[derive(Debug, Default)]
struct Line {
    number: u32,
    cells: Vec<String>,
}

/// The rows below the head; `None` where a table has no such head.
fn rows(table: Vec<Line>) -> Option<Vec<Row>> {
    let mut lines = table.into_iter();
    let [place, blank, sentence, answer] = lines.by_ref().find_map(|line| {
        let column = |name: &str| line.cells.iter().position(|cell| cell.trim() == name);
        Some([column(HEAD[1]), Some(column(HEAD[2])?), Some(column(HEAD[5])?), Some(column(ANSWER)?)])
    })?;
    let row = |line: Line| {
        let cell = |column: Option<usize>| column.and_then(|n| line.cells.get(n)).map_or("", |cell| cell.trim()).to_owned();
        let row =
            Row { number: line.number, place: position(&cell(place)), blank: cell(blank), sentence: cell(sentence), answer: cell(answer) };
        (!row.blank.is_empty() || !row.answer.is_empty()).then_some(row)
    };
    Some(lines.filter_map(row).collect())
}

/// 第4行第35字
fn place(position: Position) -> String {
    format!("第{}行第{}字", position.line, position.column)
}

/// The two numbers of a place, however they are divided.
fn position(cell: &str) -> Option<Position> {
    let mut numbers = cell.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let (line, column) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    numbers.next().is_none().then_some(Position { line, column })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::document::Encoding;
    use crate::reader::text::encode;

    fn draft() -> Document {
        Document::from_text("报告.txt", "召开会议xx次。\n=走访××户，\"整改率\"xx%；\n－某某村 道路\n")
    }

    fn told(rows: &[Row]) -> Vec<(u32, u32, &str, &str, &str)> {
        let told = |row: &Row| row.place.map_or((0, 0), |place| (place.line, place.column));
        rows.iter().map(|row| (told(row).0, told(row).1, row.blank.as_str(), row.sentence.as_str(), row.answer.as_str())).collect()
    }

    const BLANKS: [(u32, u32, &str, &str, &str); 4] = [
        (1, 5, "xx", "召开会议xx次", ""),
        (2, 4, "××", "=走访××户，\"整改率\"xx%", ""),
        (2, 13, "xx", "=走访××户，\"整改率\"xx%", ""),
        (3, 2, "某某", "－某某村 道路", ""),
    ];

    #[test]
    fn what_was_written_is_read_back() {
        assert_eq!(told(&read(&xlsx(&draft()).expect("a workbook")).expect("a form")), BLANKS);
        assert_eq!(told(&read(&csv(&draft()).expect("a table")).expect("a form")), BLANKS);
    }

    #[test]
    fn a_table_saved_in_another_encoding_or_with_other_separators_is_the_same_form() {
        let csv = String::from_utf8(csv(&draft()).expect("a table")).expect("UTF-8");
        let filled = csv.trim_start_matches('\u{feff}').replace("次,召开会议xx次,", "次,召开会议xx次,\"1,200\"");
        let expected = |rows: Vec<Row>| rows[0].answer == "1,200" && rows.len() == BLANKS.len();
        for encoding in [Encoding::Gb18030, Encoding::Utf8 { bom: false }, Encoding::Utf8 { bom: true }, Encoding::Utf16Le { bom: true }] {
            assert!(expected(read(&encode(&filled, encoding)).expect("a form")), "{encoding:?}");
        }
        let tabs = filled.replace(',', "\t").replace("1\t200", "1,200");
        assert!(expected(read(&encode(&tabs, Encoding::Utf16Le { bom: true })).expect("a form")));
    }

    #[test]
    fn columns_may_move_and_others_come_between() {
        let table = "某某镇\n\n填写内容,所在语句,备注,空白,位置\n12,召开会议xx次,问过,xx,1:5\n,,只有备注,,\n";
        let rows = read(table.as_bytes()).expect("a form");
        assert_eq!(told(&rows), [(1, 5, "xx", "召开会议xx次", "12")]);
    }

    #[test]
    fn what_is_no_form_says_why() {
        assert_eq!(read("姓名,电话\n甲,1\n".as_bytes()), Err(FormError::NoHead));
        assert_eq!(read(b""), Err(FormError::NoHead));
        assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(FormError::Old));
        assert_eq!(read(b"PK\x03\x04"), Err(FormError::Damaged));
        assert_eq!(read(&[0, 1, 2, 255, 254]), Err(FormError::Damaged));
        assert_eq!(read(&vec![b'a'; LIMITS.file_bytes + 1]), Err(FormError::TooLarge));
    }

    #[test]
    fn a_broken_workbook_is_refused_or_read_but_never_a_panic() {
        let whole = xlsx(&draft()).expect("a workbook");
        for at in (0..whole.len()).step_by(7) {
            let mut broken = whole.clone();
            broken[at] ^= 0x5a;
            let _ = read(&broken);
            let _ = read(&whole[..at]);
        }
    }
}
