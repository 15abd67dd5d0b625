//! A form saved as a workbook (.xlsx). The cells are read one after another: a table made of the whole sheet would be as large as the
//! farthest cell says.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};

use super::cell::shown;
use super::{FormError, LIMITS, Line};
use crate::ooxml::Package;

/// Columns beyond this are not looked at.
const MOST_COLUMNS: u32 = 64;

/// The sheets in their order.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Vec<Line>>, FormError> {
    // The reader of workbooks knows no limits, so what is in the package is looked through before.
    let package = Package::open(bytes, &LIMITS)?;
    package.entries().iter().try_for_each(|entry| package.unpack(entry).map(drop))?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|_| FormError::Damaged)?;
    let mut room = LIMITS.expanded_bytes;
    workbook.sheet_names().iter().map(|name| table(&mut workbook, name, &mut room)).collect()
}

/// One sheet; what it holds is taken off from `room`, bytes, for one long text can stand in many cells.
fn table(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, room: &mut usize) -> Result<Vec<Line>, FormError> {
    let mut cells = match workbook.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet that is a chart.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(Vec::new()),
        Err(_) => return Err(FormError::Damaged),
    };
    let mut lines: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|_| FormError::Damaged)? {
        let (row, column) = cell.get_position();
        let text = shown(cell.get_value(), cells.styles().get(style).and_then(|style| style.number_format.as_ref()));
        if text.is_empty() || column >= MOST_COLUMNS {
            continue;
        }
        *room = room.checked_sub(text.len()).ok_or(FormError::TooLarge)?;
        let line = lines.entry(row).or_default();
        if line.len() <= column as usize {
            line.resize(column as usize + 1, String::new());
        }
        line[column as usize] = text;
    }
    Ok(lines.into_iter().map(|(row, cells)| Line { number: row.saturating_add(1), cells }).collect())
}
