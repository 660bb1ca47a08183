//! Who leads an activity: picked from the plan's organisations, or added to them on the spot.

use hamutuk_shared::id::OrganisationId;
use hamutuk_shared::plan::{Edit, Field, Name, OrganisationKind};
use leptos::prelude::*;

use super::act;
use super::dispute::Dispute;
use super::presence::Presence;
use crate::i18n::{label, t_string, use_i18n};
use crate::session::{Session, new_organisation_id, use_session};
use crate::ui::fold::fold;
use crate::ui::listbox::{Item, Options, Picker};
use crate::ui::{Popover, dynamic, use_popover};
use crate::view_model::{ActivityView, PlanView};

/// What can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Pick {
    Nobody,
    Organisation(OrganisationId),
    New(String),
}

/// The lead of an activity, to be chosen.
#[component]
pub(crate) fn Lead(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let path = Field::of_activity(activity.at, Name::Lead).to_string();
    let say = move |lead: Option<OrganisationId>| {
        lead.and_then(|id| view.organisation_label(id)).unwrap_or_else(|| t_string!(i18n, activity_lead_none).to_owned())
    };
    let now = move || activity.lead.with(|lead| lead.value);
    let set = move |lead| Edit::lead(activity.at, lead);
    let label = Signal::derive(move || format!("{}: {}", t_string!(i18n, activity_lead), say(now())));
    let trigger = move || view! { <span class:is-empty=move || now().is_none()>{dynamic(move || say(now()))}</span> };
    view! {
        <Presence path=path.clone()>
            <Popover class="cell-button" label=label path=path disabled=Signal::derive(move || !session.may(&set(None))) trigger=trigger>
                <LeadPicker activity />
            </Popover>
        </Presence>
        <div class="under">
            <Dispute
                register=activity.lead
                say=Callback::new(say)
                settle=Callback::new(move |lead| act::write(session, set(lead)))
            />
        </div>
    }
}

#[component]
fn LeadPicker(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let popover = use_popover();
    let query = RwSignal::new(String::new());
    let items = Signal::derive(move || items(view, t_string!(i18n, activity_lead_none)));
    let picker = Picker::new(query, items, move |typed| {
        is_new(view, typed).then(|| Item {
            key: Pick::New(typed.to_owned()),
            label: t_string!(i18n, organisation_add_named, name = typed),
            detail: String::new(),
            is_always: true,
        })
    });
    let pick = Callback::new(move |pick: Pick| {
        popover.close();
        let lead = match pick {
            Pick::Nobody => None,
            Pick::Organisation(id) => Some(id),
            Pick::New(name) => Some(add(session, name)),
        };
        act::write(session, Edit::lead(activity.at, lead));
    });
    let is_current = Callback::new(move |pick| match pick {
        Pick::Nobody => activity.lead.with(|lead| lead.value.is_none()),
        Pick::Organisation(id) => activity.lead.with(|lead| lead.value == Some(id)),
        Pick::New(_) => false,
    });
    let typed = move |event| {
        query.set(event_target_value(&event));
        // What is typed marks the first that fits, so that Enter takes it. The first of all says "nobody".
        let first = picker.shown.with_untracked(|all| usize::from(all.len() > 1));
        picker.marked.set((!query.with_untracked(String::is_empty)).then_some(first));
    };
    let key = move |event| {
        if let Some(picked) = picker.key(&event) {
            pick.run(picked);
        }
    };
    view! {
        <div class="combobox">
            <input
                type="text"
                class="input"
                role="combobox"
                autocomplete="off"
                data-autofocus=""
                maxlength=hamutuk_shared::limits::NAME_CHARS_MAX.to_string()
                aria-label=label!(i18n, activity_lead)
                aria-expanded="true"
                aria-autocomplete="list"
                aria-controls=picker.list.get_value()
                aria-activedescendant=Signal::derive(move || picker.marked_id())
                placeholder=label!(i18n, organisation_find)
                on:input=typed
                on:keydown=key
            />
            <Options picker label=label!(i18n, activity_lead) is_current on_pick=pick />
        </div>
    }
}

fn items(view: PlanView, nobody: &str) -> Vec<Item<Pick>> {
    let nobody = Item { key: Pick::Nobody, label: nobody.to_owned(), detail: String::new(), is_always: true };
    let organisation = |one: &hamutuk_shared::plan::Organisation| Item {
        key: Pick::Organisation(one.id),
        label: one.label().to_owned(),
        detail: if one.label() == one.name { String::new() } else { one.name.clone() },
        is_always: false,
    };
    view.organisations.with(|all| std::iter::once(nobody).chain(all.iter().map(organisation)).collect())
}

/// Whether no organisation is called that.
fn is_new(view: PlanView, typed: &str) -> bool {
    let folded = fold(typed);
    !folded.is_empty() && view.organisations.with(|all| all.iter().all(|one| fold(one.label()) != folded && fold(&one.name) != folded))
}

fn add(session: Session, name: String) -> OrganisationId {
    let id = new_organisation_id();
    act::write(session, Edit::AddOrganisation { id, acronym: String::new(), name, kind: OrganisationKind::default() });
    id
}

/// The lead of an activity, to be read; nothing while there is none.
#[component]
pub(crate) fn LeadWords(activity: ActivityView) -> impl IntoView {
    let view = expect_context::<PlanView>();
    let name = move || activity.lead.with(|lead| lead.value).and_then(|id| view.organisation_label(id));
    move || name().map(|name| view! { <span>{name}</span> })
}
