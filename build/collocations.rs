//! Compiles what `src/collocation` knows: cuts right prose into words, and notes which stand beside which.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::ops::Range;
use std::path::Path;

use crate::class::{Classes, HAN};
use crate::collocation_layout::{
    By, FILTER_BITS, LONGEST, Seed, Word, beside, filter_bits, filter_word, key, pair, pair_hash, pair_slot, term, word_hash,
};
use crate::dictionary::write_table;
use crate::shape::Shapes;

/// Words of two characters that are rarer than this are not proposed: the list holds misspellings of its own.
const COMMON: u32 = 10;
/// Longer words are not worth a search.
const LONGEST_WORD: usize = 8;

/// The fragments of prose in the files of folder `from`: a line each, or for a line `a b → c d` each word of the left side before each of the
/// right.
pub(crate) fn read(from: &Path) -> Result<Vec<String>, String> {
    let mut files: Vec<_> = fs::read_dir(from).map_err(|e| e.to_string())?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut fragments = Vec::new();
    for path in &files {
        let source = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once('→') {
                Some((left, right)) => {
                    for left in left.split_whitespace() {
                        fragments.extend(right.split_whitespace().map(|right| format!("{left}{right}")));
                    }
                }
                None => fragments.push(line.to_owned()),
            }
        }
    }
    Ok(fragments)
}

/// Writes to `out` the tables of `texts`, cut with the words of `list`, lines of `word frequency tag`.
pub(crate) fn compile<'a>(
    list: &str,
    texts: impl Iterator<Item = &'a str>,
    sounds: &Classes,
    shapes: &Shapes,
    out: &Path,
) -> std::io::Result<()> {
    let words = Words::new(list);
    // The words to propose, each with what stands before and behind it.
    let (mut pairs, mut known) = (BTreeSet::new(), BTreeMap::<String, [u64; 2]>::new());
    for text in texts {
        for run in text.split(|c: char| !('\u{4e00}'..='\u{9fff}').contains(&c)) {
            let run: Vec<char> = run.chars().collect();
            let cut = words.cut(&run);
            for (left, right) in cut.windows(2).map(|two| (two[0].clone(), two[1].clone())).chain(words.meetings(&run)) {
                let (left, right) = (&run[left], &run[right]);
                pairs.insert(pair(word_hash(left), word_hash(right)));
                for (word, stands) in [(left, [0, beside(right[0])]), (right, [beside(left[left.len() - 1]), 0])] {
                    let word: String = word.iter().collect();
                    if words.is_common(&word) {
                        let known = known.entry(word).or_default();
                        *known = [known[0] | stands[0], known[1] | stands[1]];
                    }
                }
            }
        }
    }
    let alike = Alike::new(sounds, shapes);
    let mut seeds = Vec::new();
    let mut table = Vec::with_capacity(known.len());
    for (number, (word, beside)) in known.into_iter().enumerate() {
        let chars: Vec<char> = word.chars().collect();
        seeds.extend(alike.keys(&chars).into_iter().map(|key| Seed { key, word: number as u32 }));
        let mut letters = [0; LONGEST];
        letters.iter_mut().zip(&chars).for_each(|(letter, &c)| *letter = c as u16);
        table.push(Word { letters, beside });
    }
    seeds.sort_unstable();
    let starts: Vec<u32> = (0..=1 << FILTER_BITS).map(|word| seeds.partition_point(|seed| filter_word(seed.key) < word) as u32).collect();
    let pairs: Vec<u64> = pairs.into_iter().collect();
    write_table(out, "collocations.filter", &filter(seeds.iter().map(|seed| seed.key)))?;
    write_table(out, "collocations.starts", &starts)?;
    write_table(out, "collocations.seeds", &seeds)?;
    write_table(out, "collocations.words", &table)?;
    write_table(out, "collocations.pair-filter", &filter(pairs.iter().map(|&pair| pair_hash(pair))))?;
    write_table(out, "collocations.pairs", &hashed(&pairs))
}

/// A filter that lets through what has one of the hashes, and little else.
fn filter(hashes: impl Iterator<Item = u32>) -> Vec<u64> {
    let mut filter = vec![0; 1 << FILTER_BITS];
    for hash in hashes {
        filter[filter_word(hash)] |= filter_bits(hash);
    }
    filter
}

/// A table of a power of two slots, at most two thirds of them taken: each pair in the first free slot from its own on.
fn hashed(pairs: &[u64]) -> Vec<u64> {
    let mut slots = vec![0; (pairs.len() * 3 / 2).next_power_of_two()];
    let mask = slots.len() - 1;
    for &pair in pairs {
        let mut at = pair_slot(pair_hash(pair), slots.len());
        while slots[at] != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = pair;
    }
    slots
}

/// What sounds and what looks like a character.
struct Alike<'a> {
    sounds: &'a Classes,
    /// The class of each syllable.
    classes: HashMap<u16, u16>,
    shapes: HashMap<char, Vec<char>>,
}

