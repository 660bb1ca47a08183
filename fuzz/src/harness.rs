//! How a target begins, and how it ends.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::{env, fs, process};

/// Where a target writes its first inputs instead of running.
const SEEDS: &str = "HAMUTUK_FUZZ_SEEDS";

thread_local! {
    static LAST_PANIC: RefCell<String> = RefCell::default();
}

/// To be called once, at the start of a target. With [`SEEDS`] it writes the first inputs, and ends the process.
///
/// libFuzzer's own hook would end it at any panic. Here only one that nobody catches does: `sync::chunk` and a room catch what Automerge
/// may do with a change that is made to make it panic, as in the server that people use.
///
/// # Panics
/// When the first inputs cannot be written.
pub fn prepare(seeds: impl FnOnce() -> Vec<Vec<u8>>) {
    panic::set_hook(Box::new(|info| LAST_PANIC.with_borrow_mut(|last| *last = info.to_string())));
    if let Some(directory) = env::var_os(SEEDS) {
        attempt(|| write(Path::new(&directory), &seeds()));
        process::exit(0);
    }
}

/// Runs what must not panic. If it does, the process ends with what was said, and libFuzzer keeps the input.
pub fn attempt(run: impl FnOnce()) {
    if panic::catch_unwind(AssertUnwindSafe(run)).is_err() {
        LAST_PANIC.with_borrow(|last| eprintln!("{last}"));
        process::abort();
    }
}

fn write(directory: &Path, seeds: &[Vec<u8>]) {
    fs::create_dir_all(directory).expect("the directory of the first inputs can be made");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(directory.join(format!("seed-{number:03}")), seed).expect("a first input can be written");
    }
}
