//! The clock, and the events between everybody.

mod effects;
mod network;
mod steps;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet};
use std::sync::Arc;

use automerge::ChangeHash;
use hamutuk_server::live::room::core::{Introduction, Retention};
use hamutuk_server::store::{Entry, Snapshot};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{OrganisationId, Seq};
use hamutuk_shared::sync::frame::ClientFrame;
use hamutuk_shared::sync::peer::Link;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::device::{Device, Write};
use super::person;
use super::server::Server;

/// How wild a run is.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How many people write.
    pub people: u8,
    /// How many things happen before everybody rests.
    pub steps: u32,
    /// Of 1,000 steps, how many drop a connection.
    pub drops: u32,
    /// Of 1,000 steps, how many kill a browser.
    pub browser_crashes: u32,
    /// Of 1,000 steps, how many kill the server.
    pub server_crashes: u32,
    /// Of 1,000 steps, how many change what somebody may do.
    pub role_changes: u32,
    /// Of 1,000 steps, how many make somebody join anew, as another participant.
    pub rejoins: u32,
    /// How much of the past the room keeps: little, so that snapshots, compaction and range reads happen within a run.
    pub retention: Retention,
}

/// What a run did, so that a test can see that it did something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Edits that people made.
    pub edits: u32,
    /// Changes that were acked.
    pub acked: usize,
    /// Connections that were dropped.
    pub drops: u32,
    /// Browsers that were killed.
    pub browser_crashes: u32,
    /// Times that the server was killed.
    pub server_crashes: u32,
    /// People who joined anew with changes that the server did not have.
    pub rejoins: u32,
    /// Snapshots that were written.
    pub snapshots: u32,
    /// Pieces of the log, and snapshots, that were read for somebody.
    pub reads: u32,
    /// Edits that were refused and handed back.
    pub refused: usize,
    /// Changes in the log at the end.
    pub log: u64,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    at: u64,
    number: u64,
}

enum Event {
    Connect { device: usize },
    ToServer { connection: u64, frame: ClientFrame },
    ToDevice { connection: u64, bytes: Arc<[u8]> },
    Hangup { connection: u64 },
    DeviceWrote { device: usize, life: u32, write: Box<Write> },
    Appended { life: u32, entries: Vec<Entry> },
    Read { life: u32, connection: u64, after: Seq },
    SnapshotRead { life: u32, connection: u64 },
    SnapshotWritten { life: u32, snapshot: Box<Snapshot>, drop_through: Seq },
    Written { life: u32, connection: u64 },
    Commit { device: usize, life: u32 },
}

/// A whole workshop.
pub struct World {
    random: ChaCha8Rng,
    now: u64,
    due: BinaryHeap<Reverse<Due>>,
    events: BTreeMap<u64, Event>,
    next_number: u64,
    devices: Vec<Device>,
    server: Server,
    /// Open connections: whose, and when the last frame in each direction arrives.
    connections: BTreeMap<u64, (usize, [u64; 2])>,
    acked: HashSet<ChangeHash>,
    /// Who is joining anew: they connect when the server has answered, and so has stored what they pushed before.
    joining: BTreeSet<usize>,
    report: Report,
    rules: Rules,
}

impl World {
    /// A workshop in which everything random comes from `seed`.
    #[must_use]
    pub fn new(seed: u64, rules: Rules) -> Self {
        let role = |number: u8| if number == 0 { Role::Facilitator } else { Role::Editor };
        let mut world = Self {
            random: ChaCha8Rng::seed_from_u64(seed),
            now: 0,
            due: BinaryHeap::new(),
            events: BTreeMap::new(),
            next_number: 0,
            devices: (0..rules.people).map(|number| Device::new(number, role(number))).collect(),
            server: Server::new(rules.retention),
            connections: BTreeMap::new(),
            acked: HashSet::new(),
            joining: BTreeSet::new(),
            report: Report::default(),
            rules,
        };
        for device in 0..world.devices.len() {
            world.introduce(device);
            world.after(0..50, Event::Connect { device });
        }
        world.serve();
        world
    }

    /// Lets the people work, then rest until everything has arrived, and checks what must hold.
    ///
    /// # Panics
    /// When something does not hold.
    pub fn run(mut self) -> Report {
        for _ in 0..self.rules.steps {
            self.step();
            let events = self.random.random_range(0..12);
            for _ in 0..events {
                self.next_event();
            }
        }
        self.rest();
        self.check();
        self.report.acked = self.acked.len();
        self.report.log = self.server.head().0;
        self.report.refused = self.devices.iter().map(|device| device.refused.len()).sum();
        self.report
    }

