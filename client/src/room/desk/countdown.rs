//! The countdown, in the facilitator's hand.

use hamutuk_shared::derive::Timer;
use hamutuk_shared::derive::timer::{Turn, turn};
use hamutuk_shared::limits::TIMER_MINUTES_MAX;
use leptos::html;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::room::clock::{self, digits};
use crate::room::follow;
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, text, unique};

/// What a breakout usually takes.
const PRESETS: [i64; 4] = [5, 10, 15, 30];

/// The buttons.
#[component]
pub(super) fn Countdown() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = follow();
    let timer = clock::timer();
    let stands = Memo::new(move |_| clock::name(timer.get()));
    let left = Memo::new(move |_| timer.get().left_s().unwrap_or_default());
    let take = move |done: Turn| {
        let edits = room.with_untracked(|room| turn(&room.desk, done, session.server_now_ms()));
        if !edits.is_empty() {
            session.write_all(&edits);
        }
    };
    let minutes = NodeRef::<html::Input>::new();
    let id = unique("minutes");
    let start = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = minutes.get_untracked().and_then(|input| input.value().trim().parse::<i64>().ok());
        if let Some(typed) = typed.filter(|minutes| (1..=TIMER_MINUTES_MAX).contains(minutes)) {
            take(Turn::Start(typed));
        }
    };
    let button = move |action: &'static str, done: Turn, words: fn(crate::words::I18n) -> &'static str| {
        view! {
            <button type="button" class="button" data-action=action on:click=move |_| take(done)>
                {dynamic(move || words(i18n))}
            </button>
        }
    };
    view! {
        <Show when=flag(move || timer.get() != Timer::None)>
            <div class="desk-now" data-timer=text(move || stands.get())>
                <p>
                    <strong class="digits">{dynamic(move || digits(left.get()))}</strong>
                    <span class="note">{dynamic(move || clock::words(i18n, timer.get()))}</span>
                </p>
                <div class="buttons">
                    {dynamic(move || match stands.get() {
                        "running" => button("pause", Turn::Pause, |i18n| t_string!(i18n, timer_pause)).into_any(),
                        "paused" => button("resume", Turn::Resume, |i18n| t_string!(i18n, timer_resume)).into_any(),
                        _ => ().into_any(),
                    })}
                    {button("minute", Turn::Minute, |i18n| t_string!(i18n, timer_minute))}
                    {button("stop", Turn::Stop, |i18n| t_string!(i18n, timer_stop))}
                </div>
            </div>
        </Show>
        <div class="buttons">
            {PRESETS
                .map(|minutes| {
                    view! {
                        <button type="button" class="button" data-minutes=minutes.to_string() on:click=move |_| take(Turn::Start(minutes))>
                            {t!(i18n, timer_start, minutes = minutes)}
                        </button>
                    }
                })
                .into_iter()
                .collect_view()}
        </div>
        <form class="desk-line" on:submit=start>
            <label for=id.clone()>{t!(i18n, timer_minutes)}</label>
            <input id=id class="input" type="number" inputmode="numeric" min="1" max=TIMER_MINUTES_MAX.to_string() required node_ref=minutes />
            <button type="submit" class="button" data-action="start">
                {t!(i18n, timer_begin)}
            </button>
        </form>
    }
}
