//! A fence around parsers that are not ours.
//!
//! The crates for compound files and PDF are careful, but a file may be hostile and a panic in them must neither reach the user nor end a batch.
//! Inside the fence a panic is an ordinary result, and nothing is printed about it where the program asked for that.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, catch_unwind};

thread_local! {
    static FENCED: Cell<bool> = const { Cell::new(false) };
}

/// What `parse` gives, or `None` where it panics. It must not share state with anything outside that a panic could leave half changed.
pub(super) fn contain<T>(parse: impl FnOnce() -> T) -> Option<T> {
    let outside = FENCED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(parse));
    FENCED.set(outside);
    result.ok()
}

/// Keeps the panic message of a contained panic off the terminal; all others are reported as before. For programs, once at their start.
pub fn quiet_panics() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !FENCED.get() {
            report(info);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::panic, reason = "what is tested")]
    fn a_panic_is_a_result() {
        assert_eq!(contain(|| 7), Some(7));
        assert_eq!(contain(|| -> u8 { panic!("inside") }), None);
        assert!(!FENCED.get());
    }
}
