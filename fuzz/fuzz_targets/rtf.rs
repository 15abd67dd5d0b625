//! Rich text.
#![no_main]

use hegao_fuzz::{open, run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        open("a.rtf", &[b"{\\rtf", data].concat());
    });
});
