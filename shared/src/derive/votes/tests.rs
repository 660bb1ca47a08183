use automerge::AutoCommit;
use proptest::prelude::*;

use super::*;
use crate::derive::sample;
use crate::id::{Author, SERVER, TabId};
use crate::plan::edit::{self, Value};
use crate::plan::{Archived, Edit, Field, Item, Language, Register, read, template};

fn person(number: u8) -> ParticipantId {
    ParticipantId::from_bytes([number; 16])
}

/// A plan with activities 1 to 3 in section 1, these people, and the dots that they gave, each as person and activities by number.
fn room(each: Option<i64>, dots: &[(u8, &[u8])], merged: &[(u8, u8)]) -> (Plan, Room) {
    let mut plan = sample::plan(vec![sample::full(1), sample::full(2), sample::full(3)]);
    let mut room = Room::default();
    room.desk.dots = Register::settled(each);
    for (number, given) in dots {
        let id = person(*number);
        let same_as = merged.iter().find(|(one, _)| one == number).map(|(_, other)| person(*other));
        plan.people.insert(id, Person { id, name: String::new(), organisation: None, same_as });
        let mut ballot = Ballot { participant: id, dots: [None; 10] };
        for (slot, activity) in given.iter().enumerate() {
            // 0 is a field without a dot.
            ballot.dots[slot] = (*activity > 0).then(|| sample::at(1, *activity));
        }
        room.ballots.insert(id, ballot);
    }
    (plan, room)
}

/// What each of the three activities has, and how many people voted.
fn check((plan, room): &(Plan, Room), expected: [u32; 3], voters: u32) {
    let votes = Votes::of(plan, room);
    let found = [1, 2, 3].map(|number| votes.dots.get(&sample::at(1, number)).copied().unwrap_or_default());
    assert_eq!((found, votes.voters, votes.total()), (expected, voters, expected.iter().sum()));
}

#[test]
fn dots_are_added_up() {
    check(&room(Some(3), &[], &[]), [0, 0, 0], 0);
    check(&room(Some(3), &[(1, &[1, 1, 2]), (2, &[2])], &[]), [2, 2, 0], 2);
    check(&room(Some(3), &[(1, &[0, 0, 0]), (2, &[0, 3, 0])], &[]), [0, 0, 1], 1);
    // Only the first fields count: as many as each person has.
    check(&room(Some(2), &[(1, &[1, 2, 3])], &[]), [1, 1, 0], 1);
    check(&room(Some(0), &[(1, &[1, 2, 3])], &[]), [0, 0, 0], 0);
    check(&room(None, &[(1, &[1, 1, 1, 1, 1, 1, 1])], &[]), [5, 0, 0], 1);
    check(&room(Some(1_000), &[(1, &[1; 10])], &[]), [10, 0, 0], 1);
}

#[test]
fn who_joined_twice_votes_once() {
    // 2 is 1: 1's own dots come first, and there are no more than 3.
    check(&room(Some(3), &[(1, &[1, 1]), (2, &[2, 2, 2])], &[(2, 1)]), [2, 1, 0], 1);
    check(&room(Some(3), &[(1, &[2, 2, 2]), (2, &[1, 1])], &[(1, 2)]), [2, 1, 0], 1);
    // 3 is 2 is 1.
    check(&room(Some(3), &[(1, &[1]), (2, &[2]), (3, &[3, 3])], &[(2, 1), (3, 2)]), [1, 1, 1], 1);
    // Each is said to be the other.
    check(&room(Some(2), &[(1, &[1, 1]), (2, &[2, 2])], &[(1, 2), (2, 1)]), [2, 0, 0], 1);
    check(&room(Some(2), &[(1, &[1, 1]), (2, &[2, 2])], &[(1, 1)]), [2, 2, 0], 2);
}

#[test]
fn what_is_archived_has_no_dots_and_gives_them_back() {
    let mut of = room(Some(3), &[(1, &[1, 2, 2])], &[]);
    of.0.sections[0].activities[1].archived = Archived::Yes;
    check(&of, [1, 0, 0], 1);
    let own = Own::of(&of.0, &of.1, person(1));
    assert_eq!((own.left(), own.free(), own.on(sample::at(1, 1))), (2, Some(Name::Dot2), 1));
}

