//! Connections: frames arrive late, in order, or never.

use std::sync::Arc;
use std::time::Duration;

use automerge::ChangeHash;
use hamutuk_server::live::room::core::Care;
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame, SessionId, decode};
use rand::Rng;

use super::super::device::grant;
use super::{Event, World};

impl World {
    /// When a frame sent now arrives: later than the one before it on the same connection.
    pub(super) fn arrival(&mut self, connection: u64, direction: usize) -> Option<u64> {
        let delay = if self.random.random_bool(0.1) { self.random.random_range(200..2000) } else { self.random.random_range(1..80) };
        let (_, last) = self.connections.get_mut(&connection)?;
        last[direction] = (self.now + delay).max(last[direction]);
        Some(last[direction])
    }

    pub(super) fn connect(&mut self, device: usize) {
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

    pub(super) fn hang_up(&mut self, connection: u64) {
        let Some((device, _)) = self.connections.remove(&connection) else { return };
        self.server.core.leave(SessionId(connection));
        if self.devices[device].connection == Some(connection) {
            self.devices[device].connection = None;
            self.devices[device].replica.disconnected();
            self.after(10..3000, Event::Connect { device });
        }
        self.serve();
    }

    pub(super) fn reach_server(&mut self, connection: u64, frame: ClientFrame) {
        if self.connections.contains_key(&connection) {
            let now_ms = self.clock();
            self.server.core.clock(now_ms);
            self.server.core.frame(SessionId(connection), frame, Duration::from_millis(self.now));
            self.serve();
        }
    }

    pub(super) fn reach_device(&mut self, connection: u64, bytes: &[u8]) {
        let Some((device, _)) = self.connections.get(&connection).copied() else { return };
        let frame: ServerFrame = decode(bytes).expect("the server sends frames");
        if let ServerFrame::Ack { hashes, .. } = &frame {
            self.acked.extend(hashes.iter().map(|hash| ChangeHash::from(*hash)));
        }
        let now = self.clock();
        let effects = self.devices[device].replica.receive(frame, now);
        self.carry_out(device, effects);
    }

    pub(super) fn send(&mut self, session: SessionId, frame: Arc<[u8]>, care: Care) {
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
