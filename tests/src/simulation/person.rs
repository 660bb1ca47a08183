//! What people do: a random edit that a screen would offer.

use std::collections::BTreeSet;

use hamutuk_shared::id::{ActivityId, OutcomeId, ParticipantId};
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Choice, Edit, Field, Month, Name, OutcomeRef, Place, Plan, Section};
use hamutuk_shared::text::Splice;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use crate::edits;

/// Words that need care: accents, combining marks, surrogate pairs, another script, line ends.
const WORDS: [&str; 8] = ["feto ", "pás ", "Konstrusaun ", "👩‍🌾", "e\u{301}", "女性", "\n", "ne’ebé "];

/// A letter for each number, to be typed once.
fn mark(number: u32) -> Option<char> {
    char::from_u32(0xAC00 + number % 11_000)
}

/// Checks that nothing that was typed once is there twice.
///
/// # Panics
/// When it is.
pub(super) fn check_marks(plan: &Plan) {
    let (mut words, mut seen) = (plan.clone(), BTreeSet::new());
    for item in edits::items(plan, usize::MAX) {
        for field in Name::fields(item.kind()).iter().map(|(name, _)| Field { item, name: *name }) {
            let marks = words
                .text_mut(field)
                .map(|words| words.chars().filter(|letter| ('\u{AC00}'..'\u{D7A4}').contains(letter)).collect::<Vec<_>>());
            for mark in marks.unwrap_or_default() {
                assert!(seen.insert(mark), "what was typed once is in the plan twice: {mark}, in {field}");
            }
        }
    }
}

/// A random edit of `plan`, the `number`th; none if the plan has nothing to edit yet.
pub(super) fn edit(random: &mut ChaCha8Rng, plan: &Plan, me: ParticipantId, number: u32) -> Option<Edit> {
    // Few places, so that people meet.
    let section = plan.sections.iter().take(2).collect::<Vec<_>>().choose(random).copied()?;
    let activities: Vec<_> = section.activities.iter().take(6).collect();
    let activity = activities.choose(random)?;
    let at = ActivityRef { section: section.id, activity: activity.id };
    let outcome = section.outcomes.choose(random)?.id;
    Some(match random.random_range(0..20) {
        0 => Edit::AddActivity {
            at: ActivityRef { section: section.id, activity: ActivityId::from_bytes(random.random()) },
            outcome,
            place: place(random, section, outcome, None),
        },
        1 => Edit::MoveActivity { at, outcome, place: place(random, section, outcome, Some(at.activity)) },
        2 => Edit::archive(at, random.random_bool(0.7)),
        3 => Edit::lead(at, plan.organisations.choose(random).map(|organisation| organisation.id)),
        4 | 5 => Edit::month(at, Month::new(2025, random.random_range(1..=12))?, random.random()),
        6 => Edit::status(at, *ActivityStatus::ALL.choose(random)?),
        8 | 9 => {
            let item = *edits::items(plan, 2).choose(random)?;
            return edits::of_field(random, plan, item);
        }
        10 => return edits::addition(random, plan, 2),
        7 => Edit::SetPerson { id: me, name: format!("Maria {}", random.random_range(0..9)), organisation: None },
        _ => return text(random, plan, section, at, number),
    })
}

fn place(random: &mut ChaCha8Rng, section: &Section, outcome: OutcomeId, moving: Option<ActivityId>) -> Place {
    let siblings: Vec<_> =
        section.activities.iter().filter(|activity| activity.outcome == outcome && Some(activity.id) != moving).collect();
    match (random.random_range(0..4), siblings.choose(random)) {
        (0, _) => Place::First,
        (1, Some(sibling)) => Place::Before(sibling.id),
        (2, Some(sibling)) => Place::After(sibling.id),
        _ => Place::Last,
    }
}

fn text(random: &mut ChaCha8Rng, plan: &Plan, section: &Section, at: ActivityRef, number: u32) -> Option<Edit> {
    let outcome = section.outcomes.first()?;
    let field = match random.random_range(0..7) {
        0 => Field::of_section(section.id, Name::Context),
        1 => Field::of_outcome(OutcomeRef { section: section.id, outcome: outcome.id }, Name::Statement),
        2 => Field::PLAN_VISION,
        3 => Field::of_activity(at, Name::Description),
        4 | 5 => Field::of_activity(at, Name::Title),
        _ => {
            let item = *edits::items(plan, 2).choose(random)?;
            edits::text_of(random, item)?
        }
    };
    let mut plan = plan.clone();
    let words = plan.text_mut(field)?;
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let units = |to: usize| words[..to].encode_utf16().count();
    let first = *starts.choose(random)?;
    let last = if random.random_bool(0.3) {
        *starts.iter().filter(|at| **at >= first).take(6).collect::<Vec<_>>().choose(random)?
    } else {
        &first
    };
    let mut insert = if *last > first && random.random() { String::new() } else { (*WORDS.choose(random)?).to_owned() };
    if !insert.is_empty() {
        insert.extend(mark(number));
    }
    Some(Edit::Text { field, splice: Splice { at: units(first), delete: units(*last) - units(first), insert } })
}
