//! People who choose at the same time, on a connection and without one.

use automerge::Change;
use serde_bytes::ByteBuf;

use super::*;
use crate::access::{Grant, Inspector, Refusal, Role};
use crate::id::{ActivityId, Author, BudgetLineId, FundingId, LogId, ParticipantId, Seq, TabId};
use crate::plan::edit::{Edit, Value};
use crate::plan::template::sample;
use crate::plan::{ActivityRef, ActivityStatus, Choice, Contender, Item, Name, Place};
use crate::replica::{Effect, load_document};
use crate::sync::chunk;
use crate::sync::frame::{CatchUp, ServerFrame, SessionId, Welcome};
use crate::text::Splice;

const MINUTE_MS: i64 = 60_000;

fn author(person: u8) -> Author {
    Author { participant: ParticipantId::from_bytes([person; 16]), tab: TabId::from_bytes([person; 8]) }
}

/// People who have the template's plan and nothing else.
fn people<const N: usize>() -> [Replica; N] {
    let saved = sample().save();
    std::array::from_fn(|number| {
        Replica::load(
            author(u8::try_from(number).unwrap() + 1),
            Grant::new(author(u8::try_from(number).unwrap() + 1).participant, Role::Facilitator),
            [&saved[..]],
            None,
        )
        .unwrap()
    })
}

/// Connects to a server that has the template's plan and nothing else.
fn go_live(replica: &mut Replica) {
    let log: Vec<Change> = sample().get_changes(&[]);
    let welcome = Welcome {
        log: LogId::from_bytes([1; 16]),
        head: Seq(log.len() as u64),
        heads: vec![log.last().unwrap().hash().into()],
        grant: replica.grant().clone(),
        companions: Vec::new(),
        session: SessionId(1),
        catch_up: CatchUp::FromStart,
        now_ms: 0,
    };
    replica.connected();
    replica.receive(ServerFrame::Welcome(welcome), 0);
    let changes = log.iter().map(|change| ByteBuf::from(change.raw_bytes().to_vec())).collect();
    replica.receive(ServerFrame::Changes { first: Seq(1), changes }, 0);
    assert_eq!(replica.status().link, Link::Live);
}

fn chunks(effects: &[Effect]) -> Vec<Vec<u8>> {
    let stored = effects.iter().filter_map(|effect| match effect {
        Effect::Store { changes, .. } => Some(changes),
        _ => None,
    });
    stored.flatten().map(|change| change.bytes.clone()).collect()
}

/// Somebody says what stands in a field, after so many minutes. Answers the changes, for the others.
fn set(replica: &mut Replica, field: Field, value: &Value, minutes: i64) -> Vec<Vec<u8>> {
    chunks(&replica.edit(&Edit::Set { field, value: value.clone() }, minutes * MINUTE_MS).unwrap())
}

fn share(replicas: &mut [Replica], changes: &[Vec<u8>]) {
    for replica in replicas {
        replica.import(changes.to_vec(), 0);
    }
}

fn first(replica: &Replica) -> ActivityRef {
    let section = &replica.plan().sections[0];
    ActivityRef { section: section.id, activity: section.activities[0].id }
}

fn word(word: &str) -> Value {
    Value::Word(word.to_owned())
}

fn status(status: ActivityStatus) -> Value {
    word(status.as_str())
}

/// What is said of a contender: the value, who, after how many minutes, and whether offline.
fn said(contender: &Contender) -> (Value, Option<u8>, i64, bool) {
    let Origin { author, at_ms, made_offline } = contender.origin;
    (contender.value.clone(), author.map(|author| author.participant.as_bytes()[0]), at_ms / MINUTE_MS, made_offline)
}

