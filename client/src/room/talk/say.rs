//! A few words that somebody says: typed, kept while they are not handed in, handed in by a button or Ctrl+Enter.

use hamutuk_shared::limits::REMARK_UTF16_MAX;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::about::Talk;
use crate::i18n::{t, use_i18n};

/// The box and its button. `said` does something with the words, and says whether it could.
#[component]
pub(super) fn Say(
    /// What the words are for: under this they are kept.
    #[prop(into)]
    key: String,
    /// What it is, for those who do not see it, and while it is empty.
    #[prop(into)]
    label: Signal<String>,
    /// What stands on the button.
    #[prop(into)]
    button: ViewFn,
    /// What the button does, in one word.
    action: &'static str,
    said: Callback<String, bool>,
    /// Closes the box, where it was opened by a button.
    #[prop(optional)]
    cancel: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let talk = Talk::of_page();
    let area = NodeRef::<html::Textarea>::new();
    let key = StoredValue::new(key);
    let is_empty = RwSignal::new(true);
    let look = move || {
        if let Some(area) = area.get_untracked() {
            is_empty.set(area.value().trim().is_empty());
            key.with_value(|key| talk.begin(key, &area.value()));
        }
    };
    area.on_load(move |area| {
        if let Some(begun) = key.with_value(|key| talk.begun(key)) {
            area.set_value(&begun);
            is_empty.set(begun.trim().is_empty());
        }
    });
    let send = move || {
        let Some(area) = area.get_untracked() else { return };
        let words = area.value();
        if !words.trim().is_empty() && said.run(words) {
            key.with_value(|key| talk.begin(key, ""));
            // Some handlers take the box away.
            if area.is_connected() {
                area.set_value("");
                let _ = is_empty.try_set(true);
            }
        }
    };
    let keys = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && !event.is_composing() {
            event.prevent_default();
            send();
        }
    };
    view! {
        <div class="say" data-say=action>
            <textarea
                node_ref=area
                class="input"
                rows="2"
                maxlength=REMARK_UTF16_MAX.to_string()
                aria-label=label
                placeholder=label
                on:input=move |_| look()
                on:keydown=keys
            ></textarea>
            <div class="buttons">
                <button type="button" class="button main" data-action=action disabled=is_empty on:click=move |_| send()>
                    {button.run()}
                </button>
                {cancel
                    .map(|cancel| {
                        view! {
                            <button type="button" class="button quiet" on:click=move |_| cancel.run(())>
                                {t!(i18n, cancel)}
                            </button>
                        }
                    })}
            </div>
        </div>
    }
}
