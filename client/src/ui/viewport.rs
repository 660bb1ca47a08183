//! How wide the window is, in the three shapes that the plan has.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The shape of the plan's page. Its two borders are the same in the stylesheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Viewport {
    /// Cards and a bar at the bottom.
    Phone,
    /// A rail and a table.
    Tablet,
    /// A rail, a table, and details at the side.
    Wide,
}

impl Viewport {
    /// Below it is a phone.
    const TABLET: &str = "(min-width: 700px)";
    /// From it there is room for the details at the side.
    const WIDE: &str = "(min-width: 1200px)";

    fn now() -> Self {
        let is = |query| window().match_media(query).ok().flatten().is_some_and(|list| list.matches());
        match (is(Self::TABLET), is(Self::WIDE)) {
            (false, _) => Self::Phone,
            (true, false) => Self::Tablet,
            (true, true) => Self::Wide,
        }
    }

    /// Provides [`use_viewport`] to everything below, and follows the window from now on.
    pub(crate) fn provide() {
        let viewport = RwSignal::new(Self::now());
        for query in [Self::TABLET, Self::WIDE] {
            let Ok(Some(list)) = window().match_media(query) else { continue };
            let follow = Closure::<dyn FnMut()>::new(move || {
                let now = Self::now();
                if viewport.try_get_untracked().is_some_and(|before| before != now) {
                    viewport.set(now);
                }
            });
            list.set_onchange(Some(follow.as_ref().unchecked_ref()));
            // The root of the screen lives as long as the page does: so may these two.
            follow.forget();
            KEPT.with_borrow_mut(|kept| kept.push(list));
        }
        provide_context::<Signal<Viewport>>(viewport.into());
    }
}

thread_local! {
    /// A list that nobody holds stops reporting.
    static KEPT: std::cell::RefCell<Vec<web_sys::MediaQueryList>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The shape of the page. Reactive.
pub(crate) fn use_viewport() -> Signal<Viewport> {
    expect_context()
}