/// All replicas tell the same of the field, and it is the only dispute, or none.
fn check(replicas: &mut [Replica], field: Field, mut expected: Vec<(Value, Option<u8>, i64, bool)>) {
    expected.sort();
    for replica in replicas {
        let dispute = replica.dispute(field);
        assert_eq!(replica.disputes(), dispute.clone().into_iter().collect::<Vec<_>>());
        let standing = replica.value(field).value;
        let contenders = dispute.map(|dispute| dispute.contenders).unwrap_or_default();
        assert_eq!(contenders.last().map_or(&standing, |last| &last.value), &standing, "the last is what stands");
        let mut told: Vec<_> = contenders.iter().map(said).collect();
        told.sort();
        assert_eq!(told, expected);
    }
}

#[test]
fn contenders_say_who_when_and_whether_offline_until_somebody_settles() {
    let [mut one, two, three] = people();
    go_live(&mut one);
    let at = first(&one);
    let of_activity = |name| Field::of_activity(at, name);
    let lead = |replica: &Replica, number: usize| word(&replica.plan().organisations[number].id.to_string());
    let rows = [
        (of_activity(Name::Status), status(ActivityStatus::Agreed), status(ActivityStatus::Cancelled)),
        (of_activity(Name::Lead), lead(&one, 0), lead(&one, 1)),
        (of_activity(Name::Women), Value::Number(30), Value::Number(40)),
        (of_activity(Name::Men), Value::Number(30), Value::Nothing),
        (Field { item: Item::Plan, name: Name::LastMonth }, word("2027-06"), word("2027-12")),
        (Field::of_section(at.section, Name::State), word("review"), word("adopted")),
    ];
    let mut all = [one, two, three];
    for (field, mine, theirs) in rows {
        let mut changes = set(&mut all[0], field, &mine, 5);
        changes.extend(set(&mut all[1], field, &theirs, 3));
        share(&mut all, &changes);
        check(&mut all, field, vec![(mine.clone(), Some(1), 5, false), (theirs.clone(), Some(2), 3, true)]);
        // Somebody keeps theirs, as an edit like any other, also where it stood already.
        let settled = set(&mut all[2], field, &theirs, 9);
        share(&mut all, &settled);
        check(&mut all, field, vec![]);
        for replica in &mut all {
            assert_eq!(replica.value(field).value, theirs);
            assert_eq!(replica.origin(field), Some(Origin { author: Some(author(3)), at_ms: 9 * MINUTE_MS, made_offline: true }));
        }
    }
    let [mut fresh] = people();
    assert_eq!(fresh.origin(of_activity(Name::Status)), Some(Origin::default()), "the template's, by nobody");
    assert_eq!(fresh.origin(of_activity(Name::Women)), None);
    assert_eq!(fresh.origin(of_activity(Name::Title)), None, "a text is written by many");
}

#[test]
fn equal_values_settle_themselves_and_are_one_contender() {
    let mut all = people::<3>();
    let field = Field::of_activity(first(&all[0]), Name::Women);
    let mut changes = set(&mut all[0], field, &Value::Number(20), 7);
    changes.extend(set(&mut all[1], field, &Value::Number(20), 2));
    share(&mut all, &changes);
    check(&mut all, field, vec![]);
    let mut all = people::<3>();
    for (person, number) in [20, 20, 30].into_iter().enumerate() {
        changes.extend(set(&mut all[person], field, &Value::Number(number), [7, 2, 4][person]));
    }
    share(&mut all, &changes);
    check(&mut all, field, vec![(Value::Number(20), Some(1), 7, true), (Value::Number(30), Some(3), 4, true)]);
}

#[test]
fn what_is_overwritten_is_no_contender_and_what_a_third_writes_meanwhile_is() {
    let mut all = people::<3>();
    let field = Field::of_activity(first(&all[0]), Name::Women);
    // One changes their mind before the others see it.
    let mut changes = set(&mut all[0], field, &Value::Number(1), 1);
    changes.extend(set(&mut all[0], field, &Value::Number(10), 2));
    changes.extend(set(&mut all[1], field, &Value::Number(20), 3));
    let third = set(&mut all[2], field, &Value::Number(30), 1);
    share(&mut all[..2], &changes);
    check(&mut all[..2], field, vec![(Value::Number(10), Some(1), 2, true), (Value::Number(20), Some(2), 3, true)]);
    // They settle it, and the third was away.
    changes.extend(set(&mut all[0], field, &Value::Number(10), 4));
    share(&mut all, &changes);
    share(&mut all, &third);
    check(&mut all, field, vec![(Value::Number(10), Some(1), 4, true), (Value::Number(30), Some(3), 1, true)]);
    let settled = set(&mut all[2], field, &Value::Number(25), 6);
    share(&mut all, &settled);
    check(&mut all, field, vec![]);
}

