//! The breakout groups, without the rest of their sections.

use automerge::{ROOT, ReadDoc};

use super::place::collection;
use super::value::Reader;
use super::{group_at, ordered};
use crate::id::{ParticipantId, SectionId};
use crate::order::OrderKey;
use crate::plan::model::Localised;
use crate::plan::schema::{key, root};

/// The group of a section, as somebody chooses among groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupOfSection {
    /// Its section.
    pub section: SectionId,
    /// The short code of that, such as `P1`.
    pub code: String,
    /// The name of that.
    pub section_name: Localised,
    /// What the group calls itself; may be empty.
    pub name: String,
    /// Who is in it.
    pub members: Vec<ParticipantId>,
}

/// The groups of all sections, in order.
pub fn groups<D: ReadDoc>(doc: &D) -> Vec<GroupOfSection> {
    let all = collection(doc, &ROOT, root::SECTIONS).into_iter().filter_map(|(section, obj)| {
        let read = Reader::new(doc, &obj);
        let group = group_at(doc, &obj);
        let of_section = GroupOfSection {
            section: section.parse().ok()?,
            code: read.text_at(key::CODE),
            section_name: read.localised(key::NAME),
            name: group.name,
            members: group.members,
        };
        Some((read.order(), of_section))
    });
    let in_order = ordered(all, |(order, group): &(OrderKey, GroupOfSection)| (order.clone(), group.section));
    in_order.into_iter().map(|(_, group)| group).collect()
}
