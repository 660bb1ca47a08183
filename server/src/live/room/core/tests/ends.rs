//! Links that end by themselves.

use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, ServerFrame, SessionId};

use super::bench::{Bench, Writer, editor, participant};

#[test]
fn who_came_by_a_link_that_ends_has_to_go_then_and_nobody_else() {
    let mut bench = Bench::new();
    for number in 1..=4 {
        bench.live(number);
    }
    assert_eq!(bench.core.next_end_ms(), None);
    bench.core.limit(participant(1), Some(200));
    bench.core.limit(participant(2), Some(100));
    bench.core.limit(participant(3), Some(100));
    assert_eq!(bench.core.next_end_ms(), Some(100));
    bench.core.end_due(99);
    bench.run();
    assert!(bench.closed.is_empty(), "not before its time");
    bench.core.limit(participant(3), None);
    bench.core.end_due(100);
    bench.run();
    assert_eq!(bench.closed, [(2, Goodbye::Expired)].into(), "the third was given more time, and the fourth has no end");
    assert_eq!(bench.core.next_end_ms(), Some(200));
    bench.core.leave(SessionId(1));
    bench.core.end_due(200);
    bench.run();
    assert_eq!((bench.closed.len(), bench.core.next_end_ms()), (1, None), "who has left is not told to go");
}

#[test]
fn nothing_is_taken_in_of_what_comes_after_the_end() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let mut writer = Writer::new(&bench, 1);
    let (first, second) = (writer.write("in time "), writer.write("too late "));
    bench.core.limit(participant(1), Some(100));
    bench.core.end_due(99);
    bench.push(1, &[&first.0]);
    let head = bench.core.head();
    bench.core.end_due(101);
    bench.push(1, &[&second.0]);
    assert_eq!((bench.core.head(), bench.closed.get(&1)), (head, Some(&Goodbye::Expired)));
    assert!(matches!(bench.take(2)[..], [ServerFrame::Changes { .. }]));
}

#[test]
fn every_tab_of_somebody_has_the_same_end() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.core.limit(participant(1), Some(100));
    bench.session(9, editor(1), None);
    bench.core.limit(participant(1), Some(100));
    bench.frame(9, ClientFrame::Ping);
    bench.core.end_due(100);
    bench.run();
    assert_eq!(bench.closed, [(1, Goodbye::Expired), (9, Goodbye::Expired)].into());
    assert_eq!(bench.core.sessions(), 0);
}
