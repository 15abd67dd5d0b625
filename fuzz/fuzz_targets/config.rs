//! `hegao.toml`: a file that is read makes a checker; one that is not says where.
#![no_main]

use std::path::Path;

use hegao::suppress::{Baseline, Suppressions};
use hegao::{Checker, Date, Document, config};
use hegao_fuzz::run;
use hegao_fuzz::support::sound;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |source: &str| {
    run(|| match config::parse(source, Path::new("hegao.toml")) {
        Ok(config) => {
            let config = config.complete();
            let ignores = config.ignore.iter().map(|ignore| ignore.value.clone()).collect();
            let builder = Checker::builder().today(Date::parse("2026-11-23").expect("a date")).levels(config.levels());
            let builder = builder.min_severity(config.min_severity()).suppressions(Suppressions { ignores, baseline: Baseline::default() });
            let draft = Document::from_text("a.txt", source);
            sound::report(&draft, &builder.build().expect("rules were looked up").check(&draft));
        }
        Err(error) => assert!((1..=source.lines().count() + 1).contains(&error.line), "{error:?}"),
    });
});
