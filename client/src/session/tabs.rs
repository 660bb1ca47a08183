//! The other tabs of this browser that have the same plan open: what this one stores, they take in at once, without the server.

use std::cell::RefCell;
use std::rc::Rc;

use hamutuk_shared::id::PlanId;
use hamutuk_shared::replica::StoredChange;
use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::core::Core;
use super::events::Listener;
use super::{aside, first_screen, hand_over, now_ms};

/// The version of what tabs tell each other; another is not understood, and comes over the server.
const VERSION: f64 = 1.0;

#[derive(Default)]
pub(super) struct Tabs {
    channel: RefCell<Option<Channel>>,
    /// Changes that came before the replica was loaded.
    early: RefCell<Vec<Vec<u8>>>,
}

struct Channel {
    channel: BroadcastChannel,
    _listener: Listener,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// What one tab tells the others.
enum News {
    /// It made and stored these changes.
    Changes(Vec<Vec<u8>>),
    /// It put refused changes aside: what the device holds is another document now.
    Aside,
    /// Somebody else writes on this device now.
    HandOver,
}

/// Begins to listen. What comes before the replica is loaded waits for [`catch_up`].
pub(super) fn listen(core: &Rc<Core>) {
    let Ok(channel) = BroadcastChannel::new(&name(core.plan)) else {
        return;
    };
    let this = Rc::downgrade(core);
    let heard = move |event: web_sys::Event| {
        let data = event.dyn_into::<MessageEvent>().map(|event| event.data()).ok();
        let news = data.and_then(|data| read(&data));
        let (Some(core), Some(news)) = (this.upgrade(), news) else {
            return;
        };
        match news {
            News::Changes(chunks) if core.replica.borrow().is_none() => core.tabs.early.borrow_mut().extend(chunks),
            News::Changes(chunks) => take_in(&core, chunks),
            News::Aside => aside::reload(&core),
            News::HandOver => hand_over::follow(&core),
        }
    };
    let listener = Listener::new(&channel, "message", heard);
    core.tabs.channel.replace(Some(Channel { channel, _listener: listener }));
}

/// The replica is loaded: takes in what came before. The device may have been read before that was stored.
pub(super) fn catch_up(core: &Rc<Core>) {
    let early = core.tabs.early.take();
    if !early.is_empty() {
        take_in(core, early);
    }
}

/// Takes in what another tab made and stored.
pub(super) fn take_in(core: &Rc<Core>, chunks: Vec<Vec<u8>>) {
    core.before_others();
    core.ask(|replica| replica.import(chunks, now_ms()));
}

impl Tabs {
    /// Tells the other tabs of changes that this one made and stored.
    pub(super) fn announce<'a>(&self, changes: impl Iterator<Item = &'a StoredChange>) {
        let chunks: Array = changes.map(|change| Uint8Array::from(&change.bytes[..])).collect();
        if chunks.length() > 0 {
            self.post("changes", &chunks);
        }
    }

    /// Tells the other tabs that refused changes were put aside.
    pub(super) fn announce_aside(&self) {
        self.post("aside", &JsValue::NULL);
    }

    /// Tells the other tabs that somebody else writes here now.
    pub(super) fn announce_hand_over(&self) {
        first_screen::forget();
        self.post("hand-over", &JsValue::NULL);
    }

    fn post(&self, kind: &str, body: &JsValue) {
        if let Some(channel) = &*self.channel.borrow() {
            // The other tabs hear of it over the server.
            let _ = channel.channel.post_message(&message(kind, body));
        }
    }
}

/// Tells the tabs that have a plan open that somebody else writes here now. For whoever joined on a page without the plan.
pub(crate) fn tell_hand_over(plan: PlanId) {
    first_screen::forget();
    if let Ok(channel) = BroadcastChannel::new(&name(plan)) {
        // They go on as before, and notice when they are loaded anew.
        let _ = channel.post_message(&message("hand-over", &JsValue::NULL));
        channel.close();
    }
}

fn message(kind: &str, body: &JsValue) -> Object {
    let message = Object::new();
    for (name, value) in [("v", &JsValue::from_f64(VERSION)), ("kind", &kind.into()), ("body", body)] {
        // This cannot fail: it is a plain object.
        let _ = Reflect::set(&message, &name.into(), value);
    }
    message
}

fn read(data: &JsValue) -> Option<News> {
    let get = |name: &str| Reflect::get(data, &name.into()).ok();
    if get("v")?.as_f64()? != VERSION {
        return None;
    }
    match get("kind")?.as_string()?.as_str() {
        "changes" => {
            let chunks = Array::from(&get("body")?);
            Some(News::Changes(chunks.iter().filter_map(|chunk| chunk.dyn_into::<Uint8Array>().ok()).map(|chunk| chunk.to_vec()).collect()))
        }
        "aside" => Some(News::Aside),
        "hand-over" => Some(News::HandOver),
        _ => None,
    }
}

fn name(plan: PlanId) -> String {
    format!("hamutuk-{plan}")
}
