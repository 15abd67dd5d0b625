//! Where a panic came from: a panic is a bug of ours, and the report of it should name the place.

use std::cell::RefCell;
use std::panic;

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on panics are noted and not printed; whoever catches one tells it in its own words.
pub fn note_places() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|location| format!("{}:{}", location.file(), location.line()));
        PLACE.with(|last| *last.borrow_mut() = place);
    }));
}

/// The place of this thread's last panic, as file and line of our source.
pub fn last() -> Option<String> {
    PLACE.with(|last| last.borrow_mut().take())
}
