//! What becomes of pushed changes.

use hamutuk_shared::access::{Grant, Refusal, Role};
use hamutuk_shared::id::Seq;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{Goodbye, ServerFrame};
use serde_bytes::ByteBuf;

use super::bench::{Bench, Made, Writer, editor, facilitator};

fn ack(first: Option<u64>, made: &[&Made]) -> ServerFrame {
    ServerFrame::Ack { first: first.map(Seq), hashes: made.iter().map(|made| made.1).collect() }
}

fn changes(first: u64, made: &[&Made]) -> ServerFrame {
    ServerFrame::Changes { first: Seq(first), changes: made.iter().map(|made| ByteBuf::from(made.0.clone())).collect() }
}

fn denied(made: &Made, refusal: Refusal) -> ServerFrame {
    ServerFrame::Denied { hash: made.1, refusal }
}

#[test]
fn nothing_is_acked_or_told_before_it_is_durable() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    bench.hold_appends = true;
    let made = Writer::new(&bench, 1).write("hello");
    bench.push(1, &[&made.0]);
    assert_eq!((bench.take(1), bench.take(2)), (vec![], vec![]));
    bench.commit();
    assert_eq!(bench.take(1), [ack(Some(2), &[&made])]);
    assert_eq!(bench.take(2), [changes(2, &[&made])]);
    assert_eq!(bench.core.head(), Seq(2));
}

#[test]
fn what_comes_during_a_write_is_the_next_batch_and_is_encoded_once() {
    let mut bench = Bench::new();
    (1..=4).for_each(|number| bench.live(number));
    let (mut one, mut two) = (Writer::new(&bench, 1), Writer::new(&bench, 2));
    let (a, b, c, d) = (one.write("a"), one.write("b"), two.write("c"), one.write("d"));
    bench.hold_appends = true;
    bench.push(1, &[&a.0]);
    bench.push(1, &[&b.0]);
    bench.push(2, &[&c.0]);
    bench.push(1, &[&d.0]);
    bench.commit();
    assert_eq!(bench.append.as_ref().map(Vec::len), Some(3));
    assert_eq!(bench.take(3), [changes(2, &[&a])]);
    bench.commit();
    assert_eq!(bench.append, None);
    assert_eq!(bench.take(1), [ack(Some(2), &[&a]), ack(Some(3), &[&b]), changes(4, &[&c]), ack(Some(5), &[&d])]);
    assert_eq!(bench.take(2), [changes(2, &[&a]), changes(3, &[&b]), ack(Some(4), &[&c]), changes(5, &[&d])]);
    assert_eq!(bench.take(3), [changes(3, &[&b, &c, &d])]);
    let shared = (&bench.bytes[&3], &bench.bytes[&4]);
    assert!(shared.0.iter().zip(shared.1).all(|(three, four)| std::sync::Arc::ptr_eq(three, four)));
}

#[test]
fn what_is_there_already_is_acked_once_it_is_durable() {
    let mut bench = Bench::new();
    bench.live(1);
    // Another tab of the same browser holds the same changes.
    bench.core.join(hamutuk_shared::sync::frame::SessionId(9), editor(1));
    bench.frame(9, hamutuk_shared::sync::frame::ClientFrame::Hello { after: Some(bench.head_point()) });
    bench.take(9);
    bench.hold_appends = true;
    let made = Writer::new(&bench, 1).write("hello");
    bench.push(1, &[&made.0]);
    bench.push(9, &[&made.0]);
    bench.push(9, &[&made.0]);
    assert_eq!(bench.take(9), []);
    bench.commit();
    assert_eq!(bench.take(1), [ack(Some(2), &[&made])]);
    assert_eq!(bench.take(9), [ack(Some(2), &[&made])]);
    bench.push(1, &[&made.0]);
    assert_eq!(bench.take(1), [ack(None, &[&made])]);
    assert_eq!((bench.append.is_none(), bench.log.len()), (true, 2));
}

