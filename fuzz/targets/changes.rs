//! Whatever is pushed is a change within the limits, or it is refused.
#![no_main]

use hamutuk_fuzz::{Chunk, attempt, changes, prepare};
use hamutuk_shared::limits;
use hamutuk_shared::sync::chunk;
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: prepare(changes),
    |input: &[u8]| attempt(|| try_change(&Chunk::of(input).bytes()))
);

fn try_change(bytes: &[u8]) {
    let Ok(change) = chunk::read(bytes) else { return };
    assert!(change.len() <= limits::CHANGE_OPERATIONS_MAX);
    let again = chunk::read(bytes).expect("what was read is read again");
    assert_eq!(again.hash(), change.hash());
}
