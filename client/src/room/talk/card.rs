//! A suggestion: who would have what otherwise, and what can be done about it.

use hamutuk_shared::id::{SectionId, SuggestionId};
use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::suggestion::{Proposal, Unacceptable};
use hamutuk_shared::plan::{Choice, Decision, Edit, Item, Suggestion};
use leptos::prelude::*;

use super::about::{code, location, refocus, subject};
use super::deeds::{acceptance, decline, follow_text, replacement, withdraw};
use super::difference::{Difference, words_of};
use super::who;
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::jump;
use crate::plan::place::use_place;
use crate::room::follow;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, announce, dynamic};
use crate::view_model::PlanView;

/// A suggestion of a list. `with_subject` says what it is about, where that is not plain from around it.
#[component]
pub(super) fn Card(section: SectionId, id: SuggestionId, #[prop(optional)] with_subject: bool) -> impl IntoView {
    let room = follow();
    let one = Memo::new(move |_| {
        room.with(|room| room.suggestions.iter().find(|(of, one)| *of == section && one.id == id).map(|(_, one)| one.clone()))
    });
    let view = expect_context::<PlanView>();
    let code = code(view, Location::Item(Item::Section(section)));
    view! {
        <li class="review-card talk-card" data-section=code data-suggestion=id.to_string()>
            {dynamic(move || one.get().map(|one| content(section, one, with_subject)))}
        </li>
    }
}

fn content(section: SectionId, one: Suggestion, with_subject: bool) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let (item, by) = (Item::Suggestion(section, one.id), one.submitted_by.value);
    let about = location(&one.about);
    let decision = one.decision.value;
    let proposal = Proposal::of(&one);
    let note = one.note.clone();
    view! {
        {about.filter(|_| with_subject).map(|about| view! { <p class="subject"><strong>{dynamic(move || subject(i18n, view, about))}</strong></p> })}
        <p class="note">
            {dynamic(move || who::said(i18n, session, view, item, by))} " "
            <span class="chip" data-decision=decision.as_str()>
                {dynamic(move || state(i18n, decision))}
            </span>
        </p>
        {proposal.map(|proposal| view! { <Difference proposal was=one.was.clone() /> })}
        {(!note.trim().is_empty()).then(|| view! { <p class="said">{note}</p> })}
        {(decision == Decision::Open).then(|| view! { <Deeds section one about /> })}
    }
    .into_any()
}

fn state(i18n: crate::words::I18n, decision: Decision) -> &'static str {
    match decision {
        Decision::Open => t_string!(i18n, suggest_state_open),
        Decision::Accepted => t_string!(i18n, suggest_state_accepted),
        Decision::Declined => t_string!(i18n, suggest_state_declined),
    }
}

/// What can be done about an open suggestion.
#[component]
fn Deeds(section: SectionId, one: Suggestion, about: Option<Location>) -> impl IntoView {
    let session = use_session();
    let now = match Proposal::of(&one) {
        Some(Proposal::Words { field, .. }) => follow_text(session, field),
        _ => Signal::stored(None),
    };
    // Words that others change meanwhile change what it takes.
    dynamic(move || {
        now.track();
        let accepted = acceptance(session, section, &one);
        view! {
            {since(&one, now.get().as_deref(), accepted.as_ref())}
            {buttons(section, &one, about, accepted)}
        }
    })
}

/// What has changed since it was made: how it would read by now, or that it does not fit any more.
fn since(one: &Suggestion, now: Option<&str>, accepted: Result<&Vec<Edit>, &Unacceptable>) -> AnyView {
    let i18n = use_i18n();
    let Some(now) = now else { return ().into_any() };
    match accepted {
        Err(Unacceptable::Clash) => {
            let now = now.to_owned();
            view! {
                <p class="field-note warn" data-clash="">
                    <Icon glyph=Glyph::Warning />
                    " "
                    {t!(i18n, suggest_clash)}
                </p>
                <p class="note">{t!(i18n, suggest_stands_now, words = now)}</p>
            }
            .into_any()
        }
        Ok(edits) if now != one.was => {
            let splices = edits.iter().filter_map(|edit| if let Edit::Text { splice, .. } = edit { Some(splice) } else { None });
            let then = splices.fold(now.to_owned(), |text, splice| splice.apply(&text).unwrap_or(text));
            view! {
                <p class="note">{t!(i18n, suggest_reads_then)}</p>
                {words_of(now, &then)}
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

fn buttons(section: SectionId, one: &Suggestion, about: Option<Location>, accepted: Result<Vec<Edit>, Unacceptable>) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let may_all = |edits: &Vec<Edit>| edits.iter().all(|edit| session.may(edit));
    let no = vec![decline(section, one)];
    let may_decide = may_all(&no);
    let is_mine = one.submitted_by.value.is_some_and(|person| person == session.me());
    let back = vec![withdraw(section, one)];
    let instead = if accepted == Err(Unacceptable::Clash) { replacement(session, section, one) } else { None };
    let deed = move |action: &'static str, edits: Vec<Edit>, words: AnyView, done: fn(crate::words::I18n) -> &'static str| {
        let press = move |_| {
            if session.write_all(&edits) {
                announce(untrack(|| done(i18n)));
                refocus(vec!["[data-talk-about] h3".to_owned(), "#suggestions".to_owned()]);
            }
        };
        view! {
            <button type="button" class="button" data-action=action on:click=press>
                {words}
            </button>
        }
    };
    view! {
        <div class="buttons">
            {accepted
                .ok()
                .filter(|edits| may_decide && may_all(edits))
                .map(|edits| {
                    let words = view! { <Icon glyph=Glyph::Check /> {t!(i18n, suggest_accept)} }.into_any();
                    deed("accept", edits, words, |i18n| t_string!(i18n, suggest_is_accepted))
                })}
            {instead
                .filter(|edits| may_decide && may_all(edits))
                .map(|edits| deed("replace", edits, t!(i18n, suggest_replace).into_any(), |i18n| t_string!(i18n, suggest_is_accepted)))}
            {may_decide.then(|| deed("decline", no, t!(i18n, suggest_decline).into_any(), |i18n| t_string!(i18n, suggest_is_declined)))}
            {(is_mine && may_all(&back)).then(|| deed("withdraw", back, t!(i18n, suggest_withdraw).into_any(), |i18n| t_string!(i18n, suggest_is_withdrawn)))}
            {about.map(|about| view! { <Jump about /> })}
        </div>
    }
    .into_any()
}

/// The way to what something is about.
#[component]
pub(super) fn Jump(about: Location) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let talk = super::about::Talk::of_page();
    let words = move || t!(i18n, review_jump);
    if let Some(at) = about.item().activity() {
        let press = move |_| {
            talk.open.set(None);
            match about {
                Location::Field(field) => jump::to_field(place, field),
                Location::Item(_) => place.open(at),
            }
        };
        return view! {
            <button type="button" class="button quiet" data-action="jump" on:click=press>
                {words()}
            </button>
        }
        .into_any();
    }
    let Some(code) = code(view, about) else { return ().into_any() };
    let press = move |_| {
        talk.open.set(None);
        if let Location::Field(field) = about {
            jump::to_page_field(field);
        }
    };
    view! {
        <a class="button quiet" href=place.address(Some(&code)) data-action="jump" on:click=press>
            {words()}
        </a>
    }
    .into_any()
}
