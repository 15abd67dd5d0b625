//! User dictionaries: what is read has no problems, and checking by it is sound.
#![no_main]

use hegao::dictionary::{Dictionary, lint};
use hegao::{Checker, Date, Document};
use hegao_fuzz::run;
use hegao_fuzz::support::sound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |source: &str| {
    run(|| {
        let lines = source.lines().count() + 1;
        let problems = lint::read(source).err().unwrap_or_default();
        assert!(problems.iter().all(|problem| (1..=lines).contains(&problem.line)), "{problems:?}");
        match Dictionary::with_files(false, &[source], &[]) {
            Ok(dictionary) => {
                assert!(problems.is_empty(), "{problems:?}");
                // The file is full of the dictionary's own words.
                let checker = Checker::builder().dictionary(dictionary).today(Date::parse("2026-11-23").expect("a date")).build();
                let draft = Document::from_text("a.txt", source);
                sound::report(&draft, &checker.expect("no rule is named").check(&draft));
            }
            Err((file, problem)) => assert!(file == 0 && (1..=lines).contains(&problem.line), "{problem:?}"),
        }
    });
});
