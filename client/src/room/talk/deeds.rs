//! What can be done with a suggestion: what it takes, and whether the person may.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::suggestion::{self, Proposal, Unacceptable};
use hamutuk_shared::plan::{Decision, Edit, Field, Item, Suggestion};
use leptos::prelude::*;

use crate::session::{FieldNews, Session, new_id};

/// The edits that accept it, or why it cannot be.
pub(super) fn acceptance(session: Session, section: SectionId, one: &Suggestion) -> Result<Vec<Edit>, Unacceptable> {
    suggestion::accept(section, one, words_now(session, one).as_deref(), new_id())
}

/// The edits that put its words in the place of what stands there.
pub(super) fn replacement(session: Session, section: SectionId, one: &Suggestion) -> Option<Vec<Edit>> {
    suggestion::replace(section, one, words_now(session, one).as_deref()).ok()
}

/// The edit that declines it.
pub(super) fn decline(section: SectionId, one: &Suggestion) -> Edit {
    suggestion::decide(section, one.id, Decision::Declined)
}

/// The edit that takes it back.
pub(super) fn withdraw(section: SectionId, one: &Suggestion) -> Edit {
    Edit::Archive { item: Item::Suggestion(section, one.id), archived: true }
}

fn words_now(session: Session, one: &Suggestion) -> Option<String> {
    match Proposal::of(one)? {
        Proposal::Words { field, .. } => session.text(field),
        _ => None,
    }
}

/// The words of a text as they are, for as long as the current owner lives.
pub(super) fn follow_text(session: Session, field: Field) -> Signal<Option<String>> {
    let words = RwSignal::new(session.text(field));
    let mounted = session.mount(field, move |news| {
        if !matches!(news, FieldNews::Flush) {
            let _ = words.try_set(session.text(field));
        }
    });
    // It is told for as long as this is kept.
    StoredValue::new_local(mounted);
    words.into()
}
