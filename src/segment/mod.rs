//! Words: the same cuts as jieba-rs, without its start-up.
//!
//! A text is divided into blocks of Han characters, Latin letters, digits and a few signs; anything else is a word by itself.
//! In a block the most probable sequence of dictionary words is found from the end to the start: the best way from a character is the
//! best over the words that begin there. What this leaves as single characters is joined (`hmm`) into words no dictionary has.
//! The word list is a trie laid out by the build and read in place (`trie`), so nothing is loaded.
//!
//! Sums are made in double precision and in the order jieba-rs makes them, so that even ties fall as they do there.

mod hmm;
mod jieba;
mod layout;
mod trie;
mod user;

pub use jieba::{Engine, Jieba};

use std::ops::Range;
use std::sync::LazyLock;

use crate::span::Span;
use trie::{Node, Trie};
use user::UserWords;

/// Cuts text into words. Immutable and cheap; [`Segmenter::builtin`] serves whoever adds no words.
#[derive(Debug)]
pub struct Segmenter {
    trie: Trie,
    user: UserWords,
    /// Sum of the frequencies of all words, a whole number, and its natural logarithm.
    total: f64,
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
    block: Vec<Letter>,
    origins: Vec<hmm::Origins>,
}

/// A character of the block being cut; the last one of a block is no character but its end.
#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    /// The trie's code of `c`; 0 at the end.
    code: u16,
    /// Where it starts in the text.
    start: u32,
    /// The best way from here.
    way: Way,
}

impl Letter {
    /// The end of a block.
    const END: Self = Self { c: '\0', code: 0, start: 0, way: Way { log_probability: 0.0, length: 0 } };

    #[expect(clippy::cast_possible_truncation, reason = "single precision is plenty to compare by")]
    const fn log_probability(&self) -> f32 {
        self.way.log_probability as f32
    }
}

/// A way to the end of the block.
#[derive(Debug, Clone, Copy)]
struct Way {
    log_probability: f64,
    /// Characters of its first word.
    length: u32,
}

impl Way {
    const NONE: Self = Self { log_probability: f64::NEG_INFINITY, length: 0 };

