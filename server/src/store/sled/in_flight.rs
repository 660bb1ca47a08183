//! What is written but not durable yet. sled shows a batch to readers before it is synced; nobody may be sent a change that a loss
//! of power could still undo, so readers of a log stop where it was durable.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use hamutuk_shared::id::{PlanId, Seq};

/// The plans of the running commit, each with its durable head.
#[derive(Default)]
pub(super) struct InFlight(Mutex<HashMap<PlanId, Seq>>);

impl InFlight {
    pub(super) fn begin(&self, heads: HashMap<PlanId, Seq>) {
        self.lock().extend(heads);
    }

    pub(super) fn end(&self, plans: &[PlanId]) {
        let mut heads = self.lock();
        for plan in plans {
            heads.remove(plan);
        }
    }

    /// The last durable change of a plan that is being written. Ask after reading: then none means that all that was read is durable.
    pub(super) fn durable_head(&self, plan: PlanId) -> Option<Seq> {
        self.lock().get(&plan).copied()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<PlanId, Seq>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
