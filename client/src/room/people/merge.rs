//! Entries that are one person: a facilitator lets one point at the other. Nothing is lost by it, and it can be undone.

use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::plan::same::{likely, shown_as};
use hamutuk_shared::plan::{Edit, Field, Item, Name, Value};
use leptos::prelude::*;

use crate::i18n::{I18n, label, t, t_string, use_i18n};
use crate::session::{Access, Session, use_session};
use crate::ui::{Glyph, Icon, dynamic, toast};
use crate::view_model::PlanView;

/// Lets an entry be shown as another, or as itself again.
fn same_as(id: ParticipantId, kept: Option<ParticipantId>) -> Edit {
    let value = kept.map_or(Value::Nothing, |kept| Value::Word(kept.to_string()));
    Edit::Set { field: Field { item: Item::Person(id), name: Name::SameAs }, value }
}

fn merge(session: Session, i18n: I18n, ids: &[ParticipantId], kept: ParticipantId) {
    let edits: Vec<_> = ids.iter().filter(|id| **id != kept).map(|id| same_as(*id, Some(kept))).collect();
    if session.write_all(&edits) {
        toast(untrack(|| t_string!(i18n, people_merged)));
    }
}

/// "Maria · Ba Futuru", of an entry as it is, whatever it is shown as.
fn entry(i18n: I18n, view: PlanView, id: ParticipantId) -> String {
    let person = view.people.with(|people| people.get(&id).cloned());
    let organisation = person.as_ref().and_then(|person| person.organisation).and_then(|id| view.organisation_label(id));
    let name = person.map(|person| person.name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| t_string!(i18n, origin_unknown).to_owned());
    [Some(name), organisation].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Entries that look like one person, for the facilitator to say so.
#[component]
pub(super) fn Hints() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let access = session.access();
    let present = session.here();
    let found = Memo::new(move |_| if access.with(Access::is_facilitator) { view.people.with(likely) } else { Vec::new() });
    let hint = move |ids: Vec<ParticipantId>| {
        // Who is here goes on under the entry that they are here with.
        let is_here =
            |id: &&ParticipantId| **id == session.me() || present.with_untracked(|all| all.iter().any(|here| here.participant == **id));
        let Some(kept) = ids.iter().find(is_here).or(ids.first()).copied() else { return ().into_any() };
        let (count, shown) = (ids.len(), ids.clone());
        let names = move || shown.iter().map(|id| entry(i18n, view, *id)).collect::<Vec<_>>().join(", ");
        view! {
            <li>
                <span>{t!(i18n, people_likely, count = count, names = names)}</span>
                <button type="button" class="button" data-action="merge-hint" on:click=move |_| merge(session, i18n, &ids, kept)>
                    {t!(i18n, people_merge)}
                </button>
            </li>
        }
        .into_any()
    };
    dynamic(move || {
        let found = found.get();
        (!found.is_empty()).then(|| {
            view! {
                <section class="likely">
                    <h3>
                        <Icon glyph=Glyph::Info />
                        {t!(i18n, people_twice)}
                    </h3>
                    <ul>{found.into_iter().map(hint).collect_view()}</ul>
                </section>
            }
        })
    })
}

/// What a facilitator can do with an entry: let it be shown as another, and take that back.
#[component]
pub(super) fn Merge(id: ParticipantId, also: Vec<ParticipantId>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let chosen = RwSignal::new(String::new());
    let others = move || {
        view.people
            .with(|people| people.keys().copied().filter(|other| *other != id && shown_as(people, *other) == *other).collect::<Vec<_>>())
    };
    let option = move |other: ParticipantId| view! { <option value=other.to_string()>{entry(i18n, view, other)}</option> };
    let press = move |_| {
        if let Ok(kept) = chosen.get_untracked().parse() {
            merge(session, i18n, &[id], kept);
        }
    };
    let part = move |other: ParticipantId| {
        view! {
            <li>
                <span>{dynamic(move || entry(i18n, view, other))}</span>
                <button type="button" class="button" data-action="unmerge" on:click=move |_| session.write(same_as(other, None))>
                    {t!(i18n, people_unmerge)}
                </button>
            </li>
        }
    };
    let has_merged = !also.is_empty();
    view! {
        <details class="merge">
            <summary>{if has_merged { t!(i18n, people_also, count = also.len()) } else { t!(i18n, people_twice_one) }}</summary>
            {has_merged.then(|| view! { <ul class="also">{also.into_iter().map(part).collect_view()}</ul> })}
            <div class="share-link">
                <select class="input" aria-label=label!(i18n, people_same_as) on:change=move |event| chosen.set(event_target_value(&event))>
                    <option value="">{dynamic(move || t_string!(i18n, people_same_as))}</option>
                    {dynamic(move || others().into_iter().map(option).collect_view())}
                </select>
                <button type="button" class="button" data-action="merge" disabled=move || chosen.with(String::is_empty) on:click=press>
                    {t!(i18n, people_merge)}
                </button>
            </div>
        </details>
    }
}
