//! Plain text, Markdown and HTML in every encoding: the first byte chooses the name.
#![no_main]

use hegao::document::{Encoding, Format};
use hegao::reader::text::{decode, rewrite};
use hegao_fuzz::{open_and_check, run};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 3] = ["a.txt", "a.md", "a.html"];

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let Some((&first, bytes)) = data.split_first() else { return };
        let Some(document) = open_and_check(NAMES[first as usize % NAMES.len()], bytes) else { return };
        // What is written back is what was read, or is not written.
        if let Format::Text(encoding) | Format::Markdown(encoding) | Format::Html(encoding) = document.format {
            let (text, _) = decode(bytes).expect("it was read");
            match rewrite(&text, encoding) {
                Ok(again) => assert_eq!(decode(&again).expect("our own bytes").0, text),
                Err(_) => assert_eq!(encoding, Encoding::Gb18030),
            }
        }
    });
});
