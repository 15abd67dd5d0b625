//! .ofd by its XML: two pages, the list of pages, the entry.
#![no_main]

use hegao_fuzz::support::stored;
use hegao_fuzz::{open, parts, run};
use libfuzzer_sys::fuzz_target;

const ENTRY: &[u8] = br#"<o:OFD xmlns:o="x"><o:DocBody><o:DocRoot>Doc_0/Document.xml</o:DocRoot></o:DocBody></o:OFD>"#;
const PAGES: &[u8] =
    br#"<o:Document><o:Pages><o:Page ID="1" BaseLoc="Pages/0.xml"/><o:Page ID="2" BaseLoc="Pages/1.xml"/></o:Pages></o:Document>"#;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let [first, second, pages, entry] = parts(data);
        let or = |part: &'static [u8], own| if <[u8]>::is_empty(own) { part } else { own };
        let ofd = [
            ("OFD.xml", or(ENTRY, entry)),
            ("Doc_0/Document.xml", or(PAGES, pages)),
            ("Doc_0/Pages/0.xml", first),
            ("Doc_0/Pages/1.xml", second),
        ];
        open("a.ofd", &stored(&ofd));
    });
});
