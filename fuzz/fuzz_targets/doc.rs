//! Word 97: whole files, for nothing in them is packed.
#![no_main]

use hegao_fuzz::{open, run};
use libfuzzer_sys::fuzz_target;

const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        open("a.doc", &[MAGIC, data].concat());
    });
});
