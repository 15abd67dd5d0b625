//! Paragraphs again from lines on a page, for formats that only know where ink goes.
//!
//! All lengths are in the page's own unit; y grows downwards.

use std::collections::{HashMap, HashSet};

use super::Builder;
use crate::document::BlockKind;

/// The cell of a ruled table by its borders, in whole units of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Cell {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) right: i64,
    pub(super) bottom: i64,
}

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
    /// Shares its base with another line at some distance, as cells of a table do, or runs in another direction: joins with none.
    pub(super) alone: bool,
    /// The cell it stands in, where rules are drawn around it.
    pub(super) cell: Option<Cell>,
}

/// Whether a piece beside a line is another cell or column and does not go on in it: far away, or some way off from a word; titles with spaced letters
/// come letter by letter, and the gap behind a label is a tab.
fn is_apart(line: &Line, piece: &Line) -> bool {
    if line.cell.is_some() || piece.cell.is_some() {
        return line.cell != piece.cell;
    }
    let gap = (piece.left - line.right) / line.size.max(piece.size).max(1e-3);
    let words = |text: &str| text.trim().chars().nth(1).is_some();
    gap > 4.0 || (!is_label(&line.text) && (gap > 2.0 || (gap > 0.7 && words(&line.text) && words(&piece.text))))
}

/// The raised number of a note, Arabic or Roman.
fn is_note_number(line: &Line, piece: &Line) -> bool {
    let text = piece.text.trim().as_bytes();
    piece.size < 0.75 * line.size
        && piece.base < line.base - 0.1 * line.size
        && (text.iter().all(u8::is_ascii_digit) || text.iter().all(|byte| b"ivx".contains(byte)))
        && !line.text.ends_with(|c: char| c.is_ascii_alphanumeric())
}

/// Puts pieces of text, in reading order, together into lines: a piece goes on in the line of the one before it when it stands beside it.
pub(super) fn lines(pieces: impl IntoIterator<Item = Line>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut pieces: Vec<Line> = pieces.into_iter().collect();
    // Programs write what is in another font behind the rest of its line.
    for line in pieces.chunk_by_mut(share_base) {
        line.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if beside(line, &piece) && is_note_number(line, &piece) => line.right = line.right.max(piece.right),
            Some(line) if beside(line, &piece) && is_apart(line, &piece) => {
                line.alone = true;
                lines.push(Line { alone: true, ..piece });
            }
            Some(line) if beside(line, &piece) => {
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
    cell_by_cell(lines)
}

/// The lines of each cell one after another: some programs write a row line by line.
fn cell_by_cell(lines: Vec<Line>) -> Vec<Line> {
    let mut first: HashMap<Cell, usize> = HashMap::new();
    let mut placed: Vec<(usize, Line)> =
        lines.into_iter().enumerate().map(|(n, line)| (line.cell.map_or(n, |cell| *first.entry(cell).or_insert(n)), line)).collect();
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, line)| line).collect()
}

/// Whether a piece stands in the same line as the one before it, behind its beginning.
fn beside(line: &Line, piece: &Line) -> bool {
    share_base(line, piece) && piece.left >= line.left
}

fn share_base(a: &Line, b: &Line) -> bool {
    (a.base - b.base).abs() < 0.4 * a.size.max(b.size)
}

