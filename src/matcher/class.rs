//! Sound classes: each character as the number of its toneless syllable, so that spellings that sound alike are equal.
//!
//! Input methods make mistakes of sound, and many writers do not tell n from l, -n from -ng, or z from zh; syllables that differ only
//! so share a class. 70 % of the wrong characters in real misspellings of official prose are toneless homophones.

use std::borrow::Cow;

/// The class of every character, compiled from the readings of the `pinyin` crate.
#[derive(Debug, Clone)]
pub struct Classes {
    /// The class of each character below `U+10000`.
    pub(crate) plane: Cow<'static, [u16]>,
    /// Its commonest toneless syllable and one more it can be read as, by number; 0 for none.
    pub(crate) syllables: Cow<'static, [[u16; 2]]>,
    /// How common each class is in running text; see [`weight`](Self::weight).
    pub(crate) weights: Cow<'static, [i16]>,
    /// How common each class is before each other, in rows of as many as there are `weights`.
    pub(crate) pair_weights: Cow<'static, [i16]>,
}

/// The class that stands between two blocks and equals nothing.
pub const BREAK: u16 = 0;
/// The class of 、 and ，, which fixed wording uses alike.
pub const PAUSE: u16 = 1;
/// First class of syllables.
pub const SYLLABLES: u16 = 2;
/// Characters without a reading of their own get a class in this upper half, by hash.
const OTHER: u16 = 0x8000;

/// First and last character of the table.
pub const HAN: std::ops::RangeInclusive<u32> = 0x4e00..=0x9fff;

impl Classes {
    /// The class of `c`.
    #[inline]
    pub fn of(&self, c: char) -> u16 {
        let code = u32::from(c);
        self.plane.get(code as usize).copied().unwrap_or_else(|| other(code))
    }

    /// Whether the two characters can be read as the same toneless syllable.
    pub fn same_syllable(&self, a: char, b: char) -> bool {
        self.readings(a).iter().any(|&syllable| self.reads(b, syllable))
    }

    /// The commonest toneless syllable of `c`, by number; 0 for none.
    pub fn syllable(&self, c: char) -> u16 {
        self.readings(c)[0]
    }

    /// One more toneless syllable that `c` can be read as.
    pub fn second_syllable(&self, c: char) -> Option<u16> {
        Some(self.readings(c)[1]).filter(|&syllable| syllable != 0)
    }

    /// Whether `c` can be read as `syllable`.
    pub fn reads(&self, c: char, syllable: u16) -> bool {
        syllable != 0 && self.readings(c).contains(&syllable)
    }

    fn readings(&self, c: char) -> [u16; 2] {
        let code = u32::from(c);
        if HAN.contains(&code) { self.syllables[(code - HAN.start()) as usize] } else { [0, 0] }
    }

    /// How common the class is in running text: 8 × log2 of its share. What is rare makes a good seed.
    pub(crate) fn weight(&self, class: u16) -> i32 {
        self.weights.get(class as usize).copied().unwrap_or(RARE).into()
    }

    /// How common the two classes are side by side.
    pub(crate) fn weight_of_two(&self, a: u16, b: u16) -> i32 {
        let count = self.weights.len();
        let known = usize::from(a) < count && usize::from(b) < count;
        if known { self.pair_weights[usize::from(a) * count + usize::from(b)].into() } else { self.weight(a) + self.weight(b) }
    }

    /// How common the three classes are side by side, as far as two tell.
    pub(crate) fn weight_of_three(&self, a: u16, b: u16, c: u16) -> i32 {
        self.weight_of_two(a, b) + self.weight_of_two(b, c) - self.weight(b)
    }
}

/// The weight of characters without a reading.
const RARE: i16 = -96;

/// The class of a character without a reading that is neither a break nor a pause.
pub(crate) fn other(code: u32) -> u16 {
    OTHER | (code.wrapping_mul(0x9e37_79b1) >> 17) as u16
}
