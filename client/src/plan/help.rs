//! Help: a short page about the things that people ask.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::ui::{Dialog, Show, Viewport, flag, use_viewport};

/// The dialog.
#[component]
pub(crate) fn Help(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let viewport = use_viewport();
    view! {
        <Dialog open=open on_close=Callback::new(move |()| open.set(false)) title=move || t!(i18n, help_title)>
            <section>
                <h3>{t!(i18n, help_saved_title)}</h3>
                <p>{t!(i18n, help_saved)}</p>
            </section>
            <section>
                <h3>{t!(i18n, help_offline_title)}</h3>
                <p>{t!(i18n, help_offline)}</p>
            </section>
            <section>
                <h3>{t!(i18n, help_add_row_title)}</h3>
                <p>{t!(i18n, help_add_row)}</p>
            </section>
            <section>
                <h3>{t!(i18n, help_months_title)}</h3>
                <p>{t!(i18n, help_months)}</p>
            </section>
            <section>
                <h3>{t!(i18n, help_move_title)}</h3>
                <p>{t!(i18n, help_move)}</p>
            </section>
            <section>
                <h3>{t!(i18n, help_safety_title)}</h3>
                <p>{t!(i18n, help_safety)}</p>
            </section>
            <Show when=flag(move || viewport.get() != Viewport::Phone)>
                <section>
                    <h3>{t!(i18n, help_keys_title)}</h3>
                    <p>{t!(i18n, help_keys)}</p>
                </section>
            </Show>
        </Dialog>
    }
}