#[test]
fn a_person_gives_and_takes_back() {
    let of = room(Some(3), &[(1, &[1, 0, 1])], &[]);
    let own = Own::of(&of.0, &of.1, person(1));
    assert_eq!((own.left(), own.free(), own.last_on(sample::at(1, 1))), (1, Some(Name::Dot2), Some(Name::Dot3)));
    assert_eq!((own.on(sample::at(1, 1)), own.last_on(sample::at(1, 2))), (2, None));
    let nobody = Own::of(&of.0, &of.1, person(9));
    assert_eq!((nobody.left(), nobody.free()), (3, Some(Name::Dot1)));
    let full = room(Some(1), &[(1, &[1, 2])], &[]);
    assert_eq!(Own::of(&full.0, &full.1, person(1)).free(), None);
}

#[test]
fn those_with_as_many_share_a_place() {
    let (plan, room) = room(Some(5), &[(1, &[3, 3, 1, 2])], &[]);
    let ranking = Votes::of(&plan, &room).ranking(&plan);
    assert_eq!(ranking, [(1, sample::at(1, 3), 2), (2, sample::at(1, 1), 1), (2, sample::at(1, 2), 1)]);
}

/// The document of a plan in which people 1 to `count` have joined.
fn document(count: u8) -> AutoCommit {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) };
    let built = template::build(&template, Language::En, author, 0, &mut ids).unwrap();
    let mut doc = AutoCommit::new_with_encoding(automerge::TextEncoding::Utf16CodeUnit);
    doc.apply_changes(built.get_changes(&[])).unwrap();
    for number in 1..=count {
        edit::apply(&mut doc, &Edit::SetPerson { id: person(number), name: "Ana".into(), organisation: None }).unwrap();
    }
    edit::apply(&mut doc, &Edit::Set { field: Field { item: Item::Desk, name: Name::Dots }, value: Value::Number(4) }).unwrap();
    doc.commit();
    doc
}

const PEOPLE: u8 = 4;

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, ..ProptestConfig::default() })]

    /// People vote at the same time, each on two devices; whoever hears of it in whatever order counts the same, and nobody has more
    /// than their dots.
    #[test]
    fn the_sum_is_exact_however_the_devices_meet(
        deeds in prop::collection::vec((0..usize::from(PEOPLE) * 2, 0u8..6, any::<bool>()), 1..40),
        meetings in prop::collection::vec((0..usize::from(PEOPLE) * 2, 0..usize::from(PEOPLE) * 2), 0..12),
    ) {
        let mut first = document(PEOPLE);
        let activities: Vec<ActivityRef> = in_order(&read::plan(&first)).collect();
        let mut devices: Vec<AutoCommit> = (0..PEOPLE * 2)
            .map(|device| {
                let author = Author { participant: person(device / 2 + 1), tab: TabId::from_bytes([device + 2; 8]) };
                let mut copy = first.fork();
                copy.set_actor(author.actor());
                copy
            })
            .collect();
        let mut meetings = meetings.into_iter();
        for (device, activity, gives) in deeds {
            let (plan, room) = (read::plan(&devices[device]), read::room(&devices[device]));
            let me = person(u8::try_from(device / 2).unwrap() + 1);
            let own = Own::of(&plan, &room, me);
            let at = activities[usize::from(activity) % activities.len()];
            let field = |name| Field { item: Item::Ballot(me), name };
            let done = if gives {
                own.free().map(|name| Edit::Set { field: field(name), value: Value::Word(at.to_string()) })
            } else {
                own.last_on(at).map(|name| Edit::Set { field: field(name), value: Value::Nothing })
            };
            if let Some(done) = done {
                edit::apply(&mut devices[device], &done).unwrap();
                devices[device].commit();
            }
            if device == 0 && let Some((one, other)) = meetings.next().filter(|(one, other)| one != other) {
                let mut from = devices[other].clone();
                devices[one].merge(&mut from).unwrap();
            }
        }
        let mut forwards = first.fork();
        let mut backwards = first.fork();
        for device in &mut devices {
            forwards.merge(device).unwrap();
        }
        for device in devices.iter_mut().rev() {
            backwards.merge(device).unwrap();
        }
        let (plan, room) = (read::plan(&forwards), read::room(&forwards));
        let votes = Votes::of(&plan, &room);
        prop_assert_eq!(&votes, &Votes::of(&read::plan(&backwards), &read::room(&backwards)));
        let owned: usize = (1..=PEOPLE).map(|number| 4 - Own::of(&plan, &room, person(number)).left()).sum();
        prop_assert_eq!(votes.total(), u32::try_from(owned).unwrap());
        prop_assert!(votes.total() <= u32::from(PEOPLE) * 4 && votes.voters <= u32::from(PEOPLE));
    }
}
