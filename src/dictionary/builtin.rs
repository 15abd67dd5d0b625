//! The shipped dictionary, as the build script compiled it: used where it lies in the program, nothing is parsed or copied.

use std::borrow::Cow;

use bytemuck::AnyBitPattern;

use super::flat::Decoder;
use super::{Phrase, Records, Template};
use crate::matcher::class::Classes;
use crate::matcher::index::Index;
use crate::matcher::shape::Shapes;

/// Bytes aligned so that tables of numbers can be used in place.
#[repr(C, align(16))]
struct Aligned<B: ?Sized>(B);

macro_rules! table {
    ($name:literal) => {{
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $name)));
        cast(&BYTES.0)
    }};
}

/// All text of the shipped records.
static TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/text.txt"));

/// The shipped phrases, decoded one by one.
pub(super) fn phrases() -> Records<Phrase> {
    Records::shipped(tables().1.len(), |number| Decoder::new(TEXT, tables().0, tables().1[number] as usize).phrase())
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
        slots: Cow::Borrowed(table!("slots.bin")),
        entries: Cow::Borrowed(table!("entries.bin")),
        patterns: Cow::Borrowed(table!("patterns.bin")),
        chars: Cow::Borrowed(table!("chars.bin")),
        classes: Cow::Borrowed(table!("classes.bin")),
    }
}

/// The sound classes.
pub(crate) fn sounds() -> Classes {
    let (han, syllables, weight) = (table!("han.bin"), table!("syllables.bin"), table!("weight.bin"));
    Classes { han: Cow::Borrowed(han), syllables: Cow::Borrowed(syllables), weight: Cow::Borrowed(weight) }
}

/// The look-alike characters.
pub(crate) fn shapes() -> Shapes {
    Shapes { pairs: Cow::Borrowed(table!("pairs.bin")) }
}

/// The bytes as a table. The build script wrote them on a machine of the same byte order, or the build fails there.
fn cast<T: AnyBitPattern>(bytes: &'static [u8]) -> &'static [T] {
    bytemuck::cast_slice(bytes)
}
