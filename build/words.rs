//! Compiles the word list and the model of unknown words into the tables of `src/segment`.
//!
//! The words become a double array over characters: the child of a node by character code `c` is slot `base + c`, if that slot's
//! `check` names the node. Two orders keep a walk inside the cache: characters are numbered by how often they occur, and nodes find
//! their place in the order of how often they are walked, so that frequent words share the first part of the table.

#![expect(clippy::cast_possible_truncation, reason = "slots are counted in 20 bits")]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::path::Path;

use crate::dictionary::write_table;
use crate::layout::{BASE, CLASS, ROOT, TAG};

/// The `check` of slots nobody uses: no node has this number.
const FREE: u64 = ROOT - 1;

struct Word<'a> {
    text: &'a str,
    frequency: u32,
    tag: &'a str,
    codes: Vec<u16>,
}

/// Writes to `out` the tables of `list`, lines of `word frequency tag`, and of `model`.
pub(crate) fn compile(list: &str, model: &str, out: &Path) -> Result<(), String> {
    let wrong = |n: usize| format!("dictionaries/words.txt:{}: expected: word frequency tag", n + 1);
    let words = list.lines().enumerate().map(|(n, line)| parse(line).ok_or_else(|| wrong(n)));
    let mut words = words.collect::<Result<Vec<Word>, String>>()?;
    let codes = number_characters(&mut words);
    words.sort_unstable_by(|a, b| a.codes.cmp(&b.codes));
    if let Some(twice) = words.windows(2).find(|pair| pair[0].codes == pair[1].codes) {
        return Err(format!("dictionaries/words.txt: {} stands there twice", twice[0].text));
    }
    // Row 0 is no word's frequency; it holds the sum of all.
    let mut frequencies = vec![words.iter().map(|word| word.frequency).sum::<u32>()];
    frequencies.extend(distinct(words.iter().map(|word| word.frequency)));
    let tags: Vec<&str> = distinct(words.iter().map(|word| word.tag));
    let slots = double_array(&words, |word| {
        let class = frequencies[1..].partition_point(|&n| n < word.frequency) + 1;
        let tag = tags.partition_point(|&tag| tag < word.tag);
        (class as u64) << CLASS | (tag as u64) << TAG
    });
    if slots.len() as u64 >= FREE || frequencies.len() > 1 << 16 || tags.len() > 1 << 8 {
        return Err("dictionaries/words.txt: too much for the fields of src/segment/layout.rs".into());
    }
    let (rows, probabilities) = hmm(model).ok_or("dictionaries/hmm.model: not a model")?;
    let write = || {
        write_table(out, "words.slots", &slots)?;
        write_table(out, "words.codes", &codes)?;
        write_table(out, "words.frequencies", &frequencies)?;
        std::fs::write(out.join("words.tags"), tags.join("\n"))?;
        write_table(out, "hmm.rows", &rows)?;
        write_table(out, "hmm.probabilities", &probabilities)
    };
    write().map_err(|e: std::io::Error| e.to_string())
}

/// The word of a line `word frequency tag`.
fn parse(line: &str) -> Option<Word<'_>> {
    let mut fields = line.split(' ');
    let (text, frequency, tag) = (fields.next()?, fields.next()?, fields.next()?);
    let frequency = frequency.parse().ok().filter(|&n| n > 0)?;
    (!text.is_empty() && fields.next().is_none()).then_some(Word { text, frequency, tag, codes: Vec::new() })
}

/// Numbers the characters from 1, the most frequent first, spells the words in these codes, and returns the code of each
/// character up to the last one used.
fn number_characters(words: &mut [Word]) -> Vec<u16> {
    let mut weights: HashMap<char, u64> = HashMap::new();
    for word in words.iter() {
        for c in word.text.chars() {
            *weights.entry(c).or_default() += u64::from(word.frequency);
        }
    }
    let mut order: Vec<_> = weights.into_iter().map(|(c, weight)| (Reverse(weight), c)).collect();
    order.sort_unstable();
    let last = order.iter().map(|&(_, c)| c as usize).max().unwrap_or(0);
    let mut codes = vec![0; last + 1];
    for (code, &(_, c)) in (1..).zip(&order) {
        codes[c as usize] = code;
    }
    for word in words {
        word.codes = word.text.chars().map(|c| codes[c as usize]).collect();
    }
    codes
}

/// A prefix shared by the words `first..end`, waiting for a place for its children; ordered by how often it is walked.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    weight: u64,
    slot: u64,
    first: usize,
    end: usize,
    depth: usize,
}

