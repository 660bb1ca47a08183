//! Several people at one laptop.

use hamutuk_shared::access::{Grant, Refusal, Role};
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, ServerFrame, SessionId};

use super::bench::{Bench, Writer, editor, participant};
use crate::live::room::core::Companion;

fn companion(number: u64, until_ms: Option<u64>) -> Companion {
    Companion { grant: editor(number), until_ms }
}

/// The first person's laptop, on which these others write too; live.
fn laptop(bench: &mut Bench, companions: Vec<Companion>) {
    let head = bench.head_point();
    bench.core.join(SessionId(1), editor(1));
    bench.core.accompany(SessionId(1), companions);
    bench.frame(1, ClientFrame::Hello { after: Some(head) });
}

#[test]
fn each_change_is_asked_about_under_its_own_authors_grant() {
    let mut bench = Bench::new();
    laptop(&mut bench, vec![companion(2, None), Companion { grant: Grant::new(participant(3), Role::Viewer), until_ms: None }]);
    let ServerFrame::Welcome(welcome) = &bench.take(1)[0] else { panic!("a welcome comes first") };
    assert_eq!((&welcome.grant, welcome.companions.len()), (&editor(1), 2));
    for (number, expected) in [(1, None), (2, None), (3, Some(Refusal::NotAllowed)), (4, Some(Refusal::Forged))] {
        let change = Writer::new(&bench, number).write("words ");
        bench.push(1, &[&change.0]);
        let denied = bench.take(1).into_iter().find_map(|frame| match frame {
            ServerFrame::Denied { refusal, .. } => Some(refusal),
            _ => None,
        });
        assert_eq!(denied, expected, "written by {number}");
    }
    let denied: Vec<_> = bench.recorded.iter().map(|one| one.actor).collect();
    assert_eq!(denied, [Some(participant(3)), Some(participant(1))], "a name that is not theirs to use says nothing of whose it is");
}

#[test]
fn who_gives_back_what_a_restored_server_lacks_gives_back_a_companions_too() {
    let mut bench = Bench::new();
    let head = bench.head_point();
    bench.core.join(SessionId(1), Grant { hands_on: true, ..Grant::new(participant(1), Role::Facilitator) });
    let viewer = Companion { grant: Grant::new(participant(2), Role::Viewer), until_ms: None };
    bench.core.accompany(SessionId(1), vec![viewer]);
    bench.frame(1, ClientFrame::Hello { after: Some(head) });
    let change = Writer::new(&bench, 2).write("words ");
    bench.push(1, &[&change.0]);
    assert!(bench.take(1).iter().all(|frame| !matches!(frame, ServerFrame::Denied { .. })));
}

#[test]
fn nobody_else_may_send_what_a_companion_wrote() {
    let mut bench = Bench::new();
    laptop(&mut bench, vec![companion(2, None)]);
    bench.live(5);
    let change = Writer::new(&bench, 2).write("words ");
    bench.push(5, &[&change.0]);
    assert!(matches!(bench.take(5)[..], [ServerFrame::Denied { refusal: Refusal::Forged, .. }]));
}

#[test]
fn what_companions_may_do_changes_on_open_connections() {
    let mut bench = Bench::new();
    laptop(&mut bench, vec![companion(2, None), companion(3, Some(100))]);
    bench.take(1);
    assert_eq!(bench.core.participants(), [participant(1), participant(2), participant(3)]);
    let viewer = Grant::new(participant(2), Role::Viewer);
    bench.core.regrant(participant(2), Some(&viewer));
    bench.run();
    assert_eq!(bench.take(1), [ServerFrame::Companions(vec![viewer, editor(3)])]);
    bench.core.regrant(participant(2), None);
    bench.run();
    assert_eq!(bench.take(1), [ServerFrame::Companions(vec![editor(3)])]);
    assert_eq!(bench.core.next_end_ms(), Some(100));
    bench.core.limit(participant(3), Some(200));
    bench.core.end_due(100);
    bench.run();
    assert_eq!(bench.take(1), []);
    bench.core.end_due(200);
    bench.run();
    assert_eq!(bench.take(1), [ServerFrame::Companions(Vec::new())]);
    assert!(bench.closed.is_empty(), "who writes now goes on");
    bench.core.regrant(participant(1), None);
    bench.run();
    assert_eq!(bench.closed, [(1, Goodbye::Revoked)].into());
}
