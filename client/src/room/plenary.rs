//! The projector: large words and no buttons. It shows what the facilitator who leads looks at, or has chosen.

mod highlights;
mod overview;
mod section;
mod sums;

use hamutuk_shared::derive::{Shown, Timer};
use leptos::ev;
use leptos::prelude::*;

use super::clock::{self, digits};
use super::follow;
use super::lead::led;
use super::vote::{Ranking, votes};
use crate::address::{Step, use_address};
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::plan::place::use_place;
use crate::plan::view::View;
use crate::ui::{Show, dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What the plenary shows, as it is called.
pub(super) fn name_of(i18n: I18n, view: PlanView, shown: &Shown) -> String {
    match shown {
        Shown::Plan => t_string!(i18n, nav_plan).to_owned(),
        Shown::Section(code, _) => {
            let name = view.sections.with(|all| all.iter().find(|one| one.code == *code).map(|one| one.name.clone()));
            format!("{code} {}", name.as_ref().map(|name| name.get(words::language(i18n))).unwrap_or_default())
        }
        Shown::Highlights => t_string!(i18n, plenary_highlights).to_owned(),
        Shown::Sums => t_string!(i18n, plenary_sums).to_owned(),
        Shown::Votes => t_string!(i18n, plenary_votes).to_owned(),
        Shown::Timer => t_string!(i18n, timer_title).to_owned(),
    }
}

/// The view.
pub(crate) fn plenary() -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = Derived::provide();
    let (led, room) = (led(), follow());
    // Nobody leads for a moment when the network fails: what was shown stays.
    let shown = Memo::new(move |before: Option<&Shown>| led.get().map(|(_, shown)| shown).or_else(|| before.cloned()).unwrap_or_default());
    let message = Memo::new(move |_| room.with(|room| room.desk.message.value.clone()));
    let follows = move || match led.get() {
        Some((who, _)) => t_string!(i18n, plenary_follows, name = words::person(view, who).unwrap_or_default()),
        None => t_string!(i18n, plenary_nobody).to_owned(),
    };
    view! {
        <div class="plenary" data-view=View::Plenary.as_str() data-shown=text(move || shown.with(Shown::query)) data-section=text(move || code(&shown.get()))>
            <header>
                <span class="plenary-title">{dynamic(move || view.title.words.get())}</span>
                <Show when=flag(move || shown.with(|shown| *shown != Shown::Timer))>
                    <Clock />
                </Show>
            </header>
            <Show when=flag(move || message.with(Option::is_some))>
                <p class="plenary-message">{dynamic(move || message.get())}</p>
            </Show>
            <div class="plenary-body">{dynamic(move || content(shown.get(), derived))}</div>
            <footer role="status" data-led=text(move || led.with(Option::is_some).to_string())>
                {dynamic(follows)}
            </footer>
            <Out />
        </div>
    }
    .into_any()
}

fn code(shown: &Shown) -> String {
    match shown {
        Shown::Section(code, _) => code.clone(),
        _ => String::new(),
    }
}

fn content(shown: Shown, derived: Derived) -> AnyView {
    let i18n = use_i18n();
    match shown {
        Shown::Plan => overview::overview(derived),
        Shown::Section(code, activity) => section::section(derived, code, activity),
        Shown::Highlights => highlights::highlights(derived),
        Shown::Sums => sums::sums(derived),
        Shown::Votes => view! {
            <h1>{t!(i18n, plenary_votes)}</h1>
            <VotesShown derived />
        }
        .into_any(),
        Shown::Timer => view! { <Huge /> }.into_any(),
    }
}

/// The countdown in the corner.
#[component]
fn Clock() -> impl IntoView {
    let timer = clock::timer();
    view! {
        <Show when=flag(move || timer.get() != Timer::None)>
            <span class="plenary-clock" role="timer" data-timer=text(move || clock::name(timer.get()))>
                {dynamic(move || digits(timer.get().left_s().unwrap_or_default()))}
            </span>
        </Show>
    }
}

/// The countdown, as large as it goes.
#[component]
fn Huge() -> impl IntoView {
    let i18n = use_i18n();
    let timer = clock::timer();
    view! {
        <div class="plenary-huge" role="timer" data-timer=text(move || clock::name(timer.get()))>
            <strong class="digits">{dynamic(move || timer.get().left_s().map_or_else(|| "–".to_owned(), digits))}</strong>
            <span>
                {dynamic(move || match timer.get() {
                    Timer::None => t_string!(i18n, timer_none),
                    timer => clock::words(i18n, timer),
                })}
            </span>
        </div>
    }
}

/// While dots are given, nobody is told how they fall: that would draw others after them.
#[component]
fn VotesShown(derived: Derived) -> impl IntoView {
    use hamutuk_shared::derive::Votes;
    use hamutuk_shared::plan::Voting;

    let i18n = use_i18n();
    let room = follow();
    let votes = votes(derived);
    let is_open = Memo::new(move |_| room.with(|room| room.desk.voting.value == Voting::Open));
    view! {
        <Show when=flag(move || is_open.get()) fallback=move || view! { <Ranking votes /> }>
            <p class="plenary-huge" data-given=text(move || votes.with(Votes::total).to_string())>
                <strong class="digits">{dynamic(move || votes.with(Votes::total))}</strong>
                <span>{t!(i18n, vote_open_now, people = move || votes.with(|votes| votes.voters))}</span>
            </p>
        </Show>
    }
}

/// The way out: Esc, or a link that is seen when the focus or the mouse is on it.
#[component]
fn Out() -> impl IntoView {
    let i18n = use_i18n();
    let (place, address) = (use_place(), use_address());
    let out = place.address(None);
    let to = out.clone();
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && !event.default_prevented() {
            address.go(&to, Step::Next);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <a class="plenary-out" href=out>
            {t!(i18n, plenary_out)}
        </a>
    }
}

/// How much there is to show: the more, the smaller.
const fn density(lines: usize) -> &'static str {
    match lines {
        0..=7 => "few",
        8..=12 => "some",
        _ => "many",
    }
}
