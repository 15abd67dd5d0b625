//! A fence around parsers that are not ours.
//!
//! The crates for compound files and PDF are careful, but a file may be hostile and a panic in them must neither reach the user nor end a batch.
//! Inside the fence a panic is an ordinary result.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// What `parse` gives, or `None` where it panics. It must not share state with anything outside that a panic could leave half changed.
pub(super) fn contain<T>(parse: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(parse)).ok()
}

#[cfg(test)]
mod tests {
    use super::contain;

    #[test]
    #[expect(clippy::panic, reason = "what is tested")]
    fn a_panic_is_a_result() {
        assert_eq!(contain(|| 7), Some(7));
        assert_eq!(contain(|| -> u8 { panic!("inside") }), None);
    }
}
