//! A room with a limited link in it, and what must stay as it is whatever comes by that link.

use std::collections::BTreeMap;
use std::time::Duration;

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, Value};
use hamutuk_server::live::room::core::{Effect, Opening, RoomCore};
use hamutuk_server::store::Entry;
use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{LogId, SectionId, Seq, TabId};
use hamutuk_shared::plan::schema::{key, root};
use hamutuk_shared::sync::frame::{ClientFrame, LogPoint, ServerFrame, SessionId, decode};
use serde_bytes::ByteBuf;

use crate::plan::{LIMITED, Start};

const LOG: LogId = LogId::from_bytes([7; 16]);

/// A room at its start, to push one change into. It is used again until a change is taken in.
pub struct Bench {
    entries: Vec<Entry>,
    section: SectionId,
    grant: Grant,
    /// All that the link may not alter.
    before: BTreeMap<String, Vec<String>>,
    room: Option<RoomCore>,
    session: u64,
}

/// What became of a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is in the document.
    TakenIn,
    /// It is not; the session is told why, and lives on or not.
    Refused,
    /// It made Automerge panic, which the room has caught: it reads its document again.
    Broke,
}

impl Default for Bench {
    fn default() -> Self {
        let start = Start::default();
        let mut changes = start.doc.get_changes(&[]);
        let entries = changes.iter_mut().map(|change| Entry { hash: change.hash(), bytes: change.bytes().as_ref().into() }).collect();
        let (section, grant, before) = (start.section, start.grant(), beyond(&start.doc, start.section));
        Self { entries, section, grant, before, room: None, session: 0 }
    }
}

impl Bench {
    /// Pushes a change.
    ///
    /// # Panics
    /// When it alters what the link may not alter: that is what the fuzzer looks for.
    pub fn push(&mut self, bytes: Vec<u8>) -> Answer {
        let mut room = self.room.take().unwrap_or_else(|| self.open());
        self.session += 1;
        let session = SessionId(self.session);
        room.join(session, self.grant.clone());
        let after = self.entries.last().map(|entry| LogPoint { log: LOG, seq: room.head(), hash: entry.hash.into() });
        room.frame(session, ClientFrame::Hello { after }, Duration::ZERO);
        drop(room.take_effects());
        room.frame(session, ClientFrame::Push { changes: vec![ByteBuf::from(bytes)] }, Duration::ZERO);
        let effects = room.take_effects();
        if effects.iter().any(|effect| matches!(effect, Effect::Reload { .. })) {
            return Answer::Broke;
        }
        let doc = room.document().expect("a room that does not read its document again has it");
        if effects.iter().any(|effect| matches!(effect, Effect::Append { .. })) {
            let after = beyond(doc, self.section);
            let altered: Vec<_> = after.iter().filter(|(path, values)| self.before.get(*path) != Some(values)).collect();
            assert!(altered.is_empty(), "a link for one section has altered {altered:?}");
            assert_eq!(after.len(), self.before.len(), "and has removed something");
            return Answer::TakenIn;
        }
        let is_answered = |effect: &Effect| match effect {
            Effect::Close { .. } => true,
            Effect::Send { frame, .. } => {
                matches!(decode(frame), Ok(ServerFrame::Denied { .. } | ServerFrame::Missing { .. } | ServerFrame::Ack { .. }))
            }
            _ => false,
        };
        assert!(effects.iter().any(is_answered), "who pushes is answered");
        assert_eq!(doc.get_heads(), room.durable_heads(), "what is refused leaves nothing");
        room.leave(session);
        drop(room.take_effects());
        self.room = Some(room);
        Answer::Refused
    }

    fn open(&self) -> RoomCore {
        let entries: Vec<_> = (1..).map(Seq).zip(self.entries.iter().cloned()).collect();
        let opening = Opening { log: LOG, snapshot: None, head: Seq(entries.len() as u64), entries };
        RoomCore::open(opening, TabId::from_bytes([3; 8])).expect("the plan can be opened")
    }
}

/// All values that are not for the link, also those that lost to others, by their paths. A path of a thing has its kind.
fn beyond(doc: &Automerge, own: SectionId) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    walk(doc, &ROOT, &mut Vec::new(), &own.to_string(), &mut found);
    found
}

fn walk(doc: &Automerge, object: &ObjId, path: &mut Vec<String>, own: &str, found: &mut BTreeMap<String, Vec<String>>) {
    for name in doc.keys(object) {
        path.push(name.clone());
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        if !is_for_link(&names, own) {
            let values = doc.get_all(object, &name).expect("a key that is there can be read");
            found.insert(path.join("/"), values.iter().map(|(value, id)| shown(doc, value, id)).collect());
            for (_, id) in values.iter().filter(|(value, _)| matches!(value, Value::Object(ObjType::Map))) {
                walk(doc, id, path, own, found);
            }
        }
        path.pop();
    }
}

fn shown(doc: &Automerge, value: &Value<'_>, id: &ObjId) -> String {
    match value {
        Value::Object(ObjType::Text) => doc.text(id).unwrap_or_default(),
        Value::Object(kind) => kind.to_string(),
        Value::Scalar(scalar) => format!("{scalar:?}"),
    }
}

/// What an editor of one section may write: by hand, and not by `access::rule`, which is what is tried here.
fn is_for_link(path: &[&str], own: &str) -> bool {
    let me = LIMITED.to_string();
    match path {
        [root::SECTIONS, section, "context" | key::GROUP | key::OUTCOMES | key::ACTIVITIES, ..] => *section == own,
        // Of any section: their own. Nobody else has made one here.
        [root::SECTIONS, _, key::SUGGESTIONS, _, ..] => true,
        [root::PEOPLE, person, "name" | "organisation"] => *person == me,
        [root::BALLOTS, person, _] => *person == me,
        [root::COMMENTS | root::ORGANISATIONS | root::SOURCES | root::PARKING | root::SYNERGIES, _, ..] => true,
        _ => false,
    }
}
