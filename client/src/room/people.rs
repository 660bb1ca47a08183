//! Who takes part: everybody who joined, by organisation; what a person says of themselves; and entries that are one person.

mod everybody;
mod listing;
mod me;
mod merge;

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::later::beside;
use crate::ui::Dialog;

thread_local! {
    /// Not of a page: it outlives them.
    static OPEN: ArcRwSignal<bool> = ArcRwSignal::new(false);
}

/// Opens the dialog.
pub(crate) fn open() {
    OPEN.with(|open| open.set(true));
}

/// The dialog. What is in it comes when it opens.
pub(crate) fn people() -> AnyView {
    People().into_any()
}

#[component]
fn People() -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::from(OPEN.with(ArcRwSignal::clone));
    let close = Callback::new(move |()| open.set(false));
    // Of the page that is left, not of the next.
    on_cleanup(move || {
        let _ = open.try_set(false);
    });
    view! {
        <Dialog open=open on_close=close title=move || t!(i18n, people_title)>
            {beside(|parts| (parts.people)())}
        </Dialog>
    }
}

/// The person themselves, and everybody who takes part.
pub(crate) fn everybody() -> AnyView {
    view! {
        <me::Me />
        <merge::Hints />
        <everybody::Everybody />
    }
    .into_any()
}
