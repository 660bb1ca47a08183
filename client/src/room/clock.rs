//! The countdown on this screen: by the server's clock, so that all screens show the same.

use std::time::Duration;

use hamutuk_shared::derive::Timer;
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::*;

use super::follow;
use crate::i18n::t_string;
use crate::session::use_session;
use crate::words::I18n;

/// How late a screen may be.
const BEAT: Duration = Duration::from_millis(250);

/// The countdown. It ticks only while there is one that runs.
pub(super) fn timer() -> Memo<Timer> {
    let session = use_session();
    let room = follow();
    let beat = RwSignal::new(0u32);
    let timer = Memo::new(move |_| {
        beat.track();
        room.with(|room| Timer::at(&room.desk, session.server_now_ms()))
    });
    let ticks = Memo::new(move |_| matches!(timer.get(), Timer::Running(_) | Timer::Over));
    let ticking: StoredValue<Option<IntervalHandle>> = StoredValue::new(None);
    let stop = move || {
        if let Some(handle) = ticking.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |_| {
        stop();
        if ticks.get() {
            // The part of the page may be gone by now.
            let tick = move || {
                let _ = beat.try_update(|beat| *beat = beat.wrapping_add(1));
            };
            ticking.set_value(set_interval_with_handle(tick, BEAT).ok());
        }
    });
    on_cleanup(stop);
    timer
}

/// "4:05", or "1:04:05".
pub(super) fn digits(left_s: i64) -> String {
    let (hours, minutes, seconds) = (left_s / 3600, left_s / 60 % 60, left_s % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// What is said beside the digits.
pub(super) fn words(i18n: I18n, timer: Timer) -> &'static str {
    match timer {
        Timer::None => "",
        Timer::Running(_) => t_string!(i18n, timer_left),
        Timer::Paused(_) => t_string!(i18n, timer_paused),
        Timer::Over => t_string!(i18n, timer_over),
    }
}

/// A word for it that does not depend on the language.
pub(super) const fn name(timer: Timer) -> &'static str {
    match timer {
        Timer::None => "none",
        Timer::Running(_) => "running",
        Timer::Paused(_) => "paused",
        Timer::Over => "over",
    }
}
