//! A piece of a view that is made anew whenever what it reads changes.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

/// The view of `view`, made anew whenever a signal that it reads changes: what a bare closure would be, but of one type for all closures.
/// What draws a view is compiled for each of its types, and a closure's type is its own.
pub(crate) fn dynamic<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: Arc<Mutex<dyn FnMut() -> AnyView + Send>> = Arc::new(Mutex::new(move || view().into_any()));
    view.into_any()
}
