//! Where the person's work is, in the few words that the screen has for it. They are promises: see `locales/README.md`.

use hamutuk_shared::replica::Status;
use hamutuk_shared::sync::Link;

/// Where the person's work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Receipt {
    /// On its way to the device's storage: only on this page until then.
    Saving,
    /// On this device; the server is being reached.
    Local {
        /// How many changes the server has not received; may be 0.
        waiting: usize,
    },
    /// On this device, and on its way to the server.
    Sending {
        /// How many changes the server has not received.
        waiting: usize,
    },
    /// The server has stored everything.
    Received,
    /// On this device; there is no connection.
    Offline {
        /// How many changes the server has not received; may be 0.
        waiting: usize,
    },
    /// Nothing waits; what the others wrote meanwhile is coming.
    CatchingUp {
        /// How much of it is here.
        percent: u8,
    },
    /// The server refused changes, which the person has not yet seen to.
    Denied {
        /// How many.
        count: usize,
    },
    /// The device could not store it and the server has not received it: it is only on this page.
    #[default]
    NotSaved,
}

impl Receipt {
    /// The receipt for this status.
    pub(crate) fn of(status: Status, is_stored: bool, denied: usize) -> Self {
        let waiting = status.waiting;
        match status.link {
            _ if !is_stored && waiting > 0 => Self::NotSaved,
            _ if status.unstored > 0 => Self::Saving,
            Link::Offline => Self::Offline { waiting },
            // The server lost what these build on: they go when somebody brings it back.
            Link::Live if status.awaits_others => Self::Local { waiting },
            Link::Live if waiting > 0 => Self::Sending { waiting },
            _ if denied > 0 => Self::Denied { count: denied },
            Link::Live => Self::Received,
            Link::CatchingUp { received, total } if waiting == 0 => Self::CatchingUp { percent: percent(received, total) },
            Link::CatchingUp { .. } | Link::Greeting => Self::Local { waiting },
        }
    }

    /// What the element of the receipt carries as `data-state`.
    pub(crate) const fn state(self) -> &'static str {
        match self {
            Self::Local { .. } | Self::CatchingUp { .. } => "local",
            Self::Saving | Self::Sending { .. } | Self::NotSaved => "sending",
            Self::Received => "received",
            Self::Offline { .. } => "offline",
            Self::Denied { .. } => "denied",
        }
    }

    /// Whether this says that what the person wrote is safer than the other receipt does.
    pub(crate) const fn is_safer_than(self, other: Self) -> bool {
        self.safety() > other.safety()
    }

    const fn safety(self) -> u8 {
        match self {
            Self::NotSaved => 0,
            Self::Saving => 1,
            Self::Local { .. } | Self::Sending { .. } | Self::Offline { .. } | Self::CatchingUp { .. } | Self::Denied { .. } => 2,
            Self::Received => 3,
        }
    }
}

/// How much of `total` was received.
pub(super) fn percent(received: u64, total: u64) -> u8 {
    if total == 0 {
        return 100;
    }
    u8::try_from(received.min(total) * 100 / total).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn it_never_promises_too_much() {
        let status = |link, waiting, unstored| Status { link, waiting, unstored, typing: false, awaits_others: false };
        let stuck = Status { awaits_others: true, ..status(Link::Live, 2, 0) };
        let rows = [
            (status(Link::Live, 0, 0), true, 0, Receipt::Received),
            (status(Link::Live, 0, 0), false, 0, Receipt::Received),
            (status(Link::Live, 2, 0), false, 0, Receipt::NotSaved),
            (status(Link::Live, 2, 1), true, 0, Receipt::Saving),
            (status(Link::Live, 2, 0), true, 0, Receipt::Sending { waiting: 2 }),
            (stuck, true, 0, Receipt::Local { waiting: 2 }),
            (status(Link::Live, 0, 0), true, 1, Receipt::Denied { count: 1 }),
            (status(Link::Offline, 2, 1), true, 0, Receipt::Saving),
            (status(Link::Offline, 2, 0), true, 1, Receipt::Offline { waiting: 2 }),
            (status(Link::Offline, 2, 0), false, 0, Receipt::NotSaved),
            (status(Link::Greeting, 0, 0), true, 0, Receipt::Local { waiting: 0 }),
            (status(Link::CatchingUp { received: 1, total: 4 }, 0, 0), true, 0, Receipt::CatchingUp { percent: 25 }),
            (status(Link::CatchingUp { received: 1, total: 4 }, 3, 0), true, 0, Receipt::Local { waiting: 3 }),
        ];
        for (status, is_stored, denied, expected) in rows {
            assert_eq!(Receipt::of(status, is_stored, denied), expected, "{status:?}");
        }
    }
}