/// Packs the sorted `words` into slots; `payload` gives the bits of a slot in which a word ends.
fn double_array(words: &[Word], payload: impl Fn(&Word) -> u64) -> Vec<u64> {
    // Sum of the frequencies before each word, so that the weight of any range is one subtraction.
    let mut before = vec![0];
    for (n, word) in words.iter().enumerate() {
        before.push(before[n] + u64::from(word.frequency));
    }
    let mut slots = Vec::new();
    let mut space = Space::default();
    // Slot 0 stays free: the code of unknown characters leads there.
    space.take(&[0]);
    let mut waiting = BinaryHeap::from([Node { weight: u64::MAX, slot: ROOT, first: 0, end: words.len(), depth: 0 }]);
    while let Some(Node { slot: parent, first, end, depth, .. }) = waiting.pop() {
        let groups: Vec<&[Word]> = words[first..end].chunk_by(|a, b| a.codes[depth] == b.codes[depth]).collect();
        let labels: Vec<u16> = groups.iter().map(|group| group[0].codes[depth]).collect();
        // The root comes first, so it gets base 0.
        let base = space.take(&labels);
        if parent != ROOT {
            slots[parent as usize] |= (base as u64) << BASE;
        }
        let mut first = first;
        for (group, &label) in groups.iter().zip(&labels) {
            let end = first + group.len();
            let slot = base + usize::from(label);
            if slot >= slots.len() {
                slots.resize(slot + 1, FREE);
            }
            slots[slot] = parent;
            // The shortest word of a group sorts first: it ends here if it is no longer than the prefix.
            if group[0].codes.len() == depth + 1 {
                slots[slot] |= payload(&group[0]);
                first += 1;
            }
            if first < end {
                waiting.push(Node { weight: before[end] - before[first], slot: slot as u64, first, end, depth: depth + 1 });
            }
            first = end;
        }
    }
    slots
}

/// Which slots are taken.
#[derive(Default)]
struct Space {
    taken: Vec<u64>,
    /// By number of labels: where the first of as many labels was last put. Before that there is hardly room for such a node.
    cursors: HashMap<usize, usize>,
}

impl Space {
    /// A base at which the slots of all `labels` (ascending) are free, the lowest from the cursor on; takes these slots.
    fn take(&mut self, labels: &[u16]) -> usize {
        let lowest = usize::from(labels[0]);
        let mut at = self.cursors.get(&labels.len()).map_or(lowest, |&cursor| cursor.max(lowest));
        // 64 bases at a time, one bit each.
        let fit = loop {
            let free = |label: &u16| !self.bits(at - lowest + usize::from(*label));
            match labels.iter().try_fold(u64::MAX, |fit, label| Some(fit & free(label)).filter(|&fit| fit != 0)) {
                Some(fit) => break fit,
                None => at += 64,
            }
        };
        at += fit.trailing_zeros() as usize;
        self.cursors.insert(labels.len(), at);
        for &label in labels {
            let slot = at - lowest + usize::from(label);
            if slot / 64 >= self.taken.len() {
                self.taken.resize(slot / 64 + 1, 0);
            }
            self.taken[slot / 64] |= 1 << (slot % 64);
        }
        at - lowest
    }

    /// The 64 bits from slot `at` on.
    fn bits(&self, at: usize) -> u64 {
        let word = |n| self.taken.get(n).copied().unwrap_or(0);
        word(at / 64) >> (at % 64) | word(at / 64 + 1) << 1 << (63 - at % 64)
    }
}

/// The model as the row of each character from 一 (U+4E00) on, and probabilities: 4 of starting in a state, 4 × 4 of passing from
/// one to the next, then the rows, 4 each. Row 0 is for characters the model has never seen.
fn hmm(model: &str) -> Option<(Vec<u16>, Vec<f64>)> {
    const NEVER: f64 = -3.14e100;
    const FIRST: u32 = 0x4E00;
    const LAST: u32 = 0x9FD5;
    let mut lines = model.lines().filter(|line| !line.starts_with('#'));
    let mut probabilities = Vec::new();
    for line in lines.by_ref().take(5) {
        for field in line.split(' ') {
            probabilities.push(field.parse().ok()?);
        }
    }
    if probabilities.len() != 4 + 16 {
        return None;
    }
    let mut emissions: BTreeMap<u32, [f64; 4]> = BTreeMap::new();
    for state in 0..4 {
        for pair in lines.next()?.split(',') {
            let (c, probability) = pair.split_once(':')?;
            let c = u32::from(c.chars().next()?);
            if (FIRST..=LAST).contains(&c) {
                emissions.entry(c).or_insert([NEVER; 4])[state] = probability.parse().ok()?;
            }
        }
    }
    let mut rows = vec![0; (LAST - FIRST + 1) as usize];
    probabilities.extend([NEVER; 4]);
    for (row, (c, emission)) in (1..).zip(emissions) {
        rows[(c - FIRST) as usize] = row;
        probabilities.extend(emission);
    }
    Some((rows, probabilities))
}

/// The different values, sorted.
fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<BTreeSet<T>>().into_iter().collect()
}
