//! What was filled into a form, put in the place of the draft's blanks.
//!
//! A form comes back days later, and the draft may have gone on in between. A row finds its blank by the mark and the words around it; where
//! these stand in the draft more than once, they must all stand where the form says, or all in one sentence. Any other row is refused: a figure
//! in the wrong place is worse than a blank.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::{Document, Format};
use crate::finding::Edit;
use crate::form::Row;
use crate::output::blank::{self, Blank};
use crate::output::safe;
use crate::placeholder::{self, Kind, Placeholder};
use crate::span::Span;

/// What a form does to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filled {
    /// Replacements of blanks in text order; they do not overlap.
    pub edits: Vec<Edit>,
    /// The rows with an answer that was not put in, by their index, in the order of the form.
    pub refused: Vec<(usize, Refusal)>,
}

/// Why an answer was not put in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No blank of the draft is like that.
    #[error("稿件里没有这一处，可能已经填过，或那句话改过")]
    Gone,
    /// Several are, and not where they were.
    #[error("稿件改动过，一样的语句现有 {0} 处，分不清填在哪一处，请直接在稿件里填")]
    Unclear(usize),
    /// The answer would break the paragraph.
    #[error("填写内容不止一行，请改成一行")]
    Lines,
    /// What Excel shows where a formula failed or a column is too narrow.
    #[error("单元格里是错误值，不是内容，请重新填写")]
    Error,
    /// The answer brings another unit than the one that follows the blank.
    #[error("填写内容的单位与稿件中的“{0}”不一致，请改成一致，或直接改稿件")]
    Unit(String),
    /// The mark is interrupted by markup, or stands in a number that Word generates.
    #[error("这一处夹着格式标记，或在自动编号里，请直接在稿件里填")]
    Mixed,
}

/// Puts the answers of `rows` in the place of the blanks of `document`; `holds` says whether the words of a span can be changed in its file.
///
/// ```
/// use hegao::{Document, fill, form};
///
/// let draft = Document::from_text("报告.txt", "召开会议xx次。");
/// let mut rows = form::read(&form::csv(&draft)?)?;
/// rows[0].answer = "12次".into();
/// let filled = fill::fill(&draft, &rows, |_| true);
/// assert_eq!(filled.edits[0].text, "12");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn fill(document: &Document, rows: &[Row], holds: impl Fn(Span) -> bool) -> Filled {
    let blanks = blank::all(document);
    let matches = Matches::new(rows, &blanks);
    let mut filled = Filled::default();
    for (n, row) in rows.iter().enumerate() {
        let answer = visible(&row.answer);
        if answer.is_empty() {
            continue;
        }
        let edit = matches.of(n, row).and_then(|blank| {
            let span = blank.placeholder.span;
            if !holds(span) || is_mixed(document, span) {
                return Err(Refusal::Mixed);
            }
            let text = words(document.text.as_str(), &blank.placeholder, &answer)?;
            Ok(Edit { span, text: in_source(document.format, &text).into_owned() })
        });
        match edit {
            Ok(edit) => filled.edits.push(edit),
            Err(refusal) => filled.refused.push((n, refusal)),
        }
    }
    filled.edits.sort_by_key(|edit| edit.span);
    filled
}

/// Rows and blanks that say the same, each in the order of their places.
struct Matches<'a>(HashMap<Key, (Vec<usize>, Vec<&'a Blank>)>, &'a [Row]);

/// The mark and the words around it, without the spaces, which tables lose.
type Key = [String; 2];

fn key(blank: &str, sentence: &str) -> Key {
    [blank, sentence].map(|text| text.split_whitespace().collect())
}

impl<'a> Matches<'a> {
    fn new(rows: &'a [Row], blanks: &'a [Blank]) -> Self {
        let mut all: HashMap<Key, (Vec<usize>, Vec<&Blank>)> = HashMap::new();
        for (n, row) in rows.iter().enumerate() {
            all.entry(key(&row.blank, &row.sentence)).or_default().0.push(n);
        }
        for blank in blanks {
            all.entry(key(&blank.text, &blank.sentence)).or_default().1.push(blank);
        }
        for (asked, _) in all.values_mut() {
            asked.sort_by_key(|&n| (rows[n].place, rows[n].number));
        }
        Self(all, rows)
    }

    /// The blank that row `n` is about.
    fn of(&self, n: usize, row: &Row) -> Result<&'a Blank, Refusal> {
        let Some((asked, found)) = self.0.get(&key(&row.blank, &row.sentence)).filter(|(_, found)| !found.is_empty()) else {
            return Err(Refusal::Gone);
        };
        let places = asked.iter().map(|&n| self.1[n].place);
        let have_stayed = places.clone().eq(found.iter().map(|blank| Some(blank.place)));
        let in_one_sentence = asked.len() == found.len()
            && is_one(places.map(|place| place.map(|place| place.line)))
            && is_one(found.iter().map(|blank| blank.place.line));
        match asked.iter().position(|&other| other == n) {
            Some(at) if have_stayed || in_one_sentence => Ok(found[at]),
            _ => Err(Refusal::Unclear(found.len())),
        }
    }
}

