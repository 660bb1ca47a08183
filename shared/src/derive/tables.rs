//! Which tables of a workshop are connected, and what their devices still hold: what the facilitator wants to know before the break.
//!
//! Only devices that are connected can say what they hold. What is offline cannot be counted, and whoever shows the figures says so.

use std::collections::BTreeSet;

use crate::derive::votes::same;
use crate::id::{ParticipantId, SectionId};
use crate::plan::Plan;

/// A connected device, or rather a tab of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    /// Who is at it.
    pub participant: ParticipantId,
    /// How many changes it holds that the server lacks.
    pub waiting: u32,
}

/// The connected devices of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// Whose group it is; none for those who are in no group.
    pub section: Option<SectionId>,
    /// Who is here, each once.
    pub people: BTreeSet<ParticipantId>,
    /// How many members the group has.
    pub members: usize,
    /// How many changes the devices hold.
    pub waiting: u64,
    /// How many devices hold any.
    pub holding: usize,
}

impl Table {
    fn seat(&mut self, person: ParticipantId, device: &Device) {
        self.people.insert(person);
        self.waiting += u64::from(device.waiting);
        self.holding += usize::from(device.waiting > 0);
    }
}

/// The tables, one a section in its order, and one more for those who are in no group. Who is in two groups sits at both tables.
#[must_use]
pub fn tables(plan: &Plan, devices: &[Device]) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    let mut elsewhere = Table::default();
    let mut seated: BTreeSet<usize> = BTreeSet::new();
    for section in &plan.sections {
        let members: BTreeSet<ParticipantId> = section.group.members.iter().map(|id| same(&plan.people, *id)).collect();
        let mut table = Table { section: Some(section.id), members: members.len(), ..Table::default() };
        for (number, device) in devices.iter().enumerate() {
            let person = same(&plan.people, device.participant);
            if members.contains(&person) {
                table.seat(person, device);
                seated.insert(number);
            }
        }
        tables.push(table);
    }
    for (_, device) in devices.iter().enumerate().filter(|(number, _)| !seated.contains(number)) {
        elsewhere.seat(same(&plan.people, device.participant), device);
    }
    elsewhere.members = elsewhere.people.len();
    tables.push(elsewhere);
    tables
}

/// All devices together: how many changes they hold, and how many hold any.
#[must_use]
pub fn held(devices: &[Device]) -> (u64, usize) {
    (devices.iter().map(|device| u64::from(device.waiting)).sum(), devices.iter().filter(|device| device.waiting > 0).count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::sample;
    use crate::plan::Person;

    fn person(number: u8) -> ParticipantId {
        ParticipantId::from_bytes([number; 16])
    }

    /// People 1 and 2 are in the first group, 2 and 3 in the second; 9 is 1 again.
    fn plan() -> Plan {
        let mut plan = sample::plan(Vec::new());
        plan.sections[0].group.members = vec![person(1), person(2)];
        plan.sections[1].group.members = vec![person(2), person(3)];
        for (number, same_as) in [(1, None), (2, None), (3, None), (4, None), (9, Some(person(1)))] {
            let id = person(number);
            plan.people.insert(id, Person { id, name: String::new(), organisation: None, same_as });
        }
        plan
    }

    /// Of each table: who is here, of how many, and what the devices hold.
    fn check(devices: &[(u8, u32)], expected: &[(&[u8], usize, u64, usize)]) {
        let devices: Vec<Device> =
            devices.iter().map(|(number, waiting)| Device { participant: person(*number), waiting: *waiting }).collect();
        let found: Vec<_> = tables(&plan(), &devices)
            .into_iter()
            .map(|table| (table.people.into_iter().collect::<Vec<_>>(), table.members, table.waiting, table.holding))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(people, members, waiting, holding)| {
                (people.iter().copied().map(person).collect::<Vec<_>>(), *members, *waiting, *holding)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn devices_sit_at_the_tables_of_their_groups() {
        check(&[], &[(&[], 2, 0, 0), (&[], 2, 0, 0), (&[], 0, 0, 0)]);
        check(&[(1, 2), (1, 1), (3, 0)], &[(&[1], 2, 3, 2), (&[3], 2, 0, 0), (&[], 0, 0, 0)]);
        check(&[(2, 4), (4, 1)], &[(&[2], 2, 4, 1), (&[2], 2, 4, 1), (&[4], 1, 1, 1)]);
        check(&[(9, 1)], &[(&[1], 2, 1, 1), (&[], 2, 0, 0), (&[], 0, 0, 0)]);
    }

    #[test]
    fn what_is_held_is_counted_once() {
        let devices = [(2, 4), (2, 0), (4, 1)].map(|(number, waiting)| Device { participant: person(number), waiting });
        assert_eq!(held(&devices), (5, 2), "though one of them sits at two tables");
    }
}
