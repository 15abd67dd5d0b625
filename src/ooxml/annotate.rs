//! Remarks and tracked changes put on a document as it is: every byte of it stays, what is added stands between.

use std::collections::BTreeSet;

use memchr::memmem;

use super::comments::{self, Comment, namespace};
use super::package::Package;
use super::pieces::Pieces;
use super::revise::by_piece;
use super::weave::{Stamp, Weaver};
use crate::finding::Edit;
use crate::input::ReadError;

/// Word does not open a file with more comments ([MS-OI29500] 2.1.315 a).
pub const MOST_COMMENTS: usize = 32_767;

/// A package with marks put on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many of the comments it holds.
    pub comments: usize,
    /// How many of the changes it holds.
    pub changes: usize,
}

/// The package with `comments` put on it and `changes` entered as tracked changes, all by `stamp`.
///
/// Comments and changes by others stay. The changes are in text order, do not overlap, and stand in the XML ([`Pieces::hold`]); one that would take
/// a picture or the mark of a note with it is left out. At most [`MOST_COMMENTS`] are written, those of others included; on a body without any
/// text none are.
///
/// # Errors
/// As [`Package::unpack`].
pub fn annotate(package: &Package, pieces: &Pieces, comments: &[Comment], changes: &[Edit], stamp: &Stamp) -> Result<Annotated, ReadError> {
    let sources = package.sources(pieces)?;
    let there = comments::source(package)?;
    let mut ids = Ids::default();
    sources.iter().chain([&there]).for_each(|source| ids.note(source));
    let room = MOST_COMMENTS.saturating_sub(memmem::find_iter(&there, b"<w:comment ").count());

    let words = namespace(sources.first().map_or(&[], Vec::as_slice));
    let mut weaver = Weaver::new(pieces, &sources, words);
    let mut placed = Vec::new();
    for comment in comments.iter().take(room) {
        let id = ids.next();
        if weaver.comment(comment.span, comment.block, id) {
            placed.push((id, comment));
        }
    }
    let entered = changes.iter().filter(|edit| weaver.change(&by_piece(pieces, edit), stamp, || ids.next())).count();
    let mut parts: Vec<(String, Vec<u8>)> =
        weaver.finish().into_iter().map(|(part, source)| (pieces.parts[part].clone(), source)).collect();
    if !placed.is_empty() {
        parts.extend(comments::add(package, &placed, stamp, words)?);
    }
    Ok(Annotated { bytes: package.repacked(&parts)?, comments: placed.len(), changes: entered })
}

/// Numbers for comments and changes that no other one has.
#[derive(Default)]
struct Ids {
    used: BTreeSet<u32>,
    last: u32,
}

impl Ids {
    /// Takes note of every number that stands as an id in a part; those of other things do no harm.
    fn note(&mut self, source: &[u8]) {
        let ids = memmem::find_iter(source, b"id=").filter_map(|at| {
            let digits = source[at + 3..].strip_prefix(b"\"").or_else(|| source[at + 3..].strip_prefix(b"'"))?;
            let end = digits.iter().take(10).position(|byte| !byte.is_ascii_digit())?;
            std::str::from_utf8(&digits[..end]).ok()?.parse::<u32>().ok()
        });
        self.used.extend(ids);
    }

    fn next(&mut self) -> u32 {
        while !self.used.insert(self.last) {
            self.last += 1;
        }
        self.last
    }
}