#[test]
fn what_builds_on_the_unknown_is_missing_and_may_come_again() {
    let mut bench = Bench::new();
    bench.live(1);
    let mut writer = Writer::new(&bench, 1);
    let (a, b, c) = (writer.write("a"), writer.write("b"), writer.write("c"));
    bench.push(1, &[&b.0, &c.0]);
    assert_eq!(bench.take(1), [ServerFrame::Missing { hash: b.1 }, ServerFrame::Missing { hash: c.1 }]);
    bench.push(1, &[&a.0, &b.0, &c.0]);
    let acked: usize = bench.take(1).iter().map(|frame| if let ServerFrame::Ack { hashes, .. } = frame { hashes.len() } else { 0 }).sum();
    assert_eq!(acked, 3);
}

#[test]
fn what_is_not_allowed_is_denied_and_so_is_what_builds_on_it() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let mut writer = Writer::new(&bench, 1);
    let (good, bad, after, later) = (writer.write("a"), writer.write_title("b"), writer.write("c"), writer.write("d"));
    bench.push(1, &[&good.0, &bad.0, &after.0]);
    assert_eq!(bench.take(1), [denied(&bad, Refusal::NotAllowed), denied(&after, Refusal::BuildsOnRefused), ack(Some(2), &[&good])]);
    bench.push(1, &[&later.0]);
    assert_eq!(bench.take(1), [denied(&later, Refusal::BuildsOnRefused)]);
    assert_eq!(bench.take(2), [changes(2, &[&good])]);
}

#[test]
fn nobody_hands_in_what_others_wrote_but_who_may() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.session(2, Grant { hands_on: true, ..facilitator(2) }, Some(bench.head_point()));
    bench.session(4, facilitator(4), Some(bench.head_point()));
    bench.take(2);
    bench.take(4);
    let of_another = Writer::new(&bench, 3).write("a");
    bench.push(1, &[&of_another.0]);
    assert_eq!(bench.take(1), [denied(&of_another, Refusal::Forged)]);
    bench.push(4, &[&of_another.0]);
    assert_eq!(bench.take(4), [denied(&of_another, Refusal::Forged)], "a facilitator is no other server");
    bench.push(2, &[&of_another.0]);
    assert_eq!(bench.take(2), [ack(Some(2), &[&of_another])]);
}

#[test]
fn a_session_that_pushes_too_far_ahead_is_closed_and_what_it_pushed_is_kept() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.hold_appends = true;
    let mut writer = Writer::new(&bench, 1);
    let made: Vec<Made> = (0..=limits::PUSH_IN_FLIGHT_CHANGES_MAX).map(|_| writer.write("x")).collect();
    for part in made.chunks(limits::PUSH_CHANGES_MAX) {
        bench.push(1, &part.iter().map(|made| &made.0[..]).collect::<Vec<_>>());
    }
    assert_eq!(bench.closed.get(&1), Some(&Goodbye::Overflow));
    bench.commit();
    bench.commit();
    assert_eq!(bench.log.len(), 1 + limits::PUSH_IN_FLIGHT_CHANGES_MAX);
    assert!(bench.core.is_idle());
}

#[test]
fn what_somebody_may_do_changes_while_they_are_here() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let mut writer = Writer::new(&bench, 1);
    let viewer = Grant::new(editor(1).participant, Role::Viewer);
    bench.core.regrant(viewer.participant, Some(&viewer));
    bench.run();
    assert_eq!(bench.take(1), [ServerFrame::Granted(viewer.clone())]);
    let made = writer.write("a");
    bench.push(1, &[&made.0]);
    assert_eq!(bench.take(1), [denied(&made, Refusal::NotAllowed)]);
    bench.core.regrant(viewer.participant, Some(&viewer));
    bench.run();
    assert_eq!(bench.take(1), [], "nothing is told twice");
    bench.core.regrant(viewer.participant, None);
    bench.run();
    assert_eq!(bench.closed.get(&1), Some(&Goodbye::Revoked));
    assert_eq!((bench.take(2), bench.closed.get(&2)), (vec![], None), "the others stay as they are");
}
