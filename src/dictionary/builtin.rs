//! The shipped dictionary, as the build script compiled it: used where it lies in the program, nothing is parsed or copied.

use std::borrow::Cow;

use super::flat::Decoder;
use super::{Phrase, Records, Template};
use crate::embedded::table;
use crate::matcher::class::Classes;
use crate::matcher::index::Index;
use crate::matcher::shape::Shapes;

/// All text of the shipped records.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));

/// The shipped phrases, decoded one by one.
pub(super) fn phrases() -> Records<Phrase> {
    Records::shipped(tables().1.len(), |number| phrase(number).phrase())
}

/// The names of the shipped phrases by their numbers.
pub(super) fn names<'a>() -> impl Iterator<Item = &'a str> {
    (0..tables().1.len()).map(|number| phrase(number).name())
}

fn phrase(number: usize) -> Decoder {
    Decoder::new(TEXT, tables().0, tables().1[number] as usize)
}

/// The shipped templates.
pub(super) fn templates() -> Records<Template> {
    Records::shipped(tables().2.len(), |number| Decoder::new(TEXT, tables().0, tables().2[number] as usize).template())
}

/// The numbers of all records, and where phrases and templates begin in them.
fn tables() -> (&'static [u32], &'static [u32], &'static [u32]) {
    (table!("words.bin"), table!("phrases.bin"), table!("templates.bin"))
}

/// The index of the shipped records.
pub(crate) fn index() -> Index {
    Index {
        filter: Cow::Borrowed(table!("filter.bin")),
        bits: Cow::Borrowed(table!("bits.bin")),
        ranks: Cow::Borrowed(table!("ranks.bin")),
        starts: Cow::Borrowed(table!("starts.bin")),
        entries: Cow::Borrowed(table!("entries.bin")),
        patterns: Cow::Borrowed(table!("patterns.bin")),
        chars: Cow::Borrowed(table!("chars.bin")),
        classes: Cow::Borrowed(table!("classes.bin")),
    }
}

/// The sound classes.
pub(crate) fn sounds() -> Classes {
    Classes {
        plane: Cow::Borrowed(table!("plane.bin")),
        syllables: Cow::Borrowed(table!("syllables.bin")),
        weights: Cow::Borrowed(table!("weights.bin")),
        pair_weights: Cow::Borrowed(table!("pair-weights.bin")),
    }
}

/// The look-alike characters.
pub(crate) fn shapes() -> Shapes {
    Shapes { pairs: Cow::Borrowed(table!("pairs.bin")) }
}
