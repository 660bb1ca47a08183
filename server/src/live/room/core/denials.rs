//! What was denied, for the audit log. Whoever is denied much fills no log: the first denial of a person, for a reason, in a section is
//! an entry at once; what follows is counted, and is one more entry when a while has passed.

use std::time::Duration;

use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::{ParticipantId, SectionId};
use hamutuk_shared::limits;

use crate::audit::{Event, Occurrence};

/// A change that was denied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Denial {
    pub(super) participant: ParticipantId,
    pub(super) refusal: Refusal,
    pub(super) place: Place,
}

/// Where it would have written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) section: Option<SectionId>,
    pub(super) path: Option<String>,
}

/// The denials that are counted.
#[derive(Debug, Default)]
pub(super) struct Denials(Vec<Count>);

#[derive(Debug)]
struct Count {
    /// None: of whoever it was, since there are too many to be counted apart.
    participant: Option<ParticipantId>,
    refusal: Refusal,
    section: Option<SectionId>,
    since: Duration,
    /// How many are not on record.
    more: u32,
}

impl Denials {
    /// Takes note of a denial. What is to be put on record at once, if anything.
    pub(super) fn note(&mut self, denial: Denial, now: Duration) -> Option<Occurrence> {
        let Denial { participant, refusal, place } = denial;
        if self.count(Some(participant), refusal, place.section) {
            return None;
        }
        if self.0.len() < limits::AUDIT_DENIAL_COUNTS_MAX {
            self.0.push(Count { participant: Some(participant), refusal, section: place.section, since: now, more: 0 });
            return Some(occurrence(Some(participant), refusal, place, 1));
        }
        if self.count(None, refusal, None) {
            return None;
        }
        // There are only so many reasons.
        self.0.push(Count { participant: None, refusal, section: None, since: now, more: 0 });
        Some(occurrence(None, refusal, Place::default(), 1))
    }

    /// What is to be put on record since time has passed.
    pub(super) fn due(&mut self, now: Duration) -> Vec<Occurrence> {
        let is_due = |count: &Count| now.saturating_sub(count.since) >= limits::AUDIT_DENIALS_COUNTED;
        let told = self.0.iter().filter(|count| is_due(count)).filter_map(Count::told).collect();
        // Who goes on is counted on, and is an entry each while; who does not is forgotten.
        self.0.retain(|count| !is_due(count) || count.more > 0);
        for count in self.0.iter_mut().filter(|count| is_due(count)) {
            (count.since, count.more) = (now, 0);
        }
        told
    }

    /// What is to be put on record since somebody left, or everybody (none).
    pub(super) fn end(&mut self, participant: Option<ParticipantId>) -> Vec<Occurrence> {
        let is_over = |count: &Count| participant.is_none() || count.participant == participant;
        let told = self.0.iter().filter(|count| is_over(count)).filter_map(Count::told).collect();
        for count in self.0.iter_mut().filter(|count| is_over(count)) {
            // Who comes back within the while is still counted: coming and going makes no entries.
            count.more = 0;
        }
        told
    }

    fn count(&mut self, participant: Option<ParticipantId>, refusal: Refusal, section: Option<SectionId>) -> bool {
        let wanted = (participant, refusal, section);
        let known = self.0.iter_mut().find(|count| (count.participant, count.refusal, count.section) == wanted);
        known.map(|count| count.more = count.more.saturating_add(1)).is_some()
    }
}

impl Count {
    fn told(&self) -> Option<Occurrence> {
        let place = Place { section: self.section, path: None };
        (self.more > 0).then(|| occurrence(self.participant, self.refusal, place, self.more))
    }
}

fn occurrence(actor: Option<ParticipantId>, refusal: Refusal, Place { section, path }: Place, count: u32) -> Occurrence {
    Occurrence { actor, event: Event::ChangeDenied { refusal, section, path, count } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn denial(person: u16, refusal: Refusal) -> Denial {
        let mut id = [0; 16];
        id[..2].copy_from_slice(&person.to_be_bytes());
        Denial { participant: ParticipantId::from_bytes(id), refusal, place: Place::default() }
    }

    /// How many changes each entry tells of.
    fn counts(told: &[Occurrence]) -> Vec<u32> {
        let count = |one: &Occurrence| match one.event {
            Event::ChangeDenied { count, .. } => count,
            _ => panic!("{one:?}"),
        };
        told.iter().map(count).collect()
    }

    #[test]
    fn the_first_is_told_and_the_others_are_counted() {
        let (mut denials, second) = (Denials::default(), Duration::from_secs(1));
        let told: Vec<Occurrence> = (0..1_000).filter_map(|_| denials.note(denial(1, Refusal::Locked), second)).collect();
        assert_eq!(counts(&told), [1]);
        assert_eq!(counts(denials.note(denial(1, Refusal::NotAllowed), second).as_slice()), [1], "another reason");
        assert_eq!(counts(denials.note(denial(2, Refusal::Locked), second).as_slice()), [1], "another person");
        assert_eq!(counts(&denials.due(second * 60)), [] as [u32; 0], "not yet");
        assert_eq!(counts(&denials.due(second * 61)), [999]);
        assert_eq!(denials.note(denial(1, Refusal::Locked), second * 62), None, "who goes on is counted on");
        assert_eq!(counts(&denials.due(second * 121)), [1]);
        assert_eq!(counts(&denials.due(second * 181)), [] as [u32; 0]);
        assert_eq!(counts(denials.note(denial(1, Refusal::Locked), second * 182).as_slice()), [1], "forgotten meanwhile");
    }

    #[test]
    fn who_leaves_is_told_of_and_gains_nothing_by_coming_back() {
        let (mut denials, now) = (Denials::default(), Duration::ZERO);
        let one = denial(1, Refusal::Locked);
        for denial in [&one, &one, &one, &denial(2, Refusal::Locked), &denial(2, Refusal::Locked)] {
            denials.note(denial.clone(), now);
        }
        assert_eq!(counts(&denials.end(Some(one.participant))), [2]);
        assert_eq!(denials.note(one, now), None);
        assert_eq!(counts(&denials.end(None)), [1, 1]);
        assert_eq!(counts(&denials.end(None)), [] as [u32; 0]);
    }

    #[test]
    fn however_many_there_are_the_counts_are_bounded() {
        let mut denials = Denials::default();
        let told: Vec<Occurrence> =
            (0..10_000).filter_map(|person| denials.note(denial(person, Refusal::Locked), Duration::ZERO)).collect();
        assert_eq!(told.len(), limits::AUDIT_DENIAL_COUNTS_MAX + 1);
        assert_eq!(told.last().unwrap().actor, None);
        let rest = denials.end(None);
        assert_eq!(counts(&rest), [10_000 - u32::try_from(told.len()).unwrap()]);
    }
}
