//! Tables the build script made, used where they lie in the program: nothing is parsed or copied.

use bytemuck::AnyBitPattern;

/// Bytes aligned so that tables of numbers can be used in place.
#[repr(C, align(16))]
pub(crate) struct Aligned<B: ?Sized>(pub(crate) B);

/// The table of that name as a slice of the numbers it holds.
macro_rules! table {
    ($name:literal) => {{
        static BYTES: &$crate::embedded::Aligned<[u8]> = &$crate::embedded::Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/", $name)));
        $crate::embedded::cast(&BYTES.0)
    }};
}
pub(crate) use table;

#[cfg(target_endian = "big")]
compile_error!("the build script writes its tables in the byte order of a little-endian machine");

/// The bytes as a table.
pub(crate) fn cast<T: AnyBitPattern>(bytes: &'static [u8]) -> &'static [T] {
    bytemuck::cast_slice(bytes)
}
