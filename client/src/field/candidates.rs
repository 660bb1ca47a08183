//! What can be picked in a field that refers to other things, or is a set of words.

use hamutuk_shared::id::{OrganisationId, SourceId};
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::same::shown_as;
use hamutuk_shared::plan::schema::{Content, Kind, Members};
use hamutuk_shared::plan::{Edit, Field, Indicator, Item as Thing, Name, Organisation, OrganisationKind, Source};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;

use crate::session::{Session, new_id};
use crate::ui::listbox::Item;
use crate::view_model::PlanView;
use crate::words::{self, I18n};
use hamutuk_shared::derive::fold::fold;

/// What can be picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pick {
    /// Nothing.
    Nobody,
    /// A word of a list, or the id of a thing.
    Known(String),
    /// Something of this name, to be added.
    New(String),
}

fn kind(field: Field) -> Option<Kind> {
    match field.content()? {
        Content::Reference(kind) | Content::Set(Members::References(kind)) => Some(kind),
        _ => None,
    }
}

/// What may be picked in a field. Reactive.
pub(crate) fn candidates(i18n: I18n, view: PlanView, field: Field) -> Vec<Item<Pick>> {
    let item = |id: String, label: &str, detail: &str| Item {
        key: Pick::Known(id),
        label: label.to_owned(),
        detail: if label == detail { String::new() } else { detail.to_owned() },
        is_always: false,
    };
    match field.content() {
        Some(Content::Set(Members::Of(words))) => {
            let say = |word: &&str| item((*word).to_owned(), &words::value(i18n, view, field, &Value::Word((*word).to_owned())), "");
            words.iter().map(say).collect()
        }
        _ => match kind(field) {
            Some(Kind::Organisation) => {
                let one = |one: &Organisation| item(one.id.to_string(), one.label(), &one.name);
                view.organisations.with(|all| all.iter().map(one).collect())
            }
            Some(Kind::Source) => {
                let one = |one: &Source| item(one.id.to_string(), &one.name, words::choice(i18n, Kind::Source, Name::Kind, one.kind.value));
                view.sources.with(|all| all.iter().filter(|one| one.archived.is_kept()).map(one).collect())
            }
            Some(Kind::Indicator) => {
                let kept = indicators(view, field).into_iter().filter(|one| one.archived.is_kept());
                kept.map(|one| item(one.id.to_string(), &one.text, "")).collect()
            }
            // Whoever joined twice is offered once.
            Some(Kind::Person) => view.people.with(|all| {
                let shown = all.values().filter(|one| shown_as(all, one.id) == one.id);
                shown.map(|one| item(one.id.to_string(), &one.name, "")).collect()
            }),
            _ => Vec::new(),
        },
    }
}

/// The indicators beside a report, of which it may be about one. Reactive.
pub(crate) fn indicators(view: PlanView, field: Field) -> Vec<Indicator> {
    match field.item.owner() {
        Some(Thing::Activity(at)) => view.activity(at).map(|one| one.whole.with(|one| one.indicators.clone())),
        Some(Thing::Outcome(at)) => view.outcome(at).map(|one| one.whole.with(|one| one.indicators.clone())),
        _ => None,
    }
    .unwrap_or_default()
}

/// Whether something that is not in the list can be added to it.
pub(crate) fn can_add(field: Field) -> bool {
    matches!(kind(field), Some(Kind::Organisation | Kind::Source))
}

/// Whether the person may add to it now. Reactive.
pub(crate) fn may_add(session: Session, field: Field) -> bool {
    adding(field, String::new()).is_some_and(|(edits, _)| edits.iter().take(1).all(|edit| session.may(edit)))
}

/// Whether nothing in the list is called that. Reactive.
pub(crate) fn is_new(i18n: I18n, view: PlanView, field: Field, typed: &str) -> bool {
    let folded = fold(typed);
    !folded.is_empty() && candidates(i18n, view, field).iter().all(|one| fold(&one.label) != folded && fold(&one.detail) != folded)
}

/// The edits that add an organisation or a source of this name, and its id; none where the field refers to neither.
pub(crate) fn adding(field: Field, name: String) -> Option<(Vec<Edit>, String)> {
    match kind(field)? {
        Kind::Organisation => {
            let id: OrganisationId = new_id();
            Some((vec![Edit::AddOrganisation { id, acronym: String::new(), name, kind: OrganisationKind::default() }], id.to_string()))
        }
        Kind::Source => {
            let id: SourceId = new_id();
            let item = Thing::Source(id);
            let named = Edit::Text { field: Field { item, name: Name::OwnName }, splice: Splice { at: 0, delete: 0, insert: name } };
            Some((vec![Edit::Add { item }, named], id.to_string()))
        }
        _ => None,
    }
}
