//! Text of a draft on its way to a place where characters act: nothing in it may steer a terminal, break a line, or turn the direction
//! of what stands beside it.

/// The text without line breaks and control characters; a tab or an ideographic space becomes a space.
pub(crate) fn printable(text: &str) -> String {
    let mut printable = String::new();
    push_printable(text, &mut printable);
    printable
}

/// [`printable`] behind what `out` holds.
pub(crate) fn push_printable(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        out.extend(text.chars().map(|c| if matches!(c, '\t' | '\u{3000}') { ' ' } else { c }).filter(|&c| !acts(c)));
    }
}

/// Whether the text can be printed as it is: a short answer for nearly all.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}') || !acts(c) && c != '\u{3000}')
}

/// Controls, line and paragraph separators, invisible marks, direction marks.
pub(crate) fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{061c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn nothing_that_acts_gets_through() {
        let hostile = "甲\u{1b}[31m乙\u{202e}丙\r\n丁\u{2028}戊\u{0}\u{feff}\u{200b}";
        assert_eq!(printable(hostile), "甲[31m乙丙丁戊");
    }
}
