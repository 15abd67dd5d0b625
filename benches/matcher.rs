//! The matcher beside its rivals, in the same run: exact matching alone, and the textbook way to near matching.
//!
//! They do different jobs: daachorse finds exact forms only; equal pieces in an automaton find near forms by characters, not by sound. Both
//! are yardsticks for what our one pass over exact, near and same-sound forms costs.

mod support;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use daachorse::CharwiseDoubleArrayAhoCorasick as Automaton;
use hegao::matcher::compile::Builder;
use hegao::matcher::index::{Role, edits_for};
use hegao::matcher::{Matcher, Scratch, sounds};

fn compile(phrases: &[String]) -> Matcher {
    let mut builder = Builder::new(sounds());
    for (number, phrase) in (0..).zip(phrases) {
        builder.add(phrase, number, Role::Canonical, 0, edits_for(phrase.chars().count()));
    }
    Matcher::new(vec![builder.build()])
}

/// The textbook way: a phrase that may hold `k` edits is cut into `k + 1` equal pieces; where a piece stands, its phrase is compared.
struct EqualPieces {
    automaton: Automaton<u32>,
    /// For each different piece: the phrases and the places it has in them.
    uses: Vec<Vec<(u32, u32)>>,
    phrases: Vec<Vec<char>>,
}

impl EqualPieces {
    fn new(phrases: &[String]) -> Self {
        let phrases: Vec<Vec<char>> = phrases.iter().map(|phrase| phrase.chars().collect()).collect();
        let mut pieces = std::collections::BTreeMap::<String, Vec<(u32, u32)>>::new();
        for (number, phrase) in (0..).zip(&phrases) {
            let count = usize::from(edits_for(phrase.len())) + 1;
            for n in 0..count {
                let (from, to) = (phrase.len() * n / count, phrase.len() * (n + 1) / count);
                pieces.entry(phrase[from..to].iter().collect()).or_default().push((number, from as u32));
            }
        }
        let automaton = Automaton::with_values(pieces.keys().zip(0..)).expect("different pieces");
        Self { automaton, uses: pieces.into_values().collect(), phrases }
    }

    /// How often a phrase stands near a place where one of its pieces stands.
    fn find(&self, text: &str, chars: &[char], place_of: &[u32]) -> usize {
        let mut found = 0;
        for hit in self.automaton.find_overlapping_iter(text) {
            let at = place_of[hit.start()] as usize;
            for &(number, place) in &self.uses[hit.value() as usize] {
                let phrase = &self.phrases[number as usize];
                let budget = edits_for(phrase.len()).into();
                let (before, after) = phrase.split_at(place as usize);
                let ahead = edits(after.iter(), chars[at..].iter(), budget);
                let back = |left| edits(before.iter().rev(), chars[..at].iter().rev(), left);
                found += usize::from(ahead.and_then(|ahead| back(budget - ahead)).is_some());
            }
        }
        found
    }
}

/// The least edits, up to `budget`, that use up `pattern` on `text`: the common run, then each edit and on.
fn edits<'a, I: Iterator<Item = &'a char> + Clone>(mut pattern: I, mut text: I, budget: usize) -> Option<usize> {
    loop {
        let (mut p, mut t) = (pattern.clone(), text.clone());
        match (p.next(), t.next()) {
            (None, _) => return Some(0),
            (Some(wanted), Some(found)) if wanted == found => (pattern, text) = (p, t),
            _ => {
                let rest = budget.checked_sub(1)?;
                let ways = [(p.clone(), t.clone()), (p, text), (pattern, t)];
                return ways.into_iter().filter_map(|(pattern, text)| edits(pattern, text, rest)).min().map(|rest| rest + 1);
            }
        }
    }
}

fn find(criterion: &mut Criterion) {
    let texts: Vec<String> = support::reports().into_iter().chain(support::drawn(60)).collect();
    let chars: Vec<Vec<char>> = texts.iter().map(|text| text.chars().collect()).collect();
    let places: Vec<Vec<u32>> = texts.iter().map(|text| text.chars().zip(0..).flat_map(|(c, n)| vec![n; c.len_utf8()]).collect()).collect();
    let bytes = texts.iter().map(String::len).sum::<usize>() as u64;
    let mut group = criterion.benchmark_group("find");
    group.throughput(Throughput::Bytes(bytes)).sample_size(20);
    for count in [500, 5_000, 50_000] {
        let phrases = support::phrases(count);
        let (matcher, exact) = (compile(&phrases), Automaton::<u32>::new(&phrases).expect("different phrases"));
        let mut scratch = Scratch::default();
        let mut ours =
            || chars.iter().map(|text| matcher.find(text, &mut scratch).iter().filter(|hit| hit.is_exact()).count()).sum::<usize>();
        let theirs = || texts.iter().map(|text| exact.find_overlapping_iter(text).count()).sum::<usize>();
        let expected = theirs();
        // Quotation marks, spaces and pauses aside, the exact hits are the same; the corpora have few of these inside phrases.
        assert!(ours() >= expected, "{} exact hits, expected {expected}", ours());
        let all = ours();
        group.bench_function(BenchmarkId::new("exact, near and same-sound", count), |b| b.iter(|| assert_eq!(ours(), all)));
        group.bench_function(BenchmarkId::new("daachorse, exact", count), |b| b.iter(|| assert_eq!(theirs(), expected)));
        if count < 50_000 {
            let equal = EqualPieces::new(&phrases);
            let texts = || texts.iter().zip(&chars).zip(&places);
            let near = || texts().map(|((text, chars), places)| equal.find(text, chars, places)).sum::<usize>();
            let expected = near();
            group.bench_function(BenchmarkId::new("equal pieces, near", count), |b| b.iter(|| assert_eq!(near(), expected)));
        }
    }
    group.finish();
}

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compile");
    group.sample_size(20);
    for count in [500, 5_000] {
        let phrases = support::phrases(count);
        group.bench_function(BenchmarkId::new("hegao", count), |b| b.iter(|| black_box(compile(&phrases))));
        group.bench_function(BenchmarkId::new("daachorse", count), |b| b.iter(|| black_box(Automaton::<u32>::new(&phrases))));
    }
    group.finish();
}

criterion_group!(benches, find, build);
criterion_main!(benches);
