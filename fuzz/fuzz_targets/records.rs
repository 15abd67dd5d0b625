//! Files of JSON lines: a baseline that is read is written as it is understood, and a draft is checked against it; a journal is whole up to where it says.
#![no_main]

use hegao::cli::journal::lines;
use hegao::suppress::{Baseline, Suppressions};
use hegao::{Checker, Date, Document};
use hegao_fuzz::run;
use hegao_fuzz::support::sound;
use libfuzzer_sys::fuzz_target;

const HEAD: &str = "{\"hegao\":\"baseline\",\"version\":1}\n";

fuzz_target!(init: hegao_fuzz::init(), |source: &str| {
    run(|| {
        let _ = Baseline::parse(source);
        journal(source);
        let Ok(baseline) = Baseline::parse(&format!("{HEAD}{source}")) else { return };
        assert_eq!(Baseline::parse(&baseline.to_lines()).as_ref(), Ok(&baseline));
        let builder = Checker::builder().today(Date::parse("2026-11-23").expect("a date"));
        let checker = builder.suppressions(Suppressions { ignores: Vec::new(), baseline }).build().expect("no rule is named");
        let draft = Document::from_text("a.txt", source);
        sound::report(&draft, &checker.check(&draft));
    });
});

fn journal(source: &str) {
    let _ = lines::read(source.as_bytes(), 7);
    let bytes = [lines::head(7).expect("a line"), source.into()].concat();
    let read = lines::read(&bytes, 7).expect("ours");
    assert!(read.whole <= bytes.len() && bytes[read.whole - 1] == b'\n');
    let again = lines::read(&bytes[..read.whole], 7);
    assert_eq!(again.as_ref(), Ok(&read));
    for record in read.known.values() {
        let rows = [lines::head(7).expect("a line"), lines::line(record).expect("a line")].concat();
        assert_eq!(lines::read(&rows, 7).expect("ours").known.get(&record.draft), Some(record));
    }
}
