//! One of a few, as a row of buttons: native radio buttons, among which the arrow keys go as everywhere.

use leptos::prelude::*;

use crate::ui::{dynamic, flag, unique};

/// The row. Each option has a name for tests beside its words.
#[component]
pub(crate) fn OneOf(
    /// What is chosen.
    label: Signal<String>,
    /// What there is to choose from.
    options: Vec<(&'static str, Signal<String>)>,
    /// Which is chosen, counted from 0.
    now: RwSignal<usize>,
) -> impl IntoView {
    let name = unique("one-of");
    let option = move |(at, (value, words)): (usize, (&'static str, Signal<String>))| {
        view! {
            <label>
                <input type="radio" name=name.clone() value=value prop:checked=flag(move || now.get() == at) on:change=move |_| now.set(at) />
                <span class="button">{dynamic(move || words.get())}</span>
            </label>
        }
    };
    view! {
        <fieldset class="one-of">
            <legend class="unseen">{dynamic(move || label.get())}</legend>
            {options.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
}
