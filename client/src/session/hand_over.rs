//! Somebody else writes from now on, on the same device.

use std::rc::Rc;
use std::time::Duration;

use js_sys::Promise;
use leptos::prelude::{GetUntracked, Set, set_timeout};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::core::Core;
use super::storage::{Companion, Storage, StorageError};
use super::{Phase, first_screen, last_view, writer};

/// How often it is looked whether the document is here.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// What was written goes to the device under the name of whoever wrote it. Then the plan is opened anew in the name of `next`, here and
/// in every other tab. The page stays: without a connection it may be impossible to load.
///
/// # Errors
/// When the device does not store: everything is as before.
pub(super) async fn hand_over(core: &Rc<Core>, next: Companion) -> Result<(), StorageError> {
    let storage = stored(core).await?;
    let known = storage.plan(core.plan).await?.ok_or(StorageError::Failed)?;
    storage.put_plan(&known.handed_to(next)).await?;
    core.tabs.announce_hand_over();
    core.phase.set(Phase::HandedOver);
    Ok(())
}

/// Another tab handed over. What is only on this page keeps it as it is.
pub(super) fn follow(core: &Rc<Core>) {
    let core = Rc::downgrade(core);
    spawn_local(async move {
        let Some(core) = core.upgrade() else { return };
        if stored(&core).await.is_ok() {
            first_screen::forget();
            core.phase.set(Phase::HandedOver);
        }
    });
}

/// What is typed before the document is here is written when it is.
async fn opened(core: &Rc<Core>) {
    while core.replica.borrow().is_none() && matches!(core.phase.get_untracked(), Phase::Open(_)) {
        let later = Promise::new(&mut |done, _| set_timeout(move || drop(done.call0(&JsValue::NULL)), LOOK_AGAIN_AFTER));
        let _ = JsFuture::from(later).await;
    }
}

/// Waits until the device holds everything that was written here.
async fn stored(core: &Rc<Core>) -> Result<Storage, StorageError> {
    let storage = core.writer.storage().ok_or(StorageError::Refused)?;
    opened(core).await;
    core.commit();
    last_view::keep(core);
    writer::hurry(core);
    // The browser reads only after all that is being written there.
    storage.load(core.plan).await?;
    if core.writer.is_storing() { Ok(storage) } else { Err(StorageError::Failed) }
}
