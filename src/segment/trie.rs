//! The built-in word list: a double array over characters, compiled by `build/words.rs` and read where it lies in the binary.

#![expect(clippy::cast_possible_truncation, reason = "the fields of a slot are narrow")]

use std::sync::LazyLock;

use super::Entry;
use super::layout::{BASE, CLASS, ROOT, SLOT_BITS, TAG};
use crate::embedded::table;

/// The tables; see `layout.rs` and `build/words.rs`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trie {
    slots: &'static [u64],
    /// The code of each character up to the last one used.
    codes: &'static [u16],
    /// Frequencies by class; row 0 is the sum over all words.
    frequencies: &'static [u32],
    /// Their natural logarithms.
    logs: &'static [f64],
    tags: &'static [&'static str],
}

/// A prefix of some word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    number: u64,
    slot: u64,
}

const MASK: u64 = (1 << SLOT_BITS) - 1;

impl Node {
    /// The empty prefix.
    pub(super) const ROOT: Self = Self { number: ROOT, slot: 0 };

    #[inline]
    fn base(self) -> u64 {
        self.slot >> BASE
    }

    #[inline]
    fn class(self) -> usize {
        usize::from((self.slot >> CLASS) as u16)
    }
}

fn frequencies() -> &'static [u32] {
    table!("words.frequencies")
}

impl Trie {
    /// The list every segmenter shares.
    pub(super) fn builtin() -> Self {
        static LOGS: LazyLock<Vec<f64>> = LazyLock::new(|| frequencies().iter().map(|&n| f64::from(n).ln()).collect());
        static TAGS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!(concat!(env!("OUT_DIR"), "/words.tags")).lines().collect());
        Self { slots: table!("words.slots"), codes: table!("words.codes"), frequencies: frequencies(), logs: &LOGS, tags: &TAGS }
    }

    /// Sum of the frequencies of all words.
    pub(super) fn total(&self) -> f64 {
        f64::from(self.frequencies[0])
    }

    /// The code of `c` for [`child`](Self::child).
    #[inline]
    pub(super) fn code(&self, c: char) -> u16 {
        self.codes.get(c as usize).copied().unwrap_or(0)
    }

    /// The prefix that is `node` and one character more.
    #[inline]
    pub(super) fn child(&self, node: Node, code: u16) -> Option<Node> {
        let number = node.base() + u64::from(code);
        let slot = *self.slots.get(number as usize)?;
        (slot & MASK == node.number).then_some(Node { number, slot })
    }

    /// Natural logarithm of the frequency of the word at `node`, if one ends there.
    #[inline]
    pub(super) fn log(&self, node: Node) -> Option<f64> {
        let class = node.class();
        (class != 0).then(|| self.logs[class])
    }

    /// What is known of the word at `node`, if one ends there.
    pub(super) fn entry(&self, node: Node) -> Option<Entry<'static>> {
        let class = node.class();
        (class != 0).then(|| Entry {
            frequency: self.frequencies[class],
            log: self.logs[class],
            tag: self.tags[usize::from((node.slot >> TAG) as u8)],
        })
    }

    /// Every word, spelt from its last character to its first; in no particular order.
    pub(super) fn words(&self) -> impl Iterator<Item = (String, Entry<'static>)> {
        let last = self.codes.iter().copied().max().unwrap_or(0);
        let mut letters = vec!['\0'; usize::from(last) + 1];
        for (c, &code) in ('\0'..).zip(self.codes) {
            letters[usize::from(code)] = c;
        }
        let node = |number: u64| self.slots.get(number as usize).map_or(Node::ROOT, |&slot| Node { number, slot });
        (0..self.slots.len() as u64).map(node).filter_map(move |end| {
            let entry = self.entry(end)?;
            let mut spelling = Vec::new();
            let mut at = end;
            while at.number != ROOT {
                let parent = node(at.slot & MASK);
                spelling.push(letters[(at.number - parent.base()) as usize]);
                at = parent;
            }
            Some((spelling.into_iter().rev().collect(), entry))
        })
    }
}
