//! Figures in Arabic digits: 12.5, 1200, 1,200.

use super::chars::digits_before;

/// A figure and its place in the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) start: usize,
    /// After the last digit.
    pub(super) end: usize,
    /// Ten-thousandths of the value, so that sums of decimals are exact.
    pub(super) value: i64,
}

/// [`Figure::value`] of one.
pub(super) const ONE: i64 = 10_000;

impl Figure {
    /// The figure that starts at `at`; `None` where none starts there, it is longer than twelve digits, or has more than four decimals.
    pub(super) fn at(chars: &[char], at: usize) -> Option<Self> {
        let inside = at.checked_sub(1).is_some_and(|before| chars[before].is_ascii_alphanumeric() || chars[before] == '.');
        let (mut value, mut places, mut end) = (0_i64, 0, at);
        let mut decimals = None;
        while let Some(&c) = chars.get(end) {
            let next_is_digit = chars.get(end + 1).is_some_and(char::is_ascii_digit);
            match c {
                '0'..='9' => {
                    value = value * 10 + i64::from(u32::from(c) - u32::from('0'));
                    places += 1;
                    decimals = decimals.map(|n| n + 1);
                    if places > 12 || decimals > Some(4) {
                        return None;
                    }
                }
                '.' if decimals.is_none() && next_is_digit && end > at => decimals = Some(0),
                ',' if decimals.is_none() && next_is_digit && end > at => {}
                _ => break,
            }
            end += 1;
        }
        let scale = 10_i64.pow(4 - decimals.unwrap_or(0));
        (!inside && places > 0).then_some(Self { start: at, end, value: value * scale })
    }

    /// The figure that ends before `end`.
    pub(super) fn before(chars: &[char], end: usize) -> Option<Self> {
        let mut start = digits_before(chars, end, 12);
        while start < end && start > 1 && matches!(chars[start - 1], '.' | ',') && chars[start - 2].is_ascii_digit() {
            start = digits_before(chars, start - 1, 12);
        }
        Self::at(chars, start).filter(|figure| figure.end == end)
    }
}

/// A value as people write it, without needless zeros.
pub(super) fn written(value: i64) -> String {
    let (whole, rest) = (value / ONE, value % ONE);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{}", format!("{rest:04}").trim_end_matches('0')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_both_ends() {
        for (text, value) in [("12", 120_000), ("3.5", 35_000), ("1,200", 12_000_000), ("0.25", 2_500)] {
            let chars: Vec<char> = format!("约{text}万").chars().collect();
            let figure = Figure::at(&chars, 1);
            assert_eq!(figure.map(|figure| figure.value), Some(value), "{text}");
            assert_eq!(Figure::before(&chars, chars.len() - 1), figure, "{text}");
            assert_eq!(written(value), text.replace(',', ""));
        }
        for text in ["x12", "1234567890123", "1.23456", "万"] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(Figure::at(&chars, chars.iter().position(char::is_ascii_digit).unwrap_or(0)), None, "{text}");
        }
    }
}
