//! Views and attributes that follow signals, each kind through one type.
//!
//! What draws a view is compiled for each of its types, and a closure's type is its own: with bare closures, and with the library's
//! `Show` and `For`, a fifth of the program would be copies.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

/// What `view` gives, made anew whenever a signal that it reads changes.
pub(crate) fn dynamic<V: IntoView + 'static>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView {
    let view: Arc<Mutex<dyn FnMut() -> AnyView + Send>> = Arc::new(Mutex::new(move || view().into_any()));
    view.into_any()
}

/// Words that follow what they read, for an attribute.
pub(crate) fn text<S: Into<String>>(words: impl Fn() -> S + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || words().into())
}

/// Yes or no, following what it reads, for an attribute or [`Show`].
pub(crate) fn flag(is_so: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(is_so)
}

/// The children while `when` holds, else what `fallback` gives.
#[component]
pub(crate) fn Show(when: Signal<bool>, children: ChildrenFn, #[prop(optional, into)] fallback: ViewFn) -> impl IntoView {
    let when = Memo::new(move |_| when.get());
    dynamic(move || if when.get() { children() } else { fallback.run() })
}

/// What `view` makes of each of `items`: made once for each key, moved and removed as the items are.
pub(crate) fn list<T: Send + Sync + 'static, V: IntoView + 'static>(
    items: impl Fn() -> Vec<T> + Send + Sync + 'static,
    key: fn(&T) -> String,
    view: impl Fn(T) -> V + Send + Sync + 'static,
) -> AnyView {
    let view = Arc::new(view);
    keyed(Arc::new(move || {
        let item = |item: T| {
            let view = Arc::clone(&view);
            Item { key: key(&item), make: Box::new(move || view(item).into_any()) }
        };
        items().into_iter().map(item).collect()
    }))
}

struct Item {
    key: String,
    make: Box<dyn FnOnce() -> AnyView + Send + Sync>,
}

fn keyed(items: Arc<dyn Fn() -> Vec<Item> + Send + Sync>) -> AnyView {
    view! { <For each=move || items() key=|item| item.key.clone() children=|item| (item.make)() /> }.into_any()
}
