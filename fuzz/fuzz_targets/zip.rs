//! Archives and packages by their bytes: what is unpacked is what was declared, within the limits.
#![no_main]

use hegao::ooxml::Package;
use hegao::reader::archive::Archive;
use hegao_fuzz::{limits, open, run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        let bytes = [b"PK\x03\x04", data].concat();
        if let Ok(package) = Package::open(&bytes, &limits()) {
            let mut total = 0;
            for entry in package.entries() {
                assert!(!entry.name.starts_with('/'), "{}", entry.name);
                if let Ok(part) = package.unpack(entry) {
                    assert_eq!(part.len(), entry.size);
                    assert_eq!(package.part(&entry.name).as_ref().map(Option::as_deref), Ok(Some(&part[..])));
                    total += part.len();
                }
            }
            assert!(total <= limits().expanded_bytes);
        }
        if let Ok(Some(archive)) = Archive::open(&bytes, &limits()) {
            for member in archive.members().into_iter().take(20) {
                let _ = archive.unpack(member);
            }
        }
        open("a.zip", &bytes);
    });
});
