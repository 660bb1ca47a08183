//! What the server refused: kept on the device, shown, and left out of the document from then on.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use automerge::ChangeHash;
use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::replica::RefusedEdit;
use wasm_bindgen_futures::spawn_local;

use super::core::Core;
use super::notice::{Aside, AsideItem, Notice, Proposed};
use super::storage::{ChunkKey, SetAside};
use super::{new_tab_id, now_ms, open};
use crate::{device, later};

/// The server refused a change: goes back to what the server has, and makes anew what is allowed.
pub(super) fn rebase(core: &Rc<Core>, refusal: Refusal) {
    // What builds on the refused change is refused too, and the first refusal says why.
    if core.is_rebase_due.replace(true) {
        return;
    }
    let core = Rc::downgrade(core);
    later::then(move |parts| {
        let Some(core) = core.upgrade() else { return };
        // Another replica may have been loaded meanwhile: then there is nothing to go back from.
        if !core.is_rebase_due.replace(false) {
            return;
        }
        keep_document(&core);
        core.ask(|replica| (parts.rebase)(replica, new_tab_id(), refusal, now_ms()));
    });
}

/// The person joined anew and is another participant now: makes anew in that name what the server has not got.
pub(super) fn rejoin(core: &Rc<Core>) {
    let core = Rc::downgrade(core);
    later::then(move |parts| {
        let Some(core) = core.upgrade() else { return };
        keep_document(&core);
        core.ask(|replica| (parts.rejoin)(replica, new_tab_id(), now_ms()));
    });
}

/// The document as it is before what was refused goes out of it.
fn keep_document(core: &Rc<Core>) {
    core.refused_document.replace(core.save());
}

/// Keeps refused changes aside: their words, and the whole document that held them.
pub(super) fn set_aside(core: &Rc<Core>, changes: &[ChangeHash], refused: &[RefusedEdit], refusal: Refusal) {
    core.writer.forget(changes);
    let document = core.refused_document.take().unwrap_or_default();
    let snapshot = core.save().unwrap_or_default();
    let asides = asides(core, &ChunkKey::snapshot(&document).hash, refused, refusal);
    // Somebody else's is shown when they go on.
    for aside in asides.iter().filter(|aside| !aside.is_dismissed && aside.by == Some(core.me.get())) {
        core.notify(Notice::Refused(aside.clone()));
    }
    let mut held: BTreeSet<ChunkKey> = core.held.take();
    held.extend(changes.iter().copied().map(ChunkKey::change));
    core.held.borrow_mut().insert(ChunkKey::snapshot(&snapshot));
    let Some(storage) = core.writer.storage() else {
        return;
    };
    let held: Vec<ChunkKey> = held.into_iter().collect();
    let ended = storage.set_aside(core.plan, &SetAside { asides: &asides, document: &document, snapshot: &snapshot, held: &held });
    let core = Rc::downgrade(core);
    spawn_local(async move {
        let result = ended.await;
        let Some(core) = core.upgrade() else { return };
        match result {
            Ok(()) => {
                core.tabs.announce_aside();
                // Whatever was written in a former name is made anew. Once more would do no harm.
                let _ = storage.put_former(core.plan, None).await;
            }
            // The chunks are still there with the refused changes in them: the next opening comes to the same point again.
            Err(_) => core.notify(Notice::StorageRefused),
        }
    });
}

/// What was refused, apart for each who wrote it. At least one, for the document.
fn asides(core: &Rc<Core>, id: &str, refused: &[RefusedEdit], refusal: Refusal) -> Vec<Aside> {
    let me = core.me.get();
    let mut by_writer: BTreeMap<ParticipantId, Vec<AsideItem>> = BTreeMap::from([(me, Vec::new())]);
    for RefusedEdit { edit, refusal, writer } in refused {
        by_writer.entry(*writer).or_default().push(AsideItem::new(edit, *refusal, proposed(core, edit)));
    }
    let aside = |(by, items): (ParticipantId, Vec<AsideItem>)| Aside {
        id: if by == me { id.to_owned() } else { format!("{id}-{by}") },
        refusal,
        at_ms: js_sys::Date::now(),
        by: Some(by),
        is_dismissed: items.is_empty(),
        items,
    };
    by_writer.into_iter().map(aside).collect()
}

/// What a refused edit would be as a suggestion, now that what was refused is out of the document.
fn proposed(core: &Rc<Core>, edit: &Edit) -> Option<Proposed> {
    // The second program is here: it did the rebase.
    let parts = later::now()?;
    core.replica.borrow().as_ref().and_then(|replica| (parts.proposed)(replica, edit))
}

/// Another tab put refused changes aside: this one goes on with what the device holds now.
pub(super) fn reload(core: &Rc<Core>) {
    core.commit();
    let (Some(storage), core) = (core.writer.storage(), Rc::downgrade(core)) else {
        return;
    };
    spawn_local(async move {
        let Some(core) = core.upgrade() else { return };
        let (Some(record), Ok(stored)) = (device::plan(core.plan).await, storage.load(core.plan).await) else {
            return;
        };
        core.socket.stop();
        core.heard.clear();
        core.be(record.participant);
        // A failure leaves this tab as it was, and offline: the server would refuse it again.
        let _ = open::start(&core, &record, &stored);
    });
}

/// The person does not want to see it any more.
pub(super) fn dismiss(core: &Rc<Core>, id: &str) {
    change(core, id, |aside| Aside { is_dismissed: true, ..aside });
}

/// Only this is left to be shown.
pub(super) fn keep(core: &Rc<Core>, aside: Aside) {
    let id = aside.id.clone();
    change(core, &id, |_| aside);
}

fn change(core: &Rc<Core>, id: &str, change: impl FnOnce(Aside) -> Aside + 'static) {
    let (Some(storage), plan, id) = (core.writer.storage(), core.plan, id.to_owned()) else {
        return;
    };
    spawn_local(async move {
        // It is shown once more after a reload, that is all.
        let _ = storage.change_aside(plan, &id, change).await;
    });
}
