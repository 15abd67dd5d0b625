//! How words and pairs of words are hashed: the one fact that the builder (`build/collocations.rs`) and the reader share.

use bytemuck::{Pod, Zeroable};

/// The longest word that is looked for, in characters.
pub(crate) const LONGEST: usize = 4;
/// A filter has a word of 64 bits for each value of this many leading bits of a hash: small enough to stay near the processor, large enough
/// that of what is not there one in forty gets through.
pub(crate) const FILTER_BITS: u32 = 14;

/// What a word is looked up by.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// The sound classes of its characters.
    Sound,
    /// Its characters, of which one is wrong but looks like the right one.
    Shape,
}

/// What `symbol`, a character or a sound class, at `place` of a word adds to the sum its key is made of.
pub(crate) const fn term(symbol: u32, place: usize) -> u32 {
    const FACTORS: [u32; LONGEST] = [0x85eb_ca6b, 0xc2b2_ae35, 0x27d4_eb2f, 0x1656_67b1];
    symbol.wrapping_mul(FACTORS[place])
}

/// The key of a word of `length` symbols whose terms make `sum`. Never 0.
pub(crate) const fn key(sum: u32, length: usize, by: By) -> u32 {
    let salted = sum ^ ((length * 2 + by as usize) as u32).wrapping_mul(0x9e37_79b9);
    (salted ^ (salted >> 15)).wrapping_mul(0x2c1b_3c6d) | 1
}

/// A word that may be proposed.
#[derive(Debug, Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Word {
    /// Its characters, filled up with 0.
    pub(crate) letters: [u16; LONGEST],
    /// Which characters stand before and behind it in right prose, a [bit](beside) each.
    pub(crate) beside: [u64; 2],
}

/// A word and a key it is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(C)]
pub(crate) struct Seed {
    pub(crate) key: u32,
    /// The number of the word.
    pub(crate) word: u32,
}

/// The number of the word of the filter that knows a hash; seeds whose keys share it stand side by side.
pub(crate) const fn filter_word(hash: u32) -> usize {
    (hash >> (u32::BITS - FILTER_BITS)) as usize
}

/// What a filter knows a hash by in that word: two bits. The lowest bit of a key says nothing.
pub(crate) const fn filter_bits(hash: u32) -> u64 {
    1 << ((hash >> 1) % u64::BITS) | 1 << ((hash >> 7) % u64::BITS)
}

/// One number for two neighbours, from the [hash](word_hash) of each. Never 0.
pub(crate) const fn pair(left: u32, right: u32) -> u64 {
    (left as u64) << u32::BITS | right as u64 | 1
}

/// FNV-1a (Fowler, Noll, Vo) over characters.
pub(crate) fn word_hash(word: &[char]) -> u32 {
    word.iter().fold(0x811c_9dc5, |hash, &c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// A bit for a character, to note in 64 bits which ones stand beside a word.
pub(crate) const fn beside(c: char) -> u64 {
    1 << ((c as u32).wrapping_mul(0x9e37_79b1) >> 26)
}

/// The hash of a pair, from which its bits in the filter follow and its place in the table.
pub(crate) const fn pair_hash(pair: u64) -> u32 {
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> u32::BITS) as u32
}

/// Where a pair of that hash is looked for first in a table of `slots`, a power of two; it stands there or in the next ones.
pub(crate) const fn pair_slot(hash: u32, slots: usize) -> usize {
    hash as usize & (slots - 1)
}
