//! Compiles what hegao knows into tables the program uses where they lie. Reads only files of this package.

#![allow(unreachable_pub, dead_code, reason = "modules shared with the run time, which uses the rest")]

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

#[path = "src/matcher/class.rs"]
mod class;
#[path = "src/collocation/layout.rs"]
mod collocation_layout;
#[path = "build/collocations.rs"]
mod collocations;
#[path = "src/matcher/compile.rs"]
mod compile;
#[path = "build/congress.rs"]
mod congress;
#[path = "src/date.rs"]
mod date;
#[path = "build/dictionary.rs"]
mod dictionary;
#[path = "src/dictionary/format.rs"]
mod format;
#[path = "src/matcher/forms.rs"]
mod forms;
#[path = "src/matcher/glance.rs"]
mod glance;
#[path = "src/matcher/index.rs"]
mod index;
#[path = "src/segment/layout.rs"]
mod layout;
#[path = "src/dictionary/lint.rs"]
mod lint;
#[path = "src/nearest.rs"]
mod nearest;
#[path = "src/matcher/shape.rs"]
mod shape;
#[path = "build/shapes.rs"]
mod shapes;
#[path = "build/sounds.rs"]
mod sounds;
#[path = "build/words.rs"]
mod words;

#[expect(clippy::print_stderr, reason = "how a build script says what is wrong")]
fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(|e| e.to_string())?;
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let (dictionaries, out) = (Path::new(&root).join("dictionaries"), Path::new(&out));
    for path in [
        "build.rs",
        "build",
        "dictionaries",
        "src/matcher",
        "src/dictionary/format.rs",
        "src/dictionary/lint.rs",
        "src/nearest.rs",
        "src/segment/layout.rs",
        "src/collocation/layout.rs",
    ] {
        println!("cargo:rerun-if-changed={path}");
    }
    let read = |name: &str| {
        let path = dictionaries.join(name);
        fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let words = read("words.txt")?;
    let sounds = sounds::compile(&words);
    words::compile(&words, &read("hmm.model")?, out)?;
    let shapes = shapes::compile(&read("shapes.txt")?);
    dictionary::write_table(out, "pairs.bin", &shapes.pairs).map_err(|e| e.to_string())?;
    congress::compile(&dictionaries, out).map_err(|e| e.to_string())?;
    let records = dictionary::read(&dictionaries)?;
    let fragments = collocations::read(&dictionaries.join("collocations"))?;
    let prose = records.prose().chain(fragments.iter().map(String::as_str));
    collocations::compile(&words, prose, &sounds, &shapes, out).map_err(|e| e.to_string())?;
    dictionary::compile(&records, out, &sounds)
}
