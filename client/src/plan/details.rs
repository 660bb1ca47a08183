//! An activity's details: at the side where there is room, else in a dialog that fills a phone.

use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name, Place as Order};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::act;
use super::lead::Lead;
use super::months::Months;
use super::place::{Place, use_place};
use super::row::RestoredNote;
use super::status::Status;
use crate::field::TextInput;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{Dialog, Glyph, Icon, Show, Viewport, dynamic, flag, text, unique, use_viewport};
use crate::view_model::{ActivityView, PlanView};

/// The `id` of the heading at the side.
const HEADING: &str = "details";

/// Opens the details of an activity, and goes into them.
pub(crate) fn open(place: Place, at: ActivityRef) {
    place.open(at);
    request_animation_frame(|| {
        if let Some(heading) = document().get_element_by_id(HEADING).and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    });
}

/// The details at the side, or the dialog.
#[component]
pub(crate) fn Details() -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let viewport = use_viewport();
    let is_wide = Memo::new(move |_| viewport.get() == Viewport::Wide);
    let in_dialog = Signal::derive(move || place.activity.with(Option::is_some));
    move || {
        if is_wide.get() {
            return view! { <Drawer /> }.into_any();
        }
        view! {
            <Dialog open=in_dialog on_close=Callback::new(move |()| place.close()) title=move || t!(i18n, activity_details)>
                {dynamic(move || place.activity.get().map(|activity| view! { <Fields activity /> }))}
            </Dialog>
        }
        .into_any()
    }
}

#[component]
fn Drawer() -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let close = move || {
        let at = place.activity.get_untracked().map(|activity| activity.at);
        place.close();
        if let Some(at) = at {
            focus_button(at);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() && !is_in_popover(&event) {
            close();
        }
    };
    move || {
        place.activity.get().map(|activity| {
            view! {
                <aside class="drawer" aria-labelledby=HEADING on:keydown=key>
                    <div class="details">
                        <div class="details-head">
                            <h2 id=HEADING tabindex="-1">
                                {t!(i18n, activity_details)}
                            </h2>
                            <button type="button" class="icon-button" aria-label=label!(i18n, activity_close) on:click=move |_| close()>
                                <Icon glyph=Glyph::Cross />
                            </button>
                        </div>
                        <Fields activity />
                    </div>
                </aside>
            }
        })
    }
}

/// Esc closes the innermost thing only, and the browser closes a popover by itself.
fn is_in_popover(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(":popover-open").ok().flatten().is_some())
}

/// Back to the button that opened them.
fn focus_button(at: ActivityRef) {
    let selector = format!("[data-activity=\"{}\"] .details-button", at.activity);
    if let Some(button) = document().query_selector(&selector).ok().flatten().and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

#[component]
fn Fields(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let code = expect_context::<PlanView>().section(activity.at.section).map(|section| section.code);
    view! {
        <div class="boxed details" data-section=code data-activity=activity.at.activity.to_string()>
            <ArchivedNote activity />
            <div class="field title-field">
                <span class="field-label">{t!(i18n, activity_title)}</span>
                <TextInput
                    field=activity.title.field
                    label=label!(i18n, activity_title)
                    placeholder=label!(i18n, activity_title_hint)
                />
                <RestoredNote activity />
            </div>
            <div class="field">
                <span class="field-label">{t!(i18n, activity_lead)}</span>
                <Lead activity />
            </div>
            <div class="field">
                <span class="field-label">{t!(i18n, activity_months)}</span>
                <Months activity large=true />
            </div>
            <div class="field">
                <span class="field-label">{t!(i18n, activity_status)}</span>
                <Status activity />
            </div>
            <div class="field">
                <span class="field-label">{t!(i18n, activity_description)}</span>
                <TextInput
                    field=activity.description.field
                    multiline=true
                    label=label!(i18n, activity_description)
                    placeholder=label!(i18n, activity_description_hint)
                />
            </div>
            <OutcomeChoice activity />
            <Foot activity />
        </div>
    }
}

#[component]
fn OutcomeChoice(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let outcomes = expect_context::<PlanView>().section(activity.at.section).map(|section| section.outcomes);
    let id = unique("outcome");
    let path = Field::of_activity(activity.at, Name::Outcome).to_string();
    let to = move |outcome| Edit::MoveActivity { at: activity.at, outcome, place: Order::Last };
    let change = move |event| {
        if let Ok(outcome) = event_target_value(&event).parse() {
            act::write(session, to(outcome));
        }
    };
    let option = move |outcome: crate::view_model::OutcomeView| {
        let (of, words) = (outcome.id, outcome.statement.words);
        view! {
            <option value=of.to_string() selected=flag(move || activity.outcome.get() == of)>
                {outcome.code.clone()}
                " "
                {dynamic(move || words.get())}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, outcome)}</label>
            <select
                id=id
                class="select wide"
                data-path=path
                disabled=flag(move || !session.may(&to(activity.outcome.get())))
                prop:value=text(move || activity.outcome.get().to_string())
                on:change=change
            >
                {dynamic(move || outcomes.map(|outcomes| outcomes.get().into_iter().map(option).collect_view()))}
            </select>
        </div>
    }
}

#[component]
fn ArchivedNote(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    view! {
        <Show when=flag(move || !activity.is_kept())>
            <div class="safety">
                <Icon glyph=Glyph::Archive />
                <span>{t!(i18n, activity_is_archived)}</span>
                <button type="button" class="button" data-action="restore" on:click=move |_| act::archive(session, i18n, activity.at, false)>
                    {t!(i18n, activity_restore)}
                </button>
            </div>
        </Show>
    }
}

/// Moving and archiving.
#[component]
fn Foot(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let place = use_place();
    let archive = move |_| {
        act::archive(session, i18n, activity.at, true);
        place.close();
    };
    view! {
        <Show when=flag(move || activity.is_kept())>
            <div class="details-foot buttons">
                <Shift activity direction=act::Direction::Up />
                <Shift activity direction=act::Direction::Down />
                <button type="button" class="button quiet" data-action="archive" on:click=archive>
                    <Icon glyph=Glyph::Archive />
                    {t!(i18n, activity_archive)}
                </button>
            </div>
        </Show>
    }
}

#[component]
fn Shift(activity: ActivityView, direction: act::Direction) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let is_up = direction == act::Direction::Up;
    let words = move || if is_up { t_string!(i18n, activity_move_up) } else { t_string!(i18n, activity_move_down) };
    view! {
        <button
            type="button"
            class="button quiet"
            data-action=if is_up { "up" } else { "down" }
            disabled=flag(move || act::step(view, activity, direction).is_none())
            on:click=move |_| act::shift(session, view, i18n, activity, direction)
        >
            <Icon glyph=if is_up { Glyph::Up } else { Glyph::Down } />
            {words}
        </button>
    }
}
