//! Whatever somebody pushes by a link for one section, nothing beyond it is altered.
#![no_main]

use std::cell::RefCell;

use hamutuk_fuzz::{Bench, Chunk, attempt, prepare, pushed};
use libfuzzer_sys::fuzz_target;

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::default();
}

fuzz_target!(
    init: prepare(pushed),
    |input: &[u8]| {
        attempt(|| drop(BENCH.with_borrow_mut(|bench| bench.push(Chunk::of(input).bytes()))));
    }
);
