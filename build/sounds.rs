//! Compiles the sound classes of `src/matcher/class.rs` from the readings of the `pinyin` crate and the word list's frequencies.

use std::collections::HashMap;

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::class::{BREAK, Classes, HAN, PAUSE, SYLLABLES, other};

/// The classes, with weights from a word list of lines `word frequency tag`.
pub(crate) fn compile(words: &str) -> Classes {
    let mut syllables = HashMap::new();
    let mut classes = HashMap::new();
    let mut plane: Vec<u16> = (0..0x1_0000).map(|code| char::from_u32(code).map_or(BREAK, unread)).collect();
    let mut readings = Vec::new();
    for c in HAN.filter_map(char::from_u32) {
        let first = c.to_pinyin().map(pinyin::Pinyin::plain);
        let second = c.to_pinyin_multi().and_then(|all| all.into_iter().map(pinyin::Pinyin::plain).find(|s| Some(*s) != first));
        if let Some(first) = first {
            plane[c as usize] = number(&mut classes, merged(first), SYLLABLES);
        }
        readings.push([first, second].map(|s| s.map_or(0, |s| number(&mut syllables, s.to_owned(), 1))));
    }
    let count = classes.len() + usize::from(SYLLABLES);
    let (weights, pair_weights) = Default::default();
    let mut sounds = Classes { plane: plane.into(), syllables: readings.into(), weights, pair_weights };
    let counts = Counts::of(words, &sounds, count);
    sounds.weights = counts.weights().into();
    sounds.pair_weights = counts.pair_weights().into();
    sounds
}

/// The class of a character as long as no reading of it is known.
fn unread(c: char) -> u16 {
    match c {
        '\n' => BREAK,
        '、' | '，' | ',' => PAUSE,
        _ => other(c.into()),
    }
}

/// Syllables that many speakers do not tell apart are one: zh/z, ch/c, sh/s, l/n, -ng/-n.
fn merged(syllable: &str) -> String {
    let s = syllable.replace('ü', "v");
    let s = ["zh", "ch", "sh"].into_iter().find(|i| s.starts_with(*i)).map_or(s.clone(), |i| format!("{}{}", &i[..1], &s[2..]));
    let s = s.strip_prefix('l').map_or(s.clone(), |rest| format!("n{rest}"));
    match s.strip_suffix("ng") {
        Some(stem) if stem.ends_with(['a', 'e', 'i']) => format!("{stem}n"),
        _ => s,
    }
}

fn number(numbers: &mut HashMap<String, u16>, name: String, first: u16) -> u16 {
    let next = first + numbers.len() as u16;
    *numbers.entry(name).or_insert(next)
}

/// How often classes stand in the words, counted by the words' frequencies.
struct Counts {
    all: Vec<f64>,
    /// At the beginning and at the end of a word.
    first: Vec<f64>,
    last: Vec<f64>,
    /// Side by side within a word, in rows.
    pairs: Vec<f64>,
}

impl Counts {
    fn of(words: &str, sounds: &Classes, count: usize) -> Self {
        let mut counts = Self { all: vec![1.0; count], first: vec![0.0; count], last: vec![0.0; count], pairs: vec![0.0; count * count] };
        for line in words.lines() {
            let mut fields = line.split(' ');
            let (Some(word), Some(Ok(frequency))) = (fields.next(), fields.next().map(str::parse::<f64>)) else { continue };
            let classes: Vec<usize> = word.chars().map(|c| sounds.of(c) as usize).collect();
            if let (Some(&first), Some(&last)) = (classes.first(), classes.last())
                && classes.iter().all(|&class| class < count)
            {
                counts.first[first] += frequency;
                counts.last[last] += frequency;
                for &class in &classes {
                    counts.all[class] += frequency;
                }
                for pair in classes.windows(2) {
                    counts.pairs[pair[0] * count + pair[1]] += frequency;
                }
            }
        }
        counts
    }

    /// See [`Classes::weight`].
    fn weights(&self) -> Vec<i16> {
        let total: f64 = self.all.iter().sum();
        self.all.iter().map(|n| weight(n / total)).collect()
    }

    /// See [`Classes::weight_of_two`]. Between words any end meets any beginning.
    fn pair_weights(&self) -> Vec<i16> {
        let (total, words) = (self.all.iter().sum::<f64>(), self.first.iter().sum::<f64>());
        let rows = self.pairs.chunks(self.all.len()).zip(&self.last);
        rows.flat_map(|(row, last)| {
            row.iter().zip(&self.first).map(move |(within, first)| weight((within + last * first / words + 1.0) / total))
        })
        .collect()
    }
}

fn weight(share: f64) -> i16 {
    (8.0 * share.log2()).round() as i16
}
