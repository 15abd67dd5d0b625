//! A form saved as text: CSV as Excel and WPS write it on Chinese systems, whatever the encoding and the separator.

use csv::{ReaderBuilder, StringRecord};

use super::{ANSWER, FormError, Line};
use crate::output::table::said;
use crate::reader::text::decode;

/// The separators in use: Excel's own, that of its “Unicode text”, that of some of its languages.
const SEPARATORS: [u8; 3] = [b',', b'\t', b';'];

/// The one table of a text file.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Vec<Line>>, FormError> {
    let (text, _) = decode(bytes)?;
    let has_head = |table: &Vec<Line>| table.iter().any(|line| line.cells.iter().any(|cell| cell.trim() == ANSWER));
    let table = SEPARATORS.into_iter().filter_map(|separator| lines(&text, separator).ok()).find(has_head);
    Ok(table.into_iter().collect())
}

fn lines(text: &str, separator: u8) -> Result<Vec<Line>, csv::Error> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let line = |(number, record): (u32, Result<StringRecord, csv::Error>)| {
        let cells = record?.iter().map(|cell| said(cell).to_owned()).collect();
        Ok(Line { number, cells })
    };
    (1..).zip(reader.records()).map(line).collect()
}
