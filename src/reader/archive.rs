//! Zip files that hold drafts, as offices send them: told from the zipped formats by their parts, opened within limits.

use super::package_format;
use crate::input::{Limits, ReadError};
use crate::ooxml::{Entry, Package};

/// An opened zip file of drafts.
#[derive(Debug)]
pub struct Archive<'a>(Package<'a>);

impl<'a> Archive<'a> {
    /// How many archives may stand inside each other.
    pub const DEEPEST: usize = 2;
    /// How many files one archive may hold.
    pub const MOST_FILES: usize = 20_000;
    /// What the files of one archive may unpack to together, in bytes; only those in work are in memory.
    pub const EXPANDED_BYTES: usize = 1 << 30;

    /// Opens a zip file; `None` where the bytes are none, or one document in a zipped format, or a damaged one, which [`super::read`] explains.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`] for too many files.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Option<Self>, ReadError> {
        let limits = Limits { expanded_bytes: Self::EXPANDED_BYTES, ..*limits };
        if !super::is_zip(bytes) {
            return Ok(None);
        }
        let package = match Package::open(bytes, &limits) {
            Ok(package) if package_format(&package).is_none() => package,
            Err(error @ ReadError::TooLarge { .. }) => return Err(error),
            _ => return Ok(None),
        };
        if package.entries().len() > Self::MOST_FILES {
            return Err(ReadError::TooLarge { what: "压缩包中的文件数", limit: format!("{} 个", Self::MOST_FILES) });
        }
        Ok(Some(Self(package)))
    }

    /// The files in it in the order of their names, without hidden ones, Word's lock files and what macOS adds.
    pub fn members(&self) -> Vec<&Entry> {
        let hidden = |part: &str| part.starts_with('.') || part.starts_with("~$") || part == "__MACOSX";
        let mut members: Vec<&Entry> = self.0.entries().iter().filter(|entry| !entry.name.split('/').any(hidden)).collect();
        members.sort_by(|a, b| a.name.split('/').cmp(b.name.split('/')));
        members
    }

    /// Unpacks one of them.
    ///
    /// # Errors
    /// As [`Package::unpack`], and [`ReadError::TooLarge`] beyond the limit of one file.
    pub fn unpack(&self, member: &Entry) -> Result<Vec<u8>, ReadError> {
        let most = self.0.limits().file_bytes;
        if member.size > most {
            return Err(ReadError::too_large("文件大小", most));
        }
        self.0.unpack(member)
    }
}
