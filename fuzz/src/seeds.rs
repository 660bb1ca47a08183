//! The first inputs: real frames and changes, allowed and not.

use hamutuk_shared::access::{Grant, Refusal, Role};
use hamutuk_shared::id::{ActivityId, BudgetLineId, CommentId, LogId, ParkedId, Seq, SuggestionId};
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Item, Name, Place, Value};
use hamutuk_shared::sync::frame::{CatchUp, ClientFrame, Goodbye, Hash, LogPoint, Presence, ServerFrame, SessionId, Welcome, encode};
use hamutuk_shared::text::Splice;
use serde_bytes::ByteBuf;

use crate::chunk::Chunk;
use crate::plan::{LIMITED, Start};
use crate::room::{Answer, Bench};

/// Frames that a client sends.
#[must_use]
pub fn client_frames() -> Vec<Vec<u8>> {
    let point = LogPoint { log: LogId::from_bytes([7; 16]), seq: Seq(3), hash: Hash([5; 32]) };
    let changes = raw_changes().into_iter().map(ByteBuf::from).collect();
    let presence = Presence { path: Some("meta/vision".to_owned()), selection: Some((3, 9)), ..Presence::default() };
    [
        ClientFrame::Hello { after: None },
        ClientFrame::Hello { after: Some(point) },
        ClientFrame::Push { changes },
        ClientFrame::Presence(presence),
        ClientFrame::Ping,
        ClientFrame::Pong,
    ]
    .iter()
    .map(encode)
    .collect()
}

/// Frames that the server sends.
#[must_use]
pub fn server_frames() -> Vec<Vec<u8>> {
    let (session, hash) = (SessionId(4), Hash([5; 32]));
    let catch_up = CatchUp::Snapshot { seq: Seq(2), hash, bytes_total: 900 };
    let changes = raw_changes().into_iter().map(ByteBuf::from).collect();
    let grant = Start::default().grant();
    let presence = Presence { path: Some("meta/vision".to_owned()), selection: None, ..Presence::default() };
    [
        ServerFrame::Welcome(welcome(grant.clone(), session, catch_up)),
        ServerFrame::Welcome(welcome(Grant::new(LIMITED, Role::Viewer), session, CatchUp::FromStart)),
        ServerFrame::SnapshotPiece { offset: 3, bytes: ByteBuf::from(vec![1, 2, 3]) },
        ServerFrame::Changes { first: Seq(2), changes },
        ServerFrame::Ack { first: Some(Seq(9)), hashes: vec![hash; 3] },
        ServerFrame::Missing { hash },
        ServerFrame::Denied { hash, refusal: Refusal::Locked },
        ServerFrame::Presence { session, participant: LIMITED, presence },
        ServerFrame::Granted(grant.clone()),
        ServerFrame::Companions(vec![grant]),
        ServerFrame::Left { session },
        ServerFrame::Goodbye(Goodbye::Revoked),
    ]
    .iter()
    .map(encode)
    .collect()
}

fn welcome(grant: Grant, session: SessionId, catch_up: CatchUp) -> Welcome {
    Welcome {
        log: LogId::from_bytes([7; 16]),
        head: Seq(3),
        heads: vec![Hash([5; 32])],
        grant,
        companions: vec![Grant::new(LIMITED, Role::Commenter)],
        session,
        catch_up,
        now_ms: 1_700_000_000_000,
    }
}

/// Inputs that mean changes.
#[must_use]
pub fn changes() -> Vec<Vec<u8>> {
    raw_changes().iter().flat_map(|change| Chunk::inputs_of(change)).collect()
}

/// Inputs that mean changes pushed by the link: some are taken in, some are not.
///
/// # Panics
/// When all are answered alike: then nothing would be tried.
#[must_use]
pub fn pushed() -> Vec<Vec<u8>> {
    let mut bench = Bench::default();
    let answers: Vec<Answer> = raw_changes().into_iter().map(|change| bench.push(change)).collect();
    for answer in [Answer::TakenIn, Answer::Refused] {
        assert!(answers.iter().filter(|one| **one == answer).count() >= 5, "{answers:?}");
    }
    changes()
}

/// Changes by whoever has the link, each on the plan as it is at the start.
fn raw_changes() -> Vec<Vec<u8>> {
    let start = Start::default();
    let plan = start.plan();
    let splice = |insert: &str| Splice { at: 0, delete: 0, insert: insert.to_owned() };
    let mut all = Vec::new();
    for section in plan.sections.iter().take(2) {
        let at = ActivityRef { section: section.id, activity: section.activities[0].id };
        let new = ActivityRef { section: section.id, activity: ActivityId::from_bytes([99; 10]) };
        let line = Item::BudgetLine(at, BudgetLineId::from_bytes([98; 10]));
        let add = Edit::AddActivity { at: new, outcome: section.outcomes[0].id, place: Place::Last };
        all.extend([
            vec![Edit::Text { field: Field::of_section(section.id, Name::Context), splice: splice("context") }],
            vec![Edit::Text { field: Field::of_activity(at, Name::Title), splice: splice("a title") }],
            vec![Edit::Set { field: Field::of_activity(at, Name::Status), value: Value::Word("agreed".to_owned()) }],
            vec![Edit::Include { field: Field::of_activity(at, Name::Months), member: "2025-03".to_owned(), included: true }],
            vec![Edit::Archive { item: Item::Activity(at), archived: true }],
            vec![add.clone(), Edit::Text { field: Field::of_activity(new, Name::Title), splice: splice("new") }],
            vec![Edit::Add { item: line }, Edit::Set { field: Field { item: line, name: Name::UnitCost }, value: Value::Number(500) }],
            vec![Edit::Add { item: Item::Suggestion(section.id, SuggestionId::from_bytes([97; 10])) }],
            vec![Edit::Set { field: Field::of_section(section.id, Name::State), value: Value::Word("locked".to_owned()) }],
        ]);
    }
    all.extend([
        vec![Edit::Text { field: Field::PLAN_TITLE, splice: splice("title") }],
        vec![Edit::Add { item: Item::Comment(CommentId::from_bytes([96; 10])) }],
        vec![Edit::Add { item: Item::Parked(ParkedId::from_bytes([95; 10])) }],
        vec![Edit::SetPerson { id: LIMITED, name: "Renamed".to_owned(), organisation: None }],
        vec![Edit::Set { field: Field { item: Item::Desk, name: Name::Dots }, value: Value::Number(3) }],
        vec![Edit::Set { field: Field { item: Item::Ballot(LIMITED), name: Name::DOTS[0] }, value: Value::Nothing }],
    ]);
    all.iter().filter_map(|edits| start.change(edits)).map(|change| change.raw_bytes().to_vec()).collect()
}
