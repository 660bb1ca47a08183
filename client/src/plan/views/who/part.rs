//! Which part each organisation has in the plan.

use hamutuk_shared::id::{OrganisationId, SectionId};
use hamutuk_shared::plan::{Activity, ActivityRef, Section};

/// The part of one organisation. An activity is in one list only: whoever leads it does not also join it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// What it leads.
    pub(super) leads: Vec<ActivityRef>,
    /// What it takes part in as a partner.
    pub(super) partner: Vec<ActivityRef>,
    /// What it takes part in for the government.
    pub(super) counterpart: Vec<ActivityRef>,
}

/// The parts of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Parts {
    of: Vec<(OrganisationId, Part)>,
    /// What nobody leads yet.
    pub(super) leaderless: Vec<ActivityRef>,
}

impl Part {
    /// Whether it has none.
    pub(super) const fn is_empty(&self) -> bool {
        self.leads.is_empty() && self.partner.is_empty() && self.counterpart.is_empty()
    }

    /// How much it leads and how much it joins; of a section, or of all.
    pub(super) fn counts(&self, section: Option<SectionId>) -> (usize, usize) {
        let count = |all: &[ActivityRef]| all.iter().filter(|at| section.is_none_or(|section| section == at.section)).count();
        (count(&self.leads), count(&self.partner) + count(&self.counterpart))
    }
}

impl Parts {
    /// In these activities.
    pub(super) fn of(shown: &[(&Section, ActivityRef, &Activity)]) -> Self {
        let mut parts = Self::default();
        for (_, at, activity) in shown {
            parts.take(*at, activity);
        }
        parts
    }

    /// The part of an organisation.
    pub(super) fn get(&self, id: OrganisationId) -> Part {
        self.of.iter().find(|(of, _)| *of == id).map(|(_, part)| part.clone()).unwrap_or_default()
    }

    /// Whether an organisation has any.
    pub(super) fn has(&self, id: OrganisationId) -> bool {
        self.of.iter().any(|(of, _)| *of == id)
    }

    fn take(&mut self, at: ActivityRef, activity: &Activity) {
        let lead = activity.lead.value;
        match lead {
            Some(id) => self.part(id).leads.push(at),
            None => self.leaderless.push(at),
        }
        for id in activity.partners.iter().filter(|id| lead != Some(**id)) {
            self.part(*id).partner.push(at);
        }
        for id in activity.counterparts.iter().filter(|id| lead != Some(**id) && !activity.partners.contains(id)) {
            self.part(*id).counterpart.push(at);
        }
    }

    fn part(&mut self, id: OrganisationId) -> &mut Part {
        let place = self.of.iter().position(|(of, _)| *of == id).unwrap_or_else(|| {
            self.of.push((id, Part::default()));
            self.of.len() - 1
        });
        &mut self.of[place].1
    }
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::plan::Register;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::plan::views::sample;

    fn organisation(number: u8) -> OrganisationId {
        OrganisationId::from_bytes([number; 10])
    }

    /// What it leads, what it joins as partner, what it joins as counterpart.
    type Lists = [&'static [u8]; 3];

    #[wasm_bindgen_test]
    fn an_organisation_is_in_an_activity_once() {
        let of = |number, lead: Option<u8>, partners: &[u8], counterparts: &[u8]| Activity {
            lead: Register::settled(lead.map(organisation)),
            partners: partners.iter().map(|number| organisation(*number)).collect(),
            counterparts: counterparts.iter().map(|number| organisation(*number)).collect(),
            ..sample::activity(number)
        };
        let activities =
            vec![of(1, Some(1), &[1, 2], &[2, 3]), of(2, Some(2), &[], &[]), of(3, None, &[1], &[1]), of(4, Some(1), &[], &[3])];
        let sections = [sample::section(1, activities), sample::section(2, vec![of(5, Some(1), &[], &[])])];
        let shown: Vec<_> =
            sections.iter().flat_map(|section| section.begun().map(move |(at, activity)| (section, at, activity))).collect();
        let parts = Parts::of(&shown);
        let numbers = |all: &[ActivityRef]| -> Vec<u8> {
            all.iter()
                .map(|at| shown.iter().position(|(_, one, _)| one == at).map_or(0, |place| u8::try_from(place).unwrap() + 1))
                .collect()
        };
        let rows: [(u8, Lists, (usize, usize)); 4] = [
            // organisation; its lists; how much it leads and joins in section 1
            (1, [&[1, 4, 5], &[3], &[]], (2, 1)),
            (2, [&[2], &[1], &[]], (1, 1)),
            (3, [&[], &[], &[1, 4]], (0, 2)),
            (4, [&[], &[], &[]], (0, 0)),
        ];
        for (id, lists, counts) in rows {
            let part = parts.get(organisation(id));
            assert_eq!([&part.leads, &part.partner, &part.counterpart].map(|all| numbers(all)), lists, "{id}");
            assert_eq!(part.counts(Some(sections[0].id)), counts, "{id}");
            assert_eq!((parts.has(organisation(id)), part.is_empty()), (id != 4, id == 4), "{id}");
        }
        assert_eq!(numbers(&parts.leaderless), [3]);
    }
}