fn is_one<T: PartialEq>(mut values: impl Iterator<Item = T>) -> bool {
    let first = values.next();
    values.all(|value| Some(value) == first)
}

/// Whether markup lies in the blank that is more than another way of writing a character.
fn is_mixed(document: &Document, span: Span) -> bool {
    let first = document.markup.partition_point(|mark| mark.span.end <= span.start);
    let mut inside = document.markup[first..].iter().take_while(|mark| mark.span.start < span.end);
    inside.any(|mark| mark.reads.is_none() || !span.contains(mark.span))
}

/// The answer without what nobody sees in a cell and what would act in a draft; line breaks stay, to be refused.
fn visible(answer: &str) -> String {
    let kept: String = answer.replace('\t', " ").chars().filter(|&c| is_break(c) || !safe::acts(c)).collect();
    kept.trim().to_owned()
}

const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What stands in the draft instead of the blank.
fn words(text: &str, blank: &Placeholder, answer: &str) -> Result<String, Refusal> {
    const ERRORS: [&str; 8] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"];
    if answer.contains(is_break) {
        return Err(Refusal::Lines);
    }
    if ERRORS.contains(&answer) || answer.starts_with("###") {
        return Err(Refusal::Error);
    }
    let mark = blank.span.of(text);
    let (before, after) = (&text[..blank.span.start as usize], &text[blank.span.end as usize..]);
    for (open, close) in [('《', '》'), ('〔', '〕'), ('“', '”'), ('（', '）'), ('【', '】')] {
        let bare = answer.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if before.ends_with(open) && after.starts_with(close) {
            return Ok(bare.unwrap_or(answer).to_owned());
        }
        // These belong to the text; round brackets with nothing in them are only a way of leaving room.
        if mark.starts_with(open) && blank.kind == Kind::EmptyBrackets && matches!(open, '《' | '〔') {
            return Ok(format!("{open}{}{close}", bare.unwrap_or(answer)));
        }
    }
    let answer = without_unit(text, blank, answer)?;
    Ok(whole_year(mark, blank.kind, answer).unwrap_or_else(|| answer.to_owned()))
}

/// The answer without the unit that follows the blank anyway.
fn without_unit<'a>(text: &str, blank: &Placeholder, answer: &'a str) -> Result<&'a str, Refusal> {
    const MULTIPLES: [&str; 5] = ["万", "亿", "余", "多", "余万"];
    let is_year = blank.kind == Kind::Year && text[blank.span.end as usize..].starts_with('年');
    let year = is_year.then(|| Span::new(blank.span.range().end, blank.span.range().end + '年'.len_utf8()));
    let Some(unit) = blank.unit.or(year) else { return Ok(answer) };
    // “余次” of xx余次, or 次 alone.
    let (all, unit) = (Span { start: blank.span.end, end: unit.end }.of(text), unit.of(text));
    let rest = answer.strip_suffix(all).or_else(|| answer.strip_suffix(unit));
    let rest = rest.or_else(|| if matches!(unit, "%" | "％") { answer.strip_suffix(['%', '％']) } else { None });
    if let Some(rest) = rest.map(str::trim_end).filter(|rest| !rest.is_empty()) {
        return Ok(rest);
    }
    let brought = placeholder::unit_at_end(answer).filter(|_| blank.asks.is_figure());
    let clashes = |brought: &str| !MULTIPLES.contains(&brought) || unit.starts_with(['万', '亿', '千', '百']);
    if brought.is_some_and(clashes) { Err(Refusal::Unit(unit.to_owned())) } else { Ok(answer) }
}

/// 24 for the open places of 20xx is 2024.
fn whole_year(mark: &str, kind: Kind, answer: &str) -> Option<String> {
    let century = mark.trim_end_matches(|c: char| !c.is_ascii_digit());
    let is_rest = kind == Kind::Year && !century.is_empty() && answer.bytes().all(|byte| byte.is_ascii_digit());
    (is_rest && century.len() + answer.len() == 4).then(|| format!("{century}{answer}"))
}

/// Plain words as the source of a format writes them.
fn in_source(format: Format, words: &str) -> Cow<'_, str> {
    match format {
        Format::Html(_) if words.contains(['&', '<', '>']) => words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into(),
        Format::Markdown(_) if words.contains(MARKDOWN) => {
            let escaped = |c: char| [MARKDOWN.contains(&c).then_some('\\'), Some(c)];
            words.chars().flat_map(escaped).flatten().collect()
        }
        _ => Cow::Borrowed(words),
    }
}

/// What Markdown would take for its own.
const MARKDOWN: [char; 11] = ['\\', '*', '_', '~', '`', '<', '&', '[', ']', '|', '!'];
