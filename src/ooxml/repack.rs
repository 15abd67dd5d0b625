//! A package written again with some of its parts changed: all others are copied as they are packed, byte for byte.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, DataDescriptorOutput, Error, ZipArchiveWriter};

use super::package::Package;
use super::pieces::Pieces;
use crate::input::ReadError;

impl Package<'_> {
    /// The bytes of the parts that hold text, in the order of [`Pieces::parts`].
    pub(super) fn sources(&self, pieces: &Pieces) -> Result<Vec<Vec<u8>>, ReadError> {
        let read = |name: &String| self.part(name).map(Option::unwrap_or_default);
        pieces.parts.iter().map(read).collect()
    }

    /// The package with these parts in the place of those of their names, new ones at the end.
    ///
    /// # Errors
    /// As [`Package::unpack`].
    pub(super) fn repacked(&self, parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ReadError> {
        let failed = |_: Error| ReadError::corrupt("压缩包无法重新写出");
        let changed = |name: &str| parts.iter().find(|(part, _)| part.eq_ignore_ascii_case(name));
        let mut archive = ZipArchiveWriter::new(Vec::new());
        for entry in self.entries() {
            if let Some((_, data)) = changed(&entry.name) {
                pack(&mut archive, &entry.name, data).map_err(failed)?;
                continue;
            }
            let (packed, crc) = self.packed(entry)?;
            let (mut writer, _) = archive.new_file(entry.name.as_str()).compression_method(entry.method()).start().map_err(failed)?;
            writer.write_all(packed).map_err(|error| failed(error.into()))?;
            writer.finish(DataDescriptorOutput::new(crc, entry.size as u64)).map_err(failed)?;
        }
        for (name, data) in parts.iter().filter(|(name, _)| self.find(name).is_none()) {
            pack(&mut archive, name, data).map_err(failed)?;
        }
        archive.finish().map_err(failed)
    }
}

/// A zip file of these parts in this order.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Result<Vec<u8>, ReadError> {
    let failed = |_: Error| ReadError::corrupt("压缩包无法写出");
    let mut archive = ZipArchiveWriter::new(Vec::new());
    parts.iter().try_for_each(|(name, data)| pack(&mut archive, name, data)).map_err(failed)?;
    archive.finish().map_err(failed)
}

fn pack(archive: &mut ZipArchiveWriter<Vec<u8>>, name: &str, data: &[u8]) -> Result<(), Error> {
    let (mut entry, config) = archive.new_file(name).compression_method(CompressionMethod::DEFLATE).start()?;
    let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::default()));
    writer.write_all(data)?;
    let (encoder, descriptor) = writer.finish()?;
    encoder.finish()?;
    entry.finish(descriptor)?;
    Ok(())
}
