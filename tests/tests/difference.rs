//! The difference of two plans, done to the one, gives the other: whatever was done to it.

#![expect(clippy::unwrap_used, reason = "what a test cannot go on without, ends it")]

use automerge::Automerge;
use hamutuk_shared::id::{ActivityId, Author, OrganisationId, ParticipantId, SERVER, TabId};
use hamutuk_shared::order::OrderKey;
use hamutuk_shared::plan::difference::edits;
use hamutuk_shared::plan::edit::apply;
use hamutuk_shared::plan::schema::{Content, Kind};
use hamutuk_shared::plan::{ActivityRef, Edit, Language, Name, OrganisationKind, Place, Plan, read, template};
use hamutuk_shared::text::Splice;
use hamutuk_tests::edits as random_edits;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SEEDS: u64 = 40;

fn template() -> Automerge {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
    template::build(&template, Language::En, author, 0, &mut ids).unwrap()
}

/// Something that can be done to the plan.
fn deed(random: &mut ChaCha8Rng, plan: &Plan) -> Option<Edit> {
    let section = plan.sections[..2].choose(random)?;
    let activity = section.activities.choose(random)?;
    let at = ActivityRef { section: section.id, activity: activity.id };
    let outcome = section.outcomes.choose(random)?.id;
    let places = [Place::First, Place::Last];
    Some(match random.random_range(0..12) {
        0 => Edit::AddActivity {
            at: ActivityRef { activity: ActivityId::from_bytes(random.random()), ..at },
            outcome,
            place: *places.choose(random)?,
        },
        1 => Edit::MoveActivity { at, outcome, place: *places.choose(random)? },
        2 => Edit::AddOrganisation {
            id: OrganisationId::from_bytes(random.random()),
            acronym: "né".to_owned(),
            name: "Name".to_owned(),
            kind: OrganisationKind::Un,
        },
        3 => {
            Edit::SetPerson { id: ParticipantId::from_bytes([random.random_range(0..4); 16]), name: "Name".to_owned(), organisation: None }
        }
        4 | 5 => random_edits::addition(random, plan, 2)?,
        6 | 7 => {
            let item = *random_edits::items(plan, 2).choose(random)?;
            let field = random_edits::text_of(random, item)?;
            let length = plan.clone().text_mut(field).map_or(0, |words| words.encode_utf16().count());
            let delete = if random.random() { length } else { 0 };
            Edit::Text { field, splice: Splice { at: 0, delete, insert: "né 😀 語".to_owned() } }
        }
        _ => {
            let item = *random_edits::items(plan, 2).choose(random)?;
            random_edits::of_field(random, plan, item)?
        }
    })
}

/// Order keys may differ if they order alike, and activities of different outcomes have no order among each other.
fn as_people_see_it(mut plan: Plan) -> Plan {
    let none = OrderKey::default();
    for section in &mut plan.sections {
        section.activities.sort_by(|a, b| (a.outcome, &a.order, a.id).cmp(&(b.outcome, &b.order, b.id)));
        for activity in &mut section.activities {
            activity.order.clone_from(&none);
            activity.budget.iter_mut().for_each(|one| one.order.clone_from(&none));
            activity.funding.iter_mut().for_each(|one| one.order.clone_from(&none));
            activity.indicators.iter_mut().for_each(|one| one.order.clone_from(&none));
            activity.reports.iter_mut().for_each(|one| one.order.clone_from(&none));
        }
        section.suggestions.iter_mut().for_each(|one| one.order.clone_from(&none));
        for outcome in &mut section.outcomes {
            outcome.indicators.iter_mut().for_each(|one| one.order.clone_from(&none));
            outcome.reports.iter_mut().for_each(|one| one.order.clone_from(&none));
        }
    }
    plan.sources.iter_mut().for_each(|one| one.order.clone_from(&none));
    plan.parking.iter_mut().for_each(|one| one.order.clone_from(&none));
    plan.synergies.iter_mut().for_each(|one| one.order.clone_from(&none));
    plan.comments.iter_mut().for_each(|one| one.order.clone_from(&none));
    plan
}

#[test]
fn done_to_the_one_it_gives_the_other() {
    let template = template();
    for seed in 0..SEEDS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let (mut from, mut to) = (template.fork(), template.fork());
        let mut tx = to.transaction();
        for _ in 0..random.random_range(0..40) {
            // What does not fit, such as adding a thing twice, is not done.
            if let Some(deed) = deed(&mut random, &read::plan(&tx)) {
                let _ = apply(&mut tx, &deed);
            }
        }
        tx.commit();
        let mut tx = from.transaction();
        for edit in edits(&tx, &to) {
            apply(&mut tx, &edit).unwrap_or_else(|error| panic!("seed {seed}: {edit:?}: {error}"));
        }
        tx.commit();
        assert_eq!(as_people_see_it(read::plan(&from)), as_people_see_it(read::plan(&to)), "seed {seed}");
        assert_eq!(edits(&from, &from), [], "seed {seed}");
    }
}

#[test]
fn the_random_edits_reach_every_field() {
    let plan = read::plan(&template());
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut reached = std::collections::BTreeSet::new();
    let activity = random_edits::items(&plan, 1).into_iter().find(|item| item.kind() == Kind::Activity).unwrap();
    for _ in 0..2_000 {
        reached.extend(random_edits::text_of(&mut random, activity).map(|field| field.name));
        match random_edits::of_field(&mut random, &plan, activity) {
            Some(Edit::Set { field, .. } | Edit::Include { field, .. }) => drop(reached.insert(field.name)),
            Some(Edit::Archive { .. }) => drop(reached.insert(Name::Archived)),
            _ => {}
        }
    }
    for (name, content) in Name::fields(Kind::Activity) {
        assert!(reached.contains(name) || *content == Content::Own, "{name:?} is never tried");
    }
}
