//! "Restored because X edited it": of what was archived while somebody wrote in it.

use hamutuk_shared::plan::Archived;
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::ui::{Glyph, Icon, dynamic};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The note of an activity; nothing where nothing happened.
#[component]
pub(crate) fn RestoredNote(activity: ActivityView) -> impl IntoView {
    dynamic(move || restored(activity.archived.get()))
}

/// The note.
pub(crate) fn restored(archived: Archived) -> Option<AnyView> {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let Archived::RestoredBy(author) = archived else { return None };
    words::author(view, Some(author)).map(|name| {
        view! {
            <p class="under row-note">
                <span>
                    <Icon glyph=Glyph::Restore />
                    " "
                    {t!(i18n, restored_because, name = name)}
                </span>
            </p>
        }
        .into_any()
    })
}
