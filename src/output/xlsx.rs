//! A workbook for Excel, WPS and `LibreOffice`: sheets 汇总, 问题, 占位符, 结构, each with a frozen head, filters and wrapped text.
//!
//! The sheets are held in memory until the end, as the format demands; every text goes in as a string, so that no cell is a formula.

use std::io::{self, Write};

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::blank::{self, Blank, blanks};
use super::safe::printable;
use super::shown::{self, shown};
use super::{Counts, Sink, Summary, UNCHECKED};
use crate::batch::Failure;
use crate::checker::Report;
use crate::document::Document;
use crate::finding::Severity;
use crate::outline::Level;

/// Writes a workbook to `out`.
pub struct Xlsx<W> {
    out: W,
    overview: Sheet,
    findings: Sheet,
    blanks: Sheet,
    sections: Sheet,
}

/// The levels that have a column of their own.
const LEVELS: [Level; 4] = [Level::One, Level::Two, Level::Three, Level::Four];

impl<W: Write> Xlsx<W> {
    /// An empty workbook.
    pub fn new(out: W) -> Self {
        let heads =
            ["文件", "字数", "错误", "警告", "提示", "待填空白", "一级标题", "二级标题", "三级标题", "四级标题", "判断日期", "备注"];
        Self {
            out,
            overview: Sheet::new("汇总", &heads, &[40, 9, 8, 8, 8, 12, 12, 12, 12, 12, 13, 40], 1..10),
            findings: Sheet::new("问题", &shown::HEAD, &[40, 7, 7, 8, 22, 28, 28, 10, 46, 36], 1..3),
            blanks: Sheet::new("占位符", &blank::HEAD, &[40, 7, 7, 14, 12, 10, 60], 1..3),
            sections: Sheet::new("结构", &["文件", "行", "字数", "层级", "序号", "标题"], &[40, 7, 9, 8, 12, 70], 1..3),
        }
    }

    /// What `report` adds to the sheet 汇总.
    fn summarise(&mut self, document: &Document, report: &Report) -> Result<(), XlsxError> {
        let Counts { error, warning, info } = Counts::of(report);
        let level = |level| report.outline.counts().find(|&(l, _)| l == level).map_or(0, |(_, n)| n);
        let [one, two, three, four] = LEVELS.map(level);
        let figures = [report.characters, error, warning, info, report.placeholders.len(), one, two, three, four];
        let figures = figures.iter().map(ToString::to_string);
        let date = [report.as_of.date.iso(), report.as_of.source.label().to_owned()];
        self.overview.row([printable(&document.name)].into_iter().chain(figures).chain(date))
    }

    fn add(&mut self, document: &Document, report: &Report) -> Result<(), XlsxError> {
        self.summarise(document, report)?;
        shown(document, report).try_for_each(|finding| self.findings.row(finding.cells()))?;
        blanks(document, &report.placeholders).iter().try_for_each(|blank| self.blanks.row(Blank::cells(blank)))?;
        let text = document.text.as_str();
        report.outline.sections().iter().try_for_each(|section| {
            let (label, title) = (printable(section.label.span.of(text)), printable(section.title.of(text)));
            let (line, level) = (section.line.to_string(), section.level.name().to_owned());
            self.sections.row([printable(&document.name), line, section.characters(document).to_string(), level, label, title])
        })
    }

    fn close(&mut self, summary: &Summary) -> Result<Vec<u8>, XlsxError> {
        let Self { overview, findings, blanks, sections, .. } = self;
        let left_out = overview.left_out + findings.left_out + blanks.left_out + sections.left_out;
        let notes = [(summary.failed, "份没有检查"), (left_out, "行超出一张工作表能放的行数，没有列出")];
        let notes: Vec<String> = notes.iter().filter(|(n, _)| *n > 0).map(|(n, note)| format!("{n} {note}")).collect();
        overview.totals(&format!("合计（{} 份）", summary.files), notes.join("；"))?;
        let mut workbook = Workbook::new();
        for sheet in [overview, findings, blanks, sections] {
            workbook.push_worksheet(sheet.finish()?);
        }
        workbook.save_to_buffer()
    }
}

impl<W: Write> Sink for Xlsx<W> {
    fn file(&mut self, document: &Document, report: &Report) -> io::Result<()> {
        self.add(document, report).map_err(io::Error::other)
    }

    fn failure(&mut self, failure: &Failure) -> io::Result<()> {
        let mut cells = vec![String::new(); self.overview.width()];
        cells[0] = printable(&failure.name);
        if let Some(last) = cells.last_mut() {
            *last = format!("{UNCHECKED}：{}", printable(&failure.message));
        }
        self.overview.row(cells).map_err(io::Error::other)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        let bytes = self.close(summary).map_err(io::Error::other)?;
        self.out.write_all(&bytes)?;
        self.out.flush()
    }
}

