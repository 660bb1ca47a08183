//! What the person may do here, as the screen knows it.

use hamutuk_shared::access::{Grant, Role, States};
use hamutuk_shared::id::SERVER;
use hamutuk_shared::replica::Replica;

/// What the person may do, and the states of the sections, which say where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Access {
    /// What the person may do.
    pub(crate) grant: Grant,
    /// The states of the sections.
    pub(crate) states: States,
}

impl Default for Access {
    /// Before anything is known: whoever opens a plan may most likely write.
    fn default() -> Self {
        Self { grant: Grant::new(SERVER, Role::Editor), states: States::default() }
    }
}

impl Access {
    pub(super) fn of(replica: &Replica) -> Self {
        Self { grant: replica.grant().clone(), states: replica.states().clone() }
    }

    /// Whether the person runs the workshop.
    pub(crate) fn is_facilitator(&self) -> bool {
        self.grant.role == Role::Facilitator
    }
}
