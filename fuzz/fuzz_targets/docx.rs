//! .docx by its XML: body, styles, numbering, footnotes, comments, a header.
#![no_main]

use hegao_fuzz::support::{Docx, borrowed, stored};
use hegao_fuzz::{open, parts, run, text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let [body, styles, numbering, footnotes, comments, header] = parts(data).map(text);
        let margins = if header.is_empty() { Vec::new() } else { vec![("header", header)] };
        let docx = Docx { body, styles, numbering, footnotes, comments, margins };
        open("a.docx", &stored(&borrowed(&docx.parts())));
    });
});
