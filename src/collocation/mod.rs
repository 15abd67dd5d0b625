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
use layout::{By, LONGEST, filter_bits, key, key_slot, pair, pair_hash, pair_slot, term, word_hash};

/// The collocations, used where they lie in the program.
#[derive(Debug)]
pub struct Collocations {
    /// Lets through the keys that are there, and few others.
    filter: Filter,
    /// Key and number of a word; a free slot has the key 0. Several words may share a key.
    slots: &'static [[u32; 2]],
    /// The words, filled up with 0.
    words: &'static [[u16; LONGEST]],
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
            slots: table!("collocations.slots"),
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
        // The class of each character; 0 where no word goes on.
        let class = |c: char| if HAN.contains(&u32::from(c)) { self.sounds.of(c) } else { 0 };
        let classes: Vec<u16> = text.iter().map(|&c| class(c)).collect();
        for start in 0..text.len() {
            let stretch = &classes[start..text.len().min(start + LONGEST)];
            let (mut sound, mut shape) = (0_u32, 0_u32);
            for (last, &class) in stretch.iter().enumerate() {
                if class == 0 {
                    break;
                }
                sound = sound.wrapping_add(term(class.into(), last));
                shape = shape.wrapping_add(term(text[start + last].into(), last));
                let length = last + 1;
                if length == 1 {
                    continue;
                }
                let mut probe = |key| self.probe(key, &text[start..=start + last], |places, letters| found(Alike { start, places, letters, length }));
                // The filter answers no for nearly every stretch, so it is asked here and not behind a call.
                let [sound, shape] = [key(sound, length, By::Sound), key(shape, length, By::Shape)];
                if self.filter.may_hold(sound) {
                    probe(sound);
                }
                if self.filter.may_hold(shape) {
                    probe(shape);
                }
            }
        }
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

    /// The words under `key` that may be meant by `stretch`, each with the places in which it differs.
    fn probe(&self, key: u32, stretch: &[char], mut found: impl FnMut(Range<usize>, [char; LONGEST])) {
        let mask = self.slots.len() - 1;
        let mut slot = key_slot(key, self.slots.len());
        while self.slots[slot][0] != 0 {
            let [there, number] = self.slots[slot];
            if there == key {
                let word = letters(self.words[number as usize]);
                let is_as_long = word[stretch.len() - 1] != FILL && word.get(stretch.len()).is_none_or(|&c| c == FILL);
                let places = differences(stretch, &word);
                let sounds_so = || stretch.iter().zip(&word).all(|(&c, &w)| self.sounds.syllable(c) == self.sounds.syllable(w));
                if is_as_long && (places.len() == 1 || places.len() > 1 && sounds_so()) {
                    found(places, word);
                }
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// Answers no for nearly all hashes that are not in a table, from memory a sixteenth as large: looking into the table itself means waiting for it.
#[derive(Debug)]
struct Filter(&'static [u64]);

impl Filter {
    #[inline]
    fn may_hold(&self, hash: u32) -> bool {
        let (word, bits) = filter_bits(hash);
        self.0[word] & bits == bits
    }
}

/// What fills up a word.
const FILL: char = '\0';

/// The characters of a word. The builder takes words of the basic plane only.
fn letters(word: [u16; LONGEST]) -> [char; LONGEST] {
    word.map(|c| char::from_u32(c.into()).unwrap_or(FILL))
}

/// From the first character in which the two differ to the last.
fn differences(stretch: &[char], word: &[char]) -> Range<usize> {
    let differs = |n: &usize| stretch[*n] != word[*n];
    let first = (0..stretch.len()).find(differs).unwrap_or(0);
    first..(0..stretch.len()).rfind(differs).map_or(first, |last| last + 1)
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
