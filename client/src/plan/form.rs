//! All that can be said of an activity, as a form: one column on a phone, and in the panel at the side.

use hamutuk_shared::plan::schema::{Kind, Location};
use hamutuk_shared::plan::{Edit, Field, Item, Name, Place as Order};
use leptos::prelude::*;

use super::act;
use super::money::Money;
use super::parts_of::{Owner, PartsOf};
use super::place::use_place;
use super::restored::RestoredNote;
use crate::field::{FieldInput, TextInput};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::later::later_or_nothing;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Show, dynamic, flag, text, unique};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The form.
#[component]
pub(crate) fn Form(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let owner = Owner::Activity(activity);
    let code = expect_context::<PlanView>().section(activity.at.section).map(|section| section.code);
    let fields = move |names: &'static [Name]| names.iter().map(|&name| view! { <Labelled field=activity.field(name) /> }).collect_view();
    view! {
        <div class="boxed details" data-section=code data-activity=activity.at.activity.to_string()>
            <ArchivedNote activity />
            <div class="field title-field">
                <span class="field-label">{t!(i18n, activity_title)} {talk(Location::Field(activity.title.field))}</span>
                <TextInput field=activity.title.field label=label!(i18n, activity_title) placeholder=label!(i18n, activity_title_hint) />
                <RestoredNote activity />
            </div>
            {crate::room::star(activity.at)}
            {fields(&[Name::Lead, Name::Months, Name::Status, Name::Description, Name::ExpectedOutput])}
            <Group title=move || t!(i18n, form_who)>{fields(&[Name::Partners, Name::Counterparts, Name::Responsible])}</Group>
            <Group title=move || t!(i18n, form_where)>{fields(&[Name::Municipalities, Name::Location])}</Group>
            <Group title=move || t!(i18n, form_whom)>
                {fields(&[Name::TargetGroups])}
                <div class="field-row">{fields(&[Name::Women, Name::Men, Name::Others])}</div>
            </Group>
            <Group title=move || t!(i18n, form_money)>
                <Money activity />
                <PartsOf owner kind=Kind::BudgetLine />
                <PartsOf owner kind=Kind::Funding />
            </Group>
            <Group title=move || t!(i18n, form_measure)>
                <PartsOf owner kind=Kind::Indicator />
                <PartsOf owner kind=Kind::Report />
            </Group>
            <Group title=move || t!(i18n, form_more)>{fields(&[Name::Kind, Name::Priority, Name::Themes, Name::Risks, Name::Assumptions])}</Group>
            <OutcomeChoice activity />
            {talk(Location::Item(Item::Activity(activity.at)))}
            <Foot activity />
        </div>
    }
}

/// What people say and suggest about something.
fn talk(about: Location) -> AnyView {
    later_or_nothing(move |parts| (parts.talk)(about))
}

/// A field under its name.
#[component]
pub(crate) fn Labelled(field: Field) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || words::field(i18n, field.item.kind(), field.name);
    view! {
        <div class="field" data-field=field.name.key()>
            <span class="field-label">{dynamic(name)} {talk(Location::Field(field))}</span>
            <FieldInput field label=text(name) />
        </div>
    }
}

/// Fields that belong together.
#[component]
fn Group(#[prop(into)] title: ViewFn, children: Children) -> impl IntoView {
    view! {
        <fieldset class="group">
            <legend>{title.run()}</legend>
            {children()}
        </fieldset>
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
            session.write(to(outcome));
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
