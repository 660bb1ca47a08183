//! Everybody who joined, in the order in which they are listed. Pure, so that it is tested without a screen.

use std::collections::BTreeSet;

use hamutuk_shared::derive::fold::fold;
use hamutuk_shared::id::{OrganisationId, ParticipantId};
use hamutuk_shared::plan::Organisation;
use hamutuk_shared::plan::same::{People, merged_into, shown_as};

/// The people of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// Which; none for those who write for none, or for one that the plan does not have.
    pub(super) organisation: Option<OrganisationId>,
    /// They, by name.
    pub(super) people: Vec<Row>,
}

/// Somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: ParticipantId,
    pub(super) name: String,
    /// The codes of the sections in whose groups they sit.
    pub(super) groups: Vec<String>,
    /// Whether they are connected now.
    pub(super) is_here: bool,
    /// Their other entries.
    pub(super) also: Vec<ParticipantId>,
}

/// The code of a section and the members of its group.
pub(super) type Members = (String, Vec<ParticipantId>);

/// Everybody once, by organisation. `here` are those who are connected.
pub(super) fn listing(people: &People, organisations: &[Organisation], groups: &[Members], here: &BTreeSet<ParticipantId>) -> Vec<Table> {
    let is_one = |id: ParticipantId, of: &ParticipantId| shown_as(people, *of) == id;
    let row = |id: ParticipantId, name: &str| Row {
        id,
        name: name.to_owned(),
        groups: groups
            .iter()
            .filter(|(_, members)| members.iter().any(|member| is_one(id, member)))
            .map(|(code, _)| code.clone())
            .collect(),
        is_here: here.iter().any(|one| is_one(id, one)),
        also: merged_into(people, id),
    };
    let known = |organisation: Option<OrganisationId>| organisation.filter(|id| organisations.iter().any(|one| one.id == *id));
    let order = organisations.iter().map(|organisation| Some(organisation.id)).chain([None]);
    let tables = order.map(|organisation| {
        let of_it = people.values().filter(|person| shown_as(people, person.id) == person.id && known(person.organisation) == organisation);
        let mut rows: Vec<_> = of_it.map(|person| row(person.id, &person.name)).collect();
        rows.sort_by_cached_key(|row| (fold(&row.name), row.id));
        Table { organisation, people: rows }
    });
    tables.filter(|table| !table.people.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::plan::{Colour, OrganisationKind, Person};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const fn id(number: u8) -> ParticipantId {
        ParticipantId::from_bytes([number; 16])
    }

    const fn organisation(number: u8) -> OrganisationId {
        OrganisationId::from_bytes([number; 10])
    }

    #[wasm_bindgen_test]
    fn everybody_is_listed_once_by_organisation() {
        let person = |(number, name, of, same): (u8, &str, Option<u8>, Option<u8>)| Person {
            id: id(number),
            name: name.to_owned(),
            organisation: of.map(organisation),
            same_as: same.map(id),
        };
        let people: People = [
            (1, "Rui", Some(1), None),
            (2, "Ana", Some(1), None),
            (3, "ana", None, Some(2)),
            (4, "Zé", None, None),
            // Their organisation is not in the plan.
            (5, "Bea", Some(9), None),
        ]
        .map(person)
        .map(|person| (person.id, person))
        .into();
        let organisations = [1, 2].map(|number| Organisation {
            id: organisation(number),
            acronym: String::new(),
            name: String::new(),
            kind: OrganisationKind::default(),
            focal_point: String::new(),
            colour: Colour::default(),
        });
        let groups = [("P1".to_owned(), vec![id(3)]), ("P2".to_owned(), vec![id(1), id(2)])];
        let listed = listing(&people, &organisations, &groups, &BTreeSet::from([id(3), id(4)]));
        let row = |number: u8, name: &str, groups: &[&str], is_here: bool, also: &[u8]| Row {
            id: id(number),
            name: name.to_owned(),
            groups: groups.iter().map(|code| (*code).to_owned()).collect(),
            is_here,
            also: also.iter().map(|number| id(*number)).collect(),
        };
        let first = vec![row(2, "Ana", &["P1", "P2"], true, &[3]), row(1, "Rui", &["P2"], false, &[])];
        let last = vec![row(5, "Bea", &[], false, &[]), row(4, "Zé", &[], true, &[])];
        assert_eq!(listed, [Table { organisation: Some(organisation(1)), people: first }, Table { organisation: None, people: last }]);
    }
}
