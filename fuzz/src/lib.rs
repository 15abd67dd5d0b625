//! What the targets share: drafts as they are read, checked and found sound, and inputs of several parts.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::process::abort;
use std::sync::LazyLock;

use hegao::reader::{Limits, read};
use hegao::{Checker, Date, Document};

#[path = "../../tests/support/mod.rs"]
pub mod support;

/// Divides the parts of an input; no XML, text or record holds it.
const BORDER: u8 = 0;

thread_local! {
    static PANIC: RefCell<String> = RefCell::default();
}

/// Panics that a reader contains by design are no crash: libFuzzer is only told of those that [`run`] sees.
pub fn init() {
    set_hook(Box::new(|info| PANIC.with_borrow_mut(|last| *last = info.to_string())));
}

/// Runs the work of a target; a panic that comes out of it is a crash.
pub fn run(work: impl FnOnce()) {
    if catch_unwind(AssertUnwindSafe(work)).is_err() {
        PANIC.with_borrow(|panic| eprintln!("{panic}"));
        abort();
    }
}

/// Limits as of the program, smaller, so that one input is quick.
pub fn limits() -> Limits {
    Limits { file_bytes: 1 << 20, expanded_bytes: 16 << 20, ..Limits::default() }
}

/// The checker of all targets; the date is fixed so that a crash can be seen again.
pub fn checker() -> &'static Checker {
    static CHECKER: LazyLock<Checker> = LazyLock::new(|| {
        let builder = Checker::builder().today(Date::parse("2026-11-23").expect("a date"));
        builder.only(hegao::rules::ids().map(|id| id.name.to_owned())).build().expect("rules that exist")
    });
    &CHECKER
}

/// Reads a draft, which must come out sound.
pub fn open(name: &str, bytes: &[u8]) -> Option<Document> {
    let document = read(name, bytes, &limits()).ok()?;
    support::sound::document(&document);
    Some(document)
}

/// Reads and checks a draft; both must come out sound.
pub fn open_and_check(name: &str, bytes: &[u8]) -> Option<Document> {
    let document = open(name, bytes)?;
    support::sound::report(&document, &checker().check(&document));
    Some(document)
}

/// The parts of an input: exactly `N`, missing ones empty.
pub fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut parts = data.splitn(N, |&byte| byte == BORDER);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

/// A part as text, what is no UTF-8 replaced.
pub fn text(part: &[u8]) -> String {
    String::from_utf8_lossy(part).into_owned()
}
