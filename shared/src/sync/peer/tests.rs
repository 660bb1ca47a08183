use automerge::transaction::Transactable;
use automerge::{ActorId, AutoCommit, ROOT};

use super::*;
use crate::access::Role;
use crate::id::LogId;

const LOG: LogId = LogId::from_bytes([1; 16]);

/// Changes in a row, each on top of the one before it.
fn changes(count: usize) -> Vec<Change> {
    let mut doc = AutoCommit::new();
    doc.set_actor(ActorId::from([7]));
    let mut write = |number: usize| {
        doc.put(ROOT, "number", u64::try_from(number).unwrap()).unwrap();
        doc.commit().unwrap();
        doc.get_last_local_change().unwrap()
    };
    (0..count).map(&mut write).collect()
}

fn welcome(head: &[Change], catch_up: CatchUp) -> ServerFrame {
    ServerFrame::Welcome(Welcome {
        log: LOG,
        head: Seq(head.len() as u64),
        heads: head.last().map(|change| change.hash().into()).into_iter().collect(),
        grant: Grant::new(ParticipantId::from_bytes([2; 16]), Role::Editor),
        companions: Vec::new(),
        session: SessionId(1),
        catch_up,
        now_ms: 0,
    })
}

fn entries(first: usize, changes: &[Change]) -> ServerFrame {
    let changes = changes.iter().map(|change| ByteBuf::from(change.raw_bytes().to_vec())).collect();
    ServerFrame::Changes { first: Seq(first as u64), changes }
}

fn pushed(steps: &[Step]) -> Vec<usize> {
    steps
        .iter()
        .filter_map(|step| match step {
            Step::Send(ClientFrame::Push { changes }) => Some(changes.len()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_snapshot_and_entries_beyond_the_welcome_give_the_heads_at_the_position() {
    let all = changes(6);
    let mut peer = Peer::new(None);
    peer.connected();
    let hash = all[1].hash().into();
    peer.receive(welcome(&all[..4], CatchUp::Snapshot { seq: Seq(2), hash, bytes_total: 3 })).unwrap();
    // The owner's document held something, so that the snapshot's heads stay unknown.
    peer.receive(ServerFrame::SnapshotPiece { offset: 0, bytes: ByteBuf::from(b"abc".to_vec()) }).unwrap();
    assert_eq!(peer.position(), None);
    // While it was sent, two more were written.
    let steps = peer.receive(entries(3, &all[2..])).unwrap();
    assert!(steps.iter().any(|step| matches!(step, Step::CaughtUp { .. })), "{steps:?}");
    let position = peer.position().unwrap();
    assert_eq!((position.point.seq, position.heads), (Seq(6), vec![all[5].hash().into()]));
}

#[test]
fn no_more_is_on_its_way_than_the_server_takes() {
    let all = changes(3 * limits::PUSH_IN_FLIGHT_CHANGES_MAX);
    let mut peer = Peer::new(None);
    peer.connected();
    peer.receive(welcome(&[], CatchUp::FromStart)).unwrap();
    // A first frame that its bytes cut short: the next must not make up for it.
    let long = Outgoing { bytes: vec![0; limits::PUSH_BYTES_MAX], ..Outgoing::from(&all[0]) };
    let steps = peer.push(std::iter::once(long).chain(all[1..].iter().map(Outgoing::from)));
    assert_eq!(pushed(&steps).iter().sum::<usize>(), limits::PUSH_IN_FLIGHT_CHANGES_MAX, "{:?}", pushed(&steps));
    let acked = all[..700].iter().map(|change| change.hash().into()).collect();
    let steps = peer.receive(ServerFrame::Ack { first: Some(Seq(1)), hashes: acked }).unwrap();
    assert_eq!(pushed(&steps).iter().sum::<usize>(), 700);
}

#[test]
fn what_builds_on_a_loss_of_the_server_waits_for_it() {
    let all = changes(2);
    let mut peer = Peer::new(None);
    peer.connected();
    peer.receive(welcome(&[], CatchUp::FromStart)).unwrap();
    assert_eq!(pushed(&peer.push([Outgoing::from(&all[1])])), [1]);
    peer.receive(ServerFrame::Missing { hash: all[1].hash().into() }).unwrap();
    assert!(peer.awaits_others());
    let steps = peer.receive(entries(1, &all[..1])).unwrap();
    assert_eq!((pushed(&steps), peer.awaits_others()), (vec![1], false));
}
