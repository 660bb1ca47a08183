//! A link for one section never alters anything outside it, whatever is tried: random edits, single and in one change.

use hamutuk_shared::access::{Grant, Inspector, Role, Scope, States};
use hamutuk_shared::id::{Author, ParticipantId, SERVER, TabId};
use hamutuk_shared::plan::edit::apply;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Edit, Language, Plan, Section, read, template};
use hamutuk_shared::text::Splice;
use hamutuk_tests::edits as random_edits;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const ME: ParticipantId = ParticipantId::from_bytes([1; 16]);
const OTHER: ParticipantId = ParticipantId::from_bytes([2; 16]);
const SEEDS: u64 = 40;

fn deed(random: &mut ChaCha8Rng, plan: &Plan) -> Option<Edit> {
    let item = *random_edits::items(plan, 5).choose(random)?;
    match random.random_range(0..4) {
        0 => random_edits::addition(random, plan, 5),
        1 => {
            let field = random_edits::text_of(random, item)?;
            Some(Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: "word".to_owned() } })
        }
        2 if matches!(item.kind(), Kind::Person) => Some(Edit::SetPerson { id: ME, name: "Renamed".to_owned(), organisation: None }),
        _ => random_edits::of_field(random, plan, item),
    }
}

/// What the link may not alter: the plan without the section, what everybody who writes may, and the person's own.
fn beyond(mut plan: Plan, own: &Section) -> Plan {
    plan.sections.retain(|section| section.id != own.id);
    for section in &mut plan.sections {
        section.suggestions.clear();
        // Where they sit themselves is theirs to say; where others sit is not.
        section.group.members.retain(|member| *member != ME);
    }
    plan.people.remove(&ME);
    plan.ballots.remove(&ME);
    plan.comments.clear();
    plan.organisations.clear();
    plan.sources.clear();
    plan.parking.clear();
    plan.synergies.clear();
    plan
}

#[test]
fn a_link_for_one_section_alters_nothing_beyond_it() {
    let template = template::find("nap1325-2025").unwrap();
    let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
    let mut ids = ChaCha8Rng::seed_from_u64(0);
    let mut start = template::build(&template, Language::En, author, 0, &mut || ids.random()).unwrap();
    let mut tx = start.transaction();
    for id in [ME, OTHER] {
        apply(&mut tx, &Edit::SetPerson { id, name: "Name".to_owned(), organisation: None }).unwrap();
    }
    tx.commit();
    let own = read::plan(&start).sections[0].clone();
    let scope = Scope::Sections([own.id].into());
    let grant = Grant { scope, ..Grant::new(ME, Role::Editor) };
    let (mut allowed, mut refused) = (0, 0);
    for seed in 0..SEEDS {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut doc = start.fork();
        let mut inspector = Inspector::of(&doc);
        for tab in 1..20 {
            let mut copy = doc.fork().with_actor(Author { participant: ME, tab: TabId::from_bytes([tab; 8]) }.actor());
            let mut tx = copy.transaction();
            for _ in 0..random.random_range(1..4) {
                if let Some(deed) = deed(&mut random, &read::plan(&tx)) {
                    let _ = apply(&mut tx, &deed);
                }
            }
            tx.commit();
            let Some(change) = copy.get_last_local_change() else { continue };
            let states: States = read::section_states(&doc).into_iter().collect();
            match inspector.check(&change, &grant, &states) {
                Err(_) => refused += 1,
                Ok(admitted) => {
                    doc.apply_changes([change]).unwrap();
                    inspector.admit(admitted);
                    allowed += 1;
                }
            }
        }
        assert_eq!(beyond(read::plan(&doc), &own), beyond(read::plan(&start), &own), "seed {seed}");
    }
    assert!(allowed > 100 && refused > 100, "both happen: {allowed} and {refused}");
}
