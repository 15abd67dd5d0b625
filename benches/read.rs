//! Reading: a long Word file as a writer has it, with python-docx beside us where it is installed. The machine may be busy, so look at the ratio.

#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "how a comparison is shown")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;
use std::{fs, path::PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hegao::Document;
use hegao::reader::{Limits, read};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

fn open(name: &str, file: &[u8]) -> Document {
    read(name, file, &Limits::default()).expect("it is read")
}

/// The same words in every format, so the rates can be compared.
fn formats(c: &mut Criterion) {
    let mut group = c.benchmark_group("reader");
    for name in ["report.docx", "report.doc", "report.odt", "report.rtf", "report.pdf", "long.docx"] {
        let file = fs::read(data(name)).expect("a file of the tests");
        let expected = open(name, &file).blocks.len();
        group.throughput(Throughput::Bytes(open(name, &file).text.as_str().len() as u64));
        group.bench_function(name, |b| b.iter(|| assert_eq!(open(name, &file).blocks.len(), expected)));
    }
    group.finish();
}

/// Reads the file over and over and prints the seconds one reading takes and the characters it gives.
const PYTHON: &str = "
import sys, time, docx
count, start = 0, time.perf_counter()
while count < 3 or time.perf_counter() - start < 2:
    text = '\\n'.join(paragraph.text for paragraph in docx.Document(sys.argv[1]).paragraphs)
    count += 1
print((time.perf_counter() - start) / count, len(text))
";

/// Both from the file on the disk to the text, on one core, in turns.
fn rival(_: &mut Criterion) {
    let path = data("long.docx");
    let python = Command::new("python3").arg("-c").arg(PYTHON).arg(&path).output();
    let printed = python.ok().filter(|output| output.status.success()).and_then(|output| String::from_utf8(output.stdout).ok());
    let Some(printed) = printed else {
        return println!("跳过：没有 python-docx（pip install python-docx）");
    };
    let mut numbers = printed.split_whitespace();
    let theirs: f64 = numbers.next().and_then(|number| number.parse().ok()).expect("seconds");
    let characters: usize = numbers.next().and_then(|number| number.parse().ok()).expect("characters");

    let start = Instant::now();
    let mut count = 0;
    let mut text = (0, 0);
    while count < 3 || start.elapsed().as_secs_f64() < 2.0 {
        let document = open("long.docx", &fs::read(&path).expect("a file of the tests"));
        text = (document.text.as_str().len(), document.text.as_str().chars().count());
        count += 1;
    }
    let (bytes, shown) = text;
    let ours = start.elapsed().as_secs_f64() / f64::from(count);
    assert!(shown * 100 >= characters * 99, "the same text: {shown} of {characters} characters");
    println!(
        "docx: {:.1} MB/s of text, {:.0} times python-docx ({:.3} ms and {:.1} ms a file)",
        bytes as f64 / 1e6 / ours,
        theirs / ours,
        1e3 * ours,
        1e3 * theirs
    );
}

criterion_group!(benches, formats, rival);
criterion_main!(benches);
