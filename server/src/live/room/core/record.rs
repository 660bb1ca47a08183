//! What of a change is put on record, read from the document that it has become a part of.

use automerge::{Automerge, Change};
use hamutuk_shared::access::{States, Touched};
use hamutuk_shared::id::{Author, SERVER, SectionId};
use hamutuk_shared::plan::schema::{Item, Location};
use hamutuk_shared::plan::{SectionState, read};

use super::denials::Place;
use crate::audit::{Event, Occurrence, Written};

/// What a change did that is put on record: also one that was made offline, long before. `states` are those before and after it.
pub(super) fn of(doc: &Automerge, change: &Change, touched: &Touched, states: (&States, &States)) -> Vec<Occurrence> {
    let author = Author::of(change.actor_id());
    let actor = author.map(|author| author.participant).filter(|participant| *participant != SERVER);
    let written = Written::of(change.hash().0, change.timestamp());
    let set = touched.states.iter().map(|section| {
        let (was, now) = (states.0.of(*section), states.1.of(*section));
        let (section, set, written) = (*section, state_set(doc, *section, author), written.clone());
        Event::SectionState { section, was, now, set, written }
    });
    let named = touched.versions.iter().map(|version| Event::VersionNamed { version: *version, written: written.clone() });
    set.chain(named).map(|event| Occurrence { actor, event }).collect()
}

/// What an author has set. Their value may stand beside that of another, and be the one that does not hold.
fn state_set(doc: &Automerge, section: SectionId, author: Option<Author>) -> SectionState {
    let register = read::section_state(doc, section);
    let own = register.rivals.iter().find(|rival| rival.author == author);
    own.map_or(register.value, |rival| rival.value)
}

/// A place as it may be named: only by what the plan holds.
pub(super) fn place(doc: &Automerge, location: &Location) -> Place {
    let item = location.item();
    let section = item.section().filter(|section| read::exists(doc, Item::Section(*section)));
    let path = match location {
        Location::Item(item) => item.to_string(),
        Location::Field(field) => field.to_string(),
    };
    Place { section, path: read::exists(doc, item).then_some(path) }
}
