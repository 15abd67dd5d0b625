//! Cutting into words beside jieba-rs, in the same run and with the same words; every pair must find equally many words.
//!
//! The text is made of listed words drawn by their frequency, so it misses the cache as real prose does. To measure real texts name a
//! folder: `HEGAO_BENCH_TEXTS=folder cargo bench --bench segment`.

mod support;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group};
use hegao::segment::{Scratch, Segmenter, UserWord};
use std::hint::black_box;
use std::path::Path;
use std::process::Command;

const LIST: &str = include_str!("../dictionaries/words.txt");

/// Set for a child process that only starts, cuts one report and ends; says with what.
const START: &str = "HEGAO_BENCH_START";

fn jieba() -> jieba_rs::Jieba {
    jieba_rs::Jieba::with_dict(&mut LIST.as_bytes()).expect("the list is a dictionary")
}

/// Reports of about 13 KB.
fn texts() -> Vec<String> {
    let Some(folder) = std::env::var_os("HEGAO_BENCH_TEXTS") else { return support::drawn(100) };
    let mut texts = Vec::new();
    read_folder(Path::new(&folder), &mut texts);
    texts
}

fn read_folder(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, texts);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            texts.push(text);
        }
    }
}

fn cut(criterion: &mut Criterion) {
    let texts = texts();
    let bytes = texts.iter().map(String::len).sum::<usize>();
    let (ours, jieba) = (Segmenter::builtin(), jieba());
    let mut scratch = Scratch::default();
    for hmm in [false, true] {
        let mut group = criterion.benchmark_group(if hmm { "cut with unknown words" } else { "cut" });
        group.throughput(Throughput::Bytes(bytes as u64)).sample_size(30);
        let expected: usize = texts.iter().map(|text| jieba.cut(text, hmm).len()).sum();
        group.bench_function("hegao", |b| {
            b.iter(|| {
                let mut count = 0;
                for text in &texts {
                    ours.cut_each(text, hmm, &mut scratch, |_| count += 1);
                }
                assert_eq!(count, expected);
            });
        });
        group.bench_function("hegao, collected", |b| {
            b.iter(|| assert_eq!(texts.iter().map(|text| ours.cut(text, hmm).len()).sum::<usize>(), expected));
        });
        group.bench_function("jieba-rs", |b| {
            b.iter(|| assert_eq!(texts.iter().map(|text| jieba.cut(text, hmm).len()).sum::<usize>(), expected));
        });
        group.finish();
    }
    let mut group = criterion.benchmark_group("tag");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(30);
    let expected: usize = texts.iter().map(|text| jieba.tag(text, true).len()).sum();
    group.bench_function("hegao", |b| {
        b.iter(|| assert_eq!(texts.iter().map(|text| ours.tag(text, true).len()).sum::<usize>(), expected));
    });
    group.bench_function("jieba-rs", |b| {
        b.iter(|| assert_eq!(texts.iter().map(|text| jieba.tag(text, true).len()).sum::<usize>(), expected));
    });
    group.finish();
}

/// Added words: pairs of listed words, as set expressions are.
fn added(count: usize) -> Vec<String> {
    let words: Vec<&str> = LIST.lines().filter_map(|line| line.split(' ').next()).filter(|word| word.chars().count() == 2).collect();
    (0..count).map(|n| [words[n * 7919 % words.len()], words[n * 104_729 % words.len()]].concat()).collect()
}

fn added_words(criterion: &mut Criterion) {
    let texts = texts();
    let bytes = texts.iter().map(String::len).sum::<usize>();
    let mut group = criterion.benchmark_group("added words");
    for count in [500, 5_000] {
        let words = added(count);
        let entries = || words.iter().map(|word| -> UserWord { (word, None, None) });
        group.bench_function(BenchmarkId::new("add", count), |b| b.iter(|| Segmenter::with_words(entries())));
        let segmenter = Segmenter::with_words(entries());
        let mut scratch = Scratch::default();
        group.throughput(Throughput::Bytes(bytes as u64)).sample_size(30);
        group.bench_function(BenchmarkId::new("cut", count), |b| {
            b.iter(|| {
                let mut count = 0;
                for text in &texts {
                    segmenter.cut_each(text, false, &mut scratch, |_| count += 1);
                }
                count
            });
        });
    }
    group.finish();
}

fn weigh(criterion: &mut Criterion) {
    let stretch: Vec<char> = "认真学习贯彻落实上级重要会议精神和工作部署".chars().collect();
    criterion.bench_function("log probability of 21 characters", |b| {
        b.iter(|| Segmenter::builtin().log_probability(black_box(&stretch)));
    });
}

/// Whole processes that cut one report; `nothing` is what any process costs.
fn start(criterion: &mut Criterion) {
    let program = std::env::current_exe().expect("this program");
    let mut group = criterion.benchmark_group("start and cut one report");
    group.sample_size(20);
    for engine in ["nothing", "hegao", "jieba-rs"] {
        group.bench_function(engine, |b| {
            b.iter(|| assert!(Command::new(&program).env(START, engine).status().is_ok_and(|status| status.success())));
        });
    }
    group.finish();
}

fn start_once(engine: &str) {
    let report: String = LIST.lines().step_by(1000).collect();
    match engine {
        "hegao" => {
            black_box(Segmenter::builtin().cut(&report, true));
        }
        "jieba-rs" => {
            black_box(jieba().cut(&report, true));
        }
        _ => {}
    }
}

criterion_group!(benches, start, cut, added_words, weigh);

fn main() {
    if let Ok(engine) = std::env::var(START) {
        return start_once(&engine);
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
