//! Names for elements that other elements refer to.

use std::sync::atomic::{AtomicU32, Ordering};

/// An `id` that no other element on this page has.
pub(crate) fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