/// Automerge would only remove the rest for who keeps what stands, and who decides otherwise meanwhile would win unseen.
#[test]
fn two_decisions_at_the_same_time_are_a_dispute_again() {
    let mut all = people::<2>();
    let field = Field::of_activity(first(&all[0]), Name::Women);
    let mut changes = set(&mut all[0], field, &Value::Number(10), 1);
    changes.extend(set(&mut all[1], field, &Value::Number(20), 2));
    share(&mut all, &changes);
    let inspector = Inspector::of(&load_document(&all[0].save()).unwrap());
    let mut changes = set(&mut all[0], field, &Value::Number(10), 3);
    changes.extend(set(&mut all[1], field, &Value::Number(20), 4));
    for bytes in &changes {
        let change = chunk::read(bytes).unwrap();
        let grant = Grant::new(Author::of(change.actor_id()).unwrap().participant, Role::Editor);
        inspector.check(&change, &grant, &crate::access::States::default()).map(drop).expect("the server takes the decision");
    }
    share(&mut all, &changes);
    check(&mut all, field, vec![(Value::Number(10), Some(1), 3, true), (Value::Number(20), Some(2), 4, true)]);
}

#[test]
fn the_list_has_the_parts_in_the_order_of_the_plan_and_nothing_that_is_archived() {
    let mut all = people::<2>();
    let at = first(&all[0]);
    let outcome = all[0].plan().sections[0].outcomes[0].id;
    // By its id it would come last, and by its place it is first.
    let early = ActivityRef { activity: ActivityId::from_bytes([255; 10]), ..at };
    let line = Item::BudgetLine(at, BudgetLineId::from_bytes([77; 10]));
    let funding = Item::Funding(at, FundingId::from_bytes([78; 10]));
    let made = [Edit::AddActivity { at: early, outcome, place: Place::First }, Edit::Add { item: line }, Edit::Add { item: funding }];
    let changes: Vec<_> = made.iter().flat_map(|edit| chunks(&all[0].edit(edit, 0).unwrap())).collect();
    share(&mut all, &changes);
    let fields = [
        Field { item: Item::Plan, name: Name::FirstMonth },
        Field::of_activity(early, Name::Women),
        Field::of_activity(at, Name::Women),
        Field::of_activity(at, Name::Men),
        Field { item: line, name: Name::UnitCost },
        Field { item: funding, name: Name::Amount },
    ];
    let mut changes = Vec::new();
    for field in fields.iter().rev() {
        for (person, minutes) in [(0, 1), (1, 2)] {
            let value = if field.name == Name::FirstMonth { word(&format!("2026-0{minutes}")) } else { Value::Number(minutes) };
            changes.extend(set(&mut all[person], *field, &value, minutes));
        }
    }
    share(&mut all, &changes);
    let listed = |replica: &mut Replica| replica.disputes().into_iter().map(|dispute| dispute.field).collect::<Vec<_>>();
    assert_eq!(listed(&mut all[0]), fields);
    let archive = |replica: &mut Replica, item| replica.edit(&Edit::Archive { item, archived: true }, 0).unwrap();
    archive(&mut all[0], line);
    assert_eq!(listed(&mut all[0]), [&fields[..4], &fields[5..]].concat());
    assert_eq!(all[0].dispute(fields[4]), None);
    archive(&mut all[0], Item::Activity(at));
    assert_eq!(listed(&mut all[0]), fields[..2]);
    assert_eq!(all[0].dispute(fields[5]), None, "it is in the archive with its activity");
    assert_eq!(all[0].plan().sections[0].activities.len(), all[1].plan().sections[0].activities.len(), "and it is there");
    // Who has not heard of the archiving edits on, and brings it back.
    let brought_back = set(&mut all[1], Field::of_activity(at, Name::Others), &Value::Number(1), 3);
    share(&mut all[..1], &brought_back);
    assert_eq!(listed(&mut all[0]), [&fields[..4], &fields[5..]].concat());
}

