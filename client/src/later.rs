//! The second program: all that the first minute of a phone can do without. It is loaded behind the first, and kept for offline like it.
//!
//! The build divides what is compiled into two at [`load`]: what only [`Parts`] need comes with the second. So everything that is large
//! and not for the first minute is named there, and shown through [`later`].

mod parts;

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::i18n::{t, use_i18n};
use crate::ui::dynamic;
pub(crate) use parts::Parts;

/// How far the second program is.
#[derive(Clone, Copy)]
enum Program {
    /// On its way, or not asked for yet.
    Coming,
    /// Here.
    Here(&'static Parts),
    /// It could not be loaded. Whoever wants it may try again.
    Failed,
}

/// What waits for the second program.
type Waiting = Box<dyn FnOnce(&'static Parts)>;

thread_local! {
    static HERE: Cell<Option<&'static Parts>> = const { Cell::new(None) };
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Waiting>> = const { RefCell::new(Vec::new()) };
    /// Not of a page: it outlives them.
    static PROGRAM: ArcRwSignal<Program> = ArcRwSignal::new(Program::Coming);
}

/// After a failure it is asked for again by itself, in case the network is back.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// Loads it, unless it is here or on its way.
pub(crate) fn ask() {
    if IS_ASKED.replace(true) {
        return;
    }
    let program = PROGRAM.with(ArcRwSignal::clone);
    spawn_local(async move {
        match load().await {
            Some(parts) => {
                style().await;
                HERE.set(Some(parts));
                program.set(Program::Here(parts));
                WAITING.take().into_iter().for_each(|then| then(parts));
            }
            None => {
                IS_ASKED.set(false);
                program.set(Program::Failed);
                set_timeout(ask, AGAIN_AFTER);
            }
        }
    });
}

/// The second program, if it is here.
pub(crate) fn now() -> Option<&'static Parts> {
    HERE.get()
}

/// Does something with the second program: at once if it is here, else when it comes.
pub(crate) fn then(act: impl FnOnce(&'static Parts) + 'static) {
    match now() {
        Some(parts) => act(parts),
        None => {
            WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act)));
            ask();
        }
    }
}

#[cfg(hamutuk_split)]
async fn load() -> Option<&'static Parts> {
    #[wasm_split_helpers::wasm_split(later, fallible)]
    fn parts() -> Result<&'static Parts, wasm_split_helpers::SplitLoaderError> {
        Ok(&parts::PARTS)
    }

    parts().await.ok()
}

/// Only `cargo xtask` divides. Tests, and what Trunk builds by itself, are one program.
#[cfg(not(hamutuk_split))]
#[expect(clippy::unused_async, reason = "the same signature as the real one")]
async fn load() -> Option<&'static Parts> {
    Some(&parts::PARTS)
}

/// Adds the style sheet of what comes later, and waits until it is here, or is not to be had: words without style can be read.
async fn style() {
    let Some(href) = document().query_selector("meta[name=hamutuk-later]").ok().flatten().and_then(|meta| meta.get_attribute("content"))
    else {
        return;
    };
    let added = js_sys::Promise::new(&mut |done, _| {
        let Ok(link) = document().create_element("link") else { return };
        for (name, value) in [("rel", "stylesheet"), ("href", href.as_str())] {
            // Fails never: the names are valid.
            let _ = link.set_attribute(name, value);
        }
        for event in ["load", "error"] {
            let _ = link.add_event_listener_with_callback(event, &done);
        }
        if let Some(head) = document().head() {
            let _ = head.append_child(&link);
        }
    });
    let _ = wasm_bindgen_futures::JsFuture::from(added).await;
}

/// Shows a part of the second program, once it is here; before that says that it comes.
pub(crate) fn later(part: impl Fn(&Parts) -> AnyView + Send + Sync + 'static) -> AnyView {
    let i18n = use_i18n();
    let failed = move || {
        view! {
            {t!(i18n, later_failed)}
            " "
            <button type="button" class="button" on:click=move |_| ask()>
                {t!(i18n, retry)}
            </button>
        }
        .into_any()
    };
    shown(
        Arc::new(part),
        Arc::new(move |is_failed| {
            let words = if is_failed { failed() } else { t!(i18n, loading) };
            view! { <p class="note loading" role="status">{words}</p> }.into_any()
        }),
    )
}

/// Shows a part of the second program once it is here, and nothing before.
pub(crate) fn later_or_nothing(part: impl Fn(&Parts) -> AnyView + Send + Sync + 'static) -> AnyView {
    shown(Arc::new(part), Arc::new(|_| ().into_any()))
}

fn shown(part: Arc<dyn Fn(&Parts) -> AnyView + Send + Sync>, before: Arc<dyn Fn(bool) -> AnyView + Send + Sync>) -> AnyView {
    ask();
    let program = PROGRAM.with(ArcRwSignal::clone);
    dynamic(move || match program.get() {
        Program::Here(parts) => part(parts),
        Program::Coming => before(false),
        Program::Failed => before(true),
    })
}
