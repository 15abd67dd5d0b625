//! The shipped dictionary, as the build script compiled it: used where it lies in the program, nothing is parsed or copied.

use std::borrow::Cow;

use bytemuck::AnyBitPattern;

use super::{Also, Dictionary, Kind, List, Phrase, Str, Template, Wrong};
use crate::finding::Severity;
use crate::matcher::class::Classes;
use crate::matcher::Matcher;
use crate::matcher::index::Index;
use crate::matcher::shape::Shapes;

include!(concat!(env!("OUT_DIR"), "/dictionary.rs"));

/// Bytes aligned so that tables of numbers can be used in place.
#[repr(C, align(16))]
struct Aligned<B: ?Sized>(B);

macro_rules! table {
    ($name:literal) => {{
        static BYTES: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $name)));
        cast(&BYTES.0)
    }};
}

impl Dictionary {
    /// The shipped dictionary alone.
    pub fn builtin() -> Self {
        Self { phrases: Cow::Borrowed(PHRASES), templates: Cow::Borrowed(TEMPLATES), off: Vec::new(), matcher: Matcher::new(vec![index()]) }
    }
}

/// The index of the shipped records.
pub(crate) fn index() -> Index {
    Index {
        filter: table!("filter.bin"),
        slots: table!("slots.bin"),
        entries: table!("entries.bin"),
        patterns: table!("patterns.bin"),
        chars: table!("chars.bin"),
        classes: table!("classes.bin"),
    }
}

/// The sound classes.
pub(crate) fn sounds() -> Classes {
    Classes { han: table!("han.bin"), syllables: table!("syllables.bin"), weight: table!("weight.bin") }
}

/// The look-alike characters.
pub(crate) fn shapes() -> Shapes {
    Shapes { pairs: table!("pairs.bin") }
}

/// The bytes as a table. The build script wrote them on a machine of the same byte order, or the build fails there.
fn cast<T: AnyBitPattern>(bytes: &'static [u8]) -> Cow<'static, [T]> {
    Cow::Borrowed(bytemuck::cast_slice(bytes))
}

const fn s(text: &'static str) -> Str {
    Cow::Borrowed(text)
}

const fn l<T: Clone>(items: &'static [T]) -> List<T> {
    Cow::Borrowed(items)
}
