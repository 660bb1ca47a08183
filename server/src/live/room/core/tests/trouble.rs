//! When the store fails, a session is too slow, the document breaks, or the server stops.

use hamutuk_shared::id::{OrganisationId, Seq, TabId};
use hamutuk_shared::sync::frame::{Goodbye, ServerFrame, SessionId};

use super::super::document::Broken;
use super::super::{IntroduceError, Introduction, Opening, RoomCore};
use super::bench::{Bench, LOG, Writer, editor, participant};

fn introduction(request: u64) -> Introduction {
    Introduction {
        request,
        participant: participant(5),
        name: "Rosa".into(),
        organisation: String::new(),
        organisation_id: OrganisationId::from_bytes([1; 10]),
        group: None,
        now_s: 0,
    }
}

#[test]
fn a_failed_append_ends_the_room_and_acks_nothing() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    bench.hold_appends = true;
    let made = Writer::new(&bench, 1).write("a");
    bench.push(1, &[&made.0]);
    bench.core.introduce(introduction(1));
    bench.run();
    bench.core.appended(Err(()));
    bench.run();
    assert_eq!(bench.closed.into_iter().collect::<Vec<_>>(), [(1, Goodbye::Trouble), (2, Goodbye::Trouble)]);
    assert_eq!(bench.introduced, [(1, Err(IntroduceError::Trouble))]);
    assert!(bench.ended && bench.sent.is_empty());
    bench.core.join(SessionId(3), editor(3));
    assert!(bench.core.take_effects().iter().any(|effect| matches!(effect, super::super::Effect::Close { goodbye: Goodbye::Trouble, .. })));
}

#[test]
fn a_log_that_is_elsewhere_than_it_should_be_ends_the_room() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.hold_appends = true;
    let made = Writer::new(&bench, 1).write("a");
    bench.push(1, &[&made.0]);
    bench.core.appended(Ok(Seq(7)));
    bench.run();
    assert!(bench.ended && bench.sent.is_empty());
}

#[test]
fn who_is_too_slow_goes_and_the_others_stay() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    bench.core.overflowed(SessionId(2));
    bench.run();
    assert_eq!((bench.closed.get(&2), bench.core.sessions()), (Some(&Goodbye::Overflow), 1));
    let made = Writer::new(&bench, 1).write("a");
    bench.push(1, &[&made.0]);
    assert_eq!((bench.take(1).len(), bench.take(2).len()), (1, 0));
}

#[test]
fn a_broken_document_is_read_again_and_nobody_notices() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let mut writer = Writer::new(&bench, 1);
    let (a, b, c) = (writer.write("a"), writer.write("b"), writer.write("c"));
    bench.hold_appends = true;
    bench.push(1, &[&a.0]);
    bench.push(1, &[&b.0]);
    bench.core.break_document(Broken("a test".into()));
    bench.run();
    bench.push(1, &[&c.0]);
    bench.core.introduce(introduction(1));
    bench.run();
    assert_eq!(bench.reloads, 0, "not while a batch is on its way");
    bench.commit();
    assert_eq!((bench.reloads, bench.take(1).len()), (1, 1));
    bench.core.reloaded(Ok(bench.opening()));
    bench.hold_appends = false;
    bench.run();
    let acks: Vec<ServerFrame> = bench.take(1);
    assert_eq!((acks.len(), bench.take(2).len(), bench.closed.len()), (3, 3, 0), "{acks:?}");
    assert_eq!(bench.introduced, [(1, Ok(None))]);
    assert_eq!((bench.log.len(), bench.core.head()), (5, Seq(5)));
    assert!(bench.core.is_settled());
}

#[test]
fn a_plan_that_cannot_be_read_again_ends_the_room() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.core.break_document(Broken("a test".into()));
    bench.run();
    bench.core.reloaded(Err(()));
    bench.run();
    assert_eq!((bench.closed.get(&1), bench.ended), (Some(&Goodbye::Trouble), true));
}

#[test]
fn when_the_server_stops_what_was_taken_in_is_stored() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.hold_appends = true;
    let mut writer = Writer::new(&bench, 1);
    let (a, b) = (writer.write("a"), writer.write("b"));
    bench.push(1, &[&a.0]);
    bench.push(1, &[&b.0]);
    bench.core.stop();
    bench.run();
    assert_eq!((bench.closed.get(&1), bench.core.is_settled()), (None, false), "nobody goes without an ack");
    let late = writer.write("c");
    bench.push(1, &[&late.0]);
    bench.commit();
    bench.commit();
    assert_eq!((bench.core.is_settled(), bench.log.len()), (true, 3), "what comes later is for the next server");
    assert_eq!(bench.closed.get(&1), Some(&Goodbye::Stopping));
}

#[test]
fn a_log_with_a_gap_is_not_opened() {
    let bench = Bench::new();
    let good = bench.opening();
    let entry = good.entries[0].1.clone();
    for (head, entries) in [
        (Seq(2), vec![(Seq(2), entry.clone())]),
        (Seq(2), vec![(Seq(1), entry.clone())]),
        (Seq(0), vec![(Seq(1), entry.clone())]),
        (Seq(3), vec![(Seq(1), entry.clone()), (Seq(3), entry)]),
    ] {
        let opening = Opening { log: LOG, snapshot: None, head, entries };
        assert!(RoomCore::open(opening, TabId::from_bytes([0; 8])).is_err());
    }
    assert!(RoomCore::open(good, TabId::from_bytes([0; 8])).is_ok());
}
