//! The surroundings of a core: a log, a snapshot, and what each session was sent.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use automerge::transaction::CommitOptions;
use automerge::{Automerge, Change};
use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::id::{Author, LogId, ParticipantId, SectionId, Seq, TabId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::edit::{self, Edit};
use hamutuk_shared::plan::{Field, Language, Name, read, template};
use hamutuk_shared::replica;
use hamutuk_shared::sync::frame::{self, ClientFrame, Goodbye, Hash, LogPoint, ServerFrame, SessionId};
use hamutuk_shared::text::Splice;
use serde_bytes::ByteBuf;

use super::super::{Care, Effect, IntroduceError, Opening, RoomCore, SERVER};
use crate::audit::Occurrence;
use crate::store::{Entry, Snapshot};

pub(super) const LOG: LogId = LogId::from_bytes([7; 16]);

pub(super) struct Bench {
    pub(super) core: RoomCore,
    pub(super) log: BTreeMap<Seq, Entry>,
    pub(super) snapshot: Option<Snapshot>,
    pub(super) sent: BTreeMap<u64, Vec<ServerFrame>>,
    pub(super) bytes: BTreeMap<u64, Vec<Arc<[u8]>>>,
    pub(super) closed: BTreeMap<u64, Goodbye>,
    pub(super) introduced: Vec<(u64, Result<Option<hamutuk_shared::id::OrganisationId>, IntroduceError>)>,
    /// Appends wait for [`Bench::commit`].
    pub(super) hold_appends: bool,
    /// Reports of written frames, reads and snapshots wait for [`Bench::proceed`].
    pub(super) hold_sockets: bool,
    pub(super) append: Option<Vec<Entry>>,
    /// What was put on record.
    pub(super) recorded: Vec<Occurrence>,
    pub(super) waiting: Vec<Effect>,
    pub(super) reloads: usize,
    pub(super) ended: bool,
    pub(super) now: Duration,
}

pub(super) fn entry(change: &mut Change) -> Entry {
    Entry { hash: change.hash(), bytes: change.bytes().as_ref().into() }
}

pub(super) fn template_document() -> Automerge {
    let template = template::find("nap1325-2025").unwrap();
    let mut number = 0_u8;
    let mut ids = || {
        number += 1;
        [number; 10]
    };
    template::build(&template, Language::En, Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) }, 0, &mut ids).unwrap()
}

impl Bench {
    pub(super) fn new() -> Self {
        let mut first = template_document().get_changes(&[]).remove(0);
        Self::with_log(vec![entry(&mut first)], None)
    }

    pub(super) fn with_log(entries: Vec<Entry>, snapshot: Option<Snapshot>) -> Self {
        let log: BTreeMap<Seq, Entry> = (1..).map(Seq).zip(entries).collect();
        let opening =
            Opening { log: LOG, snapshot: snapshot.clone(), head: Seq(log.len() as u64), entries: log.clone().into_iter().collect() };
        Self {
            core: RoomCore::open(opening, TabId::from_bytes([2; 8])).unwrap(),
            log,
            snapshot,
            sent: BTreeMap::new(),
            bytes: BTreeMap::new(),
            closed: BTreeMap::new(),
            introduced: Vec::new(),
            hold_appends: false,
            hold_sockets: false,
            append: None,
            recorded: Vec::new(),
            waiting: Vec::new(),
            reloads: 0,
            ended: false,
            now: Duration::from_secs(1_000),
        }
    }

    /// A session that has said hello after `after`.
    pub(super) fn session(&mut self, number: u64, grant: Grant, after: Option<LogPoint>) {
        self.core.join(SessionId(number), grant);
        self.frame(number, ClientFrame::Hello { after });
    }

    /// An editor's session that is live and has nothing in its inbox.
    pub(super) fn live(&mut self, number: u64) {
        self.session(number, editor(number), Some(self.head_point()));
        self.sent.remove(&number);
        self.bytes.remove(&number);
    }

    pub(super) fn frame(&mut self, number: u64, frame: ClientFrame) {
        self.core.frame(SessionId(number), frame, self.now);
        self.run();
    }

    pub(super) fn push(&mut self, number: u64, changes: &[&[u8]]) {
        self.frame(number, ClientFrame::Push { changes: changes.iter().map(|change| ByteBuf::from(*change)).collect() });
    }

    /// What a session was sent since it was last asked.
    pub(super) fn take(&mut self, number: u64) -> Vec<ServerFrame> {
        self.sent.remove(&number).unwrap_or_default()
    }

    pub(super) fn head_point(&self) -> LogPoint {
        let (seq, entry) = self.log.last_key_value().unwrap();
        LogPoint { log: LOG, seq: *seq, hash: entry.hash.into() }
    }

    /// Answers the append that is held back.
    pub(super) fn commit(&mut self) {
        let entries = self.append.take().expect("an append is held back");
        self.store(entries);
        self.run();
    }

    fn store(&mut self, entries: Vec<Entry>) {
        let mut head = self.log.last_key_value().map_or(Seq::START, |(seq, _)| *seq);
        for entry in entries {
            head = head.plus(1);
            self.log.insert(head, entry);
        }
        self.core.appended(Ok(head));
    }

