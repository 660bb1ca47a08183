//! A connection, a refusal, and undo.

use automerge::Change;
use serde_bytes::ByteBuf;

use super::*;
use crate::access::Refusal;
use crate::id::{LogId, Seq};
use crate::replica::load_document;
use crate::sync::frame::{CatchUp, ClientFrame, ServerFrame, SessionId, Welcome};

/// A server with this document lets `ana` in, and sends all that it has.
fn serve(ana: &mut Replica, document: &[u8], role: Role) -> Vec<Effect> {
    let doc = load_document(document).unwrap();
    let heads: Vec<_> = doc.get_heads().into_iter().map(Into::into).collect();
    let seq = Seq(doc.get_changes(&[]).len() as u64);
    let catch_up = CatchUp::Snapshot { seq, hash: heads[0], bytes_total: document.len() as u64 };
    let grant = Grant::new(author(1).participant, role);
    let welcome = Welcome {
        log: LogId::from_bytes([1; 16]),
        head: seq,
        heads,
        grant,
        companions: Vec::new(),
        session: SessionId(1),
        catch_up,
        now_ms: 0,
    };
    ana.connected();
    let mut effects = ana.receive(ServerFrame::Welcome(welcome), 0);
    effects.extend(ana.receive(ServerFrame::SnapshotPiece { offset: 0, bytes: ByteBuf::from(document.to_vec()) }, 0));
    effects
}

/// Does an edit, and the device holds it.
fn do_and_store(ana: &mut Replica, edit: &Edit, now_ms: i64) {
    let mut effects = ana.edit(edit, now_ms).unwrap();
    effects.extend(ana.commit(now_ms));
    for effect in effects {
        if let Effect::Store { changes, .. } = effect {
            ana.stored(&changes.iter().map(|change| change.hash).collect::<Vec<_>>());
        }
    }
}

#[test]
fn undo_works_after_a_reconnect_that_brings_what_others_wrote() {
    let mut ana = replica(1, Role::Editor);
    do_and_store(&mut ana, &Edit::status(at(), ActivityStatus::Agreed), 0);
    do_and_store(&mut ana, &splice(title(), 0, 0, "hello"), 10);
    let mut bea = Replica::load(author(2), Grant::new(author(2).participant, Role::Editor), [ana.save().as_slice()], None).unwrap();
    do_and_store(&mut bea, &splice(title(), 2, 0, "-Bea-"), 20);
    do_and_store(&mut bea, &Edit::month(at(), Month::new(2025, 5).unwrap(), true), 20);
    let effects = serve(&mut ana, &bea.save(), Role::Editor);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Changed(told) if told[0].is_everything())));
    assert_eq!(ana.text(title()).unwrap(), "he-Bea-llo");
    assert_eq!(ana.undo(30).1.skipped, []);
    assert_eq!(ana.undo(30).1.skipped, []);
    let activity = &ana.plan().sections[0].activities[0];
    assert_eq!((activity.title.as_str(), activity.status.value, activity.months.len()), ("-Bea-", ActivityStatus::Draft, 1));
    ana.redo(40);
    ana.redo(40);
    assert_eq!(ana.text(title()).unwrap().replace("-Bea-", ""), "hello");
}

#[test]
fn a_step_that_may_not_be_written_any_more_is_reported() {
    let mut ana = replica(1, Role::Facilitator);
    do_and_store(&mut ana, &splice(Field::PLAN_VISION, 0, 0, "abc"), 0);
    let saved = ana.save();
    serve(&mut ana, &saved, Role::Editor);
    let (_, undone) = ana.undo(20);
    assert!(skipped(Why::NotAllowed)(&undone), "{undone:?}");
    assert_eq!(ana.plan().vision, "abc");
}

