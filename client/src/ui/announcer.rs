//! One polite voice: what an action did, when it cannot be heard or seen where the focus is.

use std::time::Duration;

use super::dynamic;
use leptos::prelude::*;

/// How long words stay on the screen.
const SHOWN_FOR: Duration = Duration::from_secs(5);

#[derive(Clone, Copy)]
struct Voice {
    /// For screen readers.
    said: RwSignal<String>,
    /// For everybody: the words, and which of them in turn.
    shown: RwSignal<(u32, String)>,
}

/// The live region. It provides [`announce`] and [`toast`] to everything below it.
#[component]
pub(crate) fn Announcer(children: Children) -> impl IntoView {
    let voice = Voice { said: RwSignal::new(String::new()), shown: RwSignal::new((0, String::new())) };
    provide_context(voice);
    view! {
        {children()}
        <div class="unseen" aria-live="polite">
            {dynamic(move || voice.said.get())}
        </div>
        <div class="toast" aria-hidden="true">
            {dynamic(move || voice.shown.with(|(_, words)| (!words.is_empty()).then(|| view! { <span>{words.clone()}</span> })))}
        </div>
    }
}

/// Says it to screen readers. The same words twice are heard twice: a no-break space makes them differ.
pub(crate) fn announce(words: impl Into<String>) {
    let Some(Voice { said, .. }) = use_context::<Voice>() else { return };
    let mut words = words.into();
    if said.with_untracked(|said| *said == words) {
        words.push('\u{a0}');
    }
    said.set(words);
}

/// Says it to everybody: it stands at the foot of the page for a moment.
pub(crate) fn toast(words: impl Into<String>) {
    let words = words.into();
    announce(words.clone());
    let Some(Voice { shown, .. }) = use_context::<Voice>() else { return };
    let turn = shown.with_untracked(|(turn, _)| turn.wrapping_add(1));
    shown.set((turn, words));
    let hide = move || {
        // Other words may stand there by now, and the page may be gone.
        if shown.try_with_untracked(|(now, _)| *now == turn) == Some(true) {
            shown.set((turn, String::new()));
        }
    };
    set_timeout(hide, SHOWN_FOR);
}
