//! What makes the plan say of a person what they say themselves.

use hamutuk_shared::derive::fold::fold;
use hamutuk_shared::id::{OrganisationId, ParticipantId, SectionId};
use hamutuk_shared::plan::{Edit, Field, Name, Organisation, OrganisationKind, Person};
use leptos::prelude::*;

use crate::session::new_id;
use crate::view_model::{PlanView, SectionView};

/// What is typed and chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) name: String,
    /// Its name or acronym; empty for none.
    pub(super) organisation: String,
    /// The section in whose group they sit.
    pub(super) group: Option<SectionId>,
}

/// Into the group of a section, or out of it.
pub(super) fn include(section: SectionId, me: ParticipantId, included: bool) -> Edit {
    Edit::Include { field: Field::of_section(section, Name::GroupMembers), member: me.to_string(), included }
}

/// The first group that the person is in. Not reactive.
pub(super) fn my_group(view: PlanView, me: ParticipantId) -> Option<SectionId> {
    let is_mine = |section: &&SectionView| section.group.with_untracked(|group| group.members.contains(&me));
    view.sections.with_untracked(|all| all.iter().find(is_mine).map(|section| section.id))
}

/// What makes the plan say it.
pub(super) fn edits(view: PlanView, me: ParticipantId, said: &Said) -> Vec<Edit> {
    let members =
        view.sections.with(|all| all.iter().map(|one| (one.id, one.group.with(|group| group.members.contains(&me)))).collect::<Vec<_>>());
    let person = view.people.with(|people| people.get(&me).cloned());
    let mut edits = view.organisations.with(|all| of_person(me, person.as_ref(), said, all));
    let moves = members.into_iter().filter(|(section, is_in)| *is_in != (said.group == Some(*section)));
    edits.extend(moves.map(|(section, is_in)| include(section, me, !is_in)));
    edits
}

fn of_person(me: ParticipantId, person: Option<&Person>, said: &Said, organisations: &[Organisation]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let wanted = fold(&said.organisation);
    let found = organisations.iter().find(|one| fold(&one.name) == wanted || fold(&one.acronym) == wanted).map(|one| one.id);
    let organisation: Option<OrganisationId> = if wanted.is_empty() { None } else { Some(found.unwrap_or_else(new_id)) };
    if let (Some(id), None) = (organisation, found) {
        edits.push(Edit::AddOrganisation {
            id,
            acronym: String::new(),
            name: said.organisation.clone(),
            kind: OrganisationKind::default(),
        });
    }
    if person.is_none_or(|person| person.name != said.name || person.organisation != organisation) {
        edits.push(Edit::SetPerson { id: me, name: said.name.clone(), organisation });
    }
    edits
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::plan::Colour;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn only_what_changed_is_written() {
        let (me, known) = (ParticipantId::from_bytes([1; 16]), OrganisationId::from_bytes([2; 10]));
        let organisations = [Organisation {
            id: known,
            acronym: "BF".into(),
            name: "Ba Futuru".into(),
            kind: OrganisationKind::default(),
            focal_point: String::new(),
            colour: Colour::default(),
        }];
        let person = Person { id: me, name: "Maria".into(), organisation: Some(known), same_as: None };
        let of = |name: &str, organisation: &str| {
            let said = Said { name: name.into(), organisation: organisation.into(), group: None };
            of_person(me, Some(&person), &said, &organisations)
        };
        assert_eq!(of("Maria", "ba  futuru"), []);
        assert_eq!(of("Maria", "bf"), []);
        let set = |name: &str, organisation| Edit::SetPerson { id: me, name: name.into(), organisation };
        assert_eq!(of("Maria J.", "BF"), [set("Maria J.", Some(known))]);
        assert_eq!(of("Maria", ""), [set("Maria", None)]);
        let [Edit::AddOrganisation { id, name, .. }, set] = &of("Maria", "Rede Foun")[..] else { panic!("it is added") };
        assert_eq!((name.as_str(), set), ("Rede Foun", &Edit::SetPerson { id: me, name: "Maria".into(), organisation: Some(*id) }));
    }
}
