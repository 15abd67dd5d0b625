//! Texts and phrases to measure with, made from this project's own corpora, records and word list.

#![allow(dead_code, reason = "each benchmark uses its part")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hegao::Dictionary;

const LIST: &str = include_str!("../../dictionaries/words.txt");

/// A file or folder of the project.
pub(crate) fn path(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(of)
}

/// The reports of the corpora.
pub(crate) fn reports() -> Vec<String> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["corpora/clean", "corpora/marked"] {
        paths.extend(fs::read_dir(path(folder)).expect("the corpus").map(|entry| entry.expect("an entry").path()));
    }
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).expect("a report")).collect()
}

/// `count` texts of about 13 KB, of listed words drawn by their frequency: they miss the cache as real prose does.
pub(crate) fn drawn(count: usize) -> Vec<String> {
    let words: Vec<(&str, u64)> = LIST.lines().filter_map(|line| line.split_once(' ')).scan(0, add_up).collect();
    let total = words.last().map_or(1, |word| word.1);
    let mut random = Random(1);
    let mut texts = vec![String::new(); count];
    for text in &mut texts {
        while text.len() < 13_000 {
            for _ in 0..3 + random.below(7) {
                let at = random.below(total);
                text.push_str(words[words.partition_point(|word| word.1 <= at)].0);
            }
            text.push_str(["，", "，", "、", "。", "；", "。\n", "（一）", "2023年"][random.below(8) as usize]);
        }
    }
    texts
}

/// The word with the sum of the frequencies up to it.
fn add_up<'a>(sum: &mut u64, (word, rest): (&'a str, &str)) -> Option<(&'a str, u64)> {
    *sum += rest.split(' ').next()?.parse::<u64>().ok()?;
    Some((word, *sum))
}

/// `count` phrases of the dictionary's kind: its own forms of four to thirty characters, then beginnings and ends of two of them put together.
pub(crate) fn phrases(count: usize) -> Vec<String> {
    let dictionary = Dictionary::builtin();
    let own = dictionary.phrases().filter(|phrase| phrase.near).map(|phrase| phrase.text.replace(['“', '”', ' '], ""));
    let own: Vec<String> = own.filter(|text| (4..=30).contains(&text.chars().count())).collect();
    let mut random = Random(2);
    let mut phrases: BTreeSet<String> = BTreeSet::new();
    while phrases.len() < count {
        let mut pick = || own[random.below(own.len() as u64) as usize].chars().collect::<Vec<char>>();
        let (head, tail) = (pick(), pick());
        let whole = phrases.len() < own.len() / 2;
        let joined: String =
            if whole { head.iter().collect() } else { head[..head.len() / 2].iter().chain(&tail[tail.len() / 2..]).collect() };
        if joined.chars().count() >= 4 {
            phrases.insert(joined);
        }
    }
    phrases.into_iter().collect()
}

/// A plain generator (Knuth's constants), so that every run measures the same.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `below`.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 24) % below
    }
}
