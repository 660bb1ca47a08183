//! What the person may do here, as the screen knows it.

use std::rc::Rc;

use hamutuk_shared::access::{Grant, Role, States};
use hamutuk_shared::id::SERVER;
use hamutuk_shared::replica::Replica;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::core::Core;
use crate::device::{self, PlanOnDevice};

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

/// Notes on the device what the person may do, for the next opening without a network.
pub(super) fn remember(core: &Rc<Core>) {
    let (plan, grant) = (core.plan, core.access.with_untracked(|access| access.grant.clone()));
    spawn_local(async move {
        let Some(record) = device::plan(plan).await else { return };
        if record.participant == grant.participant && record.grant() != grant {
            device::remember(PlanOnDevice { role: grant.role, scope: grant.scope, ..record }).await;
        }
    });
}
