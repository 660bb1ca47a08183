//! What people do, and what happens to them.

use rand::Rng;

use hamutuk_shared::access::Role;

use super::super::device::Device;
use super::super::person;
use super::{Event, World};

impl World {
    /// One thing that happens in the room.
    pub(super) fn step(&mut self) {
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
        let Device { participant, shadow, .. } = &self.devices[device];
        let Some(edit) = person::edit(&mut self.random, &shadow.0, *participant, self.report.edits) else { return };
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
}
