//! What is said about one thing or field: its suggestions and comments, and the forms for more. A dialog, which fills a phone.

use hamutuk_shared::plan::schema::Location;
use leptos::prelude::*;

use super::about::{Offer, Open, Talk, code, location, subject};
use super::card::Card;
use super::comments::Comments;
use super::counts::{is_open, is_shown_in};
use super::draft::{DraftForm, name};
use crate::i18n::{t, use_i18n};
use crate::later::beside;
use crate::room::follow;
use crate::session::use_session;
use crate::ui::{Dialog, Glyph, Icon, Show, dynamic, flag, list};
use crate::view_model::PlanView;

/// The panel of the page, once something is talked about.
pub(crate) fn panel() -> AnyView {
    let talk = Talk::of_page();
    // It stays when it is closed, so that it can give the focus back.
    let was_open = Memo::new(move |before| before == Some(&true) || talk.open.with(Option::is_some));
    view! { <Show when=was_open.into()>{beside(|parts| (parts.talk_panel)())}</Show> }.into_any()
}

/// The dialog, and all that can be said in it.
pub(crate) fn dialog() -> AnyView {
    let i18n = use_i18n();
    let talk = Talk::of_page();
    let is_shown = Signal::derive(move || talk.open.with(Option::is_some));
    view! {
        <Dialog open=is_shown on_close=Callback::new(move |()| talk.open.set(None)) title=move || t!(i18n, talk_title)>
            {dynamic(move || talk.open.get().map(|open| view! { <About open /> }))}
        </Dialog>
    }
    .into_any()
}

#[component]
fn About(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let about = open.about;
    view! {
        <div class="talk" data-talk-about=about.to_string() data-section=code(view, about)>
            <p class="talk-subject">
                {code(view, about).map(|code| view! { <span class="code">{code}</span> " " })}
                <strong>{dynamic(move || subject(i18n, view, about))}</strong>
            </p>
            <Suggestions open />
            <Comments about />
        </div>
    }
}

#[component]
fn Suggestions(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = follow();
    let about = open.about;
    let asked = RwSignal::new(open.asks);
    let all = move |wanted: bool| {
        room.with(|room| {
            let of_it = room.suggestions.iter().filter(|(_, one)| is_shown_in(about, one) && is_open(one) == wanted);
            of_it.map(|(section, one)| (*section, one.id, location(&one.about) != Some(about))).collect::<Vec<_>>()
        })
    };
    let cards = move |wanted: bool| {
        view! {
            <ul class="review-list">
                {list(move || all(wanted), |(_, id, _)| id.to_string(), |(section, id, with_subject)| view! { <Card section id with_subject /> })}
            </ul>
        }
    };
    let offers = Offer::all(about);
    let may_any = !offers.is_empty();
    let offer = move |offer: Offer| {
        let is_several = matches!(about, Location::Item(_));
        view! {
            <Show when=flag(move || asked.get().is_none() && offer.may_be_suggested(session))>
                <button type="button" class="button" data-action="suggest" on:click=move |_| asked.set(Some(offer))>
                    <Icon glyph=Glyph::Pencil />
                    {t!(i18n, suggest)}
                    {is_several.then(|| view! { ": " {dynamic(move || name(i18n, offer))} })}
                </button>
            </Show>
        }
    };
    let form = move || asked.get().map(|offer| view! { <DraftForm offer done=Callback::new(move |()| asked.set(None)) /> });
    view! {
        <Show when=flag(move || may_any || !all(true).is_empty() || !all(false).is_empty())>
            <section class="talk-part">
                <h3 tabindex="-1">{t!(i18n, suggestions)}</h3>
                {cards(true)}
                <div class="buttons">{offers.iter().copied().map(offer).collect_view()}</div>
                {dynamic(form)}
                <Show when=flag(move || !all(false).is_empty())>
                    <details>
                        <summary>{t!(i18n, suggestions_decided, count = move || all(false).len())}</summary>
                        {cards(false)}
                    </details>
                </Show>
            </section>
        </Show>
    }
}
