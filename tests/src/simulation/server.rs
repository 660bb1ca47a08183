//! The server: the real room, and a store that loses on a crash what was not durable yet.

use automerge::ChangeHash;
use hamutuk_server::live::room::core::{Opening, Retention, RoomCore};
use hamutuk_server::store::{Entry, Snapshot};
use hamutuk_shared::id::{Author, LogId, SERVER, Seq, TabId};
use hamutuk_shared::plan::{Language, template};

/// The store's disk and the room on top of it.
pub(super) struct Server {
    pub(super) core: RoomCore,
    pub(super) log: Vec<(Seq, Entry)>,
    pub(super) snapshot: Option<Snapshot>,
    /// Every change that ever was durable, for the last word on what must survive.
    pub(super) ever: Vec<ChangeHash>,
    /// Counts the starts; what was asked of an earlier one is lost.
    pub(super) life: u32,
    retention: Retention,
}

impl Server {
    pub(super) fn new(retention: Retention) -> Self {
        let template = template::find("nap1325-2025").expect("the template is part of the program");
        let mut next = 0u64;
        let mut ids = || {
            next += 1;
            let mut id = [0; 10];
            id[2..].copy_from_slice(&next.to_be_bytes());
            id
        };
        let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
        let doc = template::build(&template, Language::En, author, 0, &mut ids).expect("the template can be built");
        let first = doc.get_changes(&[]).remove(0);
        let entry = Entry { hash: first.hash(), bytes: first.raw_bytes().into() };
        let log = vec![(Seq(1), entry.clone())];
        let ever = vec![entry.hash];
        let core = open(&log, None, 0, retention);
        Self { core, log, snapshot: None, ever, life: 0, retention }
    }

    pub(super) fn head(&self) -> Seq {
        self.log.last().map_or_else(|| self.snapshot.as_ref().map_or(Seq::START, |snapshot| snapshot.seq), |(seq, _)| *seq)
    }

    /// The store has made a batch durable.
    pub(super) fn make_durable(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            self.ever.push(entry.hash);
            self.log.push((self.head().plus(1), entry));
        }
    }

    /// A crash, and a new start from what is durable.
    pub(super) fn restart(&mut self) {
        self.life += 1;
        self.core = open(&self.log, self.snapshot.clone(), self.life, self.retention);
    }

    pub(super) fn read(&self, after: Seq) -> Vec<(Seq, Entry)> {
        self.log.iter().filter(|(seq, _)| *seq > after).take(7).cloned().collect()
    }
}

fn open(log: &[(Seq, Entry)], snapshot: Option<Snapshot>, life: u32, retention: Retention) -> RoomCore {
    let head = log.last().map_or(Seq::START, |(seq, _)| *seq);
    let opening = Opening { log: LogId::from_bytes([1; 16]), snapshot, head, entries: log.to_vec() };
    let mut tab = [9; 8];
    tab[..4].copy_from_slice(&life.to_be_bytes());
    RoomCore::open_keeping(opening, TabId::from_bytes(tab), retention).expect("the log can be opened")
}
