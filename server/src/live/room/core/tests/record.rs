//! What the room puts on record.

use hamutuk_shared::access::{Grant, Refusal, Role, Scope};
use hamutuk_shared::id::{ParkedId, SectionId, VersionId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::{Edit, Field, Item, Name, SectionState, Value, read};

use super::bench::{Bench, Made, Writer, editor, facilitator, participant};
use crate::audit::{Event, Occurrence};

fn set(section: SectionId, state: &str) -> Edit {
    Edit::Set { field: Field::of_section(section, Name::State), value: Value::Word(state.to_owned()) }
}

fn states(recorded: &[Occurrence]) -> Vec<(SectionState, SectionState, SectionState)> {
    let state = |one: &Occurrence| match one.event {
        Event::SectionState { was, now, set, .. } => (was, now, set),
        _ => panic!("{one:?}"),
    };
    recorded.iter().map(state).collect()
}

fn denied(recorded: &[Occurrence]) -> Vec<(Refusal, Option<SectionId>, Option<String>, u32)> {
    let denied = |one: &Occurrence| match one.event.clone() {
        Event::ChangeDenied { refusal, section, path, count } => (refusal, section, path, count),
        _ => panic!("{one:?}"),
    };
    recorded.iter().map(denied).collect()
}

fn push(bench: &mut Bench, number: u64, made: &Made) {
    bench.push(number, &[&made.0]);
}

#[test]
fn a_state_is_on_record_with_what_was_set_and_what_holds() {
    use SectionState::{Locked, Open, Review};
    let mut bench = Bench::new();
    bench.session(1, facilitator(1), None);
    bench.session(2, facilitator(2), None);
    let (mut maria, mut rosa) = (Writer::new(&bench, 1), Writer::new(&bench, 2));
    let section = maria.section();
    // Rosa sets it offline, and pushes that later: both hold, and the stricter is in force.
    let (locked, review) = (maria.edit(&set(section, "locked")), rosa.edit(&set(section, "review")));
    push(&mut bench, 1, &locked);
    push(&mut bench, 2, &review);
    assert_eq!(states(&bench.recorded), [(Open, Locked, Locked), (Locked, Locked, Review)]);
    assert_eq!(bench.recorded.iter().map(|one| one.actor).collect::<Vec<_>>(), [Some(participant(1)), Some(participant(2))]);
    let Event::SectionState { written, section: of, .. } = &bench.recorded[0].event else { panic!() };
    assert_eq!((*of, written.change.clone()), (section, data_encoding::HEXLOWER.encode(&locked.1.0[..8])));

    bench.recorded.clear();
    push(&mut bench, 2, &review);
    let words = maria.write("not on record");
    push(&mut bench, 1, &words);
    assert_eq!(bench.recorded, [], "what the log has already, and what everybody writes all day");
}

#[test]
fn a_named_version_is_on_record() {
    let mut bench = Bench::new();
    bench.session(1, facilitator(1), None);
    let (mut maria, id) = (Writer::new(&bench, 1), VersionId::from_bytes([4; 10]));
    let name = Edit::NameVersion { id, name: "First draft".to_owned(), heads: String::new() };
    let named = maria.edit(&name);
    push(&mut bench, 1, &named);
    let [Occurrence { actor, event: Event::VersionNamed { version, .. } }] = &bench.recorded[..] else { panic!("{:?}", bench.recorded) };
    assert_eq!((*actor, *version), (Some(participant(1)), id));
}

#[test]
fn what_is_put_on_record_goes_with_the_batch_that_holds_it() {
    let mut bench = Bench::new();
    bench.session(1, facilitator(1), None);
    bench.hold_appends = true;
    let mut maria = Writer::new(&bench, 1);
    let (words, state) = (maria.write("first"), maria.edit(&set(maria.section(), "review")));
    push(&mut bench, 1, &words);
    push(&mut bench, 1, &state);
    assert_eq!(bench.recorded, [], "it waits for the store");
    bench.commit();
    assert_eq!(bench.recorded.len(), 1, "with the second batch, before that is durable");
    bench.commit();
}

#[test]
fn a_denial_is_on_record_with_its_place_once_and_then_counted() {
    let mut bench = Bench::new();
    let plan = read::plan(&Writer::new(&bench, 1).doc);
    let (own, other) = (plan.sections[0].id, plan.sections[1].id);
    let grant = Grant { scope: Scope::Sections([other].into()), ..editor(1) };
    bench.session(1, grant.clone(), None);
    let context = Field::of_section(own, Name::Context);
    for number in 0..50 {
        // Each by itself: what builds on a denied one is denied with it, and is not counted.
        let made = Writer::new(&bench, 1).write(&format!("no {number}"));
        let following = Writer::new(&bench, 1).write_title(&format!("no {number}"));
        push(&mut bench, 1, &made);
        push(&mut bench, 1, &following);
    }
    let first = [
        (Refusal::OtherSection, Some(own), Some(context.to_string()), 1),
        (Refusal::NotAllowed, None, Some(Field::PLAN_TITLE.to_string()), 1),
    ];
    assert_eq!(denied(&bench.recorded), first);
    bench.recorded.clear();
    bench.core.tick(bench.now + limits::AUDIT_DENIALS_COUNTED);
    bench.run();
    assert_eq!(denied(&bench.recorded).iter().map(|one| one.3).collect::<Vec<_>>(), [49, 49]);

    // A second tab goes, and then the first.
    bench.recorded.clear();
    bench.session(2, grant, None);
    let made = Writer::new(&bench, 1).write("again");
    push(&mut bench, 2, &made);
    bench.core.leave(hamutuk_shared::sync::frame::SessionId(2));
    bench.run();
    assert_eq!(bench.recorded, []);
    bench.core.leave(hamutuk_shared::sync::frame::SessionId(1));
    bench.run();
    assert_eq!(denied(&bench.recorded), [(Refusal::OtherSection, Some(own), None, 1)]);
    assert_eq!(bench.recorded[0].actor, Some(participant(1)));
}

#[test]
fn a_place_is_named_only_by_what_the_plan_holds() {
    let mut bench = Bench::new();
    bench.session(1, Grant::new(participant(1), Role::Viewer), None);
    // The id is whatever its author chose.
    let made = Writer::new(&bench, 1).edit(&Edit::Add { item: Item::Parked(ParkedId::from_bytes(*b"some words")) });
    push(&mut bench, 1, &made);
    assert_eq!(denied(&bench.recorded), [(Refusal::NotAllowed, None, None, 1)]);
}