    /// Does one thing that was held back. False if there is none.
    pub(super) fn proceed(&mut self) -> bool {
        if self.waiting.is_empty() {
            return false;
        }
        let effect = self.waiting.remove(0);
        self.release(effect);
        self.run();
        true
    }

    pub(super) fn run(&mut self) {
        loop {
            let effects = self.core.take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                self.perform(effect);
            }
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send { session, frame, care } => {
                self.sent.entry(session.0).or_default().push(frame::decode(&frame).unwrap());
                self.bytes.entry(session.0).or_default().push(frame.clone());
                if care == Care::Report {
                    self.later(Effect::Send { session, frame, care });
                }
            }
            Effect::Record { occurrences } => self.recorded.extend(occurrences),
            Effect::Append { entries, occurrences } => {
                self.recorded.extend(occurrences);
                assert!(self.append.is_none(), "one append at a time");
                if self.hold_appends { self.append = Some(entries) } else { self.store(entries) }
            }
            Effect::Read { .. } | Effect::ReadSnapshot { .. } => self.later(effect),
            Effect::WriteSnapshot { snapshot, drop_through } => {
                assert!(drop_through < snapshot.seq, "the entry at the snapshot stays");
                self.log.retain(|seq, _| *seq > drop_through);
                self.snapshot = Some(snapshot);
                self.core.snapshot_written(Ok(()));
            }
            Effect::Close { session, goodbye } => assert_eq!(self.closed.insert(session.0, goodbye), None),
            Effect::Introduced { request, result } => self.introduced.push((request, result)),
            Effect::Reload { .. } => self.reloads += 1,
            Effect::End => self.ended = true,
        }
    }

    fn later(&mut self, effect: Effect) {
        if self.hold_sockets { self.waiting.push(effect) } else { self.release(effect) }
    }

    fn release(&mut self, effect: Effect) {
        match effect {
            Effect::Send { session, .. } => self.core.written(session),
            Effect::Read { session, after } => {
                let mut bytes = 0;
                let fits = |(_, entry): &(&Seq, &Entry)| {
                    bytes += entry.bytes.len();
                    bytes <= limits::PUSH_BYTES_MAX || bytes == entry.bytes.len()
                };
                let read = self.log.range(after.plus(1)..).take_while(fits).map(|(seq, entry)| (*seq, entry.clone())).collect();
                self.core.read_done(session, Ok(read));
            }
            Effect::ReadSnapshot { session } => self.core.snapshot_read(session, Ok(self.snapshot.clone())),
            other => panic!("{other:?} is never held back"),
        }
    }

    /// What the core is told when it asks to read the plan again.
    pub(super) fn opening(&self) -> Opening {
        let head = self.log.last_key_value().map_or(Seq::START, |(seq, _)| *seq);
        let entries = self.log.iter().map(|(seq, entry)| (*seq, entry.clone())).collect();
        Opening { log: LOG, snapshot: self.snapshot.clone(), head, entries }
    }
}

pub(super) fn participant(number: u64) -> ParticipantId {
    ParticipantId::from_bytes([u8::try_from(number).unwrap(); 16])
}

pub(super) fn editor(number: u64) -> Grant {
    Grant::new(participant(number), Role::Editor)
}

pub(super) fn facilitator(number: u64) -> Grant {
    Grant::new(participant(number), Role::Facilitator)
}

/// Somebody who writes.
pub(super) struct Writer {
    pub(super) doc: Automerge,
    author: Author,
}

/// A change, and its hash.
pub(super) type Made = (Vec<u8>, Hash);

impl Writer {
    /// A replica with what the log of the bench holds; all of it must be there.
    pub(super) fn new(bench: &Bench, number: u64) -> Self {
        let changes: Vec<Change> = bench.log.values().map(|entry| Change::from_bytes(entry.bytes.to_vec()).unwrap()).collect();
        let mut doc = replica::empty_document();
        doc.apply_changes(changes).unwrap();
        Self { doc, author: Author { participant: participant(number), tab: TabId::from_bytes([9; 8]) } }
    }

    pub(super) fn section(&self) -> SectionId {
        read::plan(&self.doc).sections[0].id
    }

    /// Writes a word at the beginning of a section's context, where an editor may.
    pub(super) fn write(&mut self, word: &str) -> Made {
        self.edit(&Edit::Text { field: Field::of_section(self.section(), Name::Context), splice: insert(word) })
    }

    /// Writes a word into the plan's title, where an editor may not.
    pub(super) fn write_title(&mut self, word: &str) -> Made {
        self.edit(&Edit::Text { field: Field::PLAN_TITLE, splice: insert(word) })
    }

    pub(super) fn edit(&mut self, edit: &Edit) -> Made {
        self.doc.set_actor(self.author.actor());
        let mut tx = self.doc.transaction();
        edit::apply(&mut tx, edit).unwrap();
        tx.commit_with(CommitOptions::default().with_time(0));
        let mut change = self.doc.get_last_local_change().unwrap();
        (change.bytes().to_vec(), change.hash().into())
    }
}

fn insert(word: &str) -> Splice {
    Splice { at: 0, delete: 0, insert: word.to_owned() }
}
