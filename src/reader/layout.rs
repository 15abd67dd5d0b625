//! Paragraphs again from lines on a page, for formats that only know where ink goes.
//!
//! All lengths are in the page's own unit; y grows downwards.

use super::Builder;
use crate::document::BlockKind;
use crate::text;

/// Characters that share a line, with where they stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub(super) left: f32,
    pub(super) right: f32,
    /// The line the characters stand on.
    pub(super) base: f32,
    /// Size of the font.
    pub(super) size: f32,
    pub(super) text: String,
}

/// Puts pieces of text, in reading order, together into lines: a piece goes on in the line of the one before it when it stands beside it.
pub(super) fn lines(pieces: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if (line.base - piece.base).abs() < 0.4 * line.size.max(piece.size) && piece.left >= line.left => {
                let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if piece.left - line.right > 0.25 * line.size && latin(line.text.chars().next_back()) && latin(piece.text.chars().next()) {
                    line.text.push(' ');
                }
                line.text.push_str(&piece.text);
                line.right = line.right.max(piece.right);
                line.size = line.size.max(piece.size);
            }
            _ => lines.push(piece),
        }
    }
    lines
}

/// Joins the lines of a document, page by page, to paragraphs and writes them as blocks. A line that carries only a page number is a footer.
pub(super) fn write(pages: &[Vec<Line>], builder: &mut Builder) {
    let mut paragraph = String::new();
    let mut before: Option<&Line> = None;
    let mut footers = Vec::new();
    // The last page of a document often has no full line of its own.
    let right = pages.iter().flatten().map(|line| line.right).fold(0.0, f32::max);
    for page in pages {
        let left = page.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
        for (n, line) in page.iter().enumerate() {
            if (n == 0 || n + 1 == page.len()) && is_page_number(&line.text) {
                footers.push(line.text.as_str());
                continue;
            }
            let continues = before.is_some_and(|before| {
                let size = before.size.max(1e-3);
                let full = right - before.right < 2.0 * size;
                let indented = line.left - left > 1.5 * size && line.left - before.left > 0.5 * size;
                let same_size = (line.size - before.size).abs() < 0.15 * size;
                full && !indented && same_size && !text::divides(&before.text, &line.text)
            });
            if !continues && !paragraph.is_empty() {
                builder.push(BlockKind::Paragraph, 0, "", paragraph.trim());
                paragraph.clear();
            }
            let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
            if latin(paragraph.chars().next_back()) && latin(line.text.chars().next()) {
                paragraph.push(' ');
            }
            paragraph.push_str(line.text.trim_end());
            before = Some(line);
        }
    }
    builder.push(BlockKind::Paragraph, 0, "", paragraph.trim());
    for footer in footers {
        builder.push(BlockKind::Footer, 0, "", footer.trim());
    }
}

/// `— 3 —`, `-3-`, `3`, `第3页`.
fn is_page_number(line: &str) -> bool {
    let inner = line.trim().trim_matches(['-', '—', '－', '–', '·', ' ', '\u{3000}']);
    let inner = inner.strip_prefix('第').and_then(|inner| inner.strip_suffix('页')).unwrap_or(inner).trim();
    !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, right: f32, base: f32, text: &str) -> Line {
        Line { left, right, base, size: 5.0, text: text.into() }
    }

    #[test]
    fn full_lines_join_and_numbers_of_pages_do_not_come_between() {
        let first = lines([
            line(60.0, 120.0, 20.0, "工作报告"),
            line(38.0, 90.0, 30.0, "今年以来，全镇坚持"),
            line(90.0, 180.0, 30.5, "稳中求进工作总基调，各项"),
            line(28.0, 180.0, 40.0, "工作取得新的成效，群众满意度"),
            line(100.0, 110.0, 280.0, "— 1 —"),
        ]);
        let second = lines([line(28.0, 60.0, 20.0, "明显提高。"), line(38.0, 100.0, 30.0, "一、工作情况")]);
        let mut builder = Builder::default();
        write(&[first, second], &mut builder);
        let texts: Vec<&str> = builder.text.lines().collect();
        assert_eq!(
            texts,
            ["工作报告", "今年以来，全镇坚持稳中求进工作总基调，各项工作取得新的成效，群众满意度明显提高。", "一、工作情况", "— 1 —"]
        );
        assert_eq!(builder.blocks.last().map(|block| block.kind), Some(BlockKind::Footer));
    }
}
