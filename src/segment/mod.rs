//! Words: the same cuts as jieba-rs, without its start-up.
//!
//! A text is divided into blocks of Han characters, Latin letters, digits and a few signs; anything else is a word by itself.
//! In a block the most probable sequence of dictionary words is found from the end to the start: the best way from a character is the
//! best over the words that begin there. What this leaves as single characters is joined ([`hmm`]) into words no dictionary has.
//! The word list is a trie laid out by the build and read in place ([`trie`]), so nothing is loaded.
//!
//! Sums are made in double precision and in the order jieba-rs makes them, so that even ties fall as they do there.

mod hmm;
mod jieba;
mod layout;
mod trie;
mod user;

pub use jieba::{Engine, Jieba};

use crate::span::Span;
use std::ops::Range;
use std::sync::LazyLock;
use trie::{Node, Trie};
use user::UserWords;

/// A table the build has made, as a slice of numbers read where it lies.
macro_rules! table {
    ($name:literal) => {{
        #[repr(align(8))]
        struct Aligned<T: ?Sized>(T);
        static TABLE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $name)));
        bytemuck::cast_slice(&TABLE.0)
    }};
}
use table;

#[cfg(target_endian = "big")]
compile_error!("the tables of the segmenter are little-endian");

/// Cuts text into words. Immutable and cheap; [`Segmenter::builtin`] serves whoever adds no words.
#[derive(Debug)]
pub struct Segmenter {
    trie: &'static Trie,
    user: UserWords,
    /// Sum of the frequencies of all words, and its natural logarithm.
    total: u64,
    log_total: f64,
}

/// A word to add: the word, its frequency and its part of speech.
pub type UserWord<'a> = (&'a str, Option<u32>, Option<&'a str>);

/// A word with its part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'s> {
    /// Where the word stands, in bytes of the text.
    pub span: Span,
    /// Part of speech as jieba names it (`n` noun, `v` verb, `m` number, `eng` Latin letters, `x` unknown …).
    pub tag: &'s str,
}

/// Buffers for cutting, to be kept from text to text; one for each thread.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The block being cut.
    chars: Vec<char>,
    /// The code of each character.
    codes: Vec<u16>,
    /// Where each character starts, and where the block ends.
    starts: Vec<usize>,
    route: Vec<Step>,
    origins: Vec<hmm::Origins>,
}

/// The best way from a character to the end of its block.
#[derive(Debug, Clone, Copy)]
struct Step {
    log_probability: f64,
    /// The character after the first word of that way.
    end: usize,
}

/// What is known of a word, built-in or added.
#[derive(Debug, Clone, Copy)]
struct Entry<'s> {
    frequency: u32,
    /// Natural logarithm of the frequency.
    log: f64,
    tag: &'s str,
}

