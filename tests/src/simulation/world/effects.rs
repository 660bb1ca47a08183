//! What replicas and the room ask for, and what the disks answer.

use hamutuk_server::live::room::core::Effect as RoomEffect;
use hamutuk_shared::plan::PlanChange;
use hamutuk_shared::replica::Effect;
use hamutuk_shared::sync::frame::SessionId;
use rand::Rng;

use super::super::device::Write;
use super::{Event, World};

impl World {
    pub(super) fn device_wrote(&mut self, device: usize, life: u32, write: Write) {
        if self.devices[device].life != life {
            return;
        }
        let hashes = self.devices[device].disk.write(write);
        let effects = self.devices[device].replica.stored(&hashes);
        self.carry_out(device, effects);
    }

    pub(super) fn store_event(&mut self, event: Event) {
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

    /// Does what a replica asks for.
    pub(super) fn carry_out(&mut self, device: usize, effects: Vec<Effect>) {
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
    pub(super) fn serve(&mut self) {
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
}
