//! What no replica of ours sends.

use std::time::Duration;

use hamutuk_shared::access::Refusal;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, Presence, ServerFrame, SessionId};
use serde_bytes::ByteBuf;

use super::bench::{Bench, Writer, editor};

#[test]
fn who_does_not_keep_to_the_protocol_is_closed() {
    let hello = || ClientFrame::Hello { after: None };
    let push = |changes: Vec<Vec<u8>>| ClientFrame::Push { changes: changes.into_iter().map(ByteBuf::from).collect() };
    for (what, frames) in [
        ("a push before the hello", vec![push(vec![])]),
        ("a presence before the hello", vec![ClientFrame::Presence(Presence::default())]),
        ("two hellos", vec![hello(), hello()]),
        ("no change", vec![hello(), push(vec![vec![]])]),
        ("noise", vec![hello(), push(vec![vec![0x85; 40]])]),
        ("too many", vec![hello(), push(vec![vec![]; limits::PUSH_CHANGES_MAX + 1])]),
        ("too long", vec![hello(), push(vec![vec![0; limits::CHANGE_BYTES_MAX + 1]])]),
    ] {
        let mut bench = Bench::new();
        bench.live(2);
        bench.core.join(SessionId(1), editor(1));
        for frame in frames {
            bench.frame(1, frame);
        }
        assert_eq!(bench.closed.get(&1), Some(&Goodbye::Malformed), "{what}");
        assert_eq!((bench.core.sessions(), bench.take(2), bench.log.len(), bench.reloads), (1, vec![], 1, 0), "{what}");
    }
}

#[test]
fn a_change_that_would_make_automerge_panic_is_denied() {
    let mut bench = Bench::new();
    bench.live(1);
    let (mut one, mut other) = (Writer::new(&bench, 1), Writer::new(&bench, 1));
    // The same actor's first change, twice and differently.
    let (first, rival) = (one.write("a"), other.write("b"));
    bench.push(1, &[&first.0]);
    bench.take(1);
    bench.push(1, &[&rival.0]);
    assert_eq!(bench.take(1), [ServerFrame::Denied { hash: rival.1, refusal: Refusal::Malformed }]);
    assert_eq!((bench.closed.len(), bench.reloads), (0, 0));
}

#[test]
fn too_many_frames_end_the_session() {
    let mut bench = Bench::new();
    bench.live(1);
    let burst = u64::from(limits::FRAMES_PER_SECOND_MAX) * limits::FRAME_RATE_WINDOW.as_secs();
    for _ in 0..burst {
        bench.frame(1, ClientFrame::Ping);
    }
    assert_eq!(bench.closed.get(&1), Some(&Goodbye::Overflow));
    assert!(bench.take(1).iter().all(|frame| *frame == ServerFrame::Pong));

    let mut steady = Bench::new();
    steady.live(1);
    for _ in 0..2 * burst {
        steady.now += Duration::from_millis(5);
        steady.frame(1, ClientFrame::Ping);
    }
    assert_eq!(steady.closed.get(&1), None);
}

#[test]
fn a_plan_takes_so_many_people_and_no_more() {
    let mut bench = Bench::new();
    for number in 0..=limits::SESSIONS_PER_PLAN_MAX {
        bench.core.join(SessionId(1_000 + number as u64), editor(1));
    }
    bench.run();
    assert_eq!(bench.core.sessions(), limits::SESSIONS_PER_PLAN_MAX);
    assert_eq!(bench.closed.get(&(1_000 + limits::SESSIONS_PER_PLAN_MAX as u64)), Some(&Goodbye::TooManyPeople));
}
