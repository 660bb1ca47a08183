//! The organisation that somebody writes for: picked from the plan's, or typed anew.

use leptos::html;
use leptos::prelude::*;

use crate::i18n::{label, t, use_i18n};
use crate::ui::listbox::{Item, Options, Picker};
use crate::ui::{Show, flag, text};

/// The field. What is typed is what counts; the list only helps to type it.
#[component]
pub(crate) fn Organisation(
    /// What is typed.
    value: RwSignal<String>,
    /// What the plan knows.
    known: Vec<String>,
    /// Whether it must be filled in still.
    is_missing: Signal<bool>,
    /// The `id` of the message that says so.
    #[prop(into)]
    error_id: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let id = crate::ui::unique("organisation");
    let is_open = RwSignal::new(false);
    let items: Vec<_> =
        known.into_iter().map(|label| Item { key: label.clone(), label, detail: String::new(), is_always: false }).collect();
    let picker = Picker::new(value, Signal::stored(items), |_| None);
    let pick = Callback::new(move |label: String| {
        value.set(label);
        is_open.set(false);
        picker.marked.set(None);
    });
    let typed = move |event| {
        value.set(event_target_value(&event));
        picker.marked.set(None);
        is_open.set(true);
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            is_open.set(false);
            return;
        }
        if !is_open.get_untracked() {
            if event.key() == "ArrowDown" {
                is_open.set(true);
            }
            return;
        }
        if let Some(label) = picker.key(&event) {
            pick.run(label);
        }
    };
    let is_shown = Memo::new(move |_| is_open.get() && picker.shown.with(|shown| !shown.is_empty()));
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, join_organisation)}</label>
            <div class="picker">
                <input
                    id=id
                    class="input"
                    node_ref=node
                    name="organisation"
                    autocomplete="off"
                    role="combobox"
                    aria-autocomplete="list"
                    aria-expanded=text(move || is_shown.get().to_string())
                    aria-controls=picker.list.get_value()
                    aria-activedescendant=Signal::derive(move || picker.marked_id())
                    aria-invalid=text(move || is_missing.get().to_string())
                    aria-describedby=error_id
                    maxlength=hamutuk_shared::limits::NAME_CHARS_MAX.to_string()
                    prop:value=text(move || value.get())
                    on:input=typed
                    on:focus=move |_| is_open.set(true)
                    on:blur=move |_| is_open.set(false)
                    on:keydown=key
                />
                <Show when=flag(move || is_shown.get())>
                    <Options
                        picker
                        label=label!(i18n, join_organisation)
                        is_current=Callback::new(move |label| value.with(|value| *value == label))
                        on_pick=pick
                    />
                </Show>
            </div>
            <p class="hint">{t!(i18n, join_organisation_hint)}</p>
        </div>
    }
}
