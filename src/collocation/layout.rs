//! How words and pairs of words are hashed: the one fact that the builder (`build/collocations.rs`) and the reader share.

/// The longest word that is looked for, in characters.
pub(crate) const LONGEST: usize = 4;
/// The filter has a bit for each value of this many leading bits of a key.
pub(crate) const FILTER_BITS: u32 = 19;

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

/// Where the bit of a key lies in the filter: the number of the word and of the bit in it.
pub(crate) const fn bit(key: u32) -> (usize, u32) {
    let bit = key >> (u32::BITS - FILTER_BITS);
    ((bit / u64::BITS) as usize, bit % u64::BITS)
}

/// One number for two neighbours. Never 0.
pub(crate) fn pair(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> u64 {
    u64::from(hash(left)) << u32::BITS | u64::from(hash(right)) | 1
}

/// FNV-1a (Fowler, Noll, Vo) over characters.
fn hash(word: impl Iterator<Item = char>) -> u32 {
    word.fold(0x811c_9dc5, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}

/// Where a pair is looked for first in a table of `slots`, a power of two; it stands there or in the next ones.
pub(crate) const fn slot(pair: u64, slots: usize) -> usize {
    (pair.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> u32::BITS) as usize & (slots - 1)
}
