//! Random edits of anything that can be written, by the schema's table: a field that is added there is tried here by itself.

use hamutuk_shared::id::{BudgetLineId, CommentId, FundingId, IndicatorId, ParkedId, ReportId, SourceId, SuggestionId, SynergyId};
use hamutuk_shared::plan::schema::{Content, Home, Kind, Members};
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Item, Name, OutcomeRef, Plan, Section, Value};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// What there is to edit in the first `sections` of the plan and beside them.
#[must_use]
pub fn items(plan: &Plan, sections: usize) -> Vec<Item> {
    let mut items = vec![Item::Plan];
    for section in plan.sections.iter().take(sections) {
        items.push(Item::Section(section.id));
        items.extend(section.suggestions.iter().map(|one| Item::Suggestion(section.id, one.id)));
        items.extend(section.outcomes.iter().flat_map(|outcome| outcome.items(OutcomeRef { section: section.id, outcome: outcome.id })));
        items.extend(section.activities.iter().flat_map(|one| one.items(at(section, one.id))));
    }
    items.extend(plan.organisations.iter().map(|one| Item::Organisation(one.id)));
    items.extend(plan.sources.iter().map(|one| Item::Source(one.id)));
    items.extend(plan.parking.iter().map(|one| Item::Parked(one.id)));
    items.extend(plan.synergies.iter().map(|one| Item::Synergy(one.id)));
    items.extend(plan.comments.iter().map(|one| Item::Comment(one.id)));
    items.extend(plan.ballots.keys().map(|one| Item::Ballot(*one)));
    items.push(Item::Desk);
    items
}

fn at(section: &Section, activity: hamutuk_shared::id::ActivityId) -> ActivityRef {
    ActivityRef { section: section.id, activity }
}

/// An edit of some field of `item` that is no text; none where there is none to make.
pub fn of_field(random: &mut ChaCha8Rng, plan: &Plan, item: Item) -> Option<Edit> {
    let (name, content) = *Name::fields(item.kind()).choose(random)?;
    let field = Field { item, name };
    let mut word = |words: &[&str]| words.choose(random).map(|word| Value::Word((*word).to_owned()));
    let value = match content {
        Content::Text => return None,
        Content::Own if name == Name::Archived => return Some(Edit::Archive { item, archived: random.random() }),
        Content::Own => return None,
        Content::Set(members) => {
            let member = match members {
                Members::Months => format!("2025-{:02}", random.random_range(1..=12)),
                Members::Of(words) => (*words.choose(random)?).to_owned(),
                Members::References(kind) => id_of(random, plan, kind)?,
                Members::Siblings => {
                    let section = plan.section(item.section()?)?;
                    section.activities.choose(random)?.id.to_string()
                }
            };
            return Some(Edit::Include { field, member, included: random.random() });
        }
        Content::Choice(words) => word(words)?,
        Content::Month => word(&["2025-01", "2025-12", "2026-03"])?,
        Content::Quarter => word(&["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])?,
        Content::Answer => word(&["0", "40", "12.5", "yes", "no policy yet"])?,
        Content::Year => Value::Number(random.random_range(2020..2030)),
        Content::Moment => Value::Number(random.random_range(1_700_000_000_000..1_800_000_000_000)),
        Content::Path => Value::Word(Item::Section(plan.sections.choose(random)?.id).to_string()),
        Content::Cents | Content::Thousandths | Content::Count => Value::Number(random.random_range(0..1_000_000)),
        Content::Reference(kind) => Value::Word(id_of(random, plan, kind)?),
        Content::ActivityPath => {
            let section = plan.sections.choose(random)?;
            Value::Word(at(section, section.activities.choose(random)?.id).to_string())
        }
    };
    let is_cleared = random.random_bool(0.1);
    Some(Edit::Set { field, value: if is_cleared { Value::Nothing } else { value } })
}

/// A new thing somewhere, with nothing in it.
pub fn addition(random: &mut ChaCha8Rng, plan: &Plan, sections: usize) -> Option<Edit> {
    let section = plan.sections.iter().take(sections).collect::<Vec<_>>().choose(random).copied()?;
    let activity = at(section, section.activities.choose(random)?.id);
    let outcome = OutcomeRef { section: section.id, outcome: section.outcomes.choose(random)?.id };
    let home = if random.random() { Home::Activity(activity) } else { Home::Outcome(outcome) };
    let id = random.random();
    let item = match random.random_range(0..9) {
        0 => Item::BudgetLine(activity, BudgetLineId::from_bytes(id)),
        1 => Item::Funding(activity, FundingId::from_bytes(id)),
        2 => Item::Indicator(home, IndicatorId::from_bytes(id)),
        3 => Item::Report(home, ReportId::from_bytes(id)),
        4 => Item::Source(SourceId::from_bytes(id)),
        5 => Item::Parked(ParkedId::from_bytes(id)),
        6 => Item::Comment(CommentId::from_bytes(id)),
        7 => Item::Suggestion(section.id, SuggestionId::from_bytes(id)),
        _ => Item::Synergy(SynergyId::from_bytes(id)),
    };
    Some(Edit::Add { item })
}

/// Some text of `item`; none where it has none.
pub fn text_of(random: &mut ChaCha8Rng, item: Item) -> Option<Field> {
    let texts: Vec<Name> =
        Name::fields(item.kind()).iter().filter(|(_, content)| *content == Content::Text).map(|(name, _)| *name).collect();
    texts.choose(random).map(|name| Field { item, name: *name })
}

fn id_of(random: &mut ChaCha8Rng, plan: &Plan, kind: Kind) -> Option<String> {
    Some(match kind {
        Kind::Organisation => plan.organisations.choose(random)?.id.to_string(),
        Kind::Source => plan.sources.choose(random)?.id.to_string(),
        Kind::Person => plan.people.keys().collect::<Vec<_>>().choose(random)?.to_string(),
        Kind::Indicator => {
            let all: Vec<_> = plan.sections.iter().flat_map(|section| &section.activities).flat_map(|one| &one.indicators).collect();
            all.choose(random)?.id.to_string()
        }
        _ => return None,
    })
}