/// The server, which has this document, refuses all that Ana has written; she makes it anew.
fn refuse_and_rebase(ana: &mut Replica, server: &[u8]) {
    let effects = serve(ana, server, Role::Editor);
    let pushed = effects.into_iter().filter_map(|effect| match effect {
        Effect::Send(ClientFrame::Push { changes }) => Some(changes),
        _ => None,
    });
    let refusal = Refusal::NotAllowed;
    let mut effects = Vec::new();
    for bytes in pushed.flatten() {
        let hash = Change::from_bytes(bytes.into_vec()).unwrap().hash().into();
        effects.extend(ana.receive(ServerFrame::Denied { hash, refusal }, 0));
    }
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Rebase { .. })), "{effects:?}");
    ana.rebase(TabId::from_bytes([77; 8]), refusal, 100_000);
}

#[test]
fn after_a_refusal_what_was_made_anew_can_be_undone_and_what_was_not_is_left_alone() {
    let mut ana = replica(1, Role::Facilitator);
    let server = ana.save();
    let number = |value| Edit::Set { field: Field::of_activity(at(), Name::Women), value: Value::Number(value) };
    let edits = [
        splice(title(), 0, 0, "hello world"),
        splice(title(), 0, 6, ""),
        number(3),
        number(4),
        new_row(200),
        splice(Field::of_activity(row(200), TITLE), 0, 0, "Foun"),
        // An editor may not.
        splice(Field::PLAN_VISION, 0, 0, "forbidden"),
    ];
    for (edit, now_ms) in edits.iter().zip((0..).step_by(10_000)) {
        do_and_store(&mut ana, edit, now_ms);
    }
    let texts = |ana: &Replica| [title(), Field::of_activity(row(200), TITLE)].map(|field| ana.text(field).unwrap());
    refuse_and_rebase(&mut ana, &server);
    assert_eq!((ana.plan().vision.as_str(), texts(&ana)), ("", ["world".to_owned(), "Foun".to_owned()]));

    let women = |ana: &Replica| ana.plan().sections[0].activities.iter().find(|one| one.id == at().activity).unwrap().women.value;
    let mut undo = || ana.undo(200_000).1;
    assert!(skipped(Why::ChangedSince)(&undo()), "the vision is as the server has it");
    assert_eq!([undo().skipped, undo().skipped], [[], []], "the row and its words");
    assert_eq!(undo().skipped, []);
    assert_eq!(women(&ana), Some(3));
    assert_eq!(ana.undo(200_000).1.skipped, []);
    assert_eq!(women(&ana), None);
    // The characters that came and went before the server knew them have no place any more; those that are there go.
    assert!(skipped(Why::Gone)(&ana.undo(200_000).1));
    assert_eq!(ana.undo(200_000).1.skipped, []);
    assert_eq!((texts(&ana), visible(ana.plan())), ([String::new(), String::new()], visible(TEMPLATE.0.clone())));
    assert!(!ana.can_undo());
    while ana.can_redo() {
        assert_eq!(ana.redo(300_000).1.skipped, []);
    }
    assert_eq!((texts(&ana), women(&ana)), (["world".to_owned(), "Foun".to_owned()], Some(4)));
}

#[test]
fn what_was_undone_before_a_refusal_can_be_done_again() {
    let mut ana = replica(1, Role::Facilitator);
    let server = ana.save();
    do_and_store(&mut ana, &splice(Field::PLAN_VISION, 0, 0, "forbidden"), 0);
    do_and_store(&mut ana, &Edit::status(at(), ActivityStatus::Agreed), 0);
    do_and_store(&mut ana, &Edit::status(at(), ActivityStatus::Delayed), 0);
    for effect in ana.undo(0).0 {
        if let Effect::Store { changes, .. } = effect {
            ana.stored(&changes.iter().map(|change| change.hash).collect::<Vec<_>>());
        }
    }
    refuse_and_rebase(&mut ana, &server);
    let status = |ana: &Replica| ana.plan().sections[0].activities[0].status.value;
    assert_eq!(status(&ana), ActivityStatus::Agreed);
    assert_eq!(ana.redo(0).1.skipped, []);
    assert_eq!(status(&ana), ActivityStatus::Delayed);
    ana.undo(0);
    ana.undo(0);
    assert_eq!(status(&ana), ActivityStatus::Draft);
}
