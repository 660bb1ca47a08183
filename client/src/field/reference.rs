//! One of the plan's organisations, sources or people: picked from a list that typing narrows, or added to it on the spot.

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::{Edit, Field};
use leptos::prelude::*;

use super::candidates::{Pick, adding, candidates, is_new, may_add};
use super::frame::Frame;
use crate::i18n::{label, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::listbox::{Item, Options, Picker};
use crate::ui::{Popover, dynamic, use_popover};
use crate::view_model::PlanView;
use crate::words;

/// A field that holds another thing, or nothing yet.
#[component]
pub(crate) fn ReferenceInput(
    /// Which field.
    field: Field,
    /// What it is.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let standing = session.standing(field);
    let is_none = move || standing.with(|standing| standing.word().is_none());
    let say = move || standing.with(|standing| words::value(i18n, view, field, &standing.value.value));
    let named = Signal::derive(move || format!("{}: {}", label.get(), say()));
    let trigger = move || view! { <span class:is-empty=is_none>{dynamic(say)}</span> };
    let disabled = Signal::derive(move || !session.may(&Edit::Set { field, value: Value::Nothing }));
    view! {
        <Frame field>
            <Popover class="cell-button" label=named path=field.to_string() disabled=disabled trigger=trigger>
                <PickOne field label />
            </Popover>
        </Frame>
    }
}

#[component]
fn PickOne(field: Field, label: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let popover = use_popover();
    let standing = session.standing(field);
    let query = RwSignal::new(String::new());
    let nobody =
        move || Item { key: Pick::Nobody, label: words::value(i18n, view, field, &Value::Nothing), detail: String::new(), is_always: true };
    let items = Signal::derive(move || std::iter::once(nobody()).chain(candidates(i18n, view, field)).collect::<Vec<_>>());
    let picker = Picker::new(query, items, move |typed| {
        (may_add(session, field) && is_new(i18n, view, field, typed)).then(|| Item {
            key: Pick::New(typed.to_owned()),
            label: t_string!(i18n, organisation_add_named, name = typed),
            detail: String::new(),
            is_always: true,
        })
    });
    let pick = Callback::new(move |pick: Pick| {
        popover.close();
        let (mut edits, value) = match pick {
            Pick::Nobody => (Vec::new(), Value::Nothing),
            Pick::Known(id) => (Vec::new(), Value::Word(id)),
            Pick::New(name) => match adding(field, name) {
                Some((edits, id)) => (edits, Value::Word(id)),
                None => return,
            },
        };
        edits.push(Edit::Set { field, value });
        session.write_all(&edits);
    });
    let is_current = Callback::new(move |pick| match pick {
        Pick::Nobody => standing.with(|standing| standing.word().is_none()),
        Pick::Known(id) => standing.with(|standing| standing.word() == Some(&id)),
        Pick::New(_) => false,
    });
    let typed = move |event| {
        query.set(event_target_value(&event));
        // What is typed marks the first that fits, so that Enter takes it. The first of all says "nobody".
        let first = picker.shown.with_untracked(|all| usize::from(all.len() > 1));
        picker.marked.set((!query.with_untracked(String::is_empty)).then_some(first));
    };
    let key = move |event| {
        if let Some(picked) = picker.key(&event) {
            pick.run(picked);
        }
    };
    view! {
        <div class="combobox">
            <input
                type="text"
                class="input"
                role="combobox"
                autocomplete="off"
                data-autofocus=""
                maxlength=hamutuk_shared::limits::NAME_CHARS_MAX.to_string()
                aria-label=label
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=picker.list.get_value()
                aria-activedescendant=Signal::derive(move || picker.marked_id())
                placeholder=label!(i18n, organisation_find)
                on:input=typed
                on:keydown=key
            />
            <Options picker label is_current on_pick=pick />
        </div>
    }
}