/// A sheet that is filled row by row.
struct Sheet {
    page: Worksheet,
    name: &'static str,
    heads: Vec<String>,
    /// Widths of the columns, in digits of the standard font; a Chinese character takes two.
    widths: &'static [u16],
    /// The columns that hold numbers.
    numbers: std::ops::Range<usize>,
    /// The sums of these columns.
    sums: Vec<u64>,
    rows: u32,
    /// Rows that found no place.
    left_out: usize,
}

/// Rows of a sheet, one kept for the totals.
const ROWS: u32 = 1_048_575;

/// Characters of a cell.
const CELL: usize = 32_767;

/// The height of one line, in points.
pub(crate) const LINE: u32 = 16;

impl Sheet {
    fn new(name: &'static str, heads: &[&str], widths: &'static [u16], numbers: std::ops::Range<usize>) -> Self {
        let heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
        Self { page: Worksheet::new(), name, sums: vec![0; numbers.len()], heads, widths, numbers, rows: 1, left_out: 0 }
    }

    fn width(&self) -> usize {
        self.heads.len()
    }

    fn row(&mut self, cells: impl IntoIterator<Item = String>) -> Result<(), XlsxError> {
        if self.rows >= ROWS {
            self.left_out += 1;
            return Ok(());
        }
        self.write(cells, &body())?;
        self.rows += 1;
        Ok(())
    }

    /// The row of totals, with a remark in the last column. It is not counted, so that filters and sorting leave it alone.
    fn totals(&mut self, name: &str, remark: String) -> Result<(), XlsxError> {
        let mut cells = vec![String::new(); self.width()];
        name.clone_into(&mut cells[0]);
        for (cell, sum) in cells[self.numbers.clone()].iter_mut().zip(&self.sums) {
            *cell = sum.to_string();
        }
        cells.pop();
        cells.push(remark);
        self.write(cells, &body().set_bold().set_border_top(FormatBorder::Thin))
    }

    fn write(&mut self, cells: impl IntoIterator<Item = String>, format: &Format) -> Result<(), XlsxError> {
        let mut height = 1;
        for (column, cell) in (0_u16..).zip(cells) {
            let index = usize::from(column);
            if let Some(number) = self.numbers.contains(&index).then(|| cell.parse::<u32>().ok()).flatten() {
                self.sums[index - self.numbers.start] += u64::from(number);
                self.page.write_number_with_format(self.rows, column, number, &aligned_right(format))?;
                continue;
            }
            let severity = Severity::ALL.into_iter().find(|severity| severity.label() == cell);
            let format = severity.map_or_else(|| format.clone(), |severity| format.clone().set_font_color(colour(severity)));
            height = height.max(lines(&cell, self.widths[index]));
            self.page.write_string_with_format(self.rows, column, cut(cell), &format)?;
        }
        // No program fits the height to wrapped text by itself everywhere; 409 points are the most there can be.
        self.page.set_row_height(self.rows, (height * LINE).min(409))?;
        Ok(())
    }

    /// Head, widths, filter and page; the sheet is done.
    fn finish(&mut self) -> Result<Worksheet, XlsxError> {
        let page = &mut self.page;
        page.set_name(self.name)?;
        let head = head();
        for ((column, text), width) in (0_u16..).zip(&self.heads).zip(self.widths) {
            let format = if self.numbers.contains(&usize::from(column)) { aligned_right(&head) } else { head.clone() };
            page.write_string_with_format(0, column, text, &format)?;
            page.set_column_width(column, *width)?;
        }
        page.set_row_height(0, LINE + 6)?;
        page.set_freeze_panes(1, 1)?;
        let last = u16::try_from(self.heads.len().saturating_sub(1)).unwrap_or_default();
        page.autofilter(0, 0, self.rows.saturating_sub(1).max(1), last)?;
        // A4 across, all columns on one page, the head on each.
        page.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(std::mem::take(page))
    }
}

/// How many lines a text takes in a column of that width, at least one.
pub(crate) fn lines(text: &str, width: u16) -> u32 {
    text.width().div_ceil(usize::from(width).saturating_sub(2).max(1)).max(1) as u32
}

/// How cells are set.
pub(crate) fn body() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_text_wrap().set_align(FormatAlign::Top).set_indent(1)
}

/// How the heads of columns are set.
pub(crate) fn head() -> Format {
    body().set_bold().set_background_color(Color::RGB(0x00F2_EFE9)).set_border_bottom(FormatBorder::Thin)
}

fn aligned_right(format: &Format) -> Format {
    format.clone().set_align(FormatAlign::Right).set_indent(1)
}

const fn colour(severity: Severity) -> Color {
    Color::RGB(match severity {
        Severity::Error => 0x00B3_261E,
        Severity::Warning => 0x008A_5A00,
        Severity::Info => 0x0035_6384,
    })
}

/// The text as far as a cell holds it.
fn cut(text: String) -> String {
    match text.char_indices().nth(CELL - 1) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
