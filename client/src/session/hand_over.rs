//! Somebody else writes from now on, on the same device.

use std::rc::Rc;

use leptos::prelude::window;

use super::core::Core;
use super::storage::{Companion, StorageError};
use super::writer;

/// What was written goes to the device under the name of whoever wrote it. Then the page, and every other tab with the plan, begins anew
/// in the name of `next`.
///
/// # Errors
/// When the device does not store: everything is as before.
pub(super) async fn hand_over(core: &Rc<Core>, next: Companion) -> Result<(), StorageError> {
    let storage = core.writer.storage().ok_or(StorageError::Refused)?;
    core.commit();
    writer::hurry(core);
    // The browser reads only after all that is being written there.
    storage.load(core.plan).await?;
    let known = storage.plan(core.plan).await?.filter(|_| core.writer.is_storing()).ok_or(StorageError::Failed)?;
    storage.put_plan(&known.handed_to(next)).await?;
    core.tabs.announce_hand_over();
    // This fails nowhere. If it did, the person would reload the page.
    let _ = window().location().reload();
    Ok(())
}
