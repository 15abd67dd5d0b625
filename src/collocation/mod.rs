//! Collocations: which words stand beside which in official prose.
//!
//! Learned by the build from everything right in the dictionaries: the phrases, their right examples, and `dictionaries/collocations`. They
//! tell a slip from a rare word: 里念 might be a name, but after 发展 it is 理念. The words they consist of are indexed by how they
//! sound and by how they look with a character taken for another, so that one look finds the words that may be meant by a stretch of text.

mod layout;

use std::ops::Range;
use std::sync::LazyLock;

use crate::embedded::table;
use crate::matcher::class::{Classes, HAN};
use crate::matcher::sounds;
use layout::{By, LONGEST, Seed, Word, beside, filter_bits, filter_word, key, pair, pair_hash, pair_slot, term, word_hash};

/// The collocations, used where they lie in the program.
#[derive(Debug)]
pub struct Collocations {
    /// Lets through the keys that are there, and few others.
    filter: Filter,
    /// For each word of the filter where its seeds begin, and where the last ones end.
    starts: &'static [u32],
    /// In the order of their keys. Several words may share a key.
    seeds: &'static [Seed],
    words: &'static [Word],
    /// The same for `pairs`.
    pair_filter: Filter,
    /// Neighbours, each in the first free slot from its own on; a free slot is 0.
    pairs: &'static [u64],
    sounds: &'static Classes,
}

/// A word that a stretch of text misses by one character, or that sounds the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Where the stretch begins, in characters.
    pub start: usize,
    /// Which of its characters differ: from the first of them to the last.
    pub places: Range<usize>,
    number: u32,
    letters: [char; LONGEST],
    length: usize,
}

impl Alike {
    /// The word.
    pub fn word(&self) -> &[char] {
        &self.letters[..self.length]
    }
}

/// A word as its neighbours know it, for whoever asks about it more than once.
#[derive(Debug, Clone, Copy)]
pub struct Neighbour(u32);

impl Neighbour {
    /// Any stretch of text will do.
    pub fn new(word: &[char]) -> Self {
        Self(word_hash(word))
    }
}

impl Collocations {
    /// The built-in ones.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Collocations> = LazyLock::new(|| Collocations {
            filter: Filter(table!("collocations.filter")),
            starts: table!("collocations.starts"),
            seeds: table!("collocations.seeds"),
            words: table!("collocations.words"),
            pair_filter: Filter(table!("collocations.pair-filter")),
            pairs: table!("collocations.pairs"),
            sounds: sounds(),
        });
        &BUILTIN
    }

    /// For every stretch of `text` the words from which it differs in exactly one character that sounds or looks like the right one, and the
    /// words of which every character sounds as the one there does.
    pub fn each_alike(&self, text: &[char], mut found: impl FnMut(Alike)) {
        /// Places in work at once.
        const BATCH: usize = 128;
        // The class of each character; 0 where no word goes on.
        let class = |c: char| if HAN.contains(&u32::from(c)) { self.sounds.of(c) } else { 0 };
        let classes: Vec<u16> = text.iter().map(|&c| class(c)).collect();
        // Only stretches of the basic plane are looked up. Behind the last character four can be taken, too.
        let letters: Vec<u16> = text.iter().map(|&c| u32::from(c) as u16).chain([0; LONGEST]).collect();
        let mut looks = [Look::default(); BATCH * LOOKS];
        for from in (0..text.len()).step_by(BATCH) {
            let mut count = 0;
            for start in from..text.len().min(from + BATCH) {
                count = self.looks(text, &classes, start, &mut looks, count);
            }
            for look in &looks[..count] {
                let start = look.start as usize;
                let stretch = Packed::at(&letters[start..], look.length);
                self.probe(look.key, stretch, |alike| found(Alike { start, ..alike }));
            }
        }
    }

    /// Writes behind the first `count` of `looks` those at the stretches from `start` on that may find a word; returns how many there are then. The
    /// filter answers no for nearly all, but for which cannot be foreseen: so each is written, and counted only if it is to be kept.
    #[inline]
    fn looks(&self, text: &[char], classes: &[u16], start: usize, looks: &mut [Look], mut count: usize) -> usize {
        let (mut sound, mut shape) = (0_u32, 0_u32);
        for (last, (&class, &c)) in classes[start..].iter().zip(&text[start..]).enumerate().take(LONGEST) {
            if class == 0 {
                break;
            }
            sound = sound.wrapping_add(term(class.into(), last));
            shape = shape.wrapping_add(term(c.into(), last));
            let length = last + 1;
            if length > 1 {
                for key in [key(sound, length, By::Sound), key(shape, length, By::Shape)] {
                    looks[count] = Look { start: start as u32, length: length as u32, key };
                    count += usize::from(self.filter.may_hold(key));
                }
            }
        }
        count
    }

    /// Whether `left` and `right` stand beside each other in right prose.
    pub fn are_neighbours(&self, left: Neighbour, right: Neighbour) -> bool {
        let pair = pair(left.0, right.0);
        let hash = pair_hash(pair);
        if !self.pair_filter.may_hold(hash) {
            return false;
        }
        let mut at = pair_slot(hash, self.pairs.len());
        while self.pairs[at] != 0 {
            if self.pairs[at] == pair {
                return true;
            }
            at = (at + 1) & (self.pairs.len() - 1);
        }
        false
    }

    /// Whether `word` may have a neighbour that ends in `before` or one that begins with `after`: one look instead of many.
    #[inline]
    pub fn may_stand_between(&self, before: Option<char>, word: &Alike, after: Option<char>) -> bool {
        let [left, right] = self.words[word.number as usize].beside;
        before.is_some_and(|c| left & beside(c) != 0) || after.is_some_and(|c| right & beside(c) != 0)
    }

    /// The words under `key` that may be meant by `stretch`, as if it stood at the beginning.
    fn probe(&self, key: u32, stretch: Packed, mut found: impl FnMut(Alike)) {
        let (from, to) = (self.starts[filter_word(key)], self.starts[filter_word(key) + 1]);
        for seed in self.seeds[from as usize..to as usize].iter().filter(|seed| seed.key == key) {
            let word = Packed::new(self.words[seed.word as usize].letters);
            let places = stretch.differences(word);
            if word.length != stretch.length || places.is_empty() {
                continue;
            }
            let sounds_so = || places.clone().all(|n| self.sounds.syllable(stretch.letter(n)) == self.sounds.syllable(word.letter(n)));
            if places.len() == 1 || sounds_so() {
                let letters = std::array::from_fn(|n| word.letter(n));
                found(Alike { start: 0, places, number: seed.word, letters, length: word.length });
            }
        }
    }
}

