//! Opening a plan: first what the device holds, then the server.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::access::{Grant, Scope};
use hamutuk_shared::id::{Author, PlanId};
use hamutuk_shared::plan::Plan;
use hamutuk_shared::replica::{LoadError, Replica};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::access::Access;
use super::core::Core;
use super::notice::Notice;
use super::storage::{ChunkKey, ChunkKind, Storage, StorageError, Stored};
use super::{Phase, ahead, first_screen, last_view, listen, new_tab_id, tabs};
use crate::api::{self, Speaker};
use crate::device::{self, Companion, PlanOnDevice};

/// More single changes than this are put into one saved document.
const CHANGES_MAX: usize = 400;
/// So long the document has the page at a time while it is loaded, in milliseconds: half a frame.
pub(super) const SLICE_MS: f64 = 8.0;
/// Not while the first screen is drawn.
const COMPACT_AFTER: Duration = Duration::from_secs(2);

/// Begins to open the core's plan.
pub(super) fn begin(core: &Rc<Core>) {
    tabs::listen(core);
    let core = Rc::downgrade(core);
    spawn_local(async move {
        let Some(core) = core.upgrade() else { return };
        if let Err(phase) = open(&core).await {
            core.phase.set(phase);
            first_screen::take_away();
        }
    });
}

async fn open(core: &Rc<Core>) -> Result<(), Phase> {
    let storage = match Storage::open().await {
        Ok(storage) => Some(storage),
        Err(StorageError::Newer) => return Err(Phase::Newer),
        Err(_) => {
            core.notify(Notice::StorageRefused);
            None
        }
    };
    core.writer.set_storage(storage.clone());
    let record = who(core).await?;
    core.be(record.participant);
    core.access.set(Access { grant: record.grant(), ..Access::default() });
    ahead::begin(core);
    match &storage {
        Some(storage) => last_view::show(core, storage, &record).await,
        None => first_screen::take_away(),
    }
    let stored = match &storage {
        Some(storage) => storage.load(core.plan).await.map_err(unreadable)?,
        None => Stored::default(),
    };
    let known = record.clone();
    let shown = core.last_view.borrow().as_ref().and_then(Replica::same_as);
    let opened = hamutuk_pauses::run(SLICE_MS, move || Opened::of(&known, &stored, shown)).await;
    // Another tab's refusal may have opened it meanwhile, as it is since then.
    if core.replica.borrow().is_none() {
        show(core, opened.map_err(|phase| *phase)?);
        connect(core);
    }
    if let Some(storage) = &storage {
        let refused = storage.asides(core.plan).await.unwrap_or_default();
        refused
            .into_iter()
            .filter(|aside| !aside.is_dismissed && aside.is_for(&record))
            .for_each(|aside| core.notify(Notice::Refused(aside)));
        core.settle();
        compact_later(core, storage.clone());
    }
    remember(core, record).await;
    Ok(())
}

/// Makes the replica of what the device holds, shows it, and connects.
pub(super) fn start(core: &Rc<Core>, record: &PlanOnDevice, stored: &Stored) -> Result<(), Box<Phase>> {
    load(core, record, stored)?;
    connect(core);
    Ok(())
}

/// Makes the replica of what the device holds, and shows it.
pub(super) fn load(core: &Rc<Core>, record: &PlanOnDevice, stored: &Stored) -> Result<(), Box<Phase>> {
    let shown = core.last_view.borrow().as_ref().and_then(Replica::same_as);
    show(core, Opened::of(record, stored, shown)?);
    Ok(())
}

/// What the device holds, opened.
struct Opened {
    replica: Replica,
    held: BTreeSet<ChunkKey>,
    /// What the plan says, unless that is on the screen.
    plan: Option<Plan>,
}

impl Opened {
    /// It takes seconds where the history is long. `shown` is the state of the document that is on the screen already.
    fn of(record: &PlanOnDevice, stored: &Stored, shown: Option<String>) -> Result<Self, Box<Phase>> {
        let author = Author { participant: record.participant, tab: new_tab_id() };
        let chunks = stored.chunks.iter().map(|(_, bytes)| &bytes[..]);
        let mut replica = Replica::load(author, record.grant(), chunks, stored.position.clone()).map_err(|error| match error {
            LoadError::Damaged(_) => Phase::Broken,
            LoadError::Newer => Phase::Newer,
        })?;
        if let Some(former) = stored.former {
            replica.set_former(former);
        }
        if !record.others.is_empty() {
            replica.set_companions(record.companions());
        }
        let is_shown = shown.is_some_and(|shown| shown == replica.state());
        let plan = (replica.has_plan() && !is_shown).then(|| replica.plan());
        Ok(Self { replica, plan, held: stored.chunks.iter().map(|(key, _)| key.clone()).collect() })
    }
}

