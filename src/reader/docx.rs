//! .docx, .docm, .dotx and their kin: the package is [`crate::ooxml`]'s affair.

use crate::document::Document;
use crate::input::ReadError;
use crate::ooxml::{Package, read_document};

/// Reads an opened word-processing package.
///
/// # Errors
/// As [`read_document`].
pub fn read(name: &str, package: &Package) -> Result<Document, ReadError> {
    read_document(name, package).map(|(document, _)| document)
}
