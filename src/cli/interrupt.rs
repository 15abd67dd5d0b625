//! Ctrl-C: the run ends with what it has; a second one ends the process.

use std::io::Write as _;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::Status;

/// Set from the first Ctrl-C (or end of the session) on.
pub(super) fn stop() -> Arc<AtomicBool> {
    static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    let start = || {
        let stop = Arc::new(AtomicBool::new(false));
        let wish = Arc::clone(&stop);
        // Where no handler can be set, Ctrl-C ends the process as it does by default.
        let _ = ctrlc::set_handler(move || {
            if wish.swap(true, Ordering::Relaxed) {
                process::exit(Status::Failed as i32);
            }
        });
        stop
    };
    Arc::clone(STOP.get_or_init(start))
}

/// Tells how far the run came, when it did not come to its end.
pub(super) fn tell(done: usize, all: usize) {
    if done < all {
        let _ = writeln!(anstream::stderr(), "已中断：查完 {done} 份，还有 {} 份没有查。", all - done);
    }
}