impl Segmenter {
    /// The segmenter with the built-in words only.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Segmenter> = LazyLock::new(Segmenter::new);
        &BUILTIN
    }

    fn new() -> Self {
        let trie = Trie::builtin();
        let mut segmenter = Self { trie, user: UserWords::default(), total: 0, log_total: 0.0 };
        segmenter.set_total(trie.total());
        segmenter
    }

    /// The built-in words and `words`, each with its frequency and part of speech.
    ///
    /// Added one after the other by the rules of jieba's `add_word`: without a frequency a word gets one that just keeps it in one
    /// piece; a word the list has already gets the new frequency (at least 1) and keeps its part of speech.
    pub fn with_words<'a>(words: impl IntoIterator<Item = UserWord<'a>>) -> Self {
        let mut segmenter = Self::new();
        let mut scratch = Scratch::default();
        for (word, frequency, tag) in words {
            let chars: Vec<char> = word.chars().collect();
            if chars.is_empty() {
                continue;
            }
            let known = segmenter.find(&chars);
            let old = known.map_or(0, |entry| entry.frequency);
            let tag = known.map_or(tag.unwrap_or(""), |entry| entry.tag).to_owned();
            let frequency = frequency.unwrap_or_else(|| segmenter.joining_frequency(&chars, &mut scratch)).max(1);
            segmenter.user.insert(&chars, frequency, tag);
            segmenter.set_total(segmenter.total + u64::from(frequency) - u64::from(old));
        }
        segmenter
    }

    fn set_total(&mut self, total: u64) {
        self.total = total;
        self.log_total = (total as f64).ln();
    }

    /// The frequency with which `chars` as one word is more probable than in pieces.
    fn joining_frequency(&self, chars: &[char], scratch: &mut Scratch) -> u32 {
        let mut log_probability = 0.0;
        self.each(chars.iter().copied().enumerate(), chars.len(), false, scratch, |start, end| {
            log_probability += f64::from(self.frequency(&chars[start..end]).unwrap_or(1)).ln() - self.log_total;
        });
        let joined = (log_probability + self.log_total).exp() as u32;
        joined.saturating_add(1).max(self.frequency(chars).unwrap_or(1))
    }

    /// The words of `text`, in order and without gaps. `hmm`: join single characters into words no dictionary has.
    pub fn cut(&self, text: &str, hmm: bool) -> Vec<Span> {
        let mut words = Vec::new();
        self.cut_each(text, hmm, &mut Scratch::default(), |span| words.push(span));
        words
    }

    /// [`cut`](Self::cut) that hands each word to `word` and allocates nothing once `scratch` has grown.
    pub fn cut_each(&self, text: &str, hmm: bool, scratch: &mut Scratch, mut word: impl FnMut(Span)) {
        self.each(text.char_indices(), text.len(), hmm, scratch, |start, end| word(Span::new(start, end)));
    }

    /// The words of `text` with their parts of speech.
    pub fn tag(&self, text: &str, hmm: bool) -> Vec<Word<'_>> {
        let mut words = Vec::new();
        let mut chars = Vec::new();
        self.cut_each(text, hmm, &mut Scratch::default(), |span| {
            chars.clear();
            chars.extend(span.of(text).chars());
            let tag = self.find(&chars).map_or_else(|| guess_tag(&chars), |entry| entry.tag);
            words.push(Word { span, tag });
        });
        words
    }

    /// The words of `chars` without the model of unknown words, as ranges of characters.
    pub fn words(&self, chars: &[char], scratch: &mut Scratch, out: &mut Vec<Range<usize>>) {
        out.clear();
        self.each(chars.iter().copied().enumerate(), chars.len(), false, scratch, |start, end| out.push(start..end));
    }

    /// Natural logarithm of the probability of the best sequence of words, to weigh two spellings of one stretch against each other.
    ///
    /// A character in no word counts as a word of frequency 1. The stretch is not divided into blocks.
    pub fn log_probability(&self, chars: impl IntoIterator<Item = char>, scratch: &mut Scratch) -> f32 {
        scratch.clear();
        for c in chars {
            scratch.push(c, self.trie.code(c), 0);
        }
        self.search(scratch);
        scratch.route[0].log_probability as f32
    }

    /// How often the word stands in the texts the list was counted in; `None` for what is no word.
    pub fn frequency(&self, word: &[char]) -> Option<u32> {
        self.find(word).map(|entry| entry.frequency)
    }

    /// Cuts characters that come with their place in a text of length `len`, and hands each word's start and end to `word`.
    fn each(
        &self,
        source: impl Iterator<Item = (usize, char)>,
        len: usize,
        hmm: bool,
        scratch: &mut Scratch,
        mut word: impl FnMut(usize, usize),
    ) {
        let mut source = source.peekable();
        scratch.clear();
        while let Some((at, c)) = source.next() {
            if in_block(c) {
                scratch.push(c, self.trie.code(c), at);
                continue;
            }
            self.cut_block(scratch, at, hmm, &mut word);
            if c == '\r' {
                source.next_if(|&(_, next)| next == '\n');
            }
            word(at, source.peek().map_or(len, |&(next, _)| next));
        }
        self.cut_block(scratch, len, hmm, &mut word);
    }

    /// Cuts the block in `scratch`, which ends at `end` of the text, and clears it.
    fn cut_block(&self, scratch: &mut Scratch, end: usize, hmm: bool, word: &mut impl FnMut(usize, usize)) {
        if scratch.chars.is_empty() {
            return;
        }
        self.search(scratch);
        scratch.starts.push(end);
        let Scratch { chars, starts, route, origins, .. } = scratch;
        let mut word = |from: usize, to: usize| word(starts[from], starts[to]);
        // What the route leaves as single characters waits as a run, from `run` on: Latin letters and digits make one word; if the
        // model of unknown words is wanted it cuts the run, unless the run is a dictionary word that the route chose to split.
        let mut run = 0;
        let mut at = 0;
        loop {
            let end = if at < chars.len() { route[at].end } else { at };
            if end != at + 1 || !(hmm || chars[at].is_ascii_alphanumeric()) {
                let waiting = &chars[run..at];
                if waiting.len() > 1 && hmm {
                    if self.find(waiting).is_some() {
                        (run..at).for_each(|at| word(at, at + 1));
                    } else {
                        hmm::cut(waiting, origins, |from, to| word(run + from, run + to));
                    }
                } else if !waiting.is_empty() {
                    word(run, at);
                }
                if at == chars.len() {
                    break;
                }
                word(at, end);
                run = end;
            }
            at = end;
        }
        scratch.clear();
    }

    /// Fills the route: from the last character of the block to the first, the best word to begin there.
    fn search(&self, scratch: &mut Scratch) {
        let Scratch { chars, codes, route, .. } = scratch;
        let len = codes.len();
        route.clear();
        route.resize(len + 1, Step { log_probability: 0.0, end: len });
        for at in (0..len).rev() {
            let mut best = Step { log_probability: f64::NEG_INFINITY, end: at };
            let offer = |best: &mut Step, length: usize, log: f64| {
                let end = at + length;
                let log_probability = log - self.log_total + route[end].log_probability;
                // Words come shorter first; of two equal ways jieba takes the longer word.
                if log_probability >= best.log_probability {
                    *best = Step { log_probability, end };
                }
            };
            if self.user.may_begin(&chars[at..]) {
                self.each_word(&chars[at..], |length, entry| offer(&mut best, length, entry.log));
            } else {
                self.trie.each_word(&codes[at..], |length, node| offer(&mut best, length, self.trie.log(node)));
            }
            if best.end == at {
                offer(&mut best, 1, 0.0);
            }
            route[at] = best;
        }
    }

    /// Every word `chars` begin with, shorter ones first.
    fn each_word<'s>(&'s self, chars: &[char], mut word: impl FnMut(usize, Entry<'s>)) {
        let mut builtin = Some(Node::ROOT);
        let mut user = self.user.root();
        for (length, &c) in (1..).zip(chars) {
            builtin = builtin.and_then(|node| self.trie.child(node, self.trie.code(c)));
            user = user.and_then(|node| self.user.child(node, c));
            let added = user.and_then(|node| self.user.entry(node));
            if let Some(entry) = added.or_else(|| self.trie.entry(builtin?)) {
                word(length, entry);
            }
            if builtin.is_none() && user.is_none() {
                break;
            }
        }
    }

    /// The entry of exactly `chars`.
    fn find(&self, chars: &[char]) -> Option<Entry<'_>> {
        let mut found = None;
        self.each_word(chars, |length, entry| {
            if length == chars.len() {
                found = Some(entry);
            }
        });
        found
    }
}

impl Scratch {
    fn clear(&mut self) {
        self.chars.clear();
        self.codes.clear();
        self.starts.clear();
    }

    fn push(&mut self, c: char, code: u16, start: usize) {
        self.chars.push(c);
        self.codes.push(code);
        self.starts.push(start);
    }
}

/// Whether `c` stands in blocks: Han characters, Latin letters, digits and the signs that words are written with.
fn in_block(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\x7F' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        _ => is_rare_han(c),
    }
}

/// Han characters outside their main block.
fn is_rare_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2A6DF}' | '\u{2A700}'..='\u{2B73F}'
        | '\u{2B740}'..='\u{2B81F}' | '\u{2B820}'..='\u{2CEAF}' | '\u{2CEB0}'..='\u{2EBEF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// Part of speech of a word that stands in no list.
fn guess_tag(word: &[char]) -> &'static str {
    let mut letters = word.iter().filter(|c| c.is_ascii_alphanumeric());
    match letters.next() {
        None => "x",
        Some(first) if first.is_ascii_digit() && letters.all(char::is_ascii_digit) => "m",
        Some(_) => "eng",
    }
}
