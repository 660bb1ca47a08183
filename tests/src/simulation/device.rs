//! A browser and its storage: what was written is there after a crash, what was on its way may not be.

use automerge::ChangeHash;
use hamutuk_shared::access::{Grant, Refusal, Role};
use hamutuk_shared::id::{Author, ParticipantId, TabId};
use hamutuk_shared::plan::{Edit, PlanChange};
use hamutuk_shared::replica::{Replica, StoredChange};
use hamutuk_shared::sync::peer::Position;

use super::shadow::Shadow;

/// One write, as [`hamutuk_shared::replica::Effect::Store`] asks for it.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) changes: Vec<StoredChange>,
    pub(super) snapshot: Option<Vec<u8>>,
    pub(super) position: Option<Position>,
}

/// What a crash leaves.
#[derive(Debug, Default)]
pub(super) struct Disk {
    snapshots: Vec<Vec<u8>>,
    changes: Vec<StoredChange>,
    aside: Vec<StoredChange>,
    former: Option<ParticipantId>,
    refused_hashes: Vec<ChangeHash>,
    position: Option<Position>,
}

impl Disk {
    pub(super) fn write(&mut self, write: Write) -> Vec<ChangeHash> {
        let hashes = write.changes.iter().map(|change| change.hash).collect();
        // A write of a change that was set aside meanwhile goes where that went.
        let (aside, kept): (Vec<_>, Vec<_>) = write.changes.into_iter().partition(|change| self.refused_hashes.contains(&change.hash));
        self.aside.extend(aside);
        self.changes.extend(kept);
        self.snapshots.extend(write.snapshot);
        self.position = write.position.or(self.position.take());
        hashes
    }

    /// Keeps changes where they are not loaded from.
    fn set_aside(&mut self, hashes: &[ChangeHash]) {
        let (aside, kept) = std::mem::take(&mut self.changes).into_iter().partition(|change| hashes.contains(&change.hash));
        self.changes = kept;
        self.aside.extend::<Vec<_>>(aside);
        self.refused_hashes.extend(hashes);
    }

    fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.snapshots.iter().map(Vec::as_slice).chain(self.changes.iter().map(|change| change.bytes.as_slice()))
    }
}

/// A person's device.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) participant: ParticipantId,
    pub(super) role: Role,
    pub(super) replica: Replica,
    pub(super) disk: Disk,
    /// Counts the times that the browser was opened; writes of an earlier time are lost.
    pub(super) life: u32,
    /// The connection, by a number that grows.
    pub(super) connection: Option<u64>,
    pub(super) refused: Vec<(Edit, Refusal)>,
    /// What the screen shows.
    pub(super) shadow: Shadow,
    busy_until: u64,
    tabs: u64,
}

impl Device {
    pub(super) fn new(number: u8, role: Role) -> Self {
        let participant = ParticipantId::from_bytes([number + 1; 16]);
        let author = Author { participant, tab: TabId::from_bytes([0; 8]) };
        let replica = Replica::load(author, grant(author.participant, role), [], None).expect("an empty device can be read");
        let mut device = Self {
            participant,
            role,
            replica,
            disk: Disk::default(),
            life: 0,
            connection: None,
            refused: Vec::new(),
            shadow: Shadow::default(),
            busy_until: 0,
            tabs: 0,
        };
        device.reopen();
        device
    }

    pub(super) fn fresh_tab(&mut self) -> TabId {
        self.tabs += 1;
        TabId::from_bytes(self.tabs.to_be_bytes())
    }

    /// The browser was killed and is opened again.
    pub(super) fn reopen(&mut self) {
        let author = Author { participant: self.participant, tab: self.fresh_tab() };
        self.life += 1;
        self.connection = None;
        self.replica = Replica::load(author, grant(author.participant, self.role), self.disk.chunks(), self.disk.position.clone())
            .expect("the disk can be read");
        if let Some(former) = self.disk.former {
            self.replica.set_former(former);
        }
        self.shadow = Shadow(self.replica.plan());
    }

    /// The person opens a new link, and is somebody else to the server from now on.
    pub(super) fn join_anew(&mut self, participant: [u8; 16]) {
        // Whoever joins anew twice before the first time is settled stays the first: only that one's changes are on the device.
        self.disk.former.get_or_insert(self.participant);
        self.participant = ParticipantId::from_bytes(participant);
        self.reopen();
    }

    /// When a write that is asked for now is done: after those before it.
    pub(super) fn disk_is_busy_until(&mut self, now: u64, takes: u64) -> u64 {
        self.busy_until = self.busy_until.max(now) + takes;
        self.busy_until
    }

    pub(super) fn show(&mut self, changes: Vec<PlanChange>) {
        self.shadow.update(changes, || self.replica.plan());
    }

    pub(super) fn set_aside(&mut self, changes: &[ChangeHash], refused: Vec<(Edit, Refusal)>) {
        self.disk.set_aside(changes);
        self.disk.former = None;
        self.refused.extend(refused);
    }
}

/// What a role may do. The server of the simulation loses data, so a facilitator may give it back what others wrote.
pub(super) fn grant(participant: ParticipantId, role: Role) -> Grant {
    Grant { hands_on: role == Role::Facilitator, ..Grant::new(participant, role) }
}
