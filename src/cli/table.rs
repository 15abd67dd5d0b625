//! Tables: aligned columns for people (Chinese characters are two cells wide), CSV for spreadsheets.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

/// Writes `rows` under `head` in aligned columns; the columns from `numbers` on are aligned to the right.
pub(super) fn text(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>], numbers: usize) -> io::Result<()> {
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

/// Writes `rows` under `head` as CSV with a byte order mark, which Excel needs to see Chinese. A cell that Excel would take for a formula is
/// written as text.
pub(super) fn csv(out: &mut dyn Write, head: &[&str], rows: &[Vec<String>]) -> io::Result<()> {
    out.write_all("\u{feff}".as_bytes())?;
    let mut line = |cells: Vec<String>| write!(out, "{}\r\n", cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
    line(head.iter().map(ToString::to_string).collect())?;
    rows.iter().try_for_each(|row| line(row.clone()))
}

fn quoted(cell: &str) -> String {
    let cell = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
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
