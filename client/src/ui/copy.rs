//! A button that copies words, and says that it did.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

use super::Show;
use super::dynamic;
use crate::i18n::{t, use_i18n};
use crate::ui::{Glyph, Icon};

/// How long the button says that it is done.
const DONE: Duration = Duration::from_secs(3);

/// Copies `words` to the clipboard. `fallback` selects them where the clipboard is refused (plain http on a venue's network).
#[component]
pub(crate) fn CopyButton(
    #[prop(into)] words: Signal<String>,
    #[prop(into)] label: ViewFn,
    #[prop(optional, into)] fallback: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_done = RwSignal::new(false);
    let press = move |_| {
        let words = words.get_untracked();
        spawn_local(async move {
            if copy(&words).await {
                is_done.set(true);
                set_timeout(
                    move || {
                        let _ = is_done.try_set(false);
                    },
                    DONE,
                );
            } else if let Some(fallback) = fallback {
                fallback.run(());
            }
        });
    };
    view! {
        <button type="button" class="button" on:click=press>
            <Show when=is_done.into() fallback=|| view! { <Icon glyph=Glyph::Copy /> }>
                <Icon glyph=Glyph::Check />
            </Show>
            <span aria-live="polite">
                {dynamic(move || if is_done.get() { t!(i18n, copied).into_any() } else { label.run() })}
            </span>
        </button>
    }
}

async fn copy(words: &str) -> bool {
    // Without https there is no clipboard at all, not even an object to ask.
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
    if clipboard.map_or(true, |clipboard| clipboard.is_undefined()) {
        return false;
    }
    JsFuture::from(window().navigator().clipboard().write_text(words)).await.is_ok()
}
