//! The facilitator's desk: what one person in the room holds for all others.

mod countdown;
mod end_of_day;
mod groups;
mod lead;
mod message;
mod tables;
mod voting;

use leptos::prelude::*;

use self::countdown::Countdown;
use self::end_of_day::EndOfDay;
use self::groups::Groups;
use self::lead::Leading;
use self::message::Message;
use self::tables::Held;
use self::voting::Voting;
use crate::i18n::{t, use_i18n};
use crate::plan::derived::Derived;
use crate::plan::parts_of::{Owner, PartsOf};
use crate::plan::view::View;
use crate::session::{Access, use_session};
use crate::ui::{Show, flag};
use crate::view_model::PlanView;

/// The desk; a word about whose it is for everybody else.
pub(crate) fn desk() -> AnyView {
    let i18n = use_i18n();
    let access = use_session().access();
    let is_facilitator = Memo::new(move |_| access.with(Access::is_facilitator));
    view! {
        <div class="view desk" data-view=View::Desk.as_str()>
            <h1>{t!(i18n, view_desk)}</h1>
            <Show when=flag(move || is_facilitator.get()) fallback=move || view! { <p class="note">{t!(i18n, desk_not_yours)}</p> }>
                <Desk />
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn Desk() -> impl IntoView {
    use hamutuk_shared::plan::schema::Kind;

    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = Derived::provide();
    view! {
        <div class="desk-cards">
            {card("message", move || t!(i18n, message_title), view! { <Message /> }.into_any())}
            {card("timer", move || t!(i18n, timer_title), view! { <Countdown /> }.into_any())}
            {card("lead", move || t!(i18n, view_plenary), view! { <Leading /> }.into_any())}
            {card("voting", move || t!(i18n, view_vote), view! { <Voting derived /> }.into_any())}
            {card("held", move || t!(i18n, desk_held), view! { <Held derived /> }.into_any())}
            {card("day", move || t!(i18n, day_title), view! { <EndOfDay /> }.into_any())}
        </div>
        <h2>{t!(i18n, desk_groups)}</h2>
        <Groups derived />
        <section class="boxed desk-parking" data-desk="parking">
            <h2>{t!(i18n, more_parking)}</h2>
            <PartsOf owner=Owner::Plan(view) kind=Kind::Parked />
        </section>
    }
}

/// One thing of the desk, under its name.
fn card(name: &'static str, title: impl Fn() -> AnyView, content: AnyView) -> AnyView {
    view! {
        <section class="desk-card" data-desk=name>
            <h2>{title()}</h2>
            {content}
        </section>
    }
    .into_any()
}