impl<'a> Alike<'a> {
    fn new(sounds: &'a Classes, shapes: &Shapes) -> Self {
        let classes = HAN.filter_map(char::from_u32).map(|c| (sounds.syllable(c), sounds.of(c))).collect();
        let mut alike: HashMap<char, Vec<char>> = HashMap::new();
        for &pair in shapes.pairs.iter() {
            if let (Some(a), Some(b)) = (char::from_u32(pair >> 16), char::from_u32(pair & 0xffff)) {
                alike.entry(a).or_default().push(b);
                alike.entry(b).or_default().push(a);
            }
        }
        Self { sounds, classes, shapes: alike }
    }

    /// The keys under which `word` is found where one of its characters is wrong.
    fn keys(&self, word: &[char]) -> Vec<u32> {
        let sums = |symbols: &[u32]| symbols.iter().enumerate().fold(0, |sum: u32, (place, &symbol)| sum.wrapping_add(term(symbol, place)));
        let with = |symbols: &[u32], place: usize, symbol: u32| {
            let mut symbols = symbols.to_vec();
            symbols[place] = symbol;
            sums(&symbols)
        };
        let letters: Vec<u32> = word.iter().map(|&c| c.into()).collect();
        let classes: Vec<u32> = word.iter().map(|&c| self.sounds.of(c).into()).collect();
        let (mut sounds, mut shapes) = (vec![sums(&classes)], Vec::new());
        for (place, &c) in word.iter().enumerate() {
            // 行 is read háng as well: what sounds so may be meant for it.
            let second = self.sounds.second_syllable(c).and_then(|syllable| self.classes.get(&syllable));
            sounds.extend(second.map(|&class| with(&classes, place, class.into())));
            let sounds_alike =
                |other: char| self.sounds.of(other) == self.sounds.of(c) || self.sounds.reads(c, self.sounds.syllable(other));
            let others = self.shapes.get(&c).into_iter().flatten().filter(|&&other| !sounds_alike(other));
            shapes.extend(others.map(|&other| with(&letters, place, other.into())));
        }
        sounds.sort_unstable();
        sounds.dedup();
        let key_of = |by: By| move |sum: u32| key(sum, word.len(), by);
        sounds.into_iter().map(key_of(By::Sound)).chain(shapes.into_iter().map(key_of(By::Shape))).collect()
    }
}

/// A word list to cut by.
struct Words<'a> {
    frequencies: HashMap<&'a str, u32>,
    log_total: f64,
}

impl<'a> Words<'a> {
    fn new(list: &'a str) -> Self {
        let entry = |line: &'a str| {
            let mut fields = line.split(' ');
            Some((fields.next()?, fields.next()?.parse().ok()?))
        };
        let frequencies: HashMap<&str, u32> = list.lines().filter_map(entry).collect();
        let total: f64 = frequencies.values().map(|&n| f64::from(n)).sum();
        Self { frequencies, log_total: total.ln() }
    }

    /// Whether the word is one to propose.
    fn is_common(&self, word: &str) -> bool {
        let length = word.chars().count();
        (2..=LONGEST).contains(&length) && self.frequencies.get(word).is_some_and(|&n| length > 2 || n >= COMMON)
    }

    /// Every two words of two or more characters of which one ends where the other begins, wherever the best cut lies: 领导小组会议 is cut
    /// 领导 小组会 议, but 会议 stands beside 小组.
    fn meetings(&self, run: &[char]) -> Vec<(Range<usize>, Range<usize>)> {
        let is_word = |word: &Range<usize>| self.frequencies.contains_key(run[word.clone()].iter().collect::<String>().as_str());
        let lengths = 2..=LONGEST;
        let mut meetings = Vec::new();
        for border in 2..run.len().saturating_sub(1) {
            let left = lengths.clone().filter(|&n| n <= border).map(|n| border - n..border).filter(is_word);
            for left in left {
                let right = lengths.clone().filter(|&n| border + n <= run.len()).map(|n| border..border + n).filter(is_word);
                meetings.extend(right.map(|right| (left.clone(), right)));
            }
        }
        meetings
    }

    /// The most probable words of `run`.
    fn cut(&self, run: &[char]) -> Vec<Range<usize>> {
        // The best way from each character to the end: its log probability and the length of its first word.
        let mut ways = vec![(0.0, 0); run.len() + 1];
        for start in (0..run.len()).rev() {
            let way = |length: usize| {
                let word: String = run[start..start + length].iter().collect();
                let frequency = self.frequencies.get(word.as_str()).copied().or((length == 1).then_some(1))?;
                Some((f64::from(frequency).ln() - self.log_total + ways[start + length].0, length))
            };
            let best = (1..=LONGEST_WORD.min(run.len() - start)).filter_map(way).max_by(|a, b| a.0.total_cmp(&b.0));
            ways[start] = best.unwrap_or((f64::NEG_INFINITY, 1));
        }
        let mut words = Vec::new();
        let mut at = 0;
        while at < run.len() {
            let next = at + ways[at].1;
            words.push(at..next);
            at = next;
        }
        words
    }
}
