//! Compiles the sound classes of `src/matcher/class.rs` from the readings of the `pinyin` crate and the word list's frequencies.

use std::collections::HashMap;

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::class::{Classes, HAN, SYLLABLES};

/// The classes, with weights from a word list of lines `word frequency tag`.
pub(crate) fn compile(words: &str) -> Classes {
    let mut syllables = HashMap::new();
    let mut classes = HashMap::new();
    let mut han = Vec::new();
    let mut readings = Vec::new();
    for c in HAN.filter_map(char::from_u32) {
        let first = c.to_pinyin().map(pinyin::Pinyin::plain);
        let second = c.to_pinyin_multi().and_then(|all| all.into_iter().map(pinyin::Pinyin::plain).find(|s| Some(*s) != first));
        han.push(first.map_or(0, |s| number(&mut classes, merged(s), SYLLABLES)));
        readings.push([first, second].map(|s| s.map_or(0, |s| number(&mut syllables, s.to_owned(), 1))));
    }
    let mut sounds = Classes { han: han.into(), syllables: readings.into(), weight: Vec::new().into() };
    sounds.weight = weights(words, &sounds, classes.len() + SYLLABLES as usize).into();
    sounds
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

/// 8 × log2 of each class's share among the characters of the words, shifted to 0–255.
fn weights(words: &str, sounds: &Classes, count: usize) -> Vec<u16> {
    let mut sums = vec![1.0_f64; count];
    for line in words.lines() {
        let mut fields = line.split(' ');
        if let (Some(word), Some(Ok(frequency))) = (fields.next(), fields.next().map(str::parse::<f64>)) {
            for class in word.chars().map(|c| sounds.of(c) as usize).filter(|&class| class < count) {
                sums[class] += frequency;
            }
        }
    }
    let total: f64 = sums.iter().sum();
    sums.iter().map(|n| (255.0 + 8.0 * (n / total).log2()).clamp(0.0, 255.0) as u16).collect()
}
