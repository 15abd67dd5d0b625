//! The form as people get it: a workbook made for filling, or the same columns as CSV.

use std::io;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{HEAD, place};
use crate::document::Document;
use crate::output::blank::{self, Blank};
use crate::output::table;
use crate::output::xlsx::{LINE, body, head, lines};

/// What the clerk is told, above the head.
const ADVICE: &str = "只在黄色的“填写内容”一栏里填；其他各栏请勿改动，也不要删行。照稿件里要写的样子填，后面已有的单位可以不写；暂时没有的空着。填好保存后运行：hegao fill 稿件 本表";

/// Widths of the columns, in digits of the standard font; a Chinese character takes two.
const WIDTHS: [u16; 7] = [7, 16, 14, 11, 10, 70, 30];

/// The column of the sentences.
const SENTENCE: usize = 5;

/// The form of a draft as CSV with a byte order mark.
///
/// # Errors
/// None but those of memory.
pub fn csv(document: &Document) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let rows: Vec<Vec<String>> = (1..).zip(blank::all(document)).map(|(number, blank)| cells(number, &blank).to_vec()).collect();
    table::csv(&mut out, &HEAD, &rows)?;
    Ok(out)
}

/// The form of a draft as a workbook.
///
/// # Errors
/// Where there are more blanks than a sheet has rows.
pub fn xlsx(document: &Document) -> io::Result<Vec<u8>> {
    workbook(&blank::all(document)).map_err(io::Error::other)
}

fn cells(number: u32, blank: &Blank) -> [String; HEAD.len()] {
    let asks = blank.placeholder.asks.label().to_owned();
    [number.to_string(), place(blank.place), blank.text.clone(), asks, blank.unit.clone(), blank.sentence.clone(), String::new()]
}

fn workbook(blanks: &[Blank]) -> Result<Vec<u8>, XlsxError> {
    let mut page = Worksheet::new();
    page.set_name("待填空白")?;
    let last = WIDTHS.len() as u16 - 1;
    let advice = body().set_font_color(Color::RGB(0x008A_5A00)).set_align(FormatAlign::VerticalCenter);
    page.merge_range(0, 0, 0, last, ADVICE, &advice)?;
    page.set_row_height(0, LINE * lines(ADVICE, WIDTHS.iter().sum()) + 8)?;
    for ((column, name), width) in (0_u16..).zip(HEAD).zip(WIDTHS) {
        page.write_string_with_format(1, column, name, &head())?;
        page.set_column_width(column, width)?;
    }
    page.set_row_height(1, LINE + 6)?;
    let answer = body().set_num_format("@").set_background_color(Color::RGB(0x00FF_F7D6)).set_border(FormatBorder::Thin);
    let answer = answer.set_border_color(Color::RGB(0x00D9_C98A));
    for (number, blank) in (1_u32..).zip(blanks) {
        let row = number + 1;
        page.write_number_with_format(row, 0, number, &body().set_align(FormatAlign::Left))?;
        let cells = cells(number, blank);
        for (column, cell) in (0_u16..last).zip(&cells).skip(1) {
            if usize::from(column) == SENTENCE {
                sentence(&mut page, row, column, blank)?;
            } else {
                page.write_string_with_format(row, column, cell, &body())?;
            }
        }
        page.write_blank(row, last, &answer)?;
        let height = cells.iter().zip(WIDTHS).map(|(cell, width)| lines(cell, width)).max().unwrap_or(1);
        page.set_row_height(row, LINE * height + 4)?;
    }
    page.set_freeze_panes(2, 0)?;
    // What is opened first is the first cell to fill.
    page.set_selection(2, last, 2, last)?;
    // A4 across, all columns on one page, the head on each.
    page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(1, 1)?;
    let mut workbook = Workbook::new();
    workbook.push_worksheet(page);
    workbook.save_to_buffer()
}

/// The sentence with its blank in bold: one sentence may hold several.
fn sentence(page: &mut Worksheet, row: u32, column: u16, blank: &Blank) -> Result<(), XlsxError> {
    let (plain, strong) = (Format::new().set_font_name("宋体"), Format::new().set_font_name("宋体").set_bold().set_font_color(Color::Red));
    let (before, rest) = blank.sentence.split_at(blank.at);
    let (mark, after) = rest.split_at(blank.text.len());
    let pieces = [(&plain, before), (&strong, mark), (&plain, after)];
    let pieces: Vec<(&Format, &str)> = pieces.into_iter().filter(|(_, text)| !text.is_empty()).collect();
    match pieces[..] {
        [_, _, ..] => page.write_rich_string_with_format(row, column, &pieces, &body()).map(drop),
        _ => page.write_string_with_format(row, column, &blank.sentence, &body()).map(drop),
    }
}
