//! Tables: aligned columns for people (Chinese characters are two cells wide), CSV for spreadsheets.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// Writes `rows` under `head` in aligned columns; the columns from `numbers` on are aligned to the right.
pub(crate) fn text(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>], numbers: usize) -> io::Result<()> {
    let width = |n: usize| rows.iter().map(|row| row[n].width()).chain([head[n].width()]).max().unwrap_or_default();
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let mut line = |cells: &[String]| -> io::Result<()> {
        let mut text = String::new();
        for (n, cell) in cells.iter().enumerate() {
            let gap = " ".repeat(widths[n] - cell.width());
            match n {
                0 => {}
                _ => text.push_str("  "),
            }
            text.push_str(&if n >= numbers { gap + cell } else { cell.clone() + &gap });
        }
        writeln!(out, "{}", text.trim_end())
    };
    line(&head.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    rows.iter().try_for_each(|row| line(row))
}

/// Writes `rows` under `head` as CSV.
pub(crate) fn csv(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    let mut csv = Csv::new(out, head);
    rows.iter().try_for_each(|row| csv.row(row))?;
    csv.finish()
}

/// A CSV table row by row, with a byte order mark, which Excel needs to see Chinese. A cell that Excel would take for a formula is written
/// as text.
pub(crate) struct Csv<'a, W> {
    out: W,
    /// The head, until it is written.
    head: Option<&'a [&'a str]>,
}

impl<'a, W: Write> Csv<'a, W> {
    pub(crate) const fn new(out: W, head: &'a [&'a str]) -> Self {
        Self { out, head: Some(head) }
    }

    pub(crate) fn row(&mut self, cells: &[String]) -> io::Result<()> {
        self.begin()?;
        self.line(cells.iter().map(String::as_str))
    }

    /// Writes the head of a table without rows, and what is still in the buffer.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.begin()?;
        self.out.flush()
    }

    fn begin(&mut self) -> io::Result<()> {
        let Some(head) = self.head.take() else { return Ok(()) };
        self.out.write_all("\u{feff}".as_bytes())?;
        self.line(head.iter().copied())
    }

    fn line<'c>(&mut self, cells: impl Iterator<Item = &'c str>) -> io::Result<()> {
        write!(self.out, "{}\r\n", cells.map(quoted).collect::<Vec<_>>().join(","))
    }
}

/// Whether a program would take the cell for a formula. Full-width signs count too: some versions of Excel fold them.
fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// What a cell says, without the mark by which it is kept from becoming a formula.
pub(crate) fn said(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

fn quoted(cell: &str) -> String {
    let cell = if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_cannot_become_formulas_or_break_the_row() {
        let mut out = Vec::new();
        super::csv(&mut out, &["甲", "乙"], &[vec!["=1+1".into(), "a,\"b\"".into()]]).expect("memory");
        assert_eq!(String::from_utf8_lossy(&out), "\u{feff}甲,乙\r\n'=1+1,\"a,\"\"b\"\"\"\r\n");
    }
}
