//! Several people chose differently at the same time: every value is kept, and shown until somebody settles it.

use hamutuk_shared::plan::dispute::Contender;
use hamutuk_shared::plan::{Edit, Field};
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Popover, Show, dynamic, flag, use_popover};
use crate::view_model::PlanView;
use crate::words;

/// A chip with the number of rival values, which opens the choice between them; nothing while there is one value.
#[component]
pub(crate) fn Dispute(field: Field) -> impl IntoView {
    let i18n = use_i18n();
    let standing = use_session().standing(field);
    let count = Memo::new(move |_| standing.with(|standing| standing.value.rivals.len()));
    let trigger = move || view! { <Icon glyph=Glyph::Warning /> {t!(i18n, conflict_values, count = move || count.get())} };
    view! {
        <Show when=flag(move || count.get() > 0)>
            <Popover class="chip warn" trigger=trigger>
                <div class="pad">
                    <p class="note">{t!(i18n, conflict_explain)}</p>
                </div>
                <Contenders field />
            </Popover>
        </Show>
    }
}

#[component]
fn Contenders(field: Field) -> impl IntoView {
    let session = use_session();
    let standing = session.standing(field);
    let all = move || {
        standing.track();
        session.dispute(field).map(|dispute| dispute.contenders).unwrap_or_default()
    };
    let button = move |contender| view! { <ContenderButton field contender /> };
    view! { <div class="menu">{dynamic(move || all().into_iter().map(button).collect_view())}</div> }
}

/// One of the values, who chose it, and when.
#[component]
fn ContenderButton(field: Field, contender: Contender) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let popover = use_popover();
    let (value, shown, origin) = (contender.value.clone(), contender.value, contender.origin);
    let press = move |_| {
        popover.close();
        session.write(Edit::Set { field, value: value.clone() });
    };
    view! {
        <button type="button" on:click=press>
            <span class="two">
                <span>{dynamic(move || words::value(i18n, view, field, &shown))}</span>
                <span class="note">{dynamic(move || words::origin(i18n, view, origin))}</span>
            </span>
        </button>
    }
}