    /// Takes the way over a word of `length` characters and on by `rest` if it is better. Words come shorter first; of two equal
    /// ways jieba takes the longer word. (Two selections instead of a branch: which is better cannot be foreseen.)
    #[inline]
    fn offer(&mut self, length: u32, log_probability: f64, rest: Self) {
        let log_probability = log_probability + rest.log_probability;
        self.length = if log_probability >= self.log_probability { length } else { self.length };
        self.log_probability = if log_probability < self.log_probability { self.log_probability } else { log_probability };
    }
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
        Self { trie, user: UserWords::default(), total: trie.total(), log_total: trie.total().ln() }
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
            let known = segmenter.find(word.chars());
            let old = known.map_or(0, |entry| entry.frequency);
            let tag = known.map_or(tag.unwrap_or(""), |entry| entry.tag).to_owned();
            let frequency = frequency.unwrap_or_else(|| segmenter.joining_frequency(&chars, &mut scratch)).max(1);
            segmenter.user.insert(&chars, frequency, tag);
            segmenter.total += f64::from(frequency) - f64::from(old);
            segmenter.log_total = segmenter.total.ln();
        }
        segmenter
    }

    /// The frequency with which `chars` as one word is more probable than in pieces.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive, and a cast saturates")]
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
        self.cut_each(text, hmm, &mut Scratch::default(), |span| {
            let word = span.of(text);
            let tag = self.find(word.chars()).map_or_else(|| guess_tag(word), |entry| entry.tag);
            words.push(Word { span, tag });
        });
        words
    }

    /// The words of `chars` without the model of unknown words, as ranges of characters; replaces what `out` held.
    pub fn words(&self, chars: &[char], out: &mut Vec<Range<usize>>) {
        let mut scratch = Scratch { block: Vec::with_capacity(chars.len() + 1), ..Scratch::default() };
        out.clear();
        self.each(chars.iter().copied().enumerate(), chars.len(), false, &mut scratch, |start, end| out.push(start..end));
    }

    /// [`log_probability`](Self::log_probability), and into `out` the words it is that of.
    pub fn weigh(&self, chars: &[char], out: &mut Vec<Range<usize>>) -> f32 {
        out.clear();
        self.read(chars, |block| {
            each_word(block, false, |start, end, _| out.push(start..end));
            block[0].log_probability()
        })
    }

    /// Natural logarithm of the probability of the best sequence of words, to weigh two spellings of one stretch against each other.
    ///
    /// A character in no word counts as a word of frequency 1. The stretch is not divided into blocks.
    pub fn log_probability(&self, chars: &[char]) -> f32 {
        self.read(chars, |block| block[0].log_probability())
    }

    /// Hands `chars` as one block to `done` once the best ways through it are known.
    fn read<T>(&self, chars: &[char], done: impl FnOnce(&[Letter]) -> T) -> T {
        const SHORT: usize = 64;
        let mut short = [Letter::END; SHORT];
        let mut long = Vec::new();
        let block = if chars.len() < SHORT {
            &mut short[..=chars.len()]
        } else {
            long.resize(chars.len() + 1, Letter::END);
            &mut long[..]
        };
        for (letter, &c) in block.iter_mut().zip(chars) {
            *letter = self.letter(c, 0);
        }
        self.search(block);
        done(block)
    }

    /// How often the word stands in the texts the list was counted in; `None` for what is no word.
    pub fn frequency(&self, word: &[char]) -> Option<u32> {
        self.find(word.iter().copied()).map(|entry| entry.frequency)
    }

    /// Cuts characters that come with their place in a text of length `len`, and hands each word's start and end to `word`.
    fn each(
        &self,
        mut source: impl Iterator<Item = (usize, char)> + Clone,
        len: usize,
        hmm: bool,
        scratch: &mut Scratch,
        mut word: impl FnMut(usize, usize),
    ) {
        scratch.block.clear();
        while let Some((at, c)) = source.next() {
            if in_block(c) {
                scratch.block.push(self.letter(c, at));
                continue;
            }
            self.cut_block(scratch, at, hmm, &mut word);
            let mut next = source.clone().next();
            if c == '\r' && next.is_some_and(|(_, next)| next == '\n') {
                source.next();
                next = source.clone().next();
            }
            word(at, next.map_or(len, |(next, _)| next));
        }
        self.cut_block(scratch, len, hmm, &mut word);
    }

    #[inline]
    fn letter(&self, c: char, start: usize) -> Letter {
        Letter { c, code: self.trie.code(c), start: start as u32, way: Way::NONE }
    }

    /// Cuts the block in `scratch`, which ends at `end` of the text, and clears it.
    fn cut_block(&self, scratch: &mut Scratch, end: usize, hmm: bool, word: &mut impl FnMut(usize, usize)) {
        let Scratch { block, origins } = scratch;
        let len = block.len();
        if len == 0 {
            return;
        }
        block.push(Letter { start: end as u32, ..Letter::END });
        self.search(block);
        let mut word = |from: usize, to: usize| word(block[from].start as usize, block[to].start as usize);
        each_word(block, hmm, |from, to, is_run| {
            if !is_run || !hmm {
                word(from, to);
            } else if self.find(block[from..to].iter().map(|letter| letter.c)).is_some() {
                // A word of the dictionary that the best way chose to split.
                (from..to).for_each(|at| word(at, at + 1));
            } else {
                hmm::cut(&block[from..to], origins, |start, end| word(from + start, from + end));
            }
        });
        block.clear();
    }

    /// Finds the best way from each letter of the block, from the last to the first.
    fn search(&self, block: &mut [Letter]) {
        let (trie, log_total) = (self.trie, self.log_total);
        let added = !self.user.is_empty();
        for next in (1..block.len()).rev() {
            let (before, after) = block.split_at_mut(next);
            let letter = &mut before[next - 1];
            letter.way = if added && self.user.may_begin(letter.c, after[0].c) {
                self.best_added(letter.c, after)
            } else {
                best_builtin(trie, log_total, letter.code, after)
            };
            if letter.way.length == 0 {
                letter.way.offer(1, 0.0 - log_total, after[0].way);
            }
        }
    }

    /// The best way from `first`, which the letters `after` follow, over a word of the built-in list or an added one.
    #[inline(never)]
    fn best_added(&self, first: char, after: &[Letter]) -> Way {
        let mut best = Way::NONE;
        let mut prefix = Prefix::new(self);
        let mut c = first;
        for (length, rest) in (1..).zip(after) {
            prefix.push(c);
            if prefix.is_dead() {
                break;
            }
            if let Some(entry) = prefix.entry() {
                best.offer(length, entry.log - self.log_total, rest.way);
            }
            c = rest.c;
        }
        best
    }

    /// What is known of exactly this word.
    fn find(&self, word: impl Iterator<Item = char>) -> Option<Entry<'_>> {
        let mut prefix = Prefix::new(self);
        word.for_each(|c| prefix.push(c));
        prefix.entry()
    }
}