/// Joins the lines of a document, page by page, to paragraphs and writes them as blocks. Headers and footers stand behind the body, those that repeat
/// once. `width` is that of a page, where it is known.
pub(super) fn write(pages: &[Vec<Line>], width: Option<f32>, builder: &mut Builder) {
    let repeated = repeated(pages);
    let measure = Measure { edge: right_edge(pages, width), size: usual_size(pages) };
    let kind = |line: Option<&Line>| if line.is_some_and(|line| line.cell.is_some()) { BlockKind::TableCell } else { BlockKind::Paragraph };
    let mut paragraph = String::new();
    let mut before: Option<&Line> = None;
    let mut margins: Vec<(BlockKind, &str)> = Vec::new();
    for page in pages {
        let left = page.iter().filter(|line| line.cell.is_none()).map(|line| line.left).fold(f32::INFINITY, f32::min);
        let bases = || page.iter().map(|line| line.base);
        let (top, bottom) = (bases().fold(f32::INFINITY, f32::min), bases().fold(f32::NEG_INFINITY, f32::max));
        let mut first = true;
        for line in page {
            let outermost = line.base.total_cmp(&top).is_eq() || line.base.total_cmp(&bottom).is_eq();
            if (outermost && is_page_number(&line.text)) || repeated.contains(&place(line)) {
                let kind = if line.base - top < bottom - line.base { BlockKind::Header } else { BlockKind::Footer };
                margins.push((kind, line.text.trim()));
                continue;
            }
            if !before.is_some_and(|before| measure.goes_on(before, line, left, first)) && !paragraph.is_empty() {
                builder.push(kind(before), 0, "", paragraph.trim());
                paragraph.clear();
            }
            join(&mut paragraph, line.text.trim_end());
            before = Some(line);
            first = false;
        }
    }
    builder.push(kind(before), 0, "", paragraph.trim());
    let mut seen = HashSet::new();
    for wanted in [BlockKind::Header, BlockKind::Footer] {
        for (kind, text) in margins.iter().filter(|margin| margin.0 == wanted && seen.insert(**margin)) {
            builder.push(*kind, 0, "", text);
        }
    }
}

/// What is usual in a document.
struct Measure {
    /// Where full lines end.
    edge: f32,
    /// The size of most lines.
    size: f32,
}

impl Measure {
    /// Whether a line goes on in the paragraph of the one before it. `left` is where lines of the page begin; `first`, that it is the first of its page.
    fn goes_on(&self, before: &Line, line: &Line, left: f32, first: bool) -> bool {
        let size = before.size.max(1e-3);
        let same_size = (line.size - before.size).abs() < 0.15 * size;
        let near = first || (0.0..4.0 * size).contains(&(line.base - before.base));
        let divided = before.text.trim_end().ends_with(['。', '！', '？', '：']) || opens_section(&line.text);
        if !same_size || !near || divided || line.cell != before.cell {
            return false;
        }
        if let Some(cell) = line.cell {
            // Nothing more would have fitted beside it.
            return cell.right as f32 - before.right < (1.5 + first_word(&line.text)) * size;
        }
        // A signature at the right margin reaches it too, but is short.
        let full =
            self.edge - before.right < (2.0 + first_word(&line.text)) * size && before.right - before.left > 0.5 * (self.edge - left);
        let indented = line.left - left > 1.5 * size && line.left - before.left > 0.5 * size;
        self.is_title(before, line, left) || (full && !indented && !before.alone && !line.alone)
    }

    /// Whether these are two lines of a title: large and one in the middle below the other.
    fn is_title(&self, before: &Line, line: &Line, left: f32) -> bool {
        let middle = |line: &Line| f32::midpoint(line.left, line.right);
        line.size > 1.15 * self.size
            && (middle(line) - middle(before)).abs() < 0.5 * line.size
            && line.left.max(before.left) - left > line.size
    }
}

