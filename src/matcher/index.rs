//! The index of the near matcher: which three symbols with gaps point to which place of which pattern.
//!
//! A pattern that may hold `k` edits is cut into `k + 1` pieces; `k` edits leave at least one piece whole (pigeonhole; for swapped
//! neighbours that straddle two pieces a seed of its own is added). A piece is represented by its rarest *seed*: three neighbouring symbols.
//! A piece of two symbols is its bigram and one symbol further on, at each of the places where a substitution, an insertion or a deletion
//! would leave it: four seeds, and still nothing is lost. The pieces are chosen so that their seeds are rare in running text.
//!
//! The index is flat memory: the build script makes the one of the shipped dictionary, which is then used where it lies in the program.

use std::borrow::Cow;

use bytemuck::{Pod, Zeroable};

use super::class::Classes; // the same path in the build script, where `super` is its root

/// One string that is looked for.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub struct Pattern {
    /// Where its characters begin in the pool.
    pub(crate) start: u32,
    /// Number of the dictionary record.
    pub phrase: u32,
    /// Which of the record's forms of this role.
    pub form: u16,
    /// Length in characters.
    pub(crate) len: u16,
    /// See [`Role`].
    role: u16,
    /// Number of edits it may hold.
    pub(crate) edits: u16,
}

/// What a pattern is to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The canonical form.
    Canonical,
    /// The long form.
    Full,
    /// A further right form.
    Also,
    /// A known wrong form.
    Wrong,
    /// One item of the enumeration.
    Member,
    /// The anchor of a template.
    Anchor,
}

const ROLES: [Role; 6] = [Role::Canonical, Role::Full, Role::Also, Role::Wrong, Role::Member, Role::Anchor];

impl Pattern {
    /// What the pattern is to its record.
    pub fn role(&self) -> Role {
        ROLES[self.role as usize]
    }
}

/// A compiled set of patterns.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// By hash of a bigram: which further symbols matter (one bit for each [`Look`]).
    pub(crate) filter: Cow<'static, [u8]>,
    /// Open addressing: hash of the seed, first entry; an empty slot is `[0, 0]`.
    pub(crate) slots: Cow<'static, [[u32; 2]]>,
    /// Pattern number and place in it, [`LAST`] on the last one of a seed.
    pub(crate) entries: Cow<'static, [u32]>,
    pub(crate) patterns: Cow<'static, [Pattern]>,
    /// The characters of all patterns.
    pub(crate) chars: Cow<'static, [u32]>,
    /// Their classes.
    pub(crate) classes: Cow<'static, [u16]>,
}

pub(crate) const LAST: u32 = 1 << 31;
pub(crate) const PLACE_BITS: u32 = 8;
/// log2 of the number of filter bytes.
pub(crate) const FILTER_BITS: u32 = 16;

/// Where the third symbol of a seed is looked for, counted from the first one of its bigram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// The next symbol.
    Next,
    /// The one after the next.
    Skip,
    /// The symbol before.
    Before,
    /// The second one before.
    Back,
    /// Nowhere: the bigram is all there is.
    Nowhere,
}

pub(crate) const LOOKS: [Look; 5] = [Look::Next, Look::Skip, Look::Before, Look::Back, Look::Nowhere];

impl Look {
    pub(crate) const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// The third symbol of the seed at text place `at`.
    pub(crate) fn symbol(self, text: &[u16], at: usize) -> Option<u16> {
        match self {
            Self::Next => text.get(at + 2).copied(),
            Self::Skip => text.get(at + 3).copied(),
            Self::Before => at.checked_sub(1).map(|i| text[i]),
            Self::Back => at.checked_sub(2).map(|i| text[i]),
            Self::Nowhere => Some(0),
        }
    }
}

pub(crate) const fn bigram_hash(a: u16, b: u16) -> u32 {
    (((a as u32) << 16) | b as u32).wrapping_mul(0x9e37_79b1)
}

pub(crate) const fn seed_hash(bigram: u32, look: Look, third: u16) -> u32 {
    let mixed = (bigram ^ ((third as u32) << 8 | look as u32).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
    // Zero marks an empty slot.
    (mixed ^ (mixed >> 15)) | 1
}

/// How many edits a near match of a pattern of `len` characters may hold: 1 up to 9 characters, 2 up to 19, 3 beyond.
pub const fn edits_for(len: usize) -> u16 {
    match len {
        0..=3 => 0,
        4..=9 => 1,
        10..=19 => 2,
        _ => 3,
    }
}

/// Collects patterns and compiles them.
#[derive(Debug)]
pub struct Builder<'a> {
    sounds: &'a Classes,
    patterns: Vec<Pattern>,
    chars: Vec<u32>,
    classes: Vec<u16>,
    seeds: Vec<(u32, u32)>,
    filter: Vec<u8>,
}

impl<'a> Builder<'a> {
    /// An empty set over the given sound classes.
    pub fn new(sounds: &'a Classes) -> Self {
        Self { sounds, patterns: Vec::new(), chars: Vec::new(), classes: Vec::new(), seeds: Vec::new(), filter: vec![0; 1 << FILTER_BITS] }
    }