/// A stretch of text and the key to look a word up by.
#[derive(Clone, Copy, Default)]
struct Look {
    start: u32,
    length: u32,
    key: u32,
}

/// No more of them begin at one place: each length from two characters on, by sound and by shape.
const LOOKS: usize = 2 * (LONGEST - 1);

/// Up to four characters of the basic plane, one beside the other.
#[derive(Debug, Clone, Copy)]
struct Packed {
    letters: u64,
    length: usize,
}

impl Packed {
    fn new(word: [u16; LONGEST]) -> Self {
        let letters: u64 = bytemuck::cast(word);
        Self { letters, length: LONGEST - (letters.leading_zeros() / u16::BITS) as usize }
    }

    /// The first `length` of `letters`, of which there are four and more.
    fn at(letters: &[u16], length: u32) -> Self {
        let four = letters.first_chunk::<LONGEST>().copied().unwrap_or_default();
        let unused = u64::BITS - length * u16::BITS;
        Self { letters: bytemuck::cast::<_, u64>(four) << unused >> unused, length: length as usize }
    }

    /// From the first character in which the two differ to the last.
    fn differences(self, other: Self) -> Range<usize> {
        let differing = self.letters ^ other.letters;
        let (equal_before, equal_behind) = (differing.trailing_zeros() / u16::BITS, differing.leading_zeros() / u16::BITS);
        equal_before as usize..LONGEST - equal_behind as usize
    }

    /// The character at place `n`; `'\0'` behind the last one.
    fn letter(self, n: usize) -> char {
        let letters: [u16; LONGEST] = bytemuck::cast(self.letters);
        char::from_u32(letters[n].into()).unwrap_or_default()
    }
}

/// Answers no for nearly all hashes that are not in a table, from memory an eighth as large: looking into the table itself means waiting for it.
#[derive(Debug)]
struct Filter(&'static [u64]);

impl Filter {
    #[inline]
    fn may_hold(&self, hash: u32) -> bool {
        let bits = filter_bits(hash);
        self.0[filter_word(hash)] & bits == bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(text: &str) -> Vec<(usize, usize, String)> {
        let chars: Vec<char> = text.chars().collect();
        let mut all = Vec::new();
        Collocations::builtin().each_alike(&chars, |alike| all.push((alike.start, alike.places.start, alike.word().iter().collect())));
        all
    }

    #[test]
    fn words_that_sound_or_look_alike_are_found_and_the_words_themselves_are_not() {
        assert!(alike("新发展里念").contains(&(3, 0, "理念".to_owned())));
        assert!(alike("领到权").contains(&(0, 1, "领导权".to_owned())));
        assert!(alike("末来").contains(&(0, 0, "未来".to_owned())));
        assert!(!alike("新发展理念").iter().any(|(_, _, word)| word == "理念"));
        assert!(!alike("新发展里，念").iter().any(|(_, _, word)| word == "理念"));
    }

    #[test]
    fn neighbours_are_those_of_right_prose() {
        let word = |word: &str| Neighbour::new(&word.chars().collect::<Vec<_>>());
        let are = |left, right| Collocations::builtin().are_neighbours(word(left), word(right));
        assert!(are("发展", "理念"));
        assert!(!are("理念", "发展"));
    }
}
