//! Compiles the data of `dictionaries/` into tables the crate embeds, so that nothing is parsed when the program starts.

#[path = "build/congress.rs"]
mod congress;
#[path = "src/date.rs"]
#[allow(dead_code, unreachable_pub)]
mod date;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let out = std::env::var("OUT_DIR")?;
    congress::compile(Path::new("dictionaries"), Path::new(&out))
}
