//! Words added to the built-in list, walked beside it; they cost memory and time by their own number only.

use super::Entry;
use std::collections::HashMap;

/// The added words as a trie of their own, whose answers go before the built-in ones.
#[derive(Debug, Default)]
pub(super) struct UserWords {
    /// The child of a node by a character; node 0 is the empty prefix.
    children: HashMap<(usize, char), usize>,
    /// Frequency and part of speech of the word that ends at each node.
    words: Vec<Option<(u32, String)>>,
    /// One bit for the first two characters of each word (by their hash), so that few places in a text need a walk.
    beginnings: Vec<u64>,
}

const BEGINNINGS: usize = 1 << 16;

impl UserWords {
    /// Adds a word or replaces it.
    pub(super) fn insert(&mut self, word: &[char], frequency: u32, tag: String) {
        if self.words.is_empty() {
            self.words.push(None);
            self.beginnings.resize(BEGINNINGS / 64, 0);
        }
        let bit = beginning(word[0], word.get(1).copied());
        self.beginnings[bit / 64] |= 1 << (bit % 64);
        let mut node = 0;
        for &c in word {
            node = *self.children.entry((node, c)).or_insert_with(|| {
                self.words.push(None);
                self.words.len() - 1
            });
        }
        self.words[node] = Some((frequency, tag));
    }

    /// Whether a word may begin with the first of `chars`; seldom yes when none does.
    #[inline]
    pub(super) fn may_begin(&self, chars: &[char]) -> bool {
        let has = |bit: usize| self.beginnings[bit / 64] >> (bit % 64) & 1 == 1;
        !self.words.is_empty() && (has(beginning(chars[0], None)) || chars.get(1).is_some_and(|&c| has(beginning(chars[0], Some(c)))))
    }

    /// The empty prefix, if there are words at all.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.words.is_empty()).then_some(0)
    }

    /// The prefix that is `node` and one character more.
    pub(super) fn child(&self, node: usize, c: char) -> Option<usize> {
        self.children.get(&(node, c)).copied()
    }

    /// What is known of the word at `node`, if one ends there.
    pub(super) fn entry(&self, node: usize) -> Option<Entry<'_>> {
        let (frequency, tag) = self.words[node].as_ref()?;
        Some(Entry { frequency: *frequency, log: f64::from(*frequency).ln(), tag })
    }
}

fn beginning(first: char, second: Option<char>) -> usize {
    let second = second.map_or(0, |c| c as usize);
    (first as usize).wrapping_mul(31).wrapping_add(second) % BEGINNINGS
}
