//! The clock, the network and the events between everybody.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet};
use std::time::Duration;

use automerge::ChangeHash;
use hamutuk_server::live::room::core::{Care, Effect as RoomEffect, Introduction, Retention};
use hamutuk_server::store::{Entry, Snapshot};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{OrganisationId, Seq};
use hamutuk_shared::plan::PlanChange;
use hamutuk_shared::replica::Effect;
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame, SessionId, decode};
use hamutuk_shared::sync::peer::Link;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::device::{Device, Write, grant};
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
    ToDevice { connection: u64, bytes: std::sync::Arc<[u8]> },
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

    /// One thing that happens in the room.
    fn step(&mut self) {
        let rules = self.rules;
        let device = self.random.random_range(0..self.devices.len());
        let mut dice = self.random.random_range(0..1000);
        for (share, what) in [
            (rules.drops, Self::drop_connection as fn(&mut Self, usize)),
            (rules.browser_crashes, Self::crash_browser),
            (rules.server_crashes, Self::crash_server),
            (rules.role_changes, Self::change_role),
            (rules.rejoins, Self::rejoin),
        ] {
            if dice < share {
                return what(self, device);
            }
            dice -= share;
        }
        self.edit(device);
    }

    fn edit(&mut self, device: usize) {
        let now = self.clock();
        let plan = self.devices[device].replica.plan();
        let me = self.devices[device].participant;
        let Some(edit) = person::edit(&mut self.random, &plan, me, self.report.edits) else { return };
        if self.devices[device].replica.may(&edit).is_err() {
            return;
        }
        let effects = self.devices[device].replica.edit(&edit, now).unwrap_or_else(|error| panic!("{edit:?}: {error}"));
        self.report.edits += 1;
        self.carry_out(device, effects);
        let life = self.devices[device].life;
        self.after(50..400, Event::Commit { device, life });
    }

    fn drop_connection(&mut self, device: usize) {
        if let Some(connection) = self.devices[device].connection {
            self.report.drops += 1;
            self.hang_up(connection);
        }
    }

    fn crash_browser(&mut self, device: usize) {
        self.report.browser_crashes += 1;
        if let Some(connection) = self.devices[device].connection {
            self.hang_up(connection);
        }
        self.devices[device].reopen();
        self.after(10..3000, Event::Connect { device });
    }

    fn crash_server(&mut self, _: usize) {
        self.report.server_crashes += 1;
        // A batch that the crash cuts off may have reached the disk all the same, without anybody being told.
        let pending = self.events.iter().find_map(|(number, event)| match event {
            Event::Appended { life, .. } if *life == self.server.life => Some(*number),
            _ => None,
        });
        if let Some(Event::Appended { entries, .. }) = pending.and_then(|number| self.events.remove(&number))
            && self.random.random()
        {
            self.server.make_durable(entries);
        }
        self.server.restart();
        for device in self.joining.clone() {
            self.introduce(device);
        }
        self.serve();
        for connection in self.connections.keys().copied().collect::<Vec<_>>() {
            self.after(1..500, Event::Hangup { connection });
        }
    }

    fn change_role(&mut self, device: usize) {
        // The device does not know before its next welcome: what it writes meanwhile may be refused.
        let role = match self.devices[device].role {
            Role::Facilitator => Role::Editor,
            _ => Role::Facilitator,
        };
        if device > 0 {
            self.devices[device].role = role;
            self.drop_connection(device);
        }
    }

    fn rejoin(&mut self, device: usize) {
        // A facilitator hands on what was written in any name.
        if self.devices[device].role == Role::Facilitator {
            return;
        }
        if let Some(connection) = self.devices[device].connection {
            self.hang_up(connection);
        }
        self.report.rejoins += 1;
        self.devices[device].join_anew(self.random.random());
        self.joining.insert(device);
        self.introduce(device);
        self.serve();
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

    /// When a frame sent now arrives: later than the one before it on the same connection.
    fn arrival(&mut self, connection: u64, direction: usize) -> Option<u64> {
        let delay = if self.random.random_bool(0.1) { self.random.random_range(200..2000) } else { self.random.random_range(1..80) };
        let (_, last) = self.connections.get_mut(&connection)?;
        last[direction] = (self.now + delay).max(last[direction]);
        Some(last[direction])
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

    fn store_event(&mut self, event: Event) {
        match event {
            Event::Appended { life, entries } => {
                if life != self.server.life {
                    return;
                }
                self.server.make_durable(entries);
                let head = self.server.head();
                self.server.core.appended(Ok(head));
            }
            Event::Read { life, connection, after } if life == self.server.life => {
                self.report.reads += 1;
                let entries = self.server.read(after);
                self.server.core.read_done(SessionId(connection), Ok(entries));
            }
            Event::SnapshotRead { life, connection } if life == self.server.life => {
                self.report.reads += 1;
                let snapshot = self.server.snapshot.clone();
                self.server.core.snapshot_read(SessionId(connection), Ok(snapshot));
            }
            Event::SnapshotWritten { life, snapshot, drop_through } if life == self.server.life => {
                self.report.snapshots += 1;
                self.server.snapshot = Some(*snapshot);
                self.server.log.retain(|(seq, _)| *seq > drop_through);
                self.server.core.snapshot_written(Ok(()));
            }
            Event::Written { life, connection } if life == self.server.life => self.server.core.written(SessionId(connection)),
            _ => return,
        }
        self.serve();
    }

    fn connect(&mut self, device: usize) {
        if self.devices[device].connection.is_some() || self.joining.contains(&device) {
            return;
        }
        self.next_number += 1;
        let connection = self.next_number;
        self.connections.insert(connection, (device, [self.now; 2]));
        self.devices[device].connection = Some(connection);
        let grant = grant(self.devices[device].participant, self.devices[device].role);
        self.server.core.join(SessionId(connection), grant);
        let effects = self.devices[device].replica.connected();
        self.carry_out(device, effects);
        self.serve();
    }

    fn hang_up(&mut self, connection: u64) {
        let Some((device, _)) = self.connections.remove(&connection) else { return };
        self.server.core.leave(SessionId(connection));
        if self.devices[device].connection == Some(connection) {
            self.devices[device].connection = None;
            self.devices[device].replica.disconnected();
            self.after(10..3000, Event::Connect { device });
        }
        self.serve();
    }

    fn reach_server(&mut self, connection: u64, frame: ClientFrame) {
        if self.connections.contains_key(&connection) {
            let now_ms = self.clock();
            self.server.core.clock(now_ms);
            self.server.core.frame(SessionId(connection), frame, Duration::from_millis(self.now));
            self.serve();
        }
    }

    fn reach_device(&mut self, connection: u64, bytes: &[u8]) {
        let Some((device, _)) = self.connections.get(&connection).copied() else { return };
        let frame: ServerFrame = decode(bytes).expect("the server sends frames");
        if let ServerFrame::Ack { hashes, .. } = &frame {
            self.acked.extend(hashes.iter().map(|hash| ChangeHash::from(*hash)));
        }
        let now = self.clock();
        let effects = self.devices[device].replica.receive(frame, now);
        self.carry_out(device, effects);
    }

    fn device_wrote(&mut self, device: usize, life: u32, write: Write) {
        if self.devices[device].life != life {
            return;
        }
        let hashes = self.devices[device].disk.write(write);
        let effects = self.devices[device].replica.stored(&hashes);
        self.carry_out(device, effects);
    }

    /// Does what a replica asks for.
    fn carry_out(&mut self, device: usize, effects: Vec<Effect>) {
        // What is read anew is read as it is after all of these effects, so the single changes are in it.
        let is_everything = |effect: &Effect| matches!(effect, Effect::Changed(changes) if changes.iter().any(PlanChange::is_everything));
        if effects.iter().any(is_everything) {
            self.devices[device].show(vec![PlanChange::Everything]);
            return self.carry_out(device, effects.into_iter().filter(|effect| !matches!(effect, Effect::Changed(_))).collect());
        }
        for effect in effects {
            match effect {
                Effect::Store { changes, snapshot, position } => {
                    let life = self.devices[device].life;
                    let at = self.devices[device].disk_is_busy_until(self.now, self.random.random_range(1..40));
                    self.at(at, Event::DeviceWrote { device, life, write: Box::new(Write { changes, snapshot, position }) });
                }
                Effect::Send(frame) => {
                    let Some(connection) = self.devices[device].connection else { continue };
                    if let Some(at) = self.arrival(connection, 0) {
                        self.at(at, Event::ToServer { connection, frame });
                    }
                }
                Effect::Changed(changes) => self.devices[device].show(changes),
                Effect::Rejoin => {
                    let tab = self.devices[device].fresh_tab();
                    let now = self.clock();
                    let effects = self.devices[device].replica.rejoin(tab, now);
                    self.carry_out(device, effects);
                }
                Effect::Rebase { refusal, .. } => {
                    let tab = self.devices[device].fresh_tab();
                    let now = self.clock();
                    let effects = self.devices[device].replica.rebase(tab, refusal, now);
                    self.carry_out(device, effects);
                }
                Effect::SetAside { changes, refused, .. } => {
                    let refused = refused.into_iter().map(|refused| (refused.edit, refused.refusal)).collect();
                    self.devices[device].set_aside(&changes, refused);
                }
                Effect::Presence { .. } | Effect::Left(_) => {}
                Effect::Goodbye(reason) => panic!("the server said goodbye: {reason:?}"),
                Effect::Reconnect(error) => panic!("the protocol broke: {error}"),
            }
        }
    }

    /// Does what the room asks for.
    fn serve(&mut self) {
        let life = self.server.life;
        for effect in self.server.core.take_effects() {
            match effect {
                RoomEffect::Send { session, frame, care } => self.send(session, frame, care),
                RoomEffect::Append { entries, .. } => {
                    self.after(1..60, Event::Appended { life, entries });
                }
                RoomEffect::Read { session, after } => self.after(1..30, Event::Read { life, connection: session.0, after }),
                RoomEffect::ReadSnapshot { session } => self.after(1..30, Event::SnapshotRead { life, connection: session.0 }),
                RoomEffect::WriteSnapshot { snapshot, drop_through } => {
                    self.after(1..100, Event::SnapshotWritten { life, snapshot: Box::new(snapshot), drop_through });
                }
                RoomEffect::Close { session, .. } => self.after(1..50, Event::Hangup { connection: session.0 }),
                RoomEffect::Introduced { request, .. } => {
                    let device = usize::try_from(request).expect("requests are numbers of devices");
                    if self.joining.remove(&device) {
                        self.after(10..3000, Event::Connect { device });
                    }
                }
                RoomEffect::Record { .. } => {}
                RoomEffect::Reload { why } => panic!("the room's document broke: {why}"),
                RoomEffect::End => panic!("the room ended"),
            }
        }
    }

    fn send(&mut self, session: SessionId, frame: std::sync::Arc<[u8]>, care: Care) {
        if let Ok(ServerFrame::Ack { hashes, .. }) = decode(&frame) {
            for hash in hashes {
                assert!(self.server.ever.contains(&hash.into()), "an ack was sent for a change that is not durable");
            }
        }
        let Some(at) = self.arrival(session.0, 1) else { return };
        if care == Care::Report {
            let life = self.server.life;
            self.at(at, Event::Written { life, connection: session.0 });
        }
        self.at(at, Event::ToDevice { connection: session.0, bytes: frame });
    }
}
