//! What the buttons and the keys of an activity do.

use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name, OutcomeRef, Place};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::t_string;
use crate::session::{Session, new_activity_id};
use crate::ui::announce;
use crate::view_model::{ActivityView, PlanView};
use crate::words::I18n;

/// Up or down among the activities of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Towards the first.
    Up,
    /// Towards the last.
    Down,
}

/// Writes an edit of a button. It can fail only when what it is about went away under the press: then there is nothing to do.
pub(crate) fn write(session: Session, edit: Edit) {
    let _ = session.edit(edit);
}

/// Adds an activity and, once it is on the screen, puts the caret into its title.
pub(crate) fn add(session: Session, i18n: I18n, outcome: OutcomeRef, place: Place) -> Option<ActivityRef> {
    let at = ActivityRef { section: outcome.section, activity: new_activity_id() };
    if session.edit(Edit::AddActivity { at, outcome: outcome.outcome, place }).is_err() {
        return None;
    }
    announce(untrack(|| t_string!(i18n, activity_added)));
    // The screen follows the edit in this turn of the event loop; the frame after it has the field.
    request_animation_frame(move || focus_title(at));
    Some(at)
}

/// Where an activity would go by one step; none at the end of its outcome.
pub(crate) fn step(view: PlanView, activity: ActivityView, direction: Direction) -> Option<Place> {
    let outcome = activity.outcome.get();
    let section = view.section(activity.at.section)?;
    section.activities.with(|all| {
        let siblings: Vec<_> = all.iter().filter(|one| one.outcome.get() == outcome && one.is_kept()).collect();
        let at = siblings.iter().position(|one| one.at == activity.at)?;
        match direction {
            Direction::Up => Some(Place::Before(siblings.get(at.checked_sub(1)?)?.at.activity)),
            Direction::Down => Some(Place::After(siblings.get(at + 1)?.at.activity)),
        }
    })
}

/// Moves an activity by one step. The focus stays where it was in it.
pub(crate) fn shift(session: Session, view: PlanView, i18n: I18n, activity: ActivityView, direction: Direction) {
    let Some(place) = untrack(|| step(view, activity, direction)) else { return };
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if session.edit(Edit::MoveActivity { at: activity.at, outcome: activity.outcome.get_untracked(), place }).is_ok() {
        announce(untrack(|| t_string!(i18n, activity_moved)));
        // An element that moves in the page loses the focus.
        request_animation_frame(move || {
            if let Some(focused) = focused.filter(|focused| focused.is_connected()) {
                let _ = focused.focus();
            }
        });
    }
}

/// Puts an activity into the archive, or takes it out.
pub(crate) fn archive(session: Session, i18n: I18n, at: ActivityRef, archived: bool) {
    if session.edit(Edit::archive(at, archived)).is_ok() {
        announce(untrack(|| if archived { t_string!(i18n, activity_archived) } else { t_string!(i18n, activity_restored) }));
    }
}

fn focus_title(at: ActivityRef) {
    let field = format!("[data-path=\"{}\"]", Field::of_activity(at, Name::Title));
    // In a dialog, which is later in the page, rather than behind it.
    let Ok(all) = document().query_selector_all(&field) else { return };
    let last = all.length().checked_sub(1).and_then(|last| all.get(last)).and_then(|node| node.dyn_into::<HtmlElement>().ok());
    if let Some(title) = last {
        let _ = title.focus();
    }
}
