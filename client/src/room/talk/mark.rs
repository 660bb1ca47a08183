//! The way to what is said about something, with how much there is.

use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{ActivityRef, Edit, Item};
use leptos::prelude::*;

use super::about::{Offer, Open, Talk, subject};
use super::counts::Counts;
use crate::i18n::{t, t_string, use_i18n};
use crate::room::follow;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Show, dynamic, flag, text};
use crate::view_model::PlanView;

/// A button that opens the panel about something. Where the person may not write, and may suggest, it says so.
pub(crate) fn mark(about: Location) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let talk = Talk::of_page();
    let room = follow();
    let counts = Memo::new(move |_| room.with(|room| Counts::of(room, about)));
    // Where several things can be suggested, the panel asks which.
    let only = match Offer::all(about).as_slice() {
        [offer @ Offer::Other(_)] => Some(*offer),
        _ => None,
    };
    let asks = Memo::new(move |_| only.filter(|offer| !offer.may_be_done(session) && offer.may_be_suggested(session)));
    let may_comment = move || session.may(&Edit::Add { item: Item::Comment([0; 10].into()) });
    let is_shown = Memo::new(move |_| counts.get() != Counts::default() || asks.get().is_some() || may_comment());
    let press = move |_| {
        // With something to be seen already, that comes first.
        let asks = asks.get_untracked().filter(|_| counts.get_untracked().open() == 0);
        talk.open.set(Some(Open { about, asks }));
    };
    let words = move || {
        let what = if asks.get().is_some() { t_string!(i18n, suggest) } else { t_string!(i18n, talk_title) };
        let counts = counts.get();
        let count = if counts.open() > 0 { t_string!(i18n, talk_open, count = counts.open()) } else { String::new() };
        [what.to_owned(), subject(i18n, view, about), count].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    };
    let is_field = matches!(about, Location::Field(_));
    let said = move || match (is_field, asks.get()) {
        (_, Some(_)) => Some(t!(i18n, suggest)),
        (false, None) => Some(t!(i18n, talk_title)),
        (true, None) => None,
    };
    view! {
        <Show when=is_shown.into()>
            <button
                type="button"
                class="talk-mark"
                class:is-empty=flag(move || counts.get().open() == 0 && asks.get().is_none())
                class:of-thing=!is_field
                data-talk=about.to_string()
                data-count=text(move || counts.get().open().to_string())
                aria-label=text(words)
                title=text(words)
                on:click=press
            >
                {dynamic(move || view! { <Icon glyph=if asks.get().is_some() { Glyph::Pencil } else { Glyph::Speech } /> })}
                {dynamic(said)}
                {dynamic(move || Some(counts.get().open()).filter(|count| *count > 0).map(|count| view! { <span class="talk-count">{count}</span> }))}
            </button>
        </Show>
    }
    .into_any()
}

/// How much is open about an activity, on its card or row; nothing where that is nothing.
pub(crate) fn count(at: ActivityRef) -> AnyView {
    let i18n = use_i18n();
    let room = follow();
    let open = Memo::new(move |_| room.with(|room| Counts::of(room, Location::Item(Item::Activity(at))).open()));
    view! {
        <Show when=flag(move || open.get() > 0)>
            <span class="talk-count" title=text(move || t_string!(i18n, talk_open, count = open.get()))>
                <Icon glyph=Glyph::Speech />
                <span aria-hidden="true">{dynamic(move || open.get())}</span>
                <span class="unseen">{t!(i18n, talk_open, count = move || open.get())}</span>
            </span>
        </Show>
    }
    .into_any()
}

/// A button that suggests what the person was about to do and may not. Nothing where that makes no sense.
pub(crate) fn suggest(about: Location) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let talk = Talk::of_page();
    let offer = Offer::all(about).into_iter().next();
    let may = move || offer.is_some_and(|offer| offer.may_be_suggested(session));
    view! {
        <Show when=flag(may)>
            <button type="button" class="button" data-action="suggest" on:click=move |_| talk.open.set(Some(Open { about, asks: offer }))>
                <Icon glyph=Glyph::Pencil />
                {t!(i18n, suggest)}
            </button>
        </Show>
    }
    .into_any()
}
