//! A message to everybody.

use hamutuk_shared::limits::ANSWER_CHARS_MAX;
use hamutuk_shared::plan::{Edit, Field, Item, Name, Value};
use leptos::html;
use leptos::prelude::*;

use crate::i18n::{label, t, t_string, use_i18n};
use crate::room::follow;
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, toast, unique};

/// Its form, and what is said now.
#[component]
pub(super) fn Message() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = follow();
    let now = Memo::new(move |_| room.with(|room| room.desk.message.value.clone()));
    let input = NodeRef::<html::Textarea>::new();
    let id = unique("message");
    let set = move |value| session.edit(Edit::Set { field: Field { item: Item::Desk, name: Name::Message }, value });
    let say = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let words = input.value().split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && set(Value::Word(words)) {
            input.set_value("");
            toast(untrack(|| t_string!(i18n, message_is_shown)));
        }
    };
    let take_back = move |_| {
        if set(Value::Nothing) {
            toast(untrack(|| t_string!(i18n, message_is_gone)));
        }
    };
    view! {
        <Show when=flag(move || now.with(Option::is_some))>
            <div class="desk-now">
                <p>
                    <span class="note">{t!(i18n, message_now)}</span>
                    <strong>{dynamic(move || now.get())}</strong>
                </p>
                <button type="button" class="button" data-action="take-back" on:click=take_back>
                    {t!(i18n, message_take_back)}
                </button>
            </div>
        </Show>
        <form class="desk-form" on:submit=say>
            <label class="unseen" for=id.clone()>
                {t!(i18n, message_label)}
            </label>
            <textarea
                id=id
                class="input"
                rows="2"
                node_ref=input
                maxlength=ANSWER_CHARS_MAX.to_string()
                placeholder=label!(i18n, message_hint)
            ></textarea>
            <button type="submit" class="button main" data-action="say">
                {t!(i18n, message_say)}
            </button>
        </form>
    }
}
