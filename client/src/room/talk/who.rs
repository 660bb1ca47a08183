//! Who said something, and when.

use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::plan::same::shown_as;
use hamutuk_shared::plan::{Field, Item, Name};
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::session::Session;
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// "Maria · Ba Futuru · 24/12/2024 17:05". Reactive.
pub(super) fn said(i18n: I18n, session: Session, view: PlanView, item: Item, by: Option<ParticipantId>) -> String {
    let origin = session.origin(Field { item, name: Name::SubmittedBy });
    let person =
        by.or_else(|| origin?.author.map(|author| author.participant)).map(|person| view.people.with(|people| shown_as(people, person)));
    let organisation = person.and_then(|person| view.people.with(|people| people.get(&person).and_then(|person| person.organisation)));
    let parts = [
        Some(person.and_then(|person| words::person(view, person)).unwrap_or_else(|| t_string!(i18n, origin_unknown).to_owned())),
        organisation.and_then(|id| view.organisation_label(id)),
        origin.map(|origin| words::moment(origin.at_ms)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
