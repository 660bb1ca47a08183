use super::*;
use crate::access::{Grant, Role};
use crate::id::{SERVER, TabId};
use crate::plan::{Edit, Language, Place, template};
use crate::sync::frame::{ClientFrame, ServerFrame, SessionId};
use crate::sync::peer::ProtocolError;

fn replica() -> Replica {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = |participant| Author { participant, tab: TabId::from_bytes([1; 8]) };
    let doc = template::build(&template, Language::En, author(SERVER), 0, &mut ids).unwrap();
    let me = author(ParticipantId::from_bytes([5; 16]));
    Replica::load(me, Grant::new(me.participant, Role::Facilitator), [doc.save().as_slice()], None).unwrap()
}

fn stored(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Store { .. })).count()
}

#[test]
fn edits_that_do_not_fit_lose_nothing_of_what_was_typed_before_them() {
    let mut replica = replica();
    let section = &replica.plan().sections[0];
    let at = crate::plan::ActivityRef { section: section.id, activity: section.activities[0].id };
    // It is there already.
    let unfit = Edit::AddActivity { at, outcome: section.outcomes[0].id, place: Place::Last };
    let splice = Splice { at: 0, delete: 0, insert: "Kept".to_owned() };
    replica.edit(&Edit::Text { field: Field::PLAN_VISION, splice }, 1_000).unwrap();
    for _ in 0..3 {
        replica.edit(&unfit, 2_000).unwrap_err();
    }
    assert_eq!(stored(&replica.commit(3_000)), 1, "the change of the words still has to be stored");
    assert_eq!((replica.status().unstored, replica.plan().vision.as_str()), (1, "Kept"));
}

#[test]
fn a_snapshot_that_cannot_be_loaded_is_not_stored() {
    use crate::id::{LogId, Seq};
    use crate::sync::frame::{CatchUp, Hash, Welcome};

    let mut replica = replica();
    replica.connected();
    let hash = Hash([3; 32]);
    let grant = Grant::new(ParticipantId::from_bytes([5; 16]), Role::Facilitator);
    let catch_up = CatchUp::Snapshot { seq: Seq(9), hash, bytes_total: 4 };
    let log = LogId::from_bytes([1; 16]);
    let welcome =
        Welcome { log, head: Seq(9), heads: vec![hash], grant, companions: Vec::new(), session: SessionId(1), catch_up, now_ms: 0 };
    replica.receive(ServerFrame::Welcome(welcome), 0);
    let bytes = serde_bytes::ByteBuf::from(b"junk".to_vec());
    let effects = replica.receive(ServerFrame::SnapshotPiece { offset: 0, bytes }, 0);
    assert!(matches!(effects[..], [Effect::Reconnect(ProtocolError::BadChange)]), "{effects:?}");
    // The next connection starts over.
    let [Effect::Send(ClientFrame::Hello { after: None })] = replica.connected()[..] else { panic!("it claims to know the log") };
}
