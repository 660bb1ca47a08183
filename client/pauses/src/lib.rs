//! Lets a long computation pause, so that the page in which it runs goes on.
//!
//! Automerge loads a document in one call. With a long history that takes seconds, and for as long as a call runs, the page stands still. A
//! browser with [JSPI] can suspend a WebAssembly stack in the middle of a computation and go on with it later. Here it is suspended where no
//! computation can avoid to come by: when it allocates memory. [`Pausing`], the program's allocator, asks for a pause when the computation
//! that [`run`] was given has had the page for long enough. In a browser without JSPI nothing pauses.
//!
//! `boot.js` does what must be done before there is a program: it gives the import `hamutukPause` the power to suspend, and the export
//! `hamutukCompute` that of being suspended.
//!
//! # Two computations, one stack
//!
//! The browser keeps a stack for each of the two computations, but the locals that Rust keeps in linear memory are on one, whose pointer is a
//! variable of the program. That does no harm. A computation begins and goes on when nothing else of the program runs, so whatever runs in
//! a pause begins where the suspended computation left the pointer, builds its frames below, and has taken them away before the computation
//! goes on. The stack only has to be long enough for both: the client's `build.rs` asks for twice the usual.
//!
//! [JSPI]: https://github.com/WebAssembly/js-promise-integration

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

/// The clock is looked at once in so many allocations.
const ALLOCATIONS_A_LOOK: u32 = 64;
#[wasm_bindgen]
extern "C" {
    /// Suspends the computation; returns when the page has had its turn.
    #[wasm_bindgen(js_name = hamutukPause)]
    fn pause();

    /// Calls [`compute`] from an empty stack, such that it can be suspended. An error when the browser cannot.
    #[wasm_bindgen(js_namespace = window, js_name = hamutukRun, catch)]
    fn run_suspendable() -> Result<Promise, JsValue>;

    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

type Job = Box<dyn FnOnce()>;

thread_local! {
    /// The computation that is to begin.
    static JOB: Cell<Option<Job>> = const { Cell::new(None) };
    /// Whether there is a computation, waiting, running or suspended.
    static IS_TAKEN: Cell<bool> = const { Cell::new(false) };
    /// How long it has the page at a time.
    static SLICE_MS: Cell<f64> = const { Cell::new(0.0) };
    /// Until when it has it now.
    static ENDS_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// Whether what runs now is the computation: only that can be suspended.
static IS_COMPUTING: AtomicBool = AtomicBool::new(false);
/// The allocations of computations.
static ALLOCATIONS: AtomicU32 = AtomicU32::new(0);

/// The allocator of a program whose computations can pause: the system's.
#[derive(Debug, Clone, Copy)]
pub struct Pausing;

// SAFETY: all of it is done by the system's allocator, which is told exactly what was asked for.
unsafe impl GlobalAlloc for Pausing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        breathe();
        // SAFETY: the caller keeps the same promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the same promise.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        breathe();
        // SAFETY: the caller keeps the same promise.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        breathe();
        // SAFETY: the caller keeps the same promise.
        unsafe { System.realloc(place, layout, size) }
    }
}

/// Pauses, if it is the computation that runs and its time is over.
#[inline]
fn breathe() {
    if IS_COMPUTING.load(Ordering::Relaxed) {
        look();
    }
}

#[cold]
#[inline(never)]
fn look() {
    if !ALLOCATIONS.fetch_add(1, Ordering::Relaxed).is_multiple_of(ALLOCATIONS_A_LOOK) || now_ms() < ENDS_MS.get() {
        return;
    }
    // What runs in the pause is something else.
    IS_COMPUTING.store(false, Ordering::Relaxed);
    pause();
    ENDS_MS.set(now_ms() + SLICE_MS.get());
    IS_COMPUTING.store(true, Ordering::Relaxed);
}

/// Does `job`, with a pause after every `slice_ms` milliseconds where the browser can. One at a time: another that comes meanwhile is done at
/// once, in one piece.
///
/// What else runs in the pauses must not need what `job` has borrowed. And `job` must call no JavaScript that calls the program: where that
/// stands between, a computation cannot be suspended.
pub async fn run<T: 'static>(slice_ms: f64, job: impl FnOnce() -> T + 'static) -> T {
    let result = Rc::new(Cell::new(None));
    let into = Rc::clone(&result);
    let job: Job = Box::new(move || into.set(Some(job())));
    if IS_TAKEN.replace(true) {
        job();
    } else {
        SLICE_MS.set(slice_ms);
        JOB.set(Some(job));
        if let Ok(done) = run_suspendable() {
            // An error is a trap in the computation: then there is no result either.
            let _ = JsFuture::from(done).await;
        }
        if let Some(job) = JOB.take() {
            job();
        }
        IS_TAKEN.set(false);
    }
    result.take().expect("a computation gives its result, or ends the program")
}

/// Begins the computation that waits. For `boot.js`, which calls it from an empty stack.
#[wasm_bindgen(js_name = hamutukCompute)]
pub fn compute() {
    let Some(job) = JOB.take() else { return };
    ENDS_MS.set(now_ms() + SLICE_MS.get());
    IS_COMPUTING.store(true, Ordering::Relaxed);
    job();
    IS_COMPUTING.store(false, Ordering::Relaxed);
}
