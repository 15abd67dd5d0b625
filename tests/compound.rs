//! Compound files: told apart by the streams inside, whatever the file is called, and never believed about a length.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Read, Seek, SeekFrom, Write};

use cfb::CompoundFile;
use hegao::document::Format;
use hegao::reader::{Limits, ReadError, read};

const REPORT: &[u8] = include_bytes!("data/report.doc");

fn compound(stream: &str) -> Vec<u8> {
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream(stream).unwrap().write_all(&[1; 5000]).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// The report with some bytes of its main stream changed.
fn changed(at: u64, bytes: &[u8]) -> Vec<u8> {
    let mut file = CompoundFile::open(Cursor::new(REPORT.to_vec())).unwrap();
    let mut main = file.open_stream("WordDocument").unwrap();
    main.seek(SeekFrom::Start(at)).unwrap();
    main.write_all(bytes).unwrap();
    main.flush().unwrap();
    drop(main);
    file.into_inner().into_inner()
}

fn error(bytes: &[u8]) -> ReadError {
    read("a.doc", bytes, &Limits::default()).expect_err("refused")
}

#[test]
fn a_name_does_not_matter() {
    let expected = read("a.doc", REPORT, &Limits::default()).unwrap();
    for name in ["a.wps", "a.docx", "a.txt", "a"] {
        let document = read(name, REPORT, &Limits::default()).unwrap();
        assert_eq!((document.format, document.text.as_str()), (Format::Doc, expected.text.as_str()));
    }
}

#[test]
fn what_is_no_word_file_is_named() {
    assert_eq!(error(&compound("EncryptedPackage")), ReadError::Encrypted);
    for (stream, said) in [("Workbook", "Excel"), ("PowerPoint Document", "PowerPoint"), ("CONTENTS", "旧版 Office 或 WPS")] {
        let message = error(&compound(stream)).to_string();
        assert!(message.contains(said), "{message}");
    }
    assert!(matches!(error(&compound("WordDocument")), ReadError::Corrupt { .. }));
}

#[test]
fn locked_and_older_files_are_named() {
    let mut flags = [0; 2];
    let mut file = CompoundFile::open(Cursor::new(REPORT)).unwrap();
    let mut main = file.open_stream("WordDocument").unwrap();
    main.seek(SeekFrom::Start(10)).unwrap();
    main.read_exact(&mut flags).unwrap();
    assert_eq!(error(&changed(10, &[flags[0], flags[1] | 1])), ReadError::Encrypted);
    assert!(error(&changed(2, &[0x65, 0])).to_string().contains("Word 6.0/95"));
}

#[test]
fn a_length_the_file_does_not_have_is_an_error() {
    // The lengths of the body, the notes, the headers; the place and size of the piece table.
    for at in [76_u64, 418, 422] {
        for claim in [u32::MAX, i32::MAX.cast_unsigned(), 1 << 24] {
            assert!(matches!(error(&changed(at, &claim.to_le_bytes())), ReadError::Corrupt { .. }), "{at} {claim}");
        }
    }
}