/// Hands on the words of the best way through a block. What it leaves as single characters comes as runs, marked by `true`: Latin letters
/// and digits, which make one word; with `hmm` all of them, to be cut by the model of unknown words.
fn each_word(block: &[Letter], hmm: bool, mut word: impl FnMut(usize, usize, bool)) {
    let mut at = 0;
    while block[at].way.length > 0 {
        let mut end = at + block[at].way.length as usize;
        if end == at + 1 {
            let is_left = |letter: &Letter| letter.way.length == 1 && (hmm || letter.c.is_ascii_alphanumeric());
            let run = block[at..].iter().take_while(|letter| is_left(letter)).count();
            end = at + run.max(1);
            word(at, end, run > 1);
        } else {
            word(at, end, false);
        }
        at = end;
    }
}

/// The best way from a letter with code `first`, which the letters `after` follow, over a built-in word.
#[inline]
fn best_builtin(trie: Trie, log_total: f64, first: u16, after: &[Letter]) -> Way {
    let mut best = Way::NONE;
    let Some(mut node) = trie.child(Node::ROOT, first) else { return best };
    let mut length = 0;
    for rest in after {
        length += 1;
        if let Some(log) = trie.log(node) {
            best.offer(length, log - log_total, rest.way);
        }
        let Some(child) = trie.child(node, rest.code) else { break };
        node = child;
    }
    best
}

/// The beginning of a word in the built-in list and among the added words.
struct Prefix<'s> {
    segmenter: &'s Segmenter,
    builtin: Option<Node>,
    added: Option<usize>,
}

impl<'s> Prefix<'s> {
    fn new(segmenter: &'s Segmenter) -> Self {
        Self { segmenter, builtin: Some(Node::ROOT), added: segmenter.user.root() }
    }

    /// Goes on by one character.
    fn push(&mut self, c: char) {
        let Segmenter { trie, user, .. } = self.segmenter;
        self.builtin = self.builtin.and_then(|node| trie.child(node, trie.code(c)));
        self.added = self.added.and_then(|node| user.child(node, c));
    }

    /// Whether no word begins like this.
    fn is_dead(&self) -> bool {
        self.builtin.is_none() && self.added.is_none()
    }

    /// The word that ends here; an added one goes before a built-in one.
    fn entry(&self) -> Option<Entry<'s>> {
        let added = self.added.and_then(|node| self.segmenter.user.entry(node));
        added.or_else(|| self.segmenter.trie.entry(self.builtin?))
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
fn guess_tag(word: &str) -> &'static str {
    let mut letters = word.bytes().filter(u8::is_ascii_alphanumeric);
    match letters.next() {
        None => "x",
        Some(first) if first.is_ascii_digit() && letters.all(|c| c.is_ascii_digit()) => "m",
        Some(_) => "eng",
    }
}
