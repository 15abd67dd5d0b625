//! Compiles patterns into an [`Index`]; used by the build script and for user dictionaries.
//!
//! A pattern that may hold `k` edits is cut into `k + 1` pieces; `k` edits leave at least one piece whole (pigeonhole; for swapped
//! neighbours that straddle two pieces a seed of its own is added). A piece is represented by its rarest *seed*: three neighbouring symbols.
//! A piece of two symbols is its bigram and one symbol further on, at each of the places where a substitution, an insertion or a deletion
//! would leave it: four seeds, and still nothing is lost. The pieces are chosen so that their seeds are together least common in running
//! text: half as many candidates as with pieces of equal length.

use std::ops::Range;

use super::class::{BREAK, Classes}; // the same paths in the build script, where `super` is its root
use super::glance::{Window, mark};
use super::index::{Entry, FILTER, Index, Look, Pattern, Role, bigram_hash, filter_row, is_ignored, kind, seed_hash};

/// Collects patterns and compiles them.
#[derive(Debug)]
pub struct Builder<'a> {
    sounds: &'a Classes,
    patterns: Vec<Pattern>,
    chars: Vec<u32>,
    classes: Vec<u16>,
    seeds: Vec<(u32, Entry)>,
    filter: Vec<u64>,
    plan: Plan,
}

impl<'a> Builder<'a> {
    /// An empty set over the given sound classes.
    pub fn new(sounds: &'a Classes) -> Self {
        let (patterns, chars, classes, seeds) = Default::default();
        Self { sounds, patterns, chars, classes, seeds, filter: vec![0; FILTER], plan: Plan::default() }
    }

    /// Adds `text` as a form of record `phrase`. Texts of one character, or of more than 255, are not looked for.
    pub fn add(&mut self, text: &str, phrase: u32, role: Role, form: usize, edits: u16) {
        let chars = || text.chars().filter(|&c| !is_ignored(c) && c != ' ');
        let len = chars().count();
        if !(2..256).contains(&len) {
            return;
        }
        self.close();
        let start = self.chars.len();
        self.chars.extend(chars().map(u32::from));
        self.classes.extend(chars().map(|c| self.sounds.of(c)));
        self.patterns.push(Pattern { start: start as u32, phrase, form: form as u16, len: len as u16, role: role as u16, edits });
        self.seed(start, edits);
    }

    /// The index.
    pub fn build(mut self) -> Index {
        self.close();
        // One bit in sixteen set: a place that gets through without a seed costs more than the memory.
        let words = (self.seeds.len() / 4).next_power_of_two();
        let hashes = words as u32 * 64 - 1;
        self.seeds.iter_mut().for_each(|seed| seed.0 &= hashes);
        self.seeds.sort_unstable();
        self.seeds.dedup();
        let mut bits = vec![0_u64; words];
        let mut starts = Vec::new();
        for (number, &(hash, _)) in self.seeds.iter().enumerate() {
            let bit = 1 << (hash % 64);
            if bits[hash as usize / 64] & bit == 0 {
                bits[hash as usize / 64] |= bit;
                starts.push(number as u32);
            }
        }
        starts.push(self.seeds.len() as u32);
        let ranks = bits.iter().scan(0, |sum, word| Some(std::mem::replace(sum, *sum + word.count_ones())));
        Index {
            filter: self.filter.into(),
            ranks: ranks.collect(),
            bits: bits.into(),
            starts: starts.into(),
            entries: self.seeds.iter().map(|seed| seed.1).collect(),
            patterns: self.patterns.into(),
            chars: self.chars.into(),
            classes: self.classes.into(),
        }
    }

    /// Ends one pattern and begins the next.
    fn close(&mut self) {
        self.chars.push(0);
        self.classes.push(BREAK);
    }

    /// Adds the seeds of the pattern that begins at `start` and ends with the classes.
    fn seed(&mut self, start: usize, edits: u16) {
        let (classes, number) = (self.classes[start..].to_vec(), self.patterns.len() as u32 - 1);
        let ends = self.plan.pieces(self.sounds, &classes, usize::from(edits) + 1);
        let mut from = 0;
        for to in ends {
            let entry = |place: usize, piece: Range<usize>| Entry {
                place: (start + place) as u32,
                pattern: number,
                before: (place - piece.start) as u8,
                after: (piece.end - place) as u8,
                edits: edits as u8,
                window: Window::new(&classes, place, &piece),
            };
            self.seed_piece(&classes, from..to, |place| entry(place, from..to));
            // Neighbours swapped across the border harm both pieces.
            if to < classes.len() {
                let mut swapped = classes.clone();
                swapped.swap(to - 1, to);
                let at = if to + 1 < classes.len() { to - 1 } else { to - 2 };
                self.push(&swapped, at, Look::Next, entry(at, at..at));
            }
            from = to;
        }
    }

