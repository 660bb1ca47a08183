//! Where the others write, seen from further away than a field.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::ActivityRef;
use hamutuk_shared::plan::schema::{Item, Location};
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::session::{Here, use_session};
use crate::ui::{Glyph, Icon};

/// The activity that a path lies in, if it lies in one.
pub(crate) fn activity_of(path: &str) -> Option<ActivityRef> {
    item(path)?.activity()
}

/// The section that a path lies in, if it lies in one.
pub(crate) fn section_of(path: &str) -> Option<SectionId> {
    item(path)?.section()
}

fn item(path: &str) -> Option<Item> {
    Location::of(&path.split('/').collect::<Vec<_>>()).map(|location| location.item())
}

/// "X is writing here", for a card.
#[component]
pub(crate) fn Writing(at: ActivityRef) -> impl IntoView {
    let i18n = use_i18n();
    let all = use_session().here();
    let who = Memo::new(move |_| {
        let is_inside = |here: &&Here| here.path.as_deref().and_then(activity_of) == Some(at);
        all.with(|all| all.iter().find(is_inside).map(|here| (here.label(), here.colour)))
    });
    move || {
        who.get().map(|(name, colour)| {
            view! {
                <span class="writing" data-who=colour.to_string()>
                    <Icon glyph=Glyph::Pencil />
                    {t!(i18n, presence_writing, name = name)}
                </span>
            }
        })
    }
}
