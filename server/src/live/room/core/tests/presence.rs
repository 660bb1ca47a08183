//! Who is where.

use std::time::Duration;

use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{ClientFrame, Presence, ServerFrame, SessionId};

use super::bench::{Bench, editor, participant};

fn at(path: &str) -> Presence {
    Presence { path: Some(path.into()), selection: Some((1, 2)) }
}

fn told(session: u64, path: &str) -> ServerFrame {
    ServerFrame::Presence { session: SessionId(session), participant: participant(session), presence: at(path) }
}

#[test]
fn the_others_are_told_and_newcomers_too() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    bench.frame(1, ClientFrame::Presence(at("meta/title")));
    assert_eq!((bench.take(1), bench.take(2)), (vec![], vec![told(1, "meta/title")]));
    bench.session(3, editor(3), Some(bench.head_point()));
    assert_eq!(bench.take(3)[1..], [told(1, "meta/title")]);
    bench.core.leave(SessionId(1));
    bench.core.leave(SessionId(3));
    bench.run();
    assert_eq!(bench.take(2), [ServerFrame::Left { session: SessionId(1) }], "the third was nowhere");
}

#[test]
fn who_moves_too_fast_is_told_of_a_little_later() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    for number in 0..20 {
        bench.frame(1, ClientFrame::Presence(at(&format!("meta/{number}"))));
    }
    assert_eq!(bench.take(2).len() as u32, limits::PRESENCE_PER_SECOND_MAX);
    bench.core.tick(bench.now + Duration::from_secs(1));
    bench.core.tick(bench.now + Duration::from_secs(2));
    bench.run();
    assert_eq!(bench.take(2), [told(1, "meta/19")]);
}

#[test]
fn a_path_is_no_place_for_a_text() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    bench.frame(1, ClientFrame::Presence(at(&"x".repeat(limits::PATH_BYTES_MAX + 1))));
    assert_eq!((bench.take(2), bench.closed.len()), (vec![], 0));
}
