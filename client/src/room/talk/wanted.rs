//! The inputs in which somebody says what should stand in a field in which they may not write: like those of the form, but not bound to
//! the document.

use std::collections::BTreeSet;

use hamutuk_shared::entry::NumberError;
use hamutuk_shared::limits::TEXT_UTF16_MAX;
use hamutuk_shared::plan::schema::{Content, Members};
use hamutuk_shared::plan::{Field, Value};
use leptos::html;
use leptos::prelude::*;

use super::about::{Offer, Talk};
use crate::field::candidates::{Pick, candidates};
use crate::field::read_number;
use crate::i18n::{t_string, use_i18n};
use crate::session::Session;
use crate::ui::{dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What should stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    Words(String),
    Value(Value),
    Members(BTreeSet<String>),
}

impl Wanted {
    /// What stands there now. Not reactive.
    pub(super) fn now(session: Session, offer: Offer) -> Self {
        let Offer::Other(field) = offer else { return Self::Words(String::new()) };
        match field.content() {
            Some(Content::Text) => Self::Words(session.text(field).unwrap_or_default()),
            Some(Content::Set(_)) => Self::Members(session.standing_now(field).members),
            _ => Self::Value(session.standing_now(field).value.value),
        }
    }

    /// As people say it.
    pub(super) fn say(&self, i18n: I18n, view: PlanView, field: Field) -> String {
        match self {
            Self::Words(words) => words.clone(),
            Self::Value(value) => words::value(i18n, view, field, value),
            Self::Members(members) if members.is_empty() => t_string!(i18n, not_set).to_owned(),
            Self::Members(members) => words::members(i18n, view, field, members),
        }
    }
}

/// What is being put down.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    pub(super) wanted: RwSignal<Wanted>,
    pub(super) error: RwSignal<Option<NumberError>>,
}

/// Under what begun words are kept.
pub(super) fn key(offer: Offer) -> String {
    match offer {
        Offer::Other(field) => format!("suggest {field}"),
        Offer::Activity(outcome) => format!("suggest {outcome}"),
    }
}

/// Under which the words are kept that they were begun from.
pub(super) fn key_of_base(offer: Offer) -> String {
    format!("{} from", key(offer))
}

/// The input for what may stand there.
pub(super) fn input(offer: Offer, draft: Draft, label: Signal<String>) -> AnyView {
    let Offer::Other(field) = offer else { return area(offer, draft, label) };
    match field.content() {
        Some(Content::Text) => area(offer, draft, label),
        Some(Content::Choice(_) | Content::Quarter | Content::Month | Content::Reference(_)) => select(field, draft, label),
        Some(Content::Set(_)) => ticks(field, draft, label),
        _ => number(field, draft, label),
    }
}

fn area(offer: Offer, draft: Draft, label: Signal<String>) -> AnyView {
    let talk = Talk::of_page();
    let node = NodeRef::<html::Textarea>::new();
    node.on_load(move |area| {
        if let Some(begun) = talk.begun(&key(offer)) {
            draft.wanted.set(Wanted::Words(begun));
        }
        if let Wanted::Words(words) = draft.wanted.get_untracked() {
            area.set_value(&words);
        }
    });
    let base = match draft.wanted.get_untracked() {
        Wanted::Words(words) => words,
        _ => String::new(),
    };
    let typed = move |event| {
        let words = event_target_value(&event);
        talk.begin(&key(offer), &words);
        if talk.begun(&key_of_base(offer)).is_none() {
            talk.begin(&key_of_base(offer), &base);
        }
        draft.wanted.set(Wanted::Words(words));
    };
    view! {
        <textarea
            node_ref=node
            class="input"
            rows="4"
            maxlength=TEXT_UTF16_MAX.to_string()
            aria-label=label
            data-wanted=""
            on:input=typed
        ></textarea>
    }
    .into_any()
}