fn show(core: &Rc<Core>, Opened { replica, held, plan }: Opened) {
    // What was refused of another replica says nothing of this one.
    core.is_rebase_due.set(false);
    if replica.damaged() > 0 {
        core.notify(Notice::Damaged);
    }
    // Without the document, what was shown last is all there is, and not for long: the server has it.
    if !replica.has_plan() {
        core.view.set(None);
    }
    // What is being composed is handed over while it still belongs to what is shown.
    core.commit();
    let shown = core.last_view.take();
    core.replica.replace(Some(replica));
    core.held.replace(held);
    let is_ahead_shown = core.ahead.is_shown();
    let written = core.write_ahead(shown.as_ref());
    match plan {
        None if is_ahead_shown => core.confirm(written.is_empty()),
        Some(plan) => core.show_before(&plan, &written),
        _ => core.rebuild(),
    }
    // What may be written is known now.
    core.access.notify();
    core.run(ahead::without_words(written), None);
    tabs::catch_up(core);
    core.write_chosen_later();
}

fn connect(core: &Rc<Core>) {
    listen::begin(core);
    core.socket.connect();
}

/// Who the person is in this plan: as the device remembers, or as the server knows by the device's cookie.
async fn who(core: &Rc<Core>) -> Result<PlanOnDevice, Phase> {
    if let Some(known) = device::plan(core.plan).await {
        return Ok(known);
    }
    match api::me(Speaker::unknown(core.plan)).await {
        Ok(me) => {
            let (scope, [name, organisation, group]) = (Scope::default(), [const { String::new() }; 3]);
            Ok(PlanOnDevice::of(core.plan, Companion { participant: me.participant, role: me.role, scope, name, organisation, group }))
        }
        Err(error) if error.is_not_found() => Err(Phase::NotFound),
        Err(error) if error.is_unknown_device() => Err(Phase::NotJoined),
        Err(_) => Err(Phase::NoNetwork),
    }
}

fn unreadable(error: StorageError) -> Phase {
    if error == StorageError::Newer { Phase::Newer } else { Phase::Broken }
}

/// A first visit could not connect. A socket does not tell why, so this asks.
pub(super) fn check_in(core: &Rc<Core>) {
    let core = Rc::downgrade(core);
    spawn_local(async move {
        let Some(plan) = core.upgrade().map(|core| core.plan) else { return };
        let Err(error) = api::me(Speaker::now(plan).await).await else { return };
        let Some(core) = core.upgrade().filter(|core| core.view.get().is_none()) else {
            return;
        };
        if error.is_not_found() {
            core.phase.set(Phase::NotFound);
        } else if error.is_unknown_device() {
            core.phase.set(Phase::NotJoined);
        }
    });
}

/// Notes what the person may do now: the next time they may begin offline.
pub(super) fn remember_grant(grant: Grant, plan: PlanId) {
    spawn_local(async move {
        device::change(plan, grant.participant, |known| known.granted(grant)).await;
    });
}

/// Notes that the plan was opened, and its title once that is known.
async fn remember(core: &Rc<Core>, record: PlanOnDevice) {
    if device::plan(core.plan).await.is_none() {
        device::remember(record.clone()).await;
    }
    // The server may have said meanwhile that they may do something else.
    let grant = core.access.with_untracked(|access| access.grant.clone());
    let title = core.view.get().map(|view| view.title.words.get_untracked());
    let opened =
        |known: PlanOnDevice| PlanOnDevice { opened_ms: js_sys::Date::now(), title: title.unwrap_or(known.title.clone()), ..known };
    device::change(core.plan, record.participant, |known| opened(known.granted(grant))).await;
}

fn compact_later(core: &Rc<Core>, storage: Storage) {
    let singles = core.held.borrow().iter().filter(|key| key.kind == ChunkKind::Change).count();
    if singles <= CHANGES_MAX {
        return;
    }
    let core = Rc::downgrade(core);
    let compact = move || {
        spawn_local(async move {
            let Some(core) = core.upgrade() else { return };
            // If it fails, all chunks are still there, and the next opening tries again.
            let _ = compact(&core, &storage).await;
        });
    };
    set_timeout(compact, COMPACT_AFTER);
}

async fn compact(core: &Rc<Core>, storage: &Storage) -> Result<(), StorageError> {
    let held: Vec<ChunkKey> = core.held.borrow().iter().cloned().collect();
    let Some(snapshot) = core.save() else { return Ok(()) };
    storage.compact(core.plan, &snapshot, &held).await?;
    let mut now = core.held.borrow_mut();
    now.retain(|key| !held.contains(key));
    now.insert(ChunkKey::snapshot(&snapshot));
    Ok(())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    async fn where_the_browser_cannot_suspend_it_is_done_in_one_piece() {
        assert_eq!(hamutuk_pauses::run(8.0, || vec![1, 2]).await, [1, 2]);
        assert_eq!(hamutuk_pauses::run(8.0, || "again").await, "again");
    }
}
