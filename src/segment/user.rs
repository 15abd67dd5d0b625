//! Words added to the built-in list, walked beside it; they cost memory and time by their own number only.

use std::collections::HashMap;

use super::Entry;

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
        let bit = beginning(word[0], word.get(1).copied().unwrap_or(ALONE));
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

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a word may begin with these two characters; seldom yes when none does. Only to be asked when there are words.
    #[inline]
    pub(super) fn may_begin(&self, first: char, second: char) -> bool {
        let has = |bit: usize| self.beginnings[bit / 64] >> (bit % 64) & 1 == 1;
        has(beginning(first, ALONE)) || has(beginning(first, second))
    }

    /// The empty prefix, if there are words at all.
    pub(super) fn root(&self) -> Option<usize> {
        (!self.is_empty()).then_some(0)
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

/// Stands for the second character of a word that has none.
const ALONE: char = '\0';

fn beginning(first: char, second: char) -> usize {
    (first as usize).wrapping_mul(31).wrapping_add(second as usize) % BEGINNINGS
}
