//! What the facilitator has for everybody, above every screen: a message, the countdown, and that dots are given.

use hamutuk_shared::derive::Timer;
use hamutuk_shared::derive::votes::Own;
use hamutuk_shared::plan::{Edit, Field, Item, Name, Value, Voting};
use leptos::prelude::*;

use super::clock::{self, digits};
use super::{follow, lead};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::place::use_place;
use crate::plan::view::View;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Show, announce, dynamic, flag, text};
use crate::view_model::PlanView;

/// All of it; nothing while there is nothing.
pub(crate) fn for_all() -> AnyView {
    // Whoever leads goes on leading on every screen.
    lead::leading();
    view! {
        <div class="for-all">
            <Message />
            <Countdown />
            <Dots />
        </div>
    }
    .into_any()
}

#[component]
fn Message() -> impl IntoView {
    let i18n = use_i18n();
    let room = follow();
    let message = Memo::new(move |_| room.with(|room| room.desk.message.value.clone()));
    let dismissed = RwSignal::new(None::<String>);
    Effect::new(move |_| match message.get() {
        Some(message) => announce(untrack(|| t_string!(i18n, message_said, message = message))),
        // The same words, said again later, are news again.
        None => dismissed.set(None),
    });
    let shown = Memo::new(move |_| message.get().filter(|message| dismissed.with(|dismissed| dismissed.as_ref() != Some(message))));
    view! {
        <Show when=flag(move || shown.with(Option::is_some))>
            <section class="message" aria-label=label!(i18n, message_title)>
                <Icon glyph=Glyph::Info />
                <p>
                    <span class="note">{t!(i18n, message_title)}</span>
                    <strong>{dynamic(move || shown.get())}</strong>
                </p>
                <button
                    type="button"
                    class="icon-button"
                    aria-label=label!(i18n, message_dismiss)
                    data-action="dismiss-message"
                    on:click=move |_| dismissed.set(message.get_untracked())
                >
                    <Icon glyph=Glyph::Cross />
                </button>
            </section>
        </Show>
    }
}

#[component]
fn Countdown() -> impl IntoView {
    let i18n = use_i18n();
    let timer = clock::timer();
    // Said when it begins, a minute before its end, and at its end: not every second.
    Effect::new(move |before: Option<Timer>| {
        let now = timer.get();
        let minutes = |left: i64| (left + 30) / 60;
        let said = match (before, now) {
            (None | Some(Timer::None | Timer::Over | Timer::Paused(_)), Timer::Running(left)) if left > 60 => {
                Some(untrack(|| t_string!(i18n, timer_said_begun, minutes = minutes(left))))
            }
            (Some(Timer::Running(before)), Timer::Running(left)) if before > 60 && left <= 60 => {
                Some(untrack(|| t_string!(i18n, timer_said_minute)).to_owned())
            }
            (Some(Timer::Running(_)), Timer::Over) => Some(untrack(|| t_string!(i18n, timer_over)).to_owned()),
            _ => None,
        };
        if let Some(said) = said {
            announce(said);
        }
        now
    });
    let left = Memo::new(move |_| timer.get().left_s().unwrap_or_default());
    view! {
        <Show when=flag(move || timer.get() != Timer::None)>
            <div class="countdown" role="timer" aria-label=label!(i18n, timer_title) data-timer=text(move || clock::name(timer.get()))>
                <strong class="digits">{dynamic(move || digits(left.get()))}</strong>
                <span>{dynamic(move || clock::words(i18n, timer.get()))}</span>
            </div>
        </Show>
    }
}

/// The way to the dots, for whoever may give some.
#[component]
fn Dots() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let place = use_place();
    let view = expect_context::<PlanView>();
    let (room, me) = (follow(), session.me());
    let may = Edit::Set { field: Field { item: Item::Ballot(me), name: Name::Dot1 }, value: Value::Nothing };
    let is_open = Memo::new(move |_| room.with(|room| room.desk.voting.value == Voting::Open));
    let left = Memo::new(move |_| room.with(|room| Own::of(&view.plan(), room, me).left()));
    view! {
        <Show when=flag(move || is_open.get() && place.view.get() != View::Vote && session.may(&may))>
            <a class="button main" data-action="to-vote" href=place.view_address(View::Vote)>
                {t!(i18n, vote_go, count = move || left.get())}
            </a>
        </Show>
    }
}
