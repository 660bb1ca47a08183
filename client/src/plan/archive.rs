//! The archived activities of a section. Nothing is deleted.

use leptos::html;
use leptos::prelude::*;

use super::act;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Show, flag, list};
use crate::view_model::{ActivityView, SectionView};

/// Counts up whenever somebody asks to see the archive.
#[derive(Clone, Copy)]
pub(crate) struct ShowArchive(RwSignal<u32>);

impl ShowArchive {
    /// Provides it to everything below.
    pub(crate) fn provide() {
        provide_context(Self(RwSignal::new(0)));
    }

    /// Opens the archive of the section that is shown, and goes there.
    pub(crate) fn show(self) {
        self.0.update(|asked| *asked += 1);
    }
}

/// The list, closed at first; nothing while it would be empty.
#[component]
pub(crate) fn Archive(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let archived = section.archived();
    let count = Memo::new(move |_| archived.with(Vec::len));
    let node = NodeRef::<html::Details>::new();
    let ShowArchive(asked) = expect_context();
    Effect::new(move |before: Option<u32>| {
        let now = asked.get();
        if let (Some(before), Some(details)) = (before, node.get_untracked())
            && before != now
        {
            details.set_open(true);
            details.scroll_into_view();
        }
        now
    });
    view! {
        <Show when=flag(move || count.get() > 0)>
            <details class="archive" node_ref=node>
                <summary>
                    <Icon glyph=Glyph::Archive />
                    {t!(i18n, activity_archived_list, count = move || count.get())}
                </summary>
                <p class="note">{t!(i18n, activity_archived_note)}</p>
                <ul>
                    {list(move || archived.get(), |activity| activity.at.to_string(), |activity| view! { <Archived activity /> })}
                </ul>
            </details>
        </Show>
    }
}

#[component]
fn Archived(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let words = activity.title.words;
    let title =
        move || if words.with(|words| words.trim().is_empty()) { t_string!(i18n, activity_untitled).to_owned() } else { words.get() };
    view! {
        <li data-activity=activity.at.activity.to_string()>
            <span>{title}</span>
            <button type="button" class="button" data-action="restore" on:click=move |_| act::archive(session, i18n, activity.at, false)>
                <Icon glyph=Glyph::Restore />
                {t!(i18n, activity_restore)}
            </button>
        </li>
    }
}
