//! Copies: paragraphs that stand twice, in one draft or in two drafts of a folder, near copies included.
//!
//! A copy keeps most of its clauses even where words, names and figures were changed. Each clause leaves a fingerprint with the paragraph that
//! had it first; a new paragraph's clauses vote for the paragraph they were first seen in, and the one candidate with the most votes is
//! compared character by character. So the cost grows with the text and not with the number of pairs.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::document::{BlockKind, Document};
use crate::span::Span;
use crate::text::{Folded, is_letter};

/// A paragraph long enough to be worth comparing: what is left of it without marks and spaces.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// The line it starts on, from 1.
    pub line: u32,
    /// Its letters and digits, in UTF-16 as it takes less room.
    text: Vec<u16>,
    /// The fingerprints of its clauses, figures aside.
    clauses: Vec<u64>,
}

/// Shorter paragraphs, in letters and digits, are headings, set expressions and items of lists.
const SHORTEST: usize = 40;

/// Shorter clauses, in letters and digits, are found everywhere.
const SHORTEST_CLAUSE: usize = 6;

/// The share of common shingles from which on one paragraph is a near copy of another.
const SIMILAR: f32 = 0.7;

/// The paragraphs of a document that are long enough. `folded` is its folded view.
pub fn paragraphs(document: &Document, folded: &Folded) -> Vec<Paragraph> {
    let blocks = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let paragraph = |span: Span| {
        let (start, end) = (folded.index(span.start), folded.index(span.end));
        let chars = folded.chars().get(start..end)?;
        // A line that is too short even with its marks needs no closer look.
        let (text, clauses) = if chars.len() < SHORTEST { Default::default() } else { letters_and_clauses(chars) };
        (text.len() >= SHORTEST).then(|| Paragraph { span, line: document.text.position(span.start).line, text, clauses })
    };
    blocks.filter_map(|block| paragraph(block.span)).collect()
}

/// The letters and digits, and the fingerprints of the clauses between marks. A figure counts in these as the same whatever its digits, as last year's
/// text has this year's figures.
fn letters_and_clauses(chars: &[char]) -> (Vec<u16>, Vec<u64>) {
    let (mut letters, mut clauses) = (Vec::with_capacity(chars.len()), Vec::new());
    let mut clause = Fingerprint::default();
    let mut close = |clause: &mut Fingerprint| {
        let Fingerprint { hash, length } = std::mem::take(clause);
        clauses.extend((length >= SHORTEST_CLAUSE).then_some(hash));
    };
    for &c in chars {
        if is_letter(c) {
            letters.push(u16::try_from(u32::from(c)).unwrap_or(u16::MAX));
            clause.add(if c.is_ascii_digit() { '0' } else { c });
        } else if matches!(c, '，' | '。' | '；' | '：' | '！' | '？' | ',' | ';' | ':') {
            close(&mut clause);
        }
    }
    close(&mut clause);
    (letters, clauses)
}

/// A number that tells words apart by their letters and digits, whatever stands between them.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Fingerprint {
    pub(crate) hash: u64,
    /// How many letters and digits there are.
    pub(crate) length: usize,
}

impl Fingerprint {
    /// That of `words`.
    pub(crate) fn of(words: &[char]) -> Self {
        let mut fingerprint = Self::default();
        words.iter().filter(|&&c| is_letter(c)).for_each(|&c| fingerprint.add(c));
        fingerprint
    }

    /// Takes in the next letter.
    #[inline]
    fn add(&mut self, letter: char) {
        self.hash = (self.hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.length += 1;
    }
}

/// A table by fingerprints, which need no hashing once more.
pub(crate) type ByFingerprint<T> = HashMap<u64, T, BuildHasherDefault<AsItIs>>;

/// Takes a fingerprint for its own hash.
#[derive(Debug, Default)]
pub(crate) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }

    fn write_u64(&mut self, fingerprint: u64) {
        self.0 = fingerprint;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The paragraphs seen so far.
#[derive(Debug, Default)]
pub struct Copies {
    /// Where each paragraph's letters end in `text`.
    ends: Vec<usize>,
    text: Vec<u16>,
    /// The paragraph each clause was first seen in.
    first: ByFingerprint<u32>,
}

/// An earlier paragraph that another one repeats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// Its number in the order in which paragraphs were [taken](Copies::take), from 0.
    pub of: usize,
    /// The share of shingles the two have in common: 1 where they differ in marks at most.
    pub similarity: f32,
}

