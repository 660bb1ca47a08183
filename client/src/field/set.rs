//! Some of a list: what is in it, and a list with a tick at each.

use hamutuk_shared::plan::{Edit, Field};
use leptos::prelude::*;

use super::candidates::{Pick, adding, can_add, candidates, is_new, may_add};
use super::frame::Frame;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::listbox::Item;
use crate::ui::{Glyph, Icon, Popover, Show, dynamic, flag, list, text};
use crate::view_model::PlanView;
use crate::words;

/// From this many on, typing narrows the list.
const SEARCH_FROM: usize = 8;

/// A field that holds some of a list.
#[component]
pub(crate) fn SetInput(
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
    let is_none = move || standing.with(|standing| standing.members.is_empty());
    let say = move || {
        if is_none() {
            t_string!(i18n, not_set).to_owned()
        } else {
            standing.with(|standing| words::members(i18n, view, field, &standing.members))
        }
    };
    let named = Signal::derive(move || format!("{}: {}", label.get(), say()));
    let trigger = move || view! { <span class:is-empty=is_none>{dynamic(say)}</span> };
    let change = move || Edit::Include { field, member: String::new(), included: true };
    view! {
        <Frame field>
            <Popover class="cell-button" label=named path=field.to_string() disabled=Signal::derive(move || !session.may(&change())) trigger=trigger>
                <PickSome field label />
            </Popover>
        </Frame>
    }
}

#[component]
fn PickSome(field: Field, label: Signal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let query = RwSignal::new(String::new());
    let has_search = can_add(field) || untrack(|| candidates(i18n, view, field).len() >= SEARCH_FROM);
    let shown = move || {
        let typed = hamutuk_shared::derive::fold::fold(&query.get());
        candidates(i18n, view, field).into_iter().filter(|item| item.fits(&typed)).collect::<Vec<_>>()
    };
    let is_adding = Memo::new(move |_| may_add(session, field) && is_new(i18n, view, field, query.get().trim()));
    let new = move |_| {
        let name = query.get_untracked().trim().to_owned();
        if let Some((mut edits, member)) = adding(field, name) {
            edits.push(Edit::Include { field, member, included: true });
            session.write_all(&edits);
        }
        query.set(String::new());
    };
    let key = |item: &Item<Pick>| match &item.key {
        Pick::Known(id) => id.clone(),
        Pick::Nobody | Pick::New(_) => String::new(),
    };
    view! {
        <div class="combobox">
            {has_search
                .then(|| {
                    view! {
                        <input
                            type="text"
                            class="input"
                            autocomplete="off"
                            data-autofocus=""
                            maxlength=hamutuk_shared::limits::NAME_CHARS_MAX.to_string()
                            aria-label=label!(i18n, find)
                            placeholder=label!(i18n, find)
                            prop:value=query
                            on:input=move |event| query.set(event_target_value(&event))
                        />
                    }
                })}
            <div class="listbox ticks" role="group" aria-label=label>
                {list(shown, key, move |item| view! { <Tick field item /> })}
            </div>
            <Show when=flag(move || is_adding.get())>
                <button type="button" class="option adds" on:click=new>
                    <Icon glyph=Glyph::Plus />
                    {t!(i18n, organisation_add_named, name = move || query.get())}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Tick(field: Field, item: Item<Pick>) -> impl IntoView {
    let session = use_session();
    let Pick::Known(member) = item.key else { return ().into_any() };
    let standing = session.standing(field);
    let of = member.clone();
    let is_in = Memo::new(move |_| standing.with(|standing| standing.members.contains(&of)));
    let press = move |_| session.write(Edit::Include { field, member: member.clone(), included: !is_in.get_untracked() });
    view! {
        <button type="button" class="option tick" role="checkbox" aria-checked=text(move || is_in.get().to_string()) on:click=press>
            <span class="box" aria-hidden="true"></span>
            <span>{item.label}</span>
            <span class="note">{item.detail}</span>
        </button>
    }
    .into_any()
}
