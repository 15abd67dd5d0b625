//! What a user waits for: start-up, one draft, a folder, matching. Reading has `read.rs`. Each benchmark asserts its answer.

use std::hint::black_box;
use std::path::Path;
use std::{fs, path::PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hegao::matcher::Scratch;
use hegao::text::Folded;
use hegao::{Checker, Date, Dictionary, Document};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The clean reports of the corpora.
fn reports() -> Vec<Document> {
    let folder = fs::read_dir(root().join("corpora/clean")).expect("the corpus");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| Document::from_text(path.display().to_string(), fs::read_to_string(path).expect("a report"));
    paths.iter().map(read).collect()
}

fn checker() -> Checker {
    Checker::builder().today(Date::new(2026, 11, 23)).build().expect("the shipped dictionary")
}

fn bytes(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.text.as_str().len() as u64).sum()
}

fn start_up(c: &mut Criterion) {
    c.bench_function("start-up/checker", |b| b.iter(|| black_box(checker())));
}

fn check(c: &mut Criterion) {
    let reports = reports();
    let checker = checker();
    let loud = |document: &Document| checker.check(document).findings.iter().filter(|f| f.severity > hegao::Severity::Info).count();
    let mut group = c.benchmark_group("check");
    group.throughput(Throughput::Bytes(bytes(&reports[..1])));
    group.bench_function("one draft", |b| b.iter(|| assert_eq!(loud(&reports[0]), 0)));
    group.throughput(Throughput::Bytes(bytes(&reports)));
    group.bench_function("a folder, one thread", |b| b.iter(|| assert_eq!(reports.iter().map(loud).sum::<usize>(), 0)));
    group.finish();
}

fn matching(c: &mut Criterion) {
    let dictionary = Dictionary::builtin();
    let reports = reports();
    let fold = |document: &Document| Folded::new(document.text.as_str(), document.blocks.iter().map(|block| block.span));
    let folded: Vec<Folded> = reports.iter().map(fold).collect();
    let mut scratch = Scratch::default();
    let mut hits = || folded.iter().map(|text| dictionary.matcher().find(text.chars(), &mut scratch).len()).sum::<usize>();
    let expected = hits();
    let mut group = c.benchmark_group("matcher");
    group.throughput(Throughput::Bytes(bytes(&reports)));
    group.bench_function("exact, near and same-sound", |b| b.iter(|| assert_eq!(hits(), expected)));
    group.finish();
}

criterion_group!(benches, start_up, check, matching);
criterion_main!(benches);
