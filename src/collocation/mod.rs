//! Collocations: which words stand beside which in official prose.
//!
//! Learned by the build from everything right in the dictionaries: the phrases, their right examples, and `dictionaries/collocations`. They
//! tell a slip from a rare word: 里念 might be a name, but after 发展 it is 理念. The words they consist of are indexed by all their
//! characters but one, so that one look finds the words that a stretch of text misses by one character.

mod layout;

use std::ops::Range;
use std::sync::LazyLock;

use crate::embedded::table;
use crate::matcher::sounds;
use layout::{LONGEST, SOUND, bit, key, pair, term};

/// The collocations, used where they lie in the program.
#[derive(Debug)]
pub struct Collocations {
    /// A bit for each key.
    filter: &'static [u64],
    /// Key and number of a word; a free slot has the key 0. Several words may share a key.
    slots: &'static [[u32; 2]],
    /// The words, filled up with 0.
    words: &'static [[u16; LONGEST]],
    /// Neighbours, sorted.
    pairs: &'static [u64],
}

/// A word that a stretch of text misses by one character, or that sounds the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// Where the stretch begins, in characters.
    pub start: usize,
    /// Which of its characters differ: from the first of them to the last.
    pub places: Range<usize>,
    word: [u16; LONGEST],
}

impl Alike {
    /// The word.
    pub fn word(&self) -> impl ExactSizeIterator<Item = char> + Clone + '_ {
        chars_of(&self.word)
    }
}

impl Collocations {
    /// The built-in ones.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Collocations> = LazyLock::new(|| Collocations {
            filter: table!("collocations.filter"),
            slots: table!("collocations.slots"),
            words: table!("collocations.words"),
            pairs: table!("collocations.pairs"),
        });
        &BUILTIN
    }

    /// The words from which a stretch of `text` differs in exactly one character, and those of its sound, for every stretch.
    pub fn each_alike(&self, text: &[char], mut found: impl FnMut(Alike)) {
        let syllables: Vec<u16> = text.iter().map(|&c| sounds().syllable(c)).collect();
        for start in 0..text.len() {
            let end = text.len().min(start + LONGEST);
            let (mut sum, mut sound) = (0_u32, 0_u32);
            for (length, (&c, &syllable)) in (1..).zip(text[start..end].iter().zip(&syllables[start..end])) {
                sum = sum.wrapping_add(term(c.into(), length - 1));
                sound = sound.wrapping_add(term(syllable.into(), length - 1));
                if length == 1 {
                    continue;
                }
                let stretch = &text[start..start + length];
                for (place, &c) in stretch.iter().enumerate() {
                    let key = key(sum.wrapping_sub(term(c.into(), place)), length, place);
                    self.probe(key, stretch, |word| {
                        let places = differences(stretch, word);
                        if places == (place..place + 1) {
                            found(Alike { start, places, word });
                        }
                    });
                }
                self.probe(key(sound, length, SOUND), stretch, |word| {
                    let places = differences(stretch, word);
                    let sounds_so =
                        || syllables[start..].iter().zip(chars_of(&word)).all(|(&syllable, c)| sounds().syllable(c) == syllable);
                    if places.len() > 1 && sounds_so() {
                        found(Alike { start, places, word });
                    }
                });
            }
        }
    }

    /// Whether `left` and `right` stand beside each other in right prose.
    pub fn are_neighbours(&self, left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> bool {
        self.pairs.binary_search(&pair(left, right)).is_ok()
    }

    /// The words under `key` that are as long as `stretch`.
    fn probe(&self, key: u32, stretch: &[char], mut found: impl FnMut([u16; LONGEST])) {
        let (word, bit) = bit(key);
        if self.filter[word] >> bit & 1 == 0 {
            return;
        }
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot][0] != 0 {
            let [there, number] = self.slots[slot];
            let word = self.words[number as usize];
            if there == key && word[stretch.len() - 1] != 0 && word.get(stretch.len()).is_none_or(|&c| c == 0) {
                found(word);
            }
            slot = (slot + 1) & mask;
        }
    }
}

/// The characters of a word. The builder takes words of the basic plane only.
fn chars_of(word: &[u16; LONGEST]) -> impl ExactSizeIterator<Item = char> + Clone + '_ {
    let length = word.iter().position(|&c| c == 0).unwrap_or(LONGEST);
    word[..length].iter().map(|&c| char::from_u32(c.into()).unwrap_or_default())
}

/// From the first character in which the two differ to the last.
fn differences(stretch: &[char], word: [u16; LONGEST]) -> Range<usize> {
    let differs = |n: &usize| u32::from(stretch[*n]) != u32::from(word[*n]);
    let first = (0..stretch.len()).find(differs).unwrap_or(0);
    first..(0..stretch.len()).rfind(differs).map_or(first, |last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(text: &str) -> Vec<(usize, usize, String)> {
        let chars: Vec<char> = text.chars().collect();
        let mut all = Vec::new();
        Collocations::builtin().each_alike(&chars, |alike| all.push((alike.start, alike.places.start, alike.word().collect())));
        all
    }

    #[test]
    fn words_one_character_away_are_found_and_the_words_themselves_are_not() {
        assert!(alike("新发展里念").contains(&(3, 0, "理念".to_owned())));
        assert!(alike("领到权").contains(&(0, 1, "领导权".to_owned())));
        assert!(!alike("新发展理念").iter().any(|(_, _, word)| word == "理念"));
    }

    #[test]
    fn neighbours_are_those_of_right_prose() {
        let are = |left: &str, right: &str| Collocations::builtin().are_neighbours(left.chars(), right.chars());
        assert!(are("发展", "理念"));
        assert!(!are("理念", "发展"));
    }
}
