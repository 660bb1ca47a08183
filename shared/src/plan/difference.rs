//! The edits between two plans: what must be done to the one to get the other.
//!
//! After a refusal, a replica goes back to the server's plan and does with this what it had done, as far as it may. It goes by the
//! schema's table, so that nothing that can be written is left behind.

use std::collections::BTreeSet;

use automerge::ReadDoc;

use super::edit::{Edit, Place, Value};
use super::model::{Choice, Plan, Section, Version};
use super::read;
use super::schema::{ActivityRef, Content, Field, Item, Name};
use crate::text::splice;

/// The edits that turn the plan of `from` into that of `to`, in an order in which they can be done.
/// What is only in `from` stays: nothing is ever removed, only archived.
pub fn edits<F: ReadDoc, T: ReadDoc>(from: &F, to: &T) -> Vec<Edit> {
    let (before, after) = (read::plan(from), read::plan(to));
    let known: BTreeSet<Item> = read::items(from).into_iter().collect();
    let mut edits = Vec::new();
    for item in read::items(to) {
        let is_new = !known.contains(&item);
        match item {
            Item::Organisation(_) if is_new => edits.extend(added_organisation(to, item)),
            Item::Person(_) => edits.extend(person(&before, &after, item)),
            Item::Activity(at) => edits.extend(placed(&before, &after, at)),
            // Nobody adds these: what one knows and the other does not comes from another version.
            Item::Section(_) | Item::Outcome(_) | Item::Desk if is_new => continue,
            // It comes with the person.
            Item::Ballot(_) => {}
            Item::Version(id) => edits.extend(is_new.then(|| read::version(to, id)).flatten().map(|version| named(&version))),
            _ if is_new => edits.push(Edit::Add { item }),
            _ => {}
        }
        // The first words of an organisation come with it.
        let comes_with_it = |name: Name| match item {
            Item::Organisation(_) => is_new && !matches!(name, Name::FocalPoint | Name::Colour),
            // A version says the same for ever.
            Item::Version(_) => true,
            _ => false,
        };
        for (name, content) in Name::fields(item.kind()).iter().filter(|(name, _)| !comes_with_it(*name)) {
            field_edits(from, to, Field { item, name: *name }, *content, &mut edits);
        }
    }
    edits
}

fn field_edits<F: ReadDoc, T: ReadDoc>(from: &F, to: &T, field: Field, content: Content, edits: &mut Vec<Edit>) {
    match content {
        Content::Text => {
            let (before, after) = (read::text(from, field).unwrap_or_default(), read::text(to, field).unwrap_or_default());
            edits.extend(splice::between(&before, &after, None).map(|splice| Edit::Text { field, splice }));
        }
        Content::Set(_) => {
            let (before, after) = (read::members(from, field), read::members(to, field));
            for member in before.symmetric_difference(&after) {
                edits.push(Edit::Include { field, member: member.clone(), included: after.contains(member) });
            }
        }
        Content::Own if field.name == Name::Archived => {
            let is_kept = read::archived(to, field.item).is_kept();
            if read::archived(from, field.item).is_kept() != is_kept {
                edits.push(Edit::Archive { item: field.item, archived: !is_kept });
            }
        }
        Content::Own => {}
        _ => {
            let value = read::value(to, field);
            // A new activity is a draft; what a new thing has not, reads as nothing.
            let is_default = field.name == Name::Status && value == Value::Word(super::ActivityStatus::default().as_str().to_owned());
            let before = read::value(from, field);
            if before != value && !(before == Value::Nothing && is_default) {
                edits.push(Edit::Set { field, value });
            }
        }
    }
}

fn added_organisation<T: ReadDoc>(to: &T, item: Item) -> Option<Edit> {
    let Item::Organisation(id) = item else { return None };
    let organisation = read::organisation(to, id)?;
    Some(Edit::AddOrganisation { id, acronym: organisation.acronym, name: organisation.name, kind: organisation.kind })
}

fn named(version: &Version) -> Edit {
    Edit::NameVersion { id: version.id, name: version.name.clone(), heads: version.heads.clone() }
}

fn person(before: &Plan, after: &Plan, item: Item) -> Option<Edit> {
    let Item::Person(id) = item else { return None };
    let named = |plan: &Plan| plan.people.get(&id).map(|person| (person.name.clone(), person.organisation));
    let person = after.people.get(&id).filter(|_| named(before) != named(after))?;
    Some(Edit::SetPerson { id, name: person.name.clone(), organisation: person.organisation })
}

/// The edit that puts an activity where it is.
fn placed(before: &Plan, after: &Plan, at: ActivityRef) -> Option<Edit> {
    let section = after.section(at.section)?;
    let to = section.activities.iter().find(|activity| activity.id == at.activity)?;
    let from = before.section(at.section)?.activities.iter().find(|activity| activity.id == at.activity);
    let (outcome, place) = (to.outcome, place_of(section, at));
    match from {
        None => Some(Edit::AddActivity { at, outcome, place }),
        Some(from) if from.outcome != to.outcome || from.order != to.order => Some(Edit::MoveActivity { at, outcome, place }),
        Some(_) => None,
    }
}

/// Right after the activity before it that serves the same outcome. The edits go through a section in order, so that one is in place.
fn place_of(section: &Section, at: ActivityRef) -> Place {
    let outcome = section.activities.iter().find(|activity| activity.id == at.activity).map(|activity| activity.outcome);
    let before = section.activities.iter().take_while(|other| other.id != at.activity);
    before.filter(|other| Some(other.outcome) == outcome).last().map_or(Place::First, |other| Place::After(other.id))
}
