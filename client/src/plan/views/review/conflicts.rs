//! The values that people chose at the same time: each with who chose it and when, to be settled by a press.

use std::sync::Arc;

use hamutuk_shared::plan::dispute::{Contender, Dispute};
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::{Edit, Field};
use leptos::prelude::*;

use super::jump::{Jump, Subject, code};
use crate::field::FieldInput;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Show, announce, dynamic, flag, list, text};
use crate::view_model::PlanView;
use crate::words;

/// The list.
#[component]
pub(super) fn Conflicts(disputes: Memo<Arc<Vec<Dispute>>>) -> impl IntoView {
    let i18n = use_i18n();
    let fields = move || disputes.with(|all| all.iter().map(|dispute| dispute.field).collect());
    view! {
        <Show when=flag(move || disputes.with(|all| !all.is_empty()))>
            <p class="note">{t!(i18n, conflict_explain)}</p>
        </Show>
        <ul class="review-list">{list(fields, Field::to_string, move |field| view! { <Conflict field disputes /> })}</ul>
    }
}

#[component]
fn Conflict(field: Field, disputes: Memo<Arc<Vec<Dispute>>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let is_asking = RwSignal::new(false);
    let find = move |all: &Arc<Vec<Dispute>>| all.iter().find(|dispute| dispute.field == field).map(|dispute| dispute.contenders.clone());
    let contenders = Memo::new(move |_| disputes.with(find).unwrap_or_default());
    let name = move || words::field(i18n, field.item.kind(), field.name);
    let one = move |contender| view! { <OneValue field contender /> };
    view! {
        <li class="review-card" data-section=code(view, field.item) data-conflict=field.to_string()>
            <p class="subject">
                <Subject item=field.item />
                " · "
                <strong>{dynamic(name)}</strong>
            </p>
            <ul class="values">{dynamic(move || contenders.get().into_iter().map(one).collect_view())}</ul>
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    data-action="another"
                    aria-expanded=text(move || is_asking.get().to_string())
                    disabled=flag(move || !session.may(&Edit::Set { field, value: Value::Nothing }))
                    on:click=move |_| is_asking.update(|asking| *asking = !*asking)
                >
                    {t!(i18n, review_another)}
                </button>
                <Jump field />
            </div>
            <Show when=flag(move || is_asking.get())>
                <div class="boxed">
                    <FieldInput field label=text(name) />
                </div>
            </Show>
        </li>
    }
}

#[component]
fn OneValue(field: Field, contender: Contender) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let Contender { value, origin } = contender;
    let (shown, keep) = (StoredValue::new(value.clone()), Edit::Set { field, value });
    let say = move || shown.with_value(|value| words::value(i18n, view, field, value));
    let may = keep.clone();
    let press = move |_| {
        session.write(keep.clone());
        announce(untrack(|| t_string!(i18n, review_settled)));
    };
    view! {
        <li>
            <span class="value">
                <strong>{dynamic(say)}</strong>
                " "
                <span class="note">{dynamic(move || words::origin(i18n, view, origin))}</span>
            </span>
            <button
                type="button"
                class="button"
                data-action="keep"
                aria-label=text(move || format!("{}: {}", t_string!(i18n, conflict_keep), say()))
                disabled=flag(move || !session.may(&may))
                on:click=press
            >
                <Icon glyph=Glyph::Check />
                {t!(i18n, conflict_keep)}
            </button>
        </li>
    }
}
