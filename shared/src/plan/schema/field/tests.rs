use super::super::{Home, root};
use super::*;
use crate::id::{
    ActivityId, BudgetLineId, FundingId, IndicatorId, OrganisationId, OutcomeId, ParkedId, ParticipantId, ReportId, SourceId, SynergyId,
};

fn items() -> Vec<Item> {
    let section = SectionId::from_bytes([1; 10]);
    let at = ActivityRef { section, activity: ActivityId::from_bytes([2; 10]) };
    let outcome = OutcomeRef { section, outcome: OutcomeId::from_bytes([3; 10]) };
    let homes = [Home::Activity(at), Home::Outcome(outcome)];
    let mut items = vec![
        Item::Plan,
        Item::Section(section),
        Item::Outcome(outcome),
        Item::Activity(at),
        Item::BudgetLine(at, BudgetLineId::from_bytes([4; 10])),
        Item::Funding(at, FundingId::from_bytes([5; 10])),
        Item::Source(SourceId::from_bytes([6; 10])),
        Item::Organisation(OrganisationId::from_bytes([7; 10])),
        Item::Person(ParticipantId::from_bytes([8; 16])),
        Item::Parked(ParkedId::from_bytes([9; 10])),
        Item::Synergy(SynergyId::from_bytes([10; 10])),
    ];
    items.extend(homes.map(|home| Item::Indicator(home, IndicatorId::from_bytes([11; 10]))));
    items.extend(homes.map(|home| Item::Report(home, ReportId::from_bytes([12; 10]))));
    items
}

#[test]
fn every_thing_and_every_field_reads_back_from_its_path() {
    for item in items() {
        let path = item.to_string();
        assert_eq!(Location::of(&path.split('/').collect::<Vec<_>>()), Some(Location::Item(item)), "{path}");
        for (name, content) in Name::fields(item.kind()) {
            let field = Field { item, name: *name };
            let path = field.to_string();
            assert!(path.len() < crate::limits::PATH_BYTES_MAX - 30, "{path} is long");
            assert_eq!(path.parse(), Ok(field));
            let member = format!("{path}/2025-03");
            let expected = matches!(content, Content::Set(_)).then_some(Location::Field(field));
            assert_eq!(Location::of(&member.split('/').collect::<Vec<_>>()), expected, "{member}");
        }
    }
}

/// Who looks for disputes looks at the keys of the thing itself.
#[test]
fn a_plain_value_stands_in_the_thing_itself() {
    for item in items() {
        let plain = Name::fields(item.kind()).iter().filter(|(_, content)| content.is_plain());
        assert_eq!(plain.filter(|(name, _)| name.key().contains('/')).count(), 0, "{item:?}");
    }
}

#[test]
fn what_is_no_path_of_ours_is_none() {
    for path in ["", root::META, "meta/currency", "sections/x/context", "people/a/name", "sections", "comments/a", "meta/title/x"] {
        assert_eq!(path.parse::<Field>(), Err(UnknownPath), "{path}");
    }
}

#[test]
fn no_kind_of_thing_has_two_fields_at_one_key() {
    for item in items() {
        let mut keys: Vec<&str> = Name::fields(item.kind()).iter().map(|(name, _)| name.key()).collect();
        keys.sort_unstable();
        let count = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), count, "{item:?}");
    }
}