/// The size of the middle one of all characters.
fn usual_size(pages: &[Vec<Line>]) -> f32 {
    let mut sizes: Vec<(f32, usize)> = pages.iter().flatten().map(|line| (line.size, line.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut passed = 0;
    sizes
        .iter()
        .find_map(|(size, count)| {
            passed += count;
            (passed > half).then_some(*size)
        })
        .unwrap_or_default()
}

/// The room that the Latin word or number needs which a line begins with, or the character behind an opening mark, in sizes of its font: the line before
/// ended short of it.
fn first_word(line: &str) -> f32 {
    let opening = if line.starts_with(['“', '‘', '（', '《', '〈', '〔', '【']) { 1.0 } else { 0.0 };
    opening + 0.5 * line.bytes().take(40).take_while(u8::is_ascii_graphic).count() as f32
}

/// Puts a line behind those before it: a space between two words, nothing for a word that was divided.
fn join(paragraph: &mut String, line: &str) {
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    if latin(line.chars().next()) {
        if latin(paragraph.chars().next_back()) {
            paragraph.push(' ');
        } else if paragraph.strip_suffix('-').is_some_and(|word| latin(word.chars().next_back())) {
            paragraph.pop();
        }
    }
    paragraph.push_str(line);
}

/// A line by its words and its height on the page, in half sizes of its font.
fn place(line: &Line) -> (&str, i64) {
    (line.text.trim(), (2.0 * line.base / line.size.max(1e-3)).round() as i64)
}

/// Lines that stand at the same height on more than half of the pages: running headers and footers.
fn repeated(pages: &[Vec<Line>]) -> HashSet<(&str, i64)> {
    let mut counts: HashMap<(&str, i64), usize> = HashMap::new();
    for page in pages {
        for place in page.iter().map(place).collect::<HashSet<_>>() {
            *counts.entry(place).or_default() += 1;
        }
    }
    counts.into_iter().filter(|(_, count)| *count > 1 && 2 * *count > pages.len()).map(|(place, _)| place).collect()
}

/// Where full lines end: the rightmost edge that a fifth of the lines reach, or any, so that one wide header does not make all others look short. The
/// last page of a document often has no full line of its own, so this is asked of the whole document. Where all lines end far from the right margin,
/// taken as wide as the left one, none is full.
fn right_edge(pages: &[Vec<Line>], width: Option<f32>) -> f32 {
    let left = outside_cells(pages).map(|line| line.left).fold(f32::INFINITY, f32::min);
    let edge = reached_edge(pages);
    if width.is_some_and(|width| edge < left + 0.8 * (width - 2.0 * left)) { f32::INFINITY } else { edge }
}

fn outside_cells(pages: &[Vec<Line>]) -> impl Iterator<Item = &Line> {
    pages.iter().flatten().filter(|line| line.cell.is_none())
}

fn reached_edge(pages: &[Vec<Line>]) -> f32 {
    let mut rights: Vec<(f32, f32)> = outside_cells(pages).map(|line| (line.right, line.size)).collect();
    rights.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut end = 0;
    for (start, (right, size)) in rights.iter().enumerate() {
        // A line reaches its own edge, even one so large that nothing can be subtracted from it.
        end = end.max(start + 1);
        while rights.get(end).is_some_and(|(other, _)| right - other <= 2.0 * size) {
            end += 1;
        }
        if (end - start) * 5 >= rights.len() {
            // Not the outermost of them, which may be a mark that hangs over the edge.
            return rights[start + (end - start) / 4].0;
        }
    }
    rights.first().map_or(0.0, |(right, _)| *right)
}

/// Whether a line opens with the number of a section: 一、 （一） 1. （1）.
fn opens_section(line: &str) -> bool {
    let line = line.trim_start();
    let end = line.find(['、', '．', '.', '）', ')']).filter(|end| *end <= 12);
    let Some((label, rest)) = end.and_then(|end| line.split_at_checked(end + line[end..].chars().next()?.len_utf8())) else { return false };
    is_label(label) && !(label.ends_with('.') && rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a text is the number of a section and nothing else.
fn is_label(text: &str) -> bool {
    let text = text.trim();
    let inner = text.trim_start_matches(['（', '(']).trim_end_matches(['、', '．', '.', '）', ')']);
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c);
    inner.len() < text.len() && !inner.is_empty() && inner.chars().all(number)
}

/// `— 3 —`, `-3-`, `3`, `第3页`, `3/12`, `第3页 共12页`.
fn is_page_number(line: &str) -> bool {
    let is_number = |text: &str| {
        let inner = text.trim_matches(['-', '—', '－', '–', '·', ' ', '\u{3000}', '第', '页', '，']);
        !inner.is_empty() && inner.len() <= 4 && inner.bytes().all(|byte| byte.is_ascii_digit())
    };
    match line.split_once(['/', '共']) {
        Some((number, all)) => is_number(number) && is_number(all),
        None => is_number(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(left: f32, right: f32, base: f32, text: &str) -> Line {
        Line { left, right, base, size: 5.0, text: text.into(), ..Line::default() }
    }

    fn written(lines: Vec<Line>) -> Vec<String> {
        let mut builder = Builder::default();
        write(&[lines], Some(210.0), &mut builder);
        builder.text.lines().map(String::from).collect()
    }

    #[test]
    fn cells_stand_alone_and_labels_keep_their_text() {
        let lines = lines([
            line(28.0, 38.0, 20.0, "一、"),
            line(44.0, 64.0, 20.0, "工作情况"),
            line(28.0, 48.0, 30.0, "督查检查"),
            line(56.0, 66.0, 30.0, "xx次"),
            line(28.0, 33.0, 40.0, "总"),
            line(40.0, 45.0, 40.0, "结"),
        ]);
        assert_eq!(written(lines), ["一、工作情况", "督查检查", "xx次", "总结"]);
    }

    #[test]
    fn words_move_to_the_next_line_and_signatures_do_not_join() {
        let lines = lines([
            line(38.0, 160.0, 20.0, "今年以来，各村依托全市统一的平台"),
            line(28.0, 180.0, 30.0, "platform2021开展线上培训，参加人数达到了两千余人次，效果"),
            line(28.0, 60.0, 40.0, "明显。"),
            line(150.0, 180.0, 60.0, "青禾镇人民政府"),
            line(155.0, 180.0, 70.0, "2021年12月20日"),
        ]);
        let body = "今年以来，各村依托全市统一的平台platform2021开展线上培训，参加人数达到了两千余人次，效果明显。";
        assert_eq!(written(lines), [body, "青禾镇人民政府", "2021年12月20日"]);
    }

    #[test]
    fn short_lines_are_paragraphs_and_numbers_of_notes_are_not_text() {
        let note = Line { size: 3.0, ..line(50.0, 52.0, 38.5, "1") };
        let lines =
            lines([line(28.0, 60.0, 20.0, "内部资料"), line(28.0, 60.0, 30.0, "工作总结"), line(28.0, 50.0, 40.0, "“四个意识”"), note]);
        assert_eq!(written(lines), ["内部资料", "工作总结", "“四个意识”"]);
    }

    #[test]
    fn lines_without_end_are_lines() {
        let endless = |base, text| Line { size: f32::INFINITY, ..line(28.0, f32::INFINITY, base, text) };
        assert_eq!(written(vec![endless(20.0, "工作报告"), endless(30.0, "一、工作情况")]), ["工作报告", "一、工作情况"]);
    }

    #[test]
    fn what_opens_a_section() {
        let labels = ["一、情况", "（十二）情况", "12．情况", "(3) 情况"];
        assert!(labels.iter().all(|line| opens_section(line)));
        let texts = ["面、风格", "2021年", "）的", "十分重要", "3.5万人次"];
        assert_eq!(texts.map(opens_section), [false; 5]);
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
        write(&[first, second], Some(210.0), &mut builder);
        let texts: Vec<&str> = builder.text.lines().collect();
        assert_eq!(
            texts,
            ["工作报告", "今年以来，全镇坚持稳中求进工作总基调，各项工作取得新的成效，群众满意度明显提高。", "一、工作情况", "— 1 —"]
        );
        assert_eq!(builder.blocks.last().map(|block| block.kind), Some(BlockKind::Footer));
    }
}
