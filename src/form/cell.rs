//! What a cell of a workbook says, as the clerk typed it: 12 and not 12.0, 98.6% and not 0.986, a date as an official text writes it.
//!
//! The column to fill is formatted as text, so all this is only for forms that were made into another kind of table on their way.

use calamine::{DataRef, ExcelDateTime, NumberFormat};

/// The value of a cell with its number format.
pub(super) fn shown(value: &DataRef, format: Option<&NumberFormat>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::Error(error) => error.to_string(),
        DataRef::Int(number) => figure(*number as f64, format),
        DataRef::Float(number) => figure(*number, format),
        DataRef::DateTime(time) => date(*time, format),
    }
}

fn figure(number: f64, format: Option<&NumberFormat>) -> String {
    let is_percent = format.is_some_and(|format| unquoted(&format.format_code).ends_with('%'));
    if is_percent { format!("{}%", rounded(number * 100.0)) } else { rounded(number).to_string() }
}

/// To the fifteen digits that Excel keeps: 0.1 + 0.2 is 0.3 there.
fn rounded(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// Which parts of a date a format shows.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    year: bool,
    day: bool,
    /// Joined by hyphens, the year first, as ISO 8601 has it.
    hyphens: bool,
    time_only: bool,
}

fn date(time: ExcelDateTime, format: Option<&NumberFormat>) -> String {
    let parts = format.map(parts).unwrap_or_default();
    if parts.time_only || time.is_duration() {
        // Excel keeps the part of a day; a minute off by the last binary digit would show.
        let minutes = (time.as_f64() * 24.0 * 60.0).round() as u64;
        return format!("{}:{:02}", minutes / 60, minutes % 60);
    }
    let (year, month, day, ..) = time.to_ymd_hms_milli();
    match parts {
        Parts { year: true, day: true, hyphens: true, .. } => format!("{year}-{month:02}-{day:02}"),
        Parts { year: true, day: false, hyphens: true, .. } => format!("{year}-{month:02}"),
        Parts { year: true, day: false, .. } => format!("{year}年{month}月"),
        Parts { year: false, day: true, .. } => format!("{month}月{day}日"),
        _ => format!("{year}年{month}月{day}日"),
    }
}

/// What a format shows. The numbers 27 to 58 are the built-in formats of Chinese Excel (ECMA-376 part 1, 18.8.30, `zh-cn`), whose codes no file holds.
fn parts(format: &NumberFormat) -> Parts {
    match format.format_id {
        Some(27 | 36 | 50 | 52 | 57) => return Parts { year: true, ..Parts::default() },
        Some(28 | 29 | 51 | 53 | 54 | 58) => return Parts { day: true, ..Parts::default() },
        Some(32..=35 | 55 | 56) => return Parts { time_only: true, ..Parts::default() },
        _ => {}
    }
    let code = unquoted(&format.format_code).to_ascii_lowercase();
    let (year, day) = (code.contains('y'), code.contains('d'));
    Parts { year, day, hyphens: code.starts_with('y') && code.contains('-'), time_only: !year && !day && code.contains('h') }
}

/// A format code without its quoted texts, its settings in brackets, and what stands behind its first section.
fn unquoted(code: &str) -> String {
    let mut out = String::new();
    let mut until = None;
    for c in code.chars() {
        match until {
            Some(end) => until = (c != end).then_some(end),
            None => match c {
                '"' => until = Some('"'),
                '[' => until = Some(']'),
                ';' => break,
                '\\' => {}
                c => out.push(c),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn format(code: &str, id: u32) -> NumberFormat {
        let mut format = NumberFormat::default();
        code.clone_into(&mut format.format_code);
        format.format_id = Some(id);
        format
    }

    #[test]
    fn numbers_read_as_typed() {
        for (number, code, shown_as) in [
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0.3"),
            (1234.5, "#,##0.00", "1234.5"),
            (0.986, "0.0%", "98.6%"),
            (0.07, "0%", "7%"),
            (3.0, "0\"%\"", "3"),
        ] {
            assert_eq!(shown(&DataRef::Float(number), Some(&format(code, 164))), shown_as, "{code}");
        }
        assert_eq!(shown(&DataRef::Float(12.0), None), "12");
    }

    #[test]
    fn dates_read_as_an_official_text_writes_them() {
        let day = DataRef::DateTime(ExcelDateTime::new(45306.0, ExcelDateTimeType::DateTime, false));
        for (code, id, shown_as) in [
            ("mm-dd-yy", 14, "2024年1月15日"),
            ("yyyy\"年\"m\"月\"d\"日\";@", 165, "2024年1月15日"),
            ("General", 31, "2024年1月15日"),
            ("General", 57, "2024年1月"),
            ("General", 58, "1月15日"),
            ("[$-804]yyyy\\-mm\\-dd", 166, "2024-01-15"),
            ("yyyy-mm", 167, "2024-01"),
            ("mmm-yy", 17, "2024年1月"),
        ] {
            assert_eq!(shown(&day, Some(&format(code, id))), shown_as, "{code} {id}");
        }
        let time = DataRef::DateTime(ExcelDateTime::new(0.395_833_333_333_333, ExcelDateTimeType::DateTime, false));
        assert_eq!(shown(&time, Some(&format("h:mm", 20))), "9:30");
    }
}