    fn introduce(&mut self, device: usize) {
        self.server.core.introduce(Introduction {
            request: device as u64,
            participant: self.devices[device].participant,
            name: format!("Person {device}"),
            organisation: "Belun".to_owned(),
            organisation_id: OrganisationId::from_bytes(self.random.random()),
            group: None,
            now_s: 0,
        });
    }

    /// Everybody stops writing; the network heals; everything arrives.
    fn rest(&mut self) {
        for _ in 0..2_000_000 {
            if self.events.is_empty() && self.is_at_rest() {
                return;
            }
            if self.events.is_empty() {
                for device in 0..self.devices.len() {
                    let now = self.clock();
                    let effects = self.devices[device].replica.commit(now);
                    self.carry_out(device, effects);
                }
            }
            if self.events.is_empty() && !self.is_at_rest() {
                let states: Vec<_> = self.devices.iter().map(|device| device.replica.status()).collect();
                panic!("nothing happens any more, and not everything has arrived: {states:?}");
            }
            self.next_event();
        }
        panic!("the room does not come to rest");
    }

    fn is_at_rest(&self) -> bool {
        self.devices.iter().all(|device| {
            let status = device.replica.status();
            status.link == Link::Live && status.waiting == 0
        })
    }

    fn check(&mut self) {
        let ever: BTreeSet<ChangeHash> = self.server.ever.iter().copied().collect();
        for hash in &self.acked {
            assert!(ever.contains(hash), "an acked change is lost: {hash}");
        }
        let mut heads = self.server.core.durable_heads().to_vec();
        heads.sort();
        let plan = self.devices[0].replica.plan();
        person::check_marks(&plan);
        for (number, device) in self.devices.iter_mut().enumerate() {
            let mut own = device.replica.heads();
            own.sort();
            assert_eq!(own, heads, "device {number} and the log differ");
            let mut shown = std::mem::take(&mut device.shadow.0);
            let now = device.replica.plan();
            shown.organisations.clone_from(&now.organisations);
            for (shown, now) in shown.sections.iter().zip(&now.sections) {
                for (shown, now) in shown.activities.iter().zip(&now.activities) {
                    assert_eq!(shown, now, "device {number} shows an activity differently");
                }
                for (shown, now) in shown.outcomes.iter().zip(&now.outcomes) {
                    assert_eq!(shown, now, "device {number} shows an outcome differently");
                }
            }
            assert!(shown == now, "device {number} shows something else than it holds");
            assert!(now == plan, "device {number} reads another plan");
            device.reopen();
            assert_eq!(device.replica.plan(), plan, "device {number} has another plan on its disk");
            assert_eq!(device.replica.status().waiting, 0, "device {number} forgot that everything was received");
        }
        self.server.restart();
        let mut again = self.server.core.durable_heads().to_vec();
        again.sort();
        assert_eq!(again, heads, "the server opens another plan than it closed");
    }

    fn clock(&self) -> i64 {
        i64::try_from(self.now).expect("a simulated clock fits")
    }

    fn after(&mut self, delay: std::ops::Range<u64>, event: Event) {
        let at = self.now + self.random.random_range(delay);
        self.at(at, event);
    }

    fn at(&mut self, at: u64, event: Event) {
        self.next_number += 1;
        self.due.push(Reverse(Due { at, number: self.next_number }));
        self.events.insert(self.next_number, event);
    }

    fn next_event(&mut self) {
        let Some(Reverse(due)) = self.due.pop() else { return };
        self.now = self.now.max(due.at);
        let Some(event) = self.events.remove(&due.number) else { return };
        match event {
            Event::Connect { device } => self.connect(device),
            Event::ToServer { connection, frame } => self.reach_server(connection, frame),
            Event::ToDevice { connection, bytes } => self.reach_device(connection, &bytes),
            Event::Hangup { connection } => self.hang_up(connection),
            Event::DeviceWrote { device, life, write } => self.device_wrote(device, life, *write),
            Event::Commit { device, life } if self.devices[device].life == life => {
                let now = self.clock();
                let effects = self.devices[device].replica.commit(now);
                self.carry_out(device, effects);
            }
            Event::Commit { .. } => {}
            event => self.store_event(event),
        }
    }
}
