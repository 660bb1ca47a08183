//! The server's clock, as far as this device knows it: the clocks of phones differ, and a countdown must end everywhere at once.

use std::cell::Cell;

use super::now_ms;

/// How much the server's clock is ahead of the device's.
#[derive(Default)]
pub(super) struct Clock {
    ahead_ms: Cell<i64>,
}

impl Clock {
    /// The server said what its clock shows. The way here took some of a second; nobody counts those.
    pub(super) fn heard(&self, server_ms: u64) {
        if let Ok(server_ms) = i64::try_from(server_ms)
            && server_ms > 0
        {
            self.ahead_ms.set(server_ms - now_ms());
        }
    }

    /// What the server's clock shows.
    pub(super) fn now_ms(&self) -> i64 {
        now_ms() + self.ahead_ms.get()
    }
}