fn select(field: Field, draft: Draft, label: Signal<String>) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let now = match draft.wanted.get_untracked() {
        Wanted::Value(Value::Word(word)) => word,
        _ => words::usual(field).to_owned(),
    };
    let options: Vec<(String, String)> = untrack(|| match field.content() {
        Some(Content::Choice(known)) => {
            known.iter().map(|word| (*word).to_owned()).map(|word| (word.clone(), say(i18n, view, field, word))).collect()
        }
        Some(Content::Quarter) => {
            view.quarters().iter().map(ToString::to_string).map(|one| (one.clone(), say(i18n, view, field, one))).collect()
        }
        Some(Content::Month) => months(view).into_iter().map(|one| (one.clone(), say(i18n, view, field, one))).collect(),
        _ => known(i18n, view, field),
    });
    let change = move |event| {
        let word = event_target_value(&event);
        draft.wanted.set(Wanted::Value(if word.is_empty() { Value::Nothing } else { Value::Word(word) }));
    };
    let option = |(value, said): (String, String)| {
        let is_now = value == now;
        view! {
            <option value=value selected=is_now>
                {said}
            </option>
        }
    };
    view! {
        <select class="select wide" aria-label=label data-wanted="" on:change=change>
            {words::usual(field).is_empty().then(|| view! { <option value="">{dynamic(move || t_string!(i18n, not_set))}</option> })}
            {options.into_iter().map(option).collect_view()}
        </select>
    }
    .into_any()
}

fn number(field: Field, draft: Draft, label: Signal<String>) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let now = match draft.wanted.get_untracked() {
        Wanted::Value(Value::Nothing) => String::new(),
        wanted => untrack(|| wanted.say(i18n, view, field)),
    };
    let typed = move |event| match read_number(field, &event_target_value(&event), words::language(i18n)) {
        Ok((value, _)) => {
            draft.error.set(None);
            draft.wanted.set(Wanted::Value(value));
        }
        Err(error) => draft.error.set(Some(error)),
    };
    let mode = if matches!(field.content(), Some(Content::Answer)) { "text" } else { "decimal" };
    view! {
        <input
            type="text"
            class="input"
            inputmode=mode
            autocomplete="off"
            value=now
            aria-label=label
            aria-invalid=text(move || draft.error.with(Option::is_some).to_string())
            data-wanted=""
            on:input=typed
        />
        <p class="field-note warn" aria-live="polite">
            {dynamic(move || draft.error.get().map(|error| words::number_error(i18n, &error)))}
        </p>
    }
    .into_any()
}

fn ticks(field: Field, draft: Draft, label: Signal<String>) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let options: Vec<(String, String)> = untrack(|| match field.content() {
        Some(Content::Set(Members::Months)) => months(view).into_iter().map(|one| (one.clone(), say(i18n, view, field, one))).collect(),
        _ => known(i18n, view, field),
    });
    let tick = move |(member, said): (String, String)| {
        let of = member.clone();
        let is_in = move || draft.wanted.with(|wanted| matches!(wanted, Wanted::Members(members) if members.contains(&of)));
        let press = move |_| {
            draft.wanted.update(|wanted| {
                if let Wanted::Members(members) = wanted
                    && !members.remove(&member)
                {
                    members.insert(member.clone());
                }
            });
        };
        view! {
            <label class="talk-tick">
                <input type="checkbox" prop:checked=flag(is_in) on:change=press />
                " "
                {said}
            </label>
        }
    };
    view! {
        <div class="talk-ticks" role="group" aria-label=label data-wanted="">
            {options.into_iter().map(tick).collect_view()}
        </div>
    }
    .into_any()
}

fn months(view: PlanView) -> Vec<String> {
    view.first().through(view.last()).map(|month| month.to_string()).collect()
}

fn say(i18n: I18n, view: PlanView, field: Field, word: String) -> String {
    words::value(i18n, view, field, &Value::Word(word))
}

/// What is in the list of a field already.
fn known(i18n: I18n, view: PlanView, field: Field) -> Vec<(String, String)> {
    let all = candidates(i18n, view, field).into_iter();
    all.filter_map(|item| if let Pick::Known(id) = item.key { Some((id, item.label)) } else { None }).collect()
}
