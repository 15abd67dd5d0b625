//! A zip file as a set of named parts, opened with suspicion.
//!
//! What a hostile archive could promise is checked when it is opened: duplicate names, parts lying over each other, and the declared sizes together
//! against the limits. Unpacking then holds a part to its declared size, ratio and checksum, so memory is bounded by what was checked.

use std::collections::HashSet;

use encoding_rs::GB18030;
use flate2::{Crc, Decompress, FlushDecompress, Status};
use rawzip::{CompressionMethod, ErrorKind, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::input::{Limits, ReadError};

/// An opened package; borrows the file's bytes.
#[derive(Debug, Clone)]
pub struct Package<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    entries: Vec<Entry>,
    limits: Limits,
}

/// One file in the package.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name with forward slashes and without a leading one, e.g. `word/document.xml`.
    pub name: String,
    /// Its size when unpacked, in bytes.
    pub size: usize,
    packed: u64,
    encrypted: bool,
    method: CompressionMethod,
    place: ZipArchiveEntryWayfinder,
}

impl Entry {
    /// How it is packed.
    pub(super) const fn method(&self) -> CompressionMethod {
        self.method
    }
}

impl<'a> Package<'a> {
    /// Opens a zip file held in memory.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`], [`ReadError::Truncated`] where the directory at the file's end is missing, and [`ReadError::Corrupt`] for
    /// everything no honest program writes.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        if bytes.len() > limits.file_bytes {
            return Err(ReadError::too_large("文件大小", limits.file_bytes));
        }
        let archive = ZipArchive::from_slice(bytes).map_err(|error| zip_error(&error))?;
        let mut entries = Vec::new();
        let mut ranges = Vec::new();
        let mut total = 0_u64;
        let mut first = u64::MAX;
        let mut directory = archive.entries();
        while let Some(record) = directory.next_entry().map_err(|error| zip_error(&error))? {
            first = first.min(record.local_header_offset());
            if record.is_dir() {
                continue;
            }
            let place = record.wayfinder();
            let (packed, size) = (place.compressed_size_hint(), place.uncompressed_size_hint());
            total = total.saturating_add(size);
            if total > limits.expanded_bytes as u64 {
                return Err(ReadError::too_large("解压后的大小", limits.expanded_bytes));
            }
            ranges.push(archive.get_entry(place).map_err(|error| zip_error(&error))?.compressed_data_range());
            let name = decode_name(record.file_path().as_bytes()).replace('\\', "/");
            let name = name.trim_start_matches('/').to_owned();
            let size = usize::try_from(size).unwrap_or(usize::MAX);
            let encrypted = record.flags().is_encrypted();
            entries.push(Entry { name, size, packed, encrypted, method: record.compression_method(), place });
        }
        // A package inside a cut-off package would otherwise be taken for the whole.
        if first != 0 && !entries.is_empty() {
            return Err(ReadError::truncated("压缩包的开头与目录对不上"));
        }
        ranges.sort_unstable();
        if ranges.windows(2).any(|pair| pair[0].1 > pair[1].0) {
            return Err(ReadError::corrupt("压缩包中的部件互相重叠"));
        }
        let mut names = HashSet::with_capacity(entries.len());
        if let Some(twice) = entries.iter().find(|entry| !names.insert(entry.name.to_ascii_lowercase())) {
            return Err(ReadError::corrupt(format!("压缩包中有重名的部件 {}", twice.name)));
        }
        Ok(Self { archive, entries, limits: *limits })
    }

    /// The files of the package in the order of its directory.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether some of its files can only be unpacked with a password.
    pub fn is_locked(&self) -> bool {
        self.entries.iter().any(|entry| entry.encrypted)
    }

    /// The limits it was opened with.
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The file of that name; part names ignore the case of ASCII letters.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Unpacks one file.
    ///
    /// # Errors
    /// [`ReadError::Encrypted`], [`ReadError::TooLarge`] beyond the limit of the ratio, and [`ReadError::Corrupt`] where the packed data is damaged or
    /// its size or checksum is not as declared.
    pub fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        if entry.encrypted {
            return Err(ReadError::Encrypted);
        }
        if entry.size > Limits::RATIO_FLOOR && entry.size as u64 / entry.packed.max(1) > self.limits.ratio as u64 {
            return Err(ReadError::TooLarge { what: "压缩比", limit: format!("{} 倍", self.limits.ratio) });
        }
        let packed = self.archive.get_entry(entry.place).map_err(|error| zip_error(&error))?;
        let damaged = || ReadError::corrupt(format!("部件 {} 解压失败", entry.name));
        let data = match entry.method {
            CompressionMethod::STORE => packed.data().to_vec(),
            CompressionMethod::DEFLATE => {
                // One byte of room beyond the declared size shows a part that is longer than it says.
                let mut data = Vec::with_capacity(entry.size + 1);
                let status = Decompress::new(false).decompress_vec(packed.data(), &mut data, FlushDecompress::Finish);
                if !matches!(status, Ok(Status::StreamEnd)) {
                    return Err(damaged());
                }
                data
            }
            _ => return Err(ReadError::corrupt(format!("部件 {} 的压缩方式不认识", entry.name))),
        };
        let claim = packed.claim_verifier();
        if data.len() as u64 != claim.uncompressed_size || checksum(&data) != claim.crc {
            return Err(damaged());
        }
        Ok(data)
    }

    /// The packed bytes of one file and the checksum of what is in them.
    pub(super) fn packed(&self, entry: &Entry) -> Result<(&[u8], u32), ReadError> {
        let packed = self.archive.get_entry(entry.place).map_err(|error| zip_error(&error))?;
        Ok((packed.data(), packed.claim_verifier().crc))
    }

    /// Unpacks the file of that name, if there is one.
    ///
    /// # Errors
    /// As [`Package::unpack`].
    pub fn part(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        self.find(name).map(|entry| self.unpack(entry)).transpose()
    }
}

/// The CRC-32 that a zip file keeps of each part.
fn checksum(data: &[u8]) -> u32 {
    let mut sum = Crc::new();
    sum.update(data);
    sum.sum()
}

/// A name in UTF-8, or in GB18030 as programs for Chinese Windows write it, flag or no flag.
fn decode_name(bytes: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return name.to_owned();
    }
    let name = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    name.map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), std::borrow::Cow::into_owned)
}

fn zip_error(error: &rawzip::Error) -> ReadError {
    match error.kind() {
        ErrorKind::MissingEndOfCentralDirectory | ErrorKind::Eof => ReadError::truncated("压缩包缺少结尾部分"),
        _ => ReadError::corrupt("压缩包的目录有误"),
    }
}
