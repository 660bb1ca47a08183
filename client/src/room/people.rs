//! Who takes part: everybody who joined, by organisation; what a person says of themselves; and entries that are one person.

mod device;
mod everybody;
mod listing;
mod me;
mod merge;

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::later::beside;
use crate::ui::{Dialog, dynamic};

/// What a dialog about people shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Everybody who takes part.
    Everybody,
    /// Who writes on this device.
    Device,
}

thread_local! {
    /// Not of a page: it outlives them.
    static OPEN: ArcRwSignal<Option<Shown>> = ArcRwSignal::new(None);
}

/// Opens a dialog.
pub(crate) fn open(shown: Shown) {
    OPEN.with(|open| open.set(Some(shown)));
}

/// The dialogs. What is in them comes when they open.
pub(crate) fn people() -> AnyView {
    People().into_any()
}

#[component]
fn People() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::from(OPEN.with(ArcRwSignal::clone));
    let close = Callback::new(move |()| open.set(None));
    // Of the page that is left, not of the next.
    on_cleanup(move || {
        let _ = open.try_set(None);
    });
    let is_open = Signal::derive(move || open.get().is_some());
    let title = move || match open.get() {
        Some(Shown::Device) => t!(i18n, device_title).into_any(),
        Some(Shown::Everybody) | None => t!(i18n, people_title).into_any(),
    };
    let content = move || open.get().map(|shown| beside(move |parts| (parts.people)(shown)));
    view! {
        <Dialog open=is_open on_close=close title=move || dynamic(title)>
            {dynamic(content)}
        </Dialog>
    }
}

/// What a dialog about people shows.
pub(crate) fn content(shown: Shown) -> AnyView {
    match shown {
        Shown::Device => view! { <device::OnThisDevice /> }.into_any(),
        Shown::Everybody => everybody(),
    }
}

/// The person themselves, and everybody who takes part.
fn everybody() -> AnyView {
    view! {
        <me::Me />
        <merge::Hints />
        <everybody::Everybody />
    }
    .into_any()
}
