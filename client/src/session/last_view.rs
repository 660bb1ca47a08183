//! The plan as this device showed it last, kept beside the document: shown at once, to be read, while the document loads behind it.
//!
//! A document has its whole history, and a long one takes seconds. Before it is here, its fields can be written
//! (`super::ahead`), and nothing else.

use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::id::Author;
use hamutuk_shared::plan::Plan;
use hamutuk_shared::replica::Replica;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::VisibilityState;

use super::core::Core;
use super::storage::Storage;
use super::{Phase, first_screen, new_tab_id};
use crate::device::PlanOnDevice;
use crate::later;
use crate::view_model::PlanView;

/// A device that has none gets one this long after the plan was opened, in case the page ends in an unusual way.
const FIRST_AFTER: Duration = Duration::from_secs(8);

/// So long the last view has the page at a time while it is read, in milliseconds. There is nothing on it yet to be slow.
const SLICE_MS: f64 = 48.0;

/// How long a frame may take before the document is loaded without it.
const FRAME_MAX: Duration = Duration::from_secs(3);

/// Shows what was shown last, if the device has it, and returns when it is on the screen.
pub(super) async fn show(core: &Rc<Core>, storage: &Storage, record: &PlanOnDevice) {
    // What cannot be read is no loss: the document comes next.
    let Ok(Some(bytes)) = storage.last_view(core.plan).await else {
        first_screen::take_away();
        keep_first(core);
        return;
    };
    // The table comes with the second program, which is on the device too: it is loaded while the plan is read.
    later::then(|_| ());
    let known = record.clone();
    if let Some(read) = hamutuk_pauses::run(SLICE_MS, move || LastView::read(&known, &bytes)).await {
        read.put(core);
        let shown = Rc::downgrade(core);
        later::then(move |parts| {
            if let Some(core) = shown.upgrade() {
                (parts.choices.recall)(&core);
            }
        });
        painted().await;
    }
    first_screen::take_away();
}

/// A flat plan, read.
pub(super) struct LastView {
    replica: Replica,
    plan: Plan,
}

impl LastView {
    /// None when the bytes are not one.
    pub(super) fn read(record: &PlanOnDevice, bytes: &[u8]) -> Option<Self> {
        let author = Author { participant: record.participant, tab: new_tab_id() };
        let replica = Replica::load(author, record.grant(), [bytes], None).ok().filter(Replica::has_plan)?;
        Some(Self { plan: replica.plan(), replica })
    }

    /// Puts it on the screen.
    pub(super) fn put(self, core: &Rc<Core>) {
        let view = core.owner.with(|| PlanView::new(&self.plan));
        core.last_view.replace(Some(self.replica));
        core.view.set(Some(view));
        core.phase.set(Phase::Open(view));
    }
}

fn keep_first(core: &Rc<Core>) {
    let core = Rc::downgrade(core);
    set_timeout(
        move || {
            if let Some(core) = core.upgrade() {
                keep(&core);
            }
        },
        FIRST_AFTER,
    );
}

/// Keeps what is shown now for the next time, unless that is kept already.
pub(super) fn keep(core: &Rc<Core>) {
    let Some(storage) = core.writer.storage() else { return };
    let (Some(view), Some(parts)) = (core.view.get(), later::now()) else { return };
    let revision = view.revision.get_untracked();
    if core.kept_revision.get() == Some(revision) {
        return;
    }
    core.commit();
    let bytes = core.replica.borrow_mut().as_mut().filter(|replica| replica.has_plan()).and_then(parts.flat);
    if let Some(bytes) = bytes {
        core.kept_revision.set(Some(revision));
        let written = storage.keep_last_view(core.plan, &bytes);
        // If it fails, an older one is shown the next time, for a moment.
        spawn_local(async move {
            let _ = written.await;
        });
    }
}

/// Until the browser has drawn what is there, the table too. What comes next keeps it from drawing for as long as it takes.
async fn painted() {
    // A page that is not shown has no frames, and nobody waits for one.
    if document().visibility_state() != VisibilityState::Visible {
        return;
    }
    let drawn = Promise::new(&mut |done, _| {
        let then = move || {
            first_screen::take_away();
            // After the frame, not in it.
            set_timeout(move || drop(done.call0(&JsValue::NULL)), Duration::ZERO);
        };
        later::then(|_| request_animation_frame(then));
    });
    // It may be hidden meanwhile, or the second program not to be had. On a slow device a frame takes its time, too.
    let late = Promise::new(&mut |done, _| set_timeout(move || drop(done.call0(&JsValue::NULL)), FRAME_MAX));
    let _ = JsFuture::from(Promise::race(&js_sys::Array::of2(&drawn, &late))).await;
}
