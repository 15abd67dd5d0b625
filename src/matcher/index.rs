//! The index of the near matcher: which three symbols with gaps point to which place of which pattern.
//!
//! It is flat memory, made by `compile` and read by `scan`: the build script makes the one of the shipped
//! dictionary, which is then used where it lies in the program.

use std::borrow::Cow;
use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::glance::Window; // the same path in the build script, where `super` is its root

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
    pub(crate) role: u16,
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
    /// By hash of a bigram: a bit for each [`Look`] and each kind of symbol that matters there.
    pub(crate) filter: Cow<'static, [u64]>,
    /// A bit for each value of the upper end of a seed's hash: whether some pattern has such a seed. A power of two of words.
    pub(crate) bits: Cow<'static, [u64]>,
    /// For each word of `bits`, how many bits are set before it: the number of a seed is the number of bits before its own.
    pub(crate) ranks: Cow<'static, [u32]>,
    /// Where the entries of each seed begin, and where the last ones end.
    pub(crate) starts: Cow<'static, [u32]>,
    pub(crate) entries: Cow<'static, [Entry]>,
    pub(crate) patterns: Cow<'static, [Pattern]>,
    /// The characters of all patterns, a zero before each and at the end.
    pub(crate) chars: Cow<'static, [u32]>,
    /// Their classes, [`BREAK`] for each zero.
    pub(crate) classes: Cow<'static, [u16]>,
}

/// Where a seed lies in a pattern, and what must surround it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Entry {
    /// Place of the seed's bigram among all classes.
    pub(crate) place: u32,
    /// Number of the pattern it belongs to.
    pub(crate) pattern: u32,
    /// How many symbols of its piece stand before that place and from there on.
    pub(crate) before: u8,
    pub(crate) after: u8,
    /// How many edits the pattern may hold.
    pub(crate) edits: u8,
    /// What stands around it in the pattern.
    pub(crate) window: Window,
}

/// Number of rows of the filter.
pub(crate) const FILTER: usize = 1 << 15;

/// The row of the filter for a bigram of that hash.
pub(crate) const fn filter_row(bigram: u32) -> usize {
    (bigram >> 17) as usize
}

/// Kinds of third symbols that the filter tells apart.
pub(crate) const KINDS: u32 = 15;

/// The kind of a third symbol of that mark.
#[inline]
pub(crate) const fn kind(mark: u8) -> u32 {
    (mark as u32 * KINDS) >> 8
}

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
    /// The first bit of this look in a row of the filter: there is one for each kind of third symbols.
    pub(crate) const fn first_bit(self) -> u32 {
        self as u32 * KINDS
    }

    /// The look that a bit in a row of the filter belongs to.
    #[inline]
    pub(crate) const fn of_bit(bit: u32) -> Self {
        LOOKS[(bit / KINDS) as usize]
    }

    /// The third symbol's place, from that of the first one of the bigram.
    pub(crate) const fn offset(self) -> isize {
        match self {
            Self::Next => 2,
            Self::Skip => 3,
            Self::Before => -1,
            Self::Back => -2,
            Self::Nowhere => 0,
        }
    }

    /// The third symbol of the seed whose bigram stands at `at`.
    #[inline]
    pub(crate) fn third(self, symbols: &[u16], at: usize) -> u16 {
        if self == Self::Nowhere { 0 } else { symbols[at.wrapping_add_signed(self.offset())] }
    }
}

impl Index {
    /// Whether some pattern has a seed of this hash; now and then yes when none has.
    #[inline]
    pub(crate) fn has_seed(&self, hash: u32) -> bool {
        (self.bits[self.word(hash)] >> (hash % 64)) & 1 == 1
    }

    /// The numbers of the entries of a seed that is there.
    #[inline]
    pub(crate) fn entries_of(&self, hash: u32) -> Range<u32> {
        let word = self.word(hash);
        let before = self.bits[word] & ((1 << (hash % 64)) - 1);
        let number = (self.ranks[word] + before.count_ones()) as usize;
        self.starts[number]..self.starts[number + 1]
    }

    fn word(&self, hash: u32) -> usize {
        (hash as usize / 64) & (self.bits.len() - 1)
    }
}

pub(crate) const fn bigram_hash(a: u16, b: u16) -> u32 {
    (((a as u32) << 16) | b as u32).wrapping_mul(0x9e37_79b1)
}

pub(crate) const fn seed_hash(bigram: u32, look: Look, third: u16) -> u32 {
    let mixed = (bigram ^ ((third as u32) << 8 | look as u32).wrapping_mul(0x85eb_ca6b)).wrapping_mul(0xc2b2_ae35);
    mixed ^ (mixed >> 15)
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

/// Characters the matcher passes over on both sides: quotation marks come and go around fixed wording.
pub const fn is_ignored(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}
