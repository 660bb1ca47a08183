//! One polite voice for screen readers: what an action did, when it cannot be heard from the focus.

use super::dynamic;
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Voice(RwSignal<String>);

/// The live region. It provides [`announce`] to everything below it.
#[component]
pub(crate) fn Announcer(children: Children) -> impl IntoView {
    let words = RwSignal::new(String::new());
    provide_context(Voice(words));
    view! {
        {children()}
        <div class="unseen" aria-live="polite">
            {dynamic(move || words.get())}
        </div>
    }
}

/// Says it. The same words twice are heard twice: a no-break space makes them differ.
pub(crate) fn announce(words: impl Into<String>) {
    let Some(Voice(signal)) = use_context::<Voice>() else { return };
    let mut words = words.into();
    if signal.with_untracked(|said| *said == words) {
        words.push('\u{a0}');
    }
    signal.set(words);
}