impl Copies {
    /// Takes in the next paragraph; the earlier one it repeats, if there is one.
    pub fn take(&mut self, paragraph: &Paragraph) -> Option<Copy> {
        let number = self.ends.len();
        let mut firsts: Vec<u32> = Vec::new();
        for &clause in &paragraph.clauses {
            let first = *self.first.entry(clause).or_insert(number as u32);
            if first as usize != number {
                firsts.push(first);
            }
        }
        firsts.sort_unstable();
        let votes = firsts.chunk_by(|a, b| a == b).map(|votes| (votes[0], votes.len()));
        // Of two with as many votes the earlier one.
        let candidate = votes.max_by_key(|&(first, votes)| (votes, std::cmp::Reverse(first)));
        let copy = candidate.and_then(|(first, _)| {
            let similarity = similarity(self.text_of(first as usize), &paragraph.text);
            (similarity >= SIMILAR).then_some(Copy { of: first as usize, similarity })
        });
        self.text.extend_from_slice(&paragraph.text);
        self.ends.push(self.text.len());
        copy
    }

    fn text_of(&self, number: usize) -> &[u16] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }
}

/// The share of shingles of three characters that two texts have in common (Jaccard).
fn similarity(one: &[u16], other: &[u16]) -> f32 {
    if one == other {
        return 1.0;
    }
    // Where the lengths differ too much the shares cannot agree.
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    if (short.len() as f32) < SIMILAR * long.len() as f32 {
        return 0.0;
    }
    let (one, other) = (shingles(one), shingles(other));
    let common = one.iter().filter(|shingle| other.binary_search(shingle).is_ok()).count();
    // Identical sets of different texts are no identical texts.
    (common as f32 / (one.len() + other.len() - common) as f32).min(0.99)
}

fn shingles(text: &[u16]) -> Vec<u64> {
    let mut shingles: Vec<u64> = text.windows(3).map(|w| u64::from(w[0]) << 32 | u64::from(w[1]) << 16 | u64::from(w[2])).collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str =
        "全年召开党委会12次，开展专项督查3轮，整改问题45个。各村党支部按月开展主题党日活动，参学率达到95%以上，群众反映良好。";

    fn read(text: &str) -> Vec<Paragraph> {
        let document = Document::from_text("test.txt", text);
        let folded = Folded::new(text, document.blocks.iter().map(|block| block.span));
        paragraphs(&document, &folded)
    }

    fn copies(text: &str) -> Vec<Option<(usize, bool)>> {
        let mut copies = Copies::default();
        read(text).iter().map(|paragraph| copies.take(paragraph).map(|copy| (copy.of, copy.similarity >= 1.0))).collect()
    }

    #[test]
    fn copies_are_found_with_other_figures_and_a_changed_clause() {
        assert_eq!(copies(&format!("{TEXT}\n短段。\n{TEXT}")), [None, Some((0, true))]);
        let later = TEXT.replace("12次", "15次").replace("45个", "51个");
        assert_eq!(copies(&format!("{TEXT}\n{later}")), [None, Some((0, false))]);
        let changed = TEXT.replace("群众反映良好", "受到群众欢迎");
        assert_eq!(copies(&format!("{TEXT}\n{changed}")), [None, Some((0, false))]);
    }

    #[test]
    fn one_clause_in_common_is_no_copy() {
        let other = "各村党支部按月开展主题党日活动，组织党员到红色教育基地参观学习，重温入党誓词，听取革命故事，进一步坚定理想信念。";
        assert_eq!(copies(&format!("{TEXT}\n{other}")), [None, None]);
    }

    #[test]
    fn similarity_is_that_of_the_sets() {
        let utf16 = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        assert!((similarity(&utf16("一二三四五六"), &utf16("一二三四五七")) - 3.0 / 5.0).abs() < 1e-6);
        assert!(similarity(&utf16("一二三四"), &utf16("一二三四")) >= 1.0);
    }

    proptest! {
        #[test]
        fn any_paragraphs_can_be_taken(text in "([全年召开督查12，。]{30,60}\n){1,8}") {
            let mut all = Copies::default();
            for (number, paragraph) in read(&text).iter().enumerate() {
                if let Some(copy) = all.take(paragraph) {
                    prop_assert!(copy.of < number && copy.similarity >= SIMILAR && copy.similarity <= 1.0);
                }
            }
        }
    }
}
