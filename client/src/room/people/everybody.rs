//! The list of everybody who joined.

use std::collections::BTreeSet;

use hamutuk_shared::id::OrganisationId;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Choice, Field, Item, Name};
use leptos::prelude::*;

use super::listing::{Members, Row, Table, listing};
use super::merge::Merge;
use crate::field::FieldInput;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Access, colour, use_session};
use crate::ui::{dynamic, list, text};
use crate::view_model::PlanView;
use crate::words;

/// It.
#[component]
pub(super) fn Everybody() -> impl IntoView {
    let i18n = use_i18n();
    let tables = tables();
    let count = move || tables.with(|all| all.iter().map(|table| table.people.len()).sum::<usize>());
    let here = move || tables.with(|all| all.iter().flat_map(|table| &table.people).filter(|row| row.is_here).count());
    let key = |table: &Table| table.organisation.map(|id| id.to_string()).unwrap_or_default();
    view! {
        <section class="everybody">
            <h3>{t!(i18n, people_everybody, count = count, here = here)}</h3>
            {list(move || tables.get(), key, move |table| view! { <Of organisation=table.organisation tables /> })}
        </section>
    }
}

/// Everybody, following who comes, goes and is renamed.
fn tables() -> Memo<Vec<Table>> {
    let view = expect_context::<PlanView>();
    let session = use_session();
    let (me, present) = (session.me(), session.here());
    Memo::new(move |_| {
        let groups: Vec<Members> =
            view.sections.with(|all| all.iter().map(|one| (one.code.clone(), one.group.with(|group| group.members.clone()))).collect());
        let here: BTreeSet<_> = present.with(|all| all.iter().map(|here| here.participant).chain([me]).collect());
        view.people.with(|people| view.organisations.with(|organisations| listing(people, organisations, &groups, &here)))
    })
}

/// The people of an organisation, under its name and colour.
#[component]
fn Of(organisation: Option<OrganisationId>, tables: Memo<Vec<Table>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let access = use_session().access();
    let rows = move || {
        tables.with(|all| all.iter().find(|table| table.organisation == organisation).map(|table| table.people.clone()).unwrap_or_default())
    };
    let label = move || {
        let label = organisation.and_then(|id| view.organisation_label(id)).filter(|label| !label.trim().is_empty());
        label.unwrap_or_else(|| t_string!(i18n, people_no_organisation).to_owned())
    };
    let known =
        move || organisation.and_then(|id| view.organisations.with(|all| all.iter().find(|one| one.id == id).map(|one| one.colour)));
    let colour_name = move || known().unwrap_or_default().as_str();
    let chooser = move || {
        let id = organisation.filter(|_| access.with(Access::is_facilitator))?;
        let field = Field { item: Item::Organisation(id), name: Name::Colour };
        let label = text(move || format!("{}: {}", words::field(i18n, Kind::Organisation, Name::Colour), label()));
        Some(view! { <FieldInput field label /> })
    };
    view! {
        <div class="of-organisation" data-colour=text(colour_name)>
            <div class="of-head">
                <span class="swatch" aria-hidden="true"></span>
                <h4>{dynamic(label)}</h4>
                {dynamic(chooser)}
            </div>
            <ul class="people-list">
                {list(rows, as_shown, |row| view! { <Entry row /> })}
            </ul>
        </div>
    }
}

/// Whatever of somebody can change: who is otherwise than before is shown anew.
fn as_shown(row: &Row) -> String {
    let Row { id, name, groups, is_here, also } = row;
    format!("{id}/{name}/{is_here}/{}/{}", groups.concat(), also.len())
}

#[component]
fn Entry(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let access = use_session().access();
    let Row { id, name, groups, is_here, also } = row;
    let (called, initials) = (name.clone(), words::initials(&name));
    let presence = move || if is_here { t_string!(i18n, people_here) } else { t_string!(i18n, people_away) };
    let codes = groups.into_iter().map(|code| view! { <span class="code" data-section=code.clone()>{code.clone()}</span> }).collect_view();
    let also = StoredValue::new(also);
    view! {
        <li data-person=called data-here=is_here.to_string()>
            <span class="avatar" data-who=colour(id).to_string() aria-hidden="true">
                {initials}
            </span>
            <span>
                <strong>{name}</strong>
                " "
                {codes}
                <span class="note">{dynamic(presence)}</span>
            </span>
            {dynamic(move || access.with(Access::is_facilitator).then(|| view! { <Merge id also=also.get_value() /> }))}
        </li>
    }
}
