//! Who is where.

use std::time::Duration;

use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{ClientFrame, Presence, ServerFrame, SessionId};

use super::bench::{Bench, editor, participant};

fn at(path: &str) -> Presence {
    Presence { path: Some(path.into()), selection: Some((1, 2)), ..Presence::default() }
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

#[test]
fn a_view_is_no_place_for_a_text_either() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let view = |bytes: usize| Presence { view: Some("x".repeat(bytes)), ..Presence::default() };
    bench.frame(1, ClientFrame::Presence(view(limits::VIEW_BYTES_MAX + 1)));
    assert_eq!((bench.take(2), bench.closed.len()), (vec![], 0));
    bench.frame(1, ClientFrame::Presence(view(limits::VIEW_BYTES_MAX)));
    assert_eq!(bench.take(2).len(), 1);
}

/// Whether the session of this number is told to lead, in each presence that came.
fn leads(frames: &[ServerFrame], number: u64) -> Vec<bool> {
    let of = |frame: &ServerFrame| match frame {
        ServerFrame::Presence { session, presence, .. } if *session == SessionId(number) => Some(presence.leads),
        _ => None,
    };
    frames.iter().filter_map(of).collect()
}

#[test]
fn only_a_facilitator_leads() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.live(2);
    let leading = Presence { view: Some("s=P2".into()), leads: true, waiting: 3, ..Presence::default() };
    bench.frame(1, ClientFrame::Presence(leading.clone()));
    let untrue = ServerFrame::Presence {
        session: SessionId(1),
        participant: participant(1),
        presence: Presence { leads: false, ..leading.clone() },
    };
    assert_eq!(bench.take(2), [untrue], "an editor is not believed, but the rest is handed on");

    // What they said before holds as soon as they may, and no longer: also for who comes later.
    bench.core.regrant(participant(1), Some(&Grant::new(participant(1), Role::Facilitator)));
    bench.core.tick(bench.now + Duration::from_secs(1));
    bench.run();
    assert_eq!(leads(&bench.take(2), 1), [true]);
    bench.session(3, editor(3), Some(bench.head_point()));
    assert_eq!(leads(&bench.take(3), 1), [true]);
    bench.core.regrant(participant(1), Some(&editor(1)));
    bench.core.tick(bench.now + Duration::from_secs(2));
    bench.run();
    assert_eq!(leads(&bench.take(2), 1), [false]);
}

#[test]
fn whoever_comes_is_told_the_servers_clock() {
    let mut bench = Bench::new();
    bench.core.clock(1_732_000_000_123);
    bench.session(1, editor(1), None);
    let welcomed = bench.take(1);
    assert!(matches!(&welcomed[0], ServerFrame::Welcome(welcome) if welcome.now_ms == 1_732_000_000_123), "{welcomed:?}");
}
