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
use layout::{By, LONGEST, bit, key, pair, slot, term};

/// The collocations, used where they lie in the program.
#[derive(Debug)]
pub struct Collocations {
    /// A bit for each key.
    filter: &'static [u64],
    /// Key and number of a word; a free slot has the key 0. Several words may share a key.
    slots: &'static [[u32; 2]],
    /// The words, filled up with 0.
    words: &'static [[u16; LONGEST]],
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
                let mut probe = |key| self.probe(key, &text[start..=start + last], |places, word| found(Alike { start, places, word }));
                // The filter answers no for nearly every stretch, so it is asked here and not behind a call.
                let [sound, shape] = [key(sound, length, By::Sound), key(shape, length, By::Shape)];
                if self.may_hold(sound) {
                    probe(sound);
                }
                if self.may_hold(shape) {
                    probe(shape);
                }
            }
        }
    }

    #[inline]
    fn may_hold(&self, key: u32) -> bool {
        let (word, bit) = bit(key);
        self.filter[word] >> bit & 1 == 1
    }

    /// Whether `left` and `right` stand beside each other in right prose.
    pub fn are_neighbours(&self, left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> bool {
        let pair = pair(left, right);
        let mut at = slot(pair, self.pairs.len());
        while self.pairs[at] != 0 {
            if self.pairs[at] == pair {
                return true;
            }
            at = (at + 1) & (self.pairs.len() - 1);
        }
        false
    }

    /// The words under `key` that may be meant by `stretch`, each with the places in which it differs.
    fn probe(&self, key: u32, stretch: &[char], mut found: impl FnMut(Range<usize>, [u16; LONGEST])) {
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while self.slots[slot][0] != 0 {
            let [there, number] = self.slots[slot];
            if there == key {
                let word = self.words[number as usize];
                let is_as_long = word[stretch.len() - 1] != 0 && word.get(stretch.len()).is_none_or(|&c| c == 0);
                let places = differences(stretch, word);
                let sounds_so = || stretch.iter().zip(chars_of(&word)).all(|(&c, w)| self.sounds.syllable(c) == self.sounds.syllable(w));
                if is_as_long && (places.len() == 1 || places.len() > 1 && sounds_so()) {
                    found(places, word);
                }
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
    fn words_that_sound_or_look_alike_are_found_and_the_words_themselves_are_not() {
        assert!(alike("新发展里念").contains(&(3, 0, "理念".to_owned())));
        assert!(alike("领到权").contains(&(0, 1, "领导权".to_owned())));
        assert!(alike("末来").contains(&(0, 0, "未来".to_owned())));
        assert!(!alike("新发展理念").iter().any(|(_, _, word)| word == "理念"));
        assert!(!alike("新发展里，念").iter().any(|(_, _, word)| word == "理念"));
    }

    #[test]
    fn neighbours_are_those_of_right_prose() {
        let are = |left: &str, right: &str| Collocations::builtin().are_neighbours(left.chars(), right.chars());
        assert!(are("发展", "理念"));
        assert!(!are("理念", "发展"));
    }
}
