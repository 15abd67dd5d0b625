//! Compiles the word list and the model of unknown words for `src/segment`.
//!
//! The words become a double array over characters: the child of a node by character code `c` is slot `base + c`, if that
//! slot's `check` names the node. Two orders keep a walk inside the cache: characters are numbered by how often they occur,
//! and nodes are placed by how often they are walked, so frequent words share the first few hundred kilobytes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "../src/segment/layout.rs"]
mod layout;
use layout::{BASE, CLASS, ROOT, SLOT_BITS, TAG};

/// The `check` of slots nobody uses: no slot has this number.
const FREE: u64 = ROOT - 1;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Word<'a> {
    text: &'a str,
    frequency: u32,
    tag: &'a str,
    codes: Vec<u16>,
}

/// Reads `words.txt` and `hmm.model` from `dictionaries` and writes the tables into `out`.
pub(crate) fn compile(dictionaries: &Path, out: &Path) -> Result<()> {
    let list = dictionaries.join("words.txt");
    let model = dictionaries.join("hmm.model");
    for path in [&list, &model] {
        println!("cargo:rerun-if-changed={}", path.display());
    }
    let text = fs::read_to_string(&list)?;
    let mut words = parse(&text).map_err(|(line, why)| format!("{}:{line}: {why}", list.display()))?;

    let codes = number_characters(&mut words);
    // Row 0 is no word's frequency; it holds the sum of all.
    let mut classes = vec![words.iter().map(|word| word.frequency).sum::<u32>()];
    classes.extend(distinct(words.iter().map(|word| word.frequency)));
    let tags: Vec<&str> = distinct(words.iter().map(|word| word.tag));
    words.sort_unstable_by(|a, b| a.codes.cmp(&b.codes));
    let slots = double_array(&words, |word| {
        let class = classes[1..].binary_search(&word.frequency).map_or(0, |n| n as u64 + 1);
        let tag = tags.binary_search(&word.tag).map_or(0, |n| n as u64);
        class << CLASS | tag << TAG
    })?;

    fs::write(out.join("words.slots"), bytes(&slots, |n| n.to_le_bytes()))?;
    fs::write(out.join("words.codes"), bytes(&codes, |n| n.to_le_bytes()))?;
    fs::write(out.join("words.frequencies"), bytes(&classes, |n| n.to_le_bytes()))?;
    fs::write(out.join("words.tags"), tags.join("\n"))?;
    let (rows, probabilities) = hmm(&fs::read_to_string(&model)?).ok_or_else(|| format!("{}: not a model", model.display()))?;
    fs::write(out.join("hmm.rows"), bytes(&rows, |n| n.to_le_bytes()))?;
    fs::write(out.join("hmm.probabilities"), bytes(&probabilities, |n| n.to_le_bytes()))?;
    Ok(())
}

/// Lines of `word frequency tag`; an error carries the line's number.
fn parse(text: &str) -> std::result::Result<Vec<Word<'_>>, (usize, &'static str)> {
    let mut words = Vec::with_capacity(400_000);
    for (n, line) in text.lines().enumerate() {
        let mut fields = line.split(' ');
        let (Some(text), Some(frequency), Some(tag), None) = (fields.next(), fields.next(), fields.next(), fields.next()) else {
            return Err((n + 1, "expected: word frequency tag"));
        };
        let frequency = frequency.parse().ok().filter(|&n| n > 0).ok_or((n + 1, "the frequency is no positive number"))?;
        words.push(Word { text, frequency, tag, codes: Vec::new() });
    }
    Ok(words)
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
    let mut order: Vec<(Reverse<u64>, char)> = weights.into_iter().map(|(c, weight)| (Reverse(weight), c)).collect();
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

/// A prefix shared by the words `first..end`, waiting for a place for its children. Ordered by how often it is walked.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Node {
    weight: u64,
    slot: u64,
    first: usize,
    end: usize,
    depth: usize,
}

