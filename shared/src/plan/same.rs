//! People who joined more than once, and are one: a facilitator lets one entry point at another. Nothing is lost by that, and it can be
//! taken back.

use std::collections::BTreeMap;

use super::Person;
use crate::derive::fold::fold;
use crate::id::ParticipantId;

/// Everybody who joined.
pub type People = BTreeMap<ParticipantId, Person>;

/// The entry by which a person is shown: where `same_as` leads in the end. Somebody whom the plan does not name is shown as themselves.
///
/// Two facilitators may have let two entries point at each other at the same time. Every replica then takes the same one of the ring.
#[must_use]
pub fn shown_as(people: &People, id: ParticipantId) -> ParticipantId {
    let mut way = vec![id];
    let mut at = id;
    while let Some(next) = people.get(&at).and_then(|person| person.same_as).filter(|next| people.contains_key(next)) {
        if let Some(begin) = way.iter().position(|known| *known == next) {
            return way[begin..].iter().copied().min().unwrap_or(id);
        }
        way.push(next);
        at = next;
    }
    at
}

/// The other entries that are shown as this one.
#[must_use]
pub fn merged_into(people: &People, id: ParticipantId) -> Vec<ParticipantId> {
    people.keys().copied().filter(|other| *other != id && shown_as(people, *other) == id).collect()
}

/// Entries that may be one person: of the same name, however it is spelled, and not of two different organisations. At least two in each.
#[must_use]
pub fn likely(people: &People) -> Vec<Vec<ParticipantId>> {
    let mut by_name: BTreeMap<String, Vec<&Person>> = BTreeMap::new();
    for person in people.values().filter(|person| shown_as(people, person.id) == person.id) {
        let name = fold(&person.name);
        if !name.is_empty() {
            by_name.entry(name).or_default().push(person);
        }
    }
    by_name.into_values().flat_map(alike).filter(|alike| alike.len() > 1).collect()
}

/// Divides people of one name by their organisations. Whoever has none may be any of them, if there is one organisation only.
fn alike(people: Vec<&Person>) -> Vec<Vec<ParticipantId>> {
    let mut by_organisation: BTreeMap<_, Vec<ParticipantId>> = BTreeMap::new();
    for person in people {
        by_organisation.entry(person.organisation).or_default().push(person.id);
    }
    if by_organisation.len() == 2
        && let Some(without) = by_organisation.remove(&None)
        && let Some(with) = by_organisation.values_mut().next()
    {
        with.extend(without);
    }
    by_organisation.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::OrganisationId;

    const fn id(number: u8) -> ParticipantId {
        ParticipantId::from_bytes([number; 16])
    }

    fn people(all: &[(u8, &str, Option<u8>, Option<u8>)]) -> People {
        let person = |&(number, name, organisation, same_as): &(u8, &str, Option<u8>, Option<u8>)| Person {
            id: id(number),
            name: name.to_owned(),
            organisation: organisation.map(|number| OrganisationId::from_bytes([number; 10])),
            same_as: same_as.map(id),
        };
        all.iter().map(person).map(|person| (person.id, person)).collect()
    }

    #[test]
    fn a_duplicate_is_shown_as_whom_it_leads_to() {
        type Row = (&'static [(u8, Option<u8>)], u8, u8);
        let rows: [Row; 8] = [
            (&[], 1, 1),
            (&[(1, None)], 1, 1),
            (&[(1, Some(2)), (2, None)], 1, 2),
            (&[(1, Some(2)), (2, Some(3)), (3, None)], 1, 3),
            // Whom it leads to is not in the plan.
            (&[(1, Some(9))], 1, 1),
            // In a ring.
            (&[(1, Some(2)), (2, Some(1))], 2, 1),
            (&[(1, Some(1))], 1, 1),
            (&[(1, Some(3)), (2, Some(3)), (3, Some(2))], 1, 2),
        ];
        for (all, asked, expected) in rows {
            let all: Vec<_> = all.iter().map(|(number, same_as)| (*number, "Maria", None, *same_as)).collect();
            assert_eq!(shown_as(&people(&all), id(asked)), id(expected), "{all:?}");
        }
    }

    #[test]
    fn what_was_merged_is_found_again() {
        let all = people(&[(1, "Maria", None, Some(2)), (2, "Maria", None, Some(3)), (3, "Maria S.", None, None), (4, "Rui", None, None)]);
        assert_eq!(merged_into(&all, id(3)), [id(1), id(2)]);
        assert_eq!(merged_into(&all, id(4)), []);
    }

    #[test]
    fn the_same_name_is_a_hint_unless_the_organisations_differ() {
        type Row = (&'static [(u8, &'static str, Option<u8>, Option<u8>)], &'static [&'static [u8]]);
        let rows: [Row; 6] = [
            (&[(1, "Maria", None, None), (2, "Rui", None, None)], &[]),
            (&[(1, "Maria José", Some(1), None), (2, "maria  jose", Some(1), None)], &[&[1, 2]]),
            (&[(1, "Maria", Some(1), None), (2, "Maria", Some(2), None)], &[]),
            (&[(1, "Maria", None, None), (2, "Maria", Some(2), None)], &[&[2, 1]]),
            // It could be either.
            (&[(1, "Maria", None, None), (2, "Maria", Some(2), None), (3, "Maria", Some(3), None)], &[]),
            // Merged already.
            (&[(1, "Maria", None, None), (2, "Maria", None, Some(1))], &[]),
        ];
        for (all, expected) in rows {
            let expected: Vec<Vec<_>> = expected.iter().map(|alike| alike.iter().map(|number| id(*number)).collect()).collect();
            assert_eq!(likely(&people(all)), expected, "{all:?}");
        }
    }
}