    /// Adds `text` as a form of record `phrase`. Texts of one character, or of more than 255, are not looked for.
    pub fn add(&mut self, text: &str, phrase: u32, role: Role, form: usize, edits: u16) {
        let start = self.chars.len();
        self.chars.extend(text.chars().filter(|&c| !is_ignored(c) && c != ' ').map(u32::from));
        let chars = &self.chars[start..];
        let len = chars.len();
        if !(2..256).contains(&len) {
            self.chars.truncate(start);
            return;
        }
        let classes: Vec<u16> = chars.iter().filter_map(|&c| char::from_u32(c)).map(|c| self.sounds.of(c)).collect();
        self.classes.extend(&classes);
        let number = self.patterns.len() as u32;
        self.patterns.push(Pattern { start: start as u32, phrase, form: form as u16, len: len as u16, role: role as u16, edits });
        self.seed(&classes, number, usize::from(edits));
    }

    fn seed(&mut self, classes: &[u16], pattern: u32, edits: usize) {
        let ends = self.pieces(classes, edits + 1);
        let mut start = 0;
        for &end in &ends {
            self.seed_piece(classes, pattern, start..end);
            // Neighbours swapped across the border harm both pieces.
            if end < classes.len() {
                let mut swapped = classes.to_vec();
                swapped.swap(end - 1, end);
                let at = if end + 1 < classes.len() { end - 1 } else { end - 2 };
                self.push(&swapped, at, Look::Next, pattern);
            }
            start = end;
        }
    }

    fn seed_piece(&mut self, classes: &[u16], pattern: u32, piece: std::ops::Range<usize>) {
        let (start, end) = (piece.start, piece.end);
        match end - start {
            0 | 1 => {}
            2 if classes.len() == 2 => self.push(classes, start, Look::Nowhere, pattern),
            2 => {
                // The two symbols beside the bigram, each where an edit beside it may have moved it.
                let (looks, near, far) = if end < classes.len() {
                    ([Look::Next, Look::Skip], classes[end], classes.get(end + 1))
                } else {
                    ([Look::Before, Look::Back], classes[start - 1], start.checked_sub(2).map(|i| &classes[i]))
                };
                let bigram = bigram_hash(classes[start], classes[start + 1]);
                for look in looks {
                    for third in [Some(&near), far].into_iter().flatten() {
                        self.push_seed(bigram, look, *third, pattern, start);
                    }
                }
            }
            _ => {
                let weight = |at: &usize| classes[*at..*at + 3].iter().map(|&c| self.sounds.weight(c)).sum::<u32>();
                if let Some(at) = (start..=end - 3).min_by_key(weight) {
                    self.push(classes, at, Look::Next, pattern);
                }
            }
        }
    }

    fn push(&mut self, classes: &[u16], at: usize, look: Look, pattern: u32) {
        let third = look.symbol(classes, at).unwrap_or(0);
        self.push_seed(bigram_hash(classes[at], classes[at + 1]), look, third, pattern, at);
    }

    fn push_seed(&mut self, bigram: u32, look: Look, third: u16, pattern: u32, place: usize) {
        self.filter[(bigram >> (32 - FILTER_BITS)) as usize] |= look.bit();
        self.seeds.push((seed_hash(bigram, look, third), pattern << PLACE_BITS | place as u32));
    }

    /// Cuts a pattern into `count` pieces of at least two symbols so that the rarest seeds of the pieces are together least common
    /// (dynamic programming); returns the ends of the pieces.
    fn pieces(&self, classes: &[u16], count: usize) -> Vec<usize> {
        let len = classes.len();
        let cost = |start: usize, end: usize| -> f64 {
            let weights: Vec<u32> = classes[start..end].iter().map(|&c| self.sounds.weight(c)).collect();
            let rarest = weights.windows(3).map(|w| w.iter().sum::<u32>()).min();
            // A bigram needs four seeds, each with a symbol of its own.
            rarest.map_or_else(|| 4.0 * share(weights.iter().sum::<u32>() + 160), share)
        };
        let mut best = vec![vec![(f64::INFINITY, 0); len + 1]; count + 1];
        best[0][0].0 = 0.0;
        for n in 1..=count {
            for end in 2 * n..=len {
                for start in 2 * (n - 1)..=end - 2 {
                    let total = best[n - 1][start].0 + cost(start, end);
                    if total < best[n][end].0 {
                        best[n][end] = (total, start);
                    }
                }
            }
        }
        let mut ends = Vec::with_capacity(count);
        let mut end = len;
        for n in (1..=count).rev() {
            ends.push(end);
            end = best[n][end].1;
        }
        ends.reverse();
        ends
    }

    /// The index.
    pub fn build(mut self) -> Index {
        self.seeds.sort_unstable();
        self.seeds.dedup();
        let distinct = self.seeds.chunk_by(|a, b| a.0 == b.0).count();
        let size = (distinct * 2).next_power_of_two().max(2);
        let mut slots = vec![[0_u32; 2]; size];
        let mut entries = Vec::with_capacity(self.seeds.len());
        for group in self.seeds.chunk_by(|a, b| a.0 == b.0) {
            let mut slot = group[0].0 as usize & (size - 1);
            while slots[slot][0] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = [group[0].0, entries.len() as u32];
            entries.extend(group.iter().map(|seed| seed.1));
            if let Some(last) = entries.last_mut() {
                *last |= LAST;
            }
        }
        Index {
            filter: self.filter.into(),
            slots: slots.into(),
            entries: entries.into(),
            patterns: self.patterns.into(),
            chars: self.chars.into(),
            classes: self.classes.into(),
        }
    }
}

/// Characters the matcher passes over on both sides: quotation marks come and go around fixed wording.
pub const fn is_ignored(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

/// Weights are 8 × log2 of a share.
fn share(weight: u32) -> f64 {
    (f64::from(weight) / 8.0).exp2()
}