/// Packs the sorted `words` into slots; `payload` gives the bits of a slot in which a word ends.
fn double_array(words: &[Word], payload: impl Fn(&Word) -> u64) -> Result<Vec<u64>> {
    // Total frequency of the words before each one, so that the weight of any range is one subtraction.
    let mut before = vec![0u64];
    before.extend(words.iter().scan(0, |sum, word| {
        *sum += u64::from(word.frequency);
        Some(*sum)
    }));
    let mut slots = Vec::new();
    let mut space = Space::default();
    let mut waiting = BinaryHeap::from([Node { weight: u64::MAX, slot: ROOT, first: 0, end: words.len(), depth: 0 }]);
    while let Some(node) = waiting.pop() {
        let depth = node.depth;
        let groups: Vec<&[Word]> =
            words[node.first..node.end].chunk_by(|a, b| a.codes[depth] == b.codes[depth]).collect();
        let labels: Vec<u16> = groups.iter().map(|group| group[0].codes[depth]).collect();
        let base = space.take(&labels);
        if node.slot != ROOT {
            slots[node.slot as usize] |= (base as u64) << BASE;
        }
        let mut first = node.first;
        for (group, &label) in groups.iter().zip(&labels) {
            let end = first + group.len();
            let slot = base + usize::from(label);
            if slot >= slots.len() {
                slots.resize(slot + 1, FREE);
            }
            slots[slot] = node.slot;
            // The shortest word of a group sorts first: it ends here if it is no longer than the prefix.
            let mut rest = first;
            if group[0].codes.len() == depth + 1 {
                slots[slot] |= payload(&group[0]);
                rest += 1;
            }
            if rest < end {
                waiting.push(Node { weight: before[end] - before[rest], slot: slot as u64, first: rest, end, depth: depth + 1 });
            }
            first = end;
        }
    }
    if slots.len() as u64 >= FREE {
        return Err(format!("{} slots do not fit into {SLOT_BITS} bits", slots.len()).into());
    }
    Ok(slots)
}

/// Which slots are taken.
#[derive(Default)]
struct Space {
    taken: Vec<u64>,
    /// By number of labels: where the first of as many labels was last put. What lies before has failed for such a node.
    cursors: HashMap<usize, usize>,
}

impl Space {
    /// A base at which the slots of all `labels` (ascending) are free, the lowest from the cursor on; takes these slots.
    fn take(&mut self, labels: &[u16]) -> usize {
        let lowest = usize::from(labels[0]);
        let mut at = self.cursors.get(&labels.len()).map_or(lowest, |&cursor| cursor.max(lowest));
        // 64 bases at a time: one bit each.
        let fit = loop {
            let base = at - lowest;
            let fit = labels.iter().try_fold(u64::MAX, |fit, &label| {
                Some(fit & !self.bits(base + usize::from(label))).filter(|&fit| fit != 0)
            });
            match fit {
                Some(fit) => break fit,
                None => at += 64,
            }
        };
        at += fit.trailing_zeros() as usize;
        self.cursors.insert(labels.len(), at);
        let base = at - lowest;
        for &label in labels {
            let slot = base + usize::from(label);
            if slot / 64 >= self.taken.len() {
                self.taken.resize(slot / 64 + 1, 0);
            }
            self.taken[slot / 64] |= 1 << (slot % 64);
        }
        base
    }

    /// The 64 bits from slot `at` on.
    fn bits(&self, at: usize) -> u64 {
        let word = |n| self.taken.get(n).copied().unwrap_or(0);
        let low = word(at / 64) >> (at % 64);
        if at % 64 == 0 { low } else { low | word(at / 64 + 1) << (64 - at % 64) }
    }
}

/// The model as `rows`, the row of each character from 一 (U+4E00) on, and probabilities: 4 of starting in a state, 4 × 4 of
/// passing from one to the next, then the rows, 4 each. Row 0 is for characters the model has never seen.
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
    (probabilities.len() > 24).then_some((rows, probabilities))
}

/// The different values, sorted.
fn distinct<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<BTreeSet<T>>().into_iter().collect()
}

fn bytes<T: Copy, const N: usize>(values: &[T], to_bytes: impl Fn(T) -> [u8; N]) -> Vec<u8> {
    values.iter().flat_map(|&value| to_bytes(value)).collect()
}
