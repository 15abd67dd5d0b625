//! .odt by its XML: content, styles, manifest.
#![no_main]

use hegao_fuzz::support::stored;
use hegao_fuzz::{open, parts, run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let [content, styles, manifest] = parts(data);
        let kind = b"application/vnd.oasis.opendocument.text";
        let odt = [("mimetype", &kind[..]), ("content.xml", content), ("styles.xml", styles), ("META-INF/manifest.xml", manifest)];
        open("a.odt", &stored(&odt));
    });
});
