//! Correcting: the edits lie in the draft, what is written reads as what was corrected, and correcting twice changes nothing.
#![no_main]

use hegao::document::Format;
use hegao::finding::{Applicability, applied};
use hegao::fix::{corrected, fixes};
use hegao::reader::text::rewrite;
use hegao::span::Span;
use hegao_fuzz::support::sound;
use hegao_fuzz::{checker, limits, open_and_check, run};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 3] = ["a.txt", "a.md", "a.html"];

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let Some((&first, bytes)) = data.split_first() else { return };
        let name = NAMES[first as usize % NAMES.len()];
        let least = if first & 0x80 == 0 { Applicability::Safe } else { Applicability::Unsafe };
        let Some(draft) = open_and_check(name, bytes) else { return };
        let once = fixes(checker(), &draft, least, |_| true);
        let mut end = 0;
        for edit in &once.edits {
            assert!(edit.span.start >= end, "{:?}", once.edits);
            end = edit.span.end;
        }
        let after = corrected(&draft, &once.edits);
        sound::document(&after);
        let text = draft.text.as_str();
        assert_eq!(after.text.as_str(), applied(&once.edits, text, Span::new(0, text.len())));
        let again = fixes(checker(), &after, least, |_| true);
        assert!(again.edits.is_empty(), "{:?} and then {:?}", once.settled, again.settled);
        if let Format::Text(encoding) | Format::Markdown(encoding) | Format::Html(encoding) = draft.format {
            let Ok(written) = rewrite(after.text.as_str(), encoding) else { return };
            let read = hegao::reader::read(name, &written, &limits()).expect("our own file");
            assert_eq!(read.text.as_str(), after.text.as_str());
        }
    });
});
