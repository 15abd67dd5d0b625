//! Numbers written in Chinese characters, as far as section labels and counts go: 一 to 九百九十九.

/// Reads the number at the start of `text`: its value and its length in bytes. `None` where no well-formed number stands there.
///
/// ```
/// assert_eq!(hegao::numeral::parse("二十一、健全机制"), Some((21, 9)));
/// assert_eq!(hegao::numeral::parse("二〇二一年"), None);
/// ```
pub fn parse(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    // The digit not yet given its place, and the place value (100, 10 or 1) the next digit must stay below.
    let (mut digit, mut below) = (None, 1000);
    let mut length = 0;
    for c in text.chars() {
        match c {
            '十' | '百' => {
                let place = if c == '十' { 10 } else { 100 };
                if place >= below || (digit.is_none() && (c == '百' || value != 0)) {
                    return None;
                }
                value += digit.take().unwrap_or(1) * place;
                below = place;
            }
            '零' | '〇' if below == 100 && digit.is_none() => below = 10,
            _ => match digit_of(c) {
                Some(d) if digit.is_none() && below > 1 => digit = Some(d),
                Some(_) => return None,
                None => break,
            },
        }
        length += c.len_utf8();
    }
    value += digit.unwrap_or(0);
    // “一百零” breaks off in the middle; “二〇” is a year, not a count.
    let complete = !text[..length].ends_with(['零', '〇']) && !text[length..].starts_with(['零', '〇', '○']);
    (value > 0 && complete).then_some((value, length))
}

/// Writes 1–999 the way [`parse`] reads it; numbers outside that range in Arabic digits.
pub fn write(number: u32) -> String {
    if !(1..=999).contains(&number) {
        return number.to_string();
    }
    let (hundreds, tens, ones) = (number / 100, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.extend([digit(hundreds), '百']);
    }
    if tens > 1 || (tens == 1 && hundreds > 0) {
        out.push(digit(tens));
    }
    if tens > 0 {
        out.push('十');
    } else if hundreds > 0 && ones > 0 {
        out.push('零');
    }
    if ones > 0 {
        out.push(digit(ones));
    }
    out
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

fn digit(value: u32) -> char {
    DIGITS[value as usize % 10]
}

/// The value of one Chinese digit 一–九.
pub fn digit_of(c: char) -> Option<u32> {
    DIGITS[1..].iter().zip(1..).find_map(|(&digit, value)| (digit == c).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_read_as_written() {
        for n in 1..=999 {
            let text = write(n);
            assert_eq!(parse(&text), Some((n, text.len())), "{n} {text}");
        }
        assert_eq!(write(10), "十");
        assert_eq!(write(102), "一百零二");
        assert_eq!(write(110), "一百一十");
    }

    #[test]
    fn what_is_no_count_is_not_read() {
        for text in ["", "二〇二一", "一九九二年", "零", "百", "二○○九", "第一", "十百"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("五个方面"), Some((5, 3)));
    }
}