#[test]
fn looking_does_not_close_what_is_being_typed() {
    let mut all = people::<2>();
    let field = Field::of_activity(first(&all[0]), Name::Women);
    let mut changes = set(&mut all[0], field, &Value::Number(10), 1);
    changes.extend(set(&mut all[1], field, &Value::Number(20), 2));
    share(&mut all, &changes);
    let before = all[0].disputes();
    let splice = Splice { at: 0, delete: 0, insert: "Typed".to_owned() };
    all[0].edit(&Edit::Text { field: Field::PLAN_VISION, splice }, 3 * MINUTE_MS).unwrap();
    assert_eq!(all[0].disputes(), before);
    assert_eq!(before[0].contenders.iter().map(|contender| contender.origin.made_offline).collect::<Vec<_>>(), [true, true]);
    assert_eq!(all[0].origin(field).map(|origin| origin.made_offline), Some(true));
    assert!(all[0].status().typing);
    assert_eq!(chunks(&all[0].commit(3 * MINUTE_MS)).len(), 1, "what was typed still becomes a change");
}

#[test]
fn the_connection_at_the_time_of_the_change_decides_and_making_anew_does_not_hide_it() {
    let [mut replica] = people();
    let field = Field::of_activity(first(&replica), Name::Women);
    let offline = |replica: &mut Replica, number| {
        set(replica, field, &Value::Number(number), 1);
        replica.origin(field).unwrap().made_offline
    };
    assert!(offline(&mut replica, 1));
    replica.connected();
    assert!(offline(&mut replica, 2), "the greeting is not yet a connection");
    replica.disconnected();
    go_live(&mut replica);
    assert!(!offline(&mut replica, 3));
    replica.disconnected();
    assert!(offline(&mut replica, 4));
}

#[test]
fn what_a_rebase_makes_anew_stays_made_offline() {
    for is_live in [false, true] {
        let [mut replica] = people();
        let field = Field::of_activity(first(&replica), Name::Women);
        if is_live {
            go_live(&mut replica);
        }
        set(&mut replica, field, &Value::Number(1), 1);
        if !is_live {
            go_live(&mut replica);
        }
        let tab = TabId::from_bytes([9; 8]);
        replica.rebase(tab, Refusal::NotAllowed, 2 * MINUTE_MS);
        assert_eq!(replica.value(field).value, Value::Number(1));
        let anew = Author { tab, ..author(1) };
        assert_eq!(replica.origin(field), Some(Origin { author: Some(anew), at_ms: 2 * MINUTE_MS, made_offline: !is_live }));
    }
}

#[test]
fn typing_into_the_past_is_marked_too() {
    let [mut replica] = people();
    for is_live in [false, true] {
        if is_live {
            go_live(&mut replica);
        }
        let before = replica.heads();
        let field = Field::of_activity(first(&replica), Name::Women);
        set(&mut replica, field, &Value::Number(i64::from(is_live)), 1);
        let splice = Splice { at: 0, delete: 0, insert: "か".to_owned() };
        let effects = replica.edit_at(&before, &Edit::Text { field: Field::PLAN_VISION, splice }, MINUTE_MS).unwrap();
        let [bytes] = &chunks(&effects)[..] else { panic!("one change") };
        let change = chunk::read(bytes).unwrap();
        assert_eq!(change.message(), (!is_live).then_some("offline"));
        // Not of somebody made up, as Automerge would have it beside a change that the heads do not cover.
        assert_eq!(Author::of(change.actor_id()), Some(author(1)));
    }
}
