//! The edits between two plans: what must be done to the one to get the other.
//!
//! After a refusal, a replica goes back to the server's plan and does with this what it had done, as far as it may.

use super::edit::{Edit, Place};
use super::model::{Activity, Plan, Section};
use super::schema::{ActivityRef, OutcomeRef, TextField};
use crate::text::splice;

/// The edits that turn `from` into `to`, in an order in which they can be done, for everything that the screens edit.
/// What is only in `from` stays: nothing is ever removed, only archived.
#[must_use]
pub fn edits(from: &Plan, to: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    for organisation in &to.organisations {
        if from.organisation(organisation.id).is_none() {
            edits.push(Edit::AddOrganisation {
                id: organisation.id,
                acronym: organisation.acronym.clone(),
                name: organisation.name.clone(),
                kind: organisation.kind,
            });
        }
    }
    for (id, person) in &to.people {
        if from.people.get(id) != Some(person) {
            edits.push(Edit::SetPerson { id: *id, name: person.name.clone(), organisation: person.organisation });
        }
    }
    text(&mut edits, TextField::PlanTitle, &from.title, &to.title);
    text(&mut edits, TextField::PlanVision, &from.vision, &to.vision);
    for section in &to.sections {
        if let Some(before) = from.section(section.id) {
            section_edits(&mut edits, before, section);
        }
    }
    edits
}

fn section_edits(edits: &mut Vec<Edit>, from: &Section, to: &Section) {
    text(edits, TextField::SectionContext(to.id), &from.context, &to.context);
    for outcome in &to.outcomes {
        if let Some(before) = from.outcomes.iter().find(|before| before.id == outcome.id) {
            let at = OutcomeRef { section: to.id, outcome: outcome.id };
            text(edits, TextField::OutcomeStatement(at), &before.statement, &outcome.statement);
        }
    }
    for activity in &to.activities {
        activity_edits(edits, from, to, activity);
    }
}

fn activity_edits(edits: &mut Vec<Edit>, from: &Section, section: &Section, to: &Activity) {
    let at = ActivityRef { section: section.id, activity: to.id };
    let place = place_of(section, to);
    let known = from.activities.iter().find(|before| before.id == to.id);
    let (mut title, mut description, mut lead, mut status) = ("", "", None, Default::default());
    let mut months = &std::collections::BTreeSet::new();
    let mut is_archived = false;
    match known {
        None => edits.push(Edit::AddActivity { at, outcome: to.outcome, place }),
        Some(before) => {
            if before.outcome != to.outcome || before.order != to.order {
                edits.push(Edit::MoveActivity { at, outcome: to.outcome, place });
            }
            (title, description, lead, status) = (&before.title, &before.description, before.lead.value, before.status.value);
            months = &before.months;
            is_archived = !before.is_kept();
        }
    }
    text(edits, TextField::ActivityTitle(at), title, &to.title);
    text(edits, TextField::ActivityDescription(at), description, &to.description);
    if lead != to.lead.value {
        edits.push(Edit::SetLead { at, lead: to.lead.value });
    }
    if status != to.status.value {
        edits.push(Edit::SetStatus { at, status: to.status.value });
    }
    for month in months.symmetric_difference(&to.months) {
        edits.push(Edit::SetMonth { at, month: *month, planned: to.months.contains(month) });
    }
    if is_archived == to.is_kept() {
        edits.push(Edit::Archive { at, archived: !to.is_kept() });
    }
}

/// Right after the activity before it that serves the same outcome. The edits go through a section in order, so that one is in place.
fn place_of(section: &Section, activity: &Activity) -> Place {
    let before = section.activities.iter().take_while(|other| other.id != activity.id);
    before.filter(|other| other.outcome == activity.outcome).last().map_or(Place::First, |other| Place::After(other.id))
}

