//! Numbers as Word's numbering formats write them: 一、二、三, ①②③, IV, 甲乙丙 …
//!
//! The formats are those of ECMA-376 part 1, 17.18.59 (`ST_NumberFormat`). What a format has no sign for is written in decimal, as Word does.

/// `number` in the format named `format`; an unknown format counts in decimal.
pub(crate) fn write(format: &str, number: u32) -> String {
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_ascii_lowercase(),
        "upperLetter" => letters(number, 'A'),
        "lowerLetter" => letters(number, 'a'),
        "ordinal" => ordinal(number),
        "hex" => format!("{number:X}"),
        "decimalFullWidth" | "decimalFullWidth2" => digits(number, &['０', '１', '２', '３', '４', '５', '６', '７', '８', '９']),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(number, '①', 20),
        "decimalEnclosedFullstop" => enclosed(number, '⒈', 20),
        "decimalEnclosedParen" => enclosed(number, '⑴', 20),
        "ideographEnclosedCircle" => enclosed(number, '㊀', 10),
        "ideographTraditional" => cycle(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => cycle(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographDigital" | "japaneseDigitalTenThousand" => digits(number, &LOWER.digits),
        "taiwaneseDigital" => digits(number, &COUNTING_DIGITS),
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => digits(number, &COUNTING_DIGITS),
        "chineseCounting" | "taiwaneseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" => LOWER.write(number),
        "japaneseCounting" => JAPANESE.write(number),
        "chineseLegalSimplified" => LEGAL_SIMPLIFIED.write(number),
        "ideographLegalTraditional" => LEGAL_TRADITIONAL.write(number),
        "japaneseLegal" => LEGAL_JAPANESE.write(number),
        _ => number.to_string(),
    }
}

/// Digits of the counting formats beyond 99; their zero is the circle U+25CB.
const COUNTING_DIGITS: [char; 10] = ['○', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

const LOWER: Numerals = Numerals {
    digits: ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    units: ['十', '百', '千', '万'],
    zero: Some('零'),
    leading_one: LeadingOne::NotBeforeTen,
};
const JAPANESE: Numerals = Numerals { zero: None, leading_one: LeadingOne::Never, ..LOWER };
const LEGAL_SIMPLIFIED: Numerals = Numerals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    units: ['拾', '佰', '仟', '萬'],
    zero: Some('零'),
    leading_one: LeadingOne::Always,
};
const LEGAL_TRADITIONAL: Numerals =
    Numerals { digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'], ..LEGAL_SIMPLIFIED };
const LEGAL_JAPANESE: Numerals = Numerals {
    digits: ['〇', '壱', '弐', '参', '四', '伍', '六', '七', '八', '九'],
    units: ['拾', '百', '阡', '萬'],
    zero: None,
    leading_one: LeadingOne::Always,
};

/// A way to write numbers with units: 二百零三.
struct Numerals {
    digits: [char; 10],
    /// Ten, hundred, thousand, ten thousand.
    units: [char; 4],
    /// Stands for skipped places inside a number.
    zero: Option<char>,
    leading_one: LeadingOne,
}

/// Where the one before a unit is written.
#[derive(Clone, Copy, PartialEq)]
enum LeadingOne {
    Always,
    /// 十一, but 一百一十一.
    NotBeforeTen,
    /// 百十一.
    Never,
}

impl Numerals {
    fn write(&self, number: u32) -> String {
        if number == 0 {
            return self.digits[0].to_string();
        }
        let mut out = String::new();
        let (high, low) = (number / 10_000, number % 10_000);
        if high > 0 {
            out.push_str(&if high < 10_000 { self.write(high) } else { high.to_string() });
            out.push(self.units[3]);
        }
        let mut skipped = false;
        for (place, unit) in [(1_000, Some(self.units[2])), (100, Some(self.units[1])), (10, Some(self.units[0])), (1, None)] {
            let digit = low / place % 10;
            if digit == 0 {
                skipped = !out.is_empty();
                continue;
            }
            if skipped {
                out.extend(self.zero);
                skipped = false;
            }
            let silent = digit == 1
                && unit.is_some()
                && match self.leading_one {
                    LeadingOne::Always => false,
                    LeadingOne::NotBeforeTen => place == 10 && out.is_empty(),
                    LeadingOne::Never => true,
                };
            if !silent {
                out.push(self.digits[digit as usize]);
            }
            out.extend(unit);
        }
        out
    }
}

fn digits(number: u32, digits: &[char; 10]) -> String {
    number.to_string().bytes().map(|digit| digits[usize::from(digit - b'0')]).collect()
}

/// One of `count` signs that follow each other in Unicode from `one` on.
fn enclosed(number: u32, one: char, count: u32) -> String {
    let sign = (1..=count).contains(&number).then(|| char::from_u32(u32::from(one) + (number - 1))).flatten();
    sign.map_or_else(|| number.to_string(), Into::into)
}

fn cycle(number: u32, signs: &str) -> String {
    let count = u32::try_from(signs.chars().count()).unwrap_or(1);
    match number.checked_sub(1) {
        Some(n) => signs.chars().nth((n % count) as usize).into_iter().collect(),
        None => number.to_string(),
    }
}

/// A … Z, AA, BB … ZZ, AAA: Word repeats the letter.
fn letters(number: u32, first: char) -> String {
    let Some(n) = number.checked_sub(1) else { return number.to_string() };
    match char::from_u32(u32::from(first) + n % 26) {
        Some(letter) if n < 26 * 30 => letter.to_string().repeat((n / 26 + 1) as usize),
        _ => number.to_string(),
    }
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..32_768).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

fn ordinal(number: u32) -> String {
    let suffix = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn chinese_formats_count_as_word_does() {
        let rows = [
            ("chineseCountingThousand", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 20, "二十"),
            ("chineseCountingThousand", 101, "一百零一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("chineseCountingThousand", 1001, "一千零一"),
            ("chineseCountingThousand", 10_010, "一万零一十"),
            ("chineseCounting", 12, "十二"),
            ("chineseCounting", 100, "一○○"),
            ("ideographDigital", 10, "一〇"),
            ("japaneseCounting", 111, "百十一"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("ideographTraditional", 11, "甲"),
            ("decimalEnclosedCircle", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("decimalFullWidth", 12, "１２"),
            ("ideographEnclosedCircle", 10, "㊉"),
        ];
        for (format, number, expected) in rows {
            assert_eq!(write(format, number), expected, "{format} {number}");
        }
    }

    #[test]
    fn latin_formats_count_as_word_does() {
        let rows = [
            ("decimal", 7, "7"),
            ("decimalZero", 7, "07"),
            ("upperRoman", 1994, "MCMXCIV"),
            ("lowerRoman", 4, "iv"),
            ("upperLetter", 28, "BB"),
            ("lowerLetter", 26, "z"),
            ("ordinal", 12, "12th"),
            ("ordinal", 22, "22nd"),
            ("none", 3, ""),
            ("upperLetter", u32::MAX, "4294967295"),
            ("decimalEnclosedCircle", u32::MAX, "4294967295"),
            ("upperRoman", 0, "0"),
        ];
        for (format, number, expected) in rows {
            assert_eq!(write(format, number), expected, "{format} {number}");
        }
    }
}
