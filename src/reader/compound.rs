//! Compound files ([MS-CFB]), the container of Word 97 files and of encrypted .docx: a small file system in a file.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::contain::contain;
use crate::input::ReadError;

/// What every compound file begins with.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// An opened compound file.
pub(super) struct Compound<'a> {
    file: CompoundFile<Cursor<&'a [u8]>>,
    size: u64,
}

impl<'a> Compound<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let opened = contain(|| CompoundFile::open(Cursor::new(bytes)));
        let file = opened.and_then(Result::ok).ok_or_else(|| ReadError::corrupt("复合文档的目录有误"))?;
        Ok(Self { file, size: bytes.len() as u64 })
    }

    /// Whether there is a stream of that name at the top.
    pub(super) fn has(&self, name: &str) -> bool {
        contain(|| self.file.is_stream(name)).unwrap_or(false)
    }

    /// The bytes of the stream of that name at the top, if there is one.
    pub(super) fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.has(name) {
            return Ok(None);
        }
        let size = self.size;
        let read = contain(|| {
            let mut bytes = Vec::new();
            // No stream is longer than the file, whatever its entry says.
            self.file.open_stream(name)?.take(size).read_to_end(&mut bytes)?;
            std::io::Result::Ok(bytes)
        });
        match read {
            Some(Ok(bytes)) => Ok(Some(bytes)),
            _ => Err(ReadError::corrupt(format!("复合文档中的 {name} 有误"))),
        }
    }
}