    fn seed_piece(&mut self, classes: &[u16], piece: Range<usize>, entry: impl Fn(usize) -> Entry) {
        let Range { start, end } = piece;
        match end - start {
            0 | 1 => {}
            2 if classes.len() == 2 => self.push(classes, start, Look::Nowhere, entry(start)),
            2 => {
                let bigram = bigram_hash(classes[start], classes[start + 1]);
                let looks = if end < classes.len() { [Look::Next, Look::Skip] } else { [Look::Before, Look::Back] };
                for look in looks {
                    for third in beside(classes, &piece) {
                        self.push_seed(bigram, look, third, entry(start));
                    }
                }
            }
            _ => {
                let at = self.plan.rarest(start, end);
                self.push(classes, at, Look::Next, entry(at));
            }
        }
    }

    fn push(&mut self, classes: &[u16], at: usize, look: Look, entry: Entry) {
        self.push_seed(bigram_hash(classes[at], classes[at + 1]), look, look.third(classes, at), entry);
    }

    fn push_seed(&mut self, bigram: u32, look: Look, third: u16, entry: Entry) {
        let kind = if look == Look::Nowhere { 0 } else { kind(mark(third)) };
        self.filter[filter_row(bigram)] |= 1 << (look.first_bit() + kind);
        self.seeds.push((seed_hash(bigram, look, third), entry));
    }
}

/// The one or two symbols beside a piece of two: behind it, or before it where it ends the pattern.
fn beside(classes: &[u16], piece: &Range<usize>) -> impl Iterator<Item = u16> {
    let (near, far) = if piece.end < classes.len() {
        (Some(classes[piece.end]), classes.get(piece.end + 1).copied())
    } else {
        (piece.start.checked_sub(1).map(|i| classes[i]), piece.start.checked_sub(2).map(|i| classes[i]))
    };
    near.into_iter().chain(far)
}

/// How a pattern is cut; buffers kept from pattern to pattern.
#[derive(Debug, Default)]
struct Plan {
    /// How common the trigram at each place is.
    trigrams: Vec<f32>,
    /// For each number of pieces and each end: the cost of the best cut, and where its last piece begins.
    best: Vec<(f32, u8)>,
}

impl Plan {
    /// Cuts a pattern into `count` pieces of at least two symbols so that the rarest seeds of the pieces are together least common
    /// (dynamic programming); returns the ends of the pieces.
    fn pieces(&mut self, sounds: &Classes, classes: &[u16], count: usize) -> Vec<usize> {
        let len = classes.len();
        self.trigrams.clear();
        self.trigrams.extend(classes.windows(3).map(|three| share(sounds.weight_of_three(three[0], three[1], three[2]))));
        let width = len + 1;
        self.best.clear();
        self.best.resize((count + 1) * width, (f32::INFINITY, 0));
        self.best[0].0 = 0.0;
        for n in 1..=count {
            for end in 2 * n..=len {
                for start in 2 * (n - 1)..=end - 2 {
                    let before = self.best[(n - 1) * width + start].0;
                    let total = if before.is_finite() { before + self.cost(sounds, classes, start..end) } else { before };
                    if total < self.best[n * width + end].0 {
                        self.best[n * width + end] = (total, start as u8);
                    }
                }
            }
        }
        let mut ends = vec![len; count];
        for n in (1..count).rev() {
            ends[n - 1] = self.best[(n + 1) * width + ends[n]].1.into();
        }
        ends
    }

    /// How common the seeds of a piece are.
    fn cost(&self, sounds: &Classes, classes: &[u16], piece: Range<usize>) -> f32 {
        if piece.len() > 2 {
            return self.trigrams[self.rarest(piece.start, piece.end)];
        }
        let bigram = sounds.weight_of_two(classes[piece.start], classes[piece.start + 1]);
        // Each symbol beside it is looked for in two places.
        let thirds = beside(classes, &piece).map(|third| 2.0 * share(sounds.weight(third)));
        share(bigram) * thirds.sum::<f32>()
    }

    /// Where the rarest trigram within `start..end` begins.
    fn rarest(&self, start: usize, end: usize) -> usize {
        (start..=end - 3).min_by(|&a, &b| self.trigrams[a].total_cmp(&self.trigrams[b])).unwrap_or(start)
    }
}

/// The share of running text that a weight stands for.
fn share(weight: i32) -> f32 {
    (weight as f32 / 8.0).exp2()
}
