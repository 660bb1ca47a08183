//! Writes to the device: one transaction after the other, each with everything that has gathered meanwhile.
//!
//! One after the other, because a position must never be stored before the changes that it speaks of. What could not be stored
//! stays in memory, is tried again, and is sent to the server all the same, so that nothing depends on this device alone.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use automerge::ChangeHash;
use leptos::prelude::set_timeout;
use wasm_bindgen_futures::spawn_local;

use super::core::Core;
use super::notice::Notice;
use super::storage::{Batch, Storage, StorageError};

const RETRY_AFTER: Duration = Duration::from_secs(5);

/// Whether the device stores what it is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Health {
    /// It does, as far as is known.
    #[default]
    Good,
    /// The last write failed, and is tried again.
    Failing,
    /// This browser stores nothing.
    Refusing,
}

#[derive(Default)]
pub(super) struct Writer {
    storage: RefCell<Option<Storage>>,
    waiting: RefCell<Batch>,
    is_writing: Cell<bool>,
    health: Cell<Health>,
}

impl Writer {
    /// From now on everything goes here; none: the browser stores nothing.
    pub(super) fn set_storage(&self, storage: Option<Storage>) {
        self.health.set(if storage.is_some() { Health::Good } else { Health::Refusing });
        self.storage.replace(storage);
    }

    pub(super) fn storage(&self) -> Option<Storage> {
        self.storage.borrow().clone()
    }

    /// Whether what was called stored is stored.
    pub(super) fn is_storing(&self) -> bool {
        self.health.get() == Health::Good
    }

    /// Forgets changes that were refused before they could be stored.
    pub(super) fn forget(&self, changes: &[ChangeHash]) {
        self.waiting.borrow_mut().changes.retain(|change| !changes.contains(&change.hash));
    }
}

/// Writes a batch.
pub(super) fn add(core: &Rc<Core>, batch: Batch) {
    core.writer.waiting.borrow_mut().extend(batch);
    write_next(core);
}

/// Begins to write everything at once, because the page may be about to end.
pub(super) fn hurry(core: &Rc<Core>) {
    let writer = &core.writer;
    let changes = writer.waiting.borrow().changes.clone();
    if changes.is_empty() {
        return;
    }
    if let (true, Some(storage)) = (writer.is_writing.get(), writer.storage()) {
        // Without a position, so that it does not matter which of the two transactions fails. They are written again with theirs.
        drop(storage.store(core.plan, &Batch { changes, ..Batch::default() }));
    }
}

fn write_next(core: &Rc<Core>) {
    let writer = &core.writer;
    if writer.is_writing.get() || writer.waiting.borrow().is_empty() {
        return;
    }
    let batch = writer.waiting.take();
    let Some(storage) = writer.storage() else {
        return on_its_way(core, &batch);
    };
    writer.is_writing.set(true);
    let ended = storage.store(core.plan, &batch);
    let core = Rc::downgrade(core);
    spawn_local(async move {
        let result = ended.await;
        let Some(core) = core.upgrade() else { return };
        core.writer.is_writing.set(false);
        match result {
            Ok(()) => written(&core, &batch),
            Err(error) => failed(&core, batch, error),
        }
    });
}

fn written(core: &Rc<Core>, batch: &Batch) {
    core.held.borrow_mut().extend(batch.keys());
    if core.writer.health.replace(Health::Good) == Health::Failing {
        for settled in [Notice::StorageFull, Notice::StorageClosed, Notice::StorageRefused] {
            core.withdraw(&settled);
        }
    }
    core.tabs.announce(batch.changes.iter().filter(|change| batch.own.contains(&change.hash)));
    on_its_way(core, batch);
    write_next(core);
}

fn failed(core: &Rc<Core>, mut batch: Batch, error: StorageError) {
    core.writer.health.set(Health::Failing);
    match error {
        StorageError::Full => core.notify(Notice::StorageFull),
        StorageError::Closed | StorageError::Newer => core.notify(Notice::StorageClosed),
        StorageError::Refused | StorageError::Failed => core.notify(Notice::StorageRefused),
    }
    on_its_way(core, &batch);
    batch.extend(core.writer.waiting.take());
    core.writer.waiting.replace(batch);
    let core = Rc::downgrade(core);
    let retry = move || {
        spawn_local(async move {
            if error == StorageError::Closed
                && let Ok(storage) = Storage::reopen().await
                && let Some(core) = core.upgrade()
            {
                core.writer.storage.replace(Some(storage));
            }
            if let Some(core) = core.upgrade() {
                write_next(&core);
            }
        });
    };
    set_timeout(retry, RETRY_AFTER);
}

/// The replica may send these changes.
fn on_its_way(core: &Rc<Core>, batch: &Batch) {
    let hashes: Vec<ChangeHash> = batch.changes.iter().map(|change| change.hash).collect();
    core.ask(|replica| replica.stored(&hashes));
}
