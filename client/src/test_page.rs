//! What a page has before its first component, for tests: each must pass by itself, in any order.

use any_spawner::Executor;
use leptos::prelude::*;

/// Call this before anything that has signals or effects.
pub(crate) fn begin() {
    crate::session::prepare();
    // An error says that there is one already, by another test or by something that was mounted.
    let _set = Executor::init_wasm_bindgen();
    crate::later::all_here();
}

/// Runs `test` where signals and contexts have an owner.
pub(crate) fn owned<T>(test: impl FnOnce() -> T) -> T {
    begin();
    Owner::new().with(test)
}