fn text(edits: &mut Vec<Edit>, field: TextField, from: &str, to: &str) {
    if let Some(splice) = splice::between(from, to, None) {
        edits.push(Edit::Text { field, splice });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::edit::{Place, apply};
    use super::super::{Choice, Language, OrganisationKind, read, template};
    use super::*;
    use crate::id::{ActivityId, Author, OrganisationId, ParticipantId, SERVER, TabId};
    use crate::text::Splice;

    /// Something that can be done to the plan, chosen by two numbers.
    fn deed(plan: &Plan, what: usize, number: usize) -> Edit {
        let section = &plan.sections[number % plan.sections.len()];
        let activity = &section.activities[number % section.activities.len()];
        let other = &section.activities[(number / 3) % section.activities.len()];
        let outcome = section.outcomes[number % section.outcomes.len()].id;
        let at = ActivityRef { section: section.id, activity: activity.id };
        let insert = "né 😀 語"[..["", "né", "né 😀", "né 😀 語"][number % 4].len()].to_owned();
        let typed = |field, text: &str| {
            let length = text.encode_utf16().count();
            Edit::Text {
                field,
                splice: Splice { at: 0, delete: if number.is_multiple_of(3) { length } else { 0 }, insert: insert.clone() },
            }
        };
        match what {
            0 => typed(TextField::ActivityTitle(at), &activity.title),
            1 => typed(TextField::ActivityDescription(at), &activity.description),
            2 => typed(TextField::SectionContext(section.id), &section.context),
            3 => typed(
                TextField::OutcomeStatement(OutcomeRef { section: section.id, outcome: section.outcomes[0].id }),
                &section.outcomes[0].statement,
            ),
            4 => Edit::SetLead { at, lead: plan.organisations.get(number).map(|organisation| organisation.id) },
            5 => Edit::SetMonth { at, month: plan.first, planned: number.is_multiple_of(2) },
            6 => Edit::SetStatus { at, status: super::super::ActivityStatus::ALL[number % 9] },
            7 => Edit::Archive { at, archived: number.is_multiple_of(2) },
            8 => Edit::AddOrganisation {
                id: OrganisationId::from_bytes([0x80 | number as u8; 10]),
                acronym: insert,
                name: "Name".to_owned(),
                kind: OrganisationKind::Un,
            },
            9 => Edit::SetPerson { id: ParticipantId::from_bytes([number as u8; 16]), name: "Name".to_owned(), organisation: None },
            10 => Edit::AddActivity {
                at: ActivityRef { section: section.id, activity: ActivityId::from_bytes([0x80 | number as u8; 10]) },
                outcome,
                place: Place::First,
            },
            11 if other.outcome == outcome && other.id != activity.id => Edit::MoveActivity { at, outcome, place: Place::Before(other.id) },
            _ => Edit::MoveActivity { at, outcome, place: if number.is_multiple_of(2) { Place::First } else { Place::Last } },
        }
    }

    /// Order keys may differ if they order alike, and activities of different outcomes have no order among each other.
    fn as_people_see_it(mut plan: Plan) -> Plan {
        for section in &mut plan.sections {
            section.activities.sort_by(|a, b| (a.outcome, &a.order, a.id).cmp(&(b.outcome, &b.order, b.id)));
            section.activities.iter_mut().for_each(|activity| activity.order = crate::order::OrderKey::default());
        }
        plan
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn done_to_the_one_they_give_the_other(deeds in prop::collection::vec((0usize..13, 0usize..60), 0..25)) {
            let template = template::find("nap1325-2025").unwrap();
            let mut next = 0u8;
            let mut ids = || {
                next += 1;
                [next; 10]
            };
            let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
            let mut from = template::build(&template, Language::En, author, 0, &mut ids).unwrap();
            let mut to = from.fork();
            let mut tx = to.transaction();
            for (what, number) in deeds {
                // What does not fit, such as adding a thing twice, is not done.
                let deed = deed(&read::plan(&tx), what, number);
                let _ = apply(&mut tx, &deed);
            }
            tx.commit();
            let to = read::plan(&to);
            let mut tx = from.transaction();
            let edits_to = edits(&read::plan(&tx), &to);
            for edit in edits_to {
                apply(&mut tx, &edit).unwrap();
            }
            tx.commit();
            let from = read::plan(&from);
            prop_assert_eq!(edits(&from, &from), []);
            prop_assert_eq!(as_people_see_it(from), as_people_see_it(to));
        }
    }
}
