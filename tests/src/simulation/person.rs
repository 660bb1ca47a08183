//! What people do: a random edit that a screen would offer.

use hamutuk_shared::id::{ActivityId, OutcomeId, ParticipantId};
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Choice, Edit, Month, OutcomeRef, Place, Plan, Section, TextField};
use hamutuk_shared::text::Splice;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

/// Words that need care: accents, combining marks, surrogate pairs, another script, line ends.
const WORDS: [&str; 8] = ["feto ", "pás ", "Konstrusaun ", "👩‍🌾", "e\u{301}", "女性", "\n", "ne’ebé "];

/// A random edit of `plan`; none if it has nothing to edit yet.
pub(super) fn edit(random: &mut ChaCha8Rng, plan: &Plan, me: ParticipantId) -> Option<Edit> {
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
        2 => Edit::Archive { at, archived: random.random_bool(0.7) },
        3 => Edit::SetLead { at, lead: plan.organisations.choose(random).map(|organisation| organisation.id) },
        4 | 5 => Edit::SetMonth { at, month: Month::new(2025, random.random_range(1..=12))?, planned: random.random() },
        6 => Edit::SetStatus { at, status: *ActivityStatus::ALL.choose(random)? },
        7 => Edit::SetPerson { id: me, name: format!("Maria {}", random.random_range(0..9)), organisation: None },
        _ => return text(random, plan, section, at),
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

fn text(random: &mut ChaCha8Rng, plan: &Plan, section: &Section, at: ActivityRef) -> Option<Edit> {
    let outcome = section.outcomes.first()?;
    let activity = section.activities.iter().find(|activity| activity.id == at.activity)?;
    let (field, words) = match random.random_range(0..5) {
        0 => (TextField::SectionContext(section.id), &section.context),
        1 => (TextField::OutcomeStatement(OutcomeRef { section: section.id, outcome: outcome.id }), &outcome.statement),
        2 => (TextField::PlanVision, &plan.vision),
        3 => (TextField::ActivityDescription(at), &activity.description),
        _ => (TextField::ActivityTitle(at), &activity.title),
    };
    let starts: Vec<usize> = words.char_indices().map(|(at, _)| at).chain([words.len()]).collect();
    let units = |to: usize| words[..to].encode_utf16().count();
    let first = *starts.choose(random)?;
    let last = if random.random_bool(0.3) {
        *starts.iter().filter(|at| **at >= first).take(6).collect::<Vec<_>>().choose(random)?
    } else {
        &first
    };
    let insert = if *last > first && random.random() { "" } else { WORDS.choose(random)? };
    Some(Edit::Text { field, splice: Splice { at: units(first), delete: units(*last) - units(first), insert: insert.to_owned() } })
}
