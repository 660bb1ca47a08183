//! What the buttons and the keys of an activity do.

use hamutuk_shared::id::{ActivityId, OutcomeId};
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name, OutcomeRef, Place};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::t_string;
use crate::session::{Session, new_id};
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

/// Adds an activity and, once it is on the screen, puts the caret into its title.
pub(crate) fn add(session: Session, i18n: I18n, outcome: OutcomeRef, place: Place) -> Option<ActivityRef> {
    let at = ActivityRef { section: outcome.section, activity: new_id() };
    if !session.edit(Edit::AddActivity { at, outcome: outcome.outcome, place }) {
        return None;
    }
    announce(untrack(|| t_string!(i18n, activity_added)));
    // The screen follows the edit in this turn of the event loop; the frame after it has the field.
    request_animation_frame(move || focus_title(at));
    Some(at)
}

/// Where an activity would go by one step: among its siblings, or over the end of its outcome into the next; none at the end of the
/// section.
pub(crate) fn step(view: PlanView, activity: ActivityView, direction: Direction) -> Option<(OutcomeId, Place)> {
    let outcome = activity.outcome.get();
    let section = view.section(activity.at.section)?;
    let siblings: Vec<_> =
        section.activities.with(|all| all.iter().filter(|one| one.outcome.get() == outcome && one.is_kept()).copied().collect());
    let at = siblings.iter().position(|one| one.at == activity.at)?;
    let sibling = match direction {
        Direction::Up => at.checked_sub(1).and_then(|at| siblings.get(at)).map(|one| Place::Before(one.at.activity)),
        Direction::Down => siblings.get(at + 1).map(|one| Place::After(one.at.activity)),
    };
    if let Some(place) = sibling {
        return Some((outcome, place));
    }
    let outcomes = section.outcomes.get();
    let own = outcomes.iter().position(|one| one.id == outcome)?;
    match direction {
        Direction::Up => Some((outcomes.get(own.checked_sub(1)?)?.id, Place::Last)),
        Direction::Down => Some((outcomes.get(own + 1)?.id, Place::First)),
    }
}

/// Moves an activity by one step. The focus stays where it was in it.
pub(crate) fn shift(session: Session, view: PlanView, i18n: I18n, activity: ActivityView, direction: Direction) {
    let Some((outcome, place)) = untrack(|| step(view, activity, direction)) else { return };
    move_to(session, i18n, activity.at, outcome, place);
}

/// Moves an activity. The focus stays where it was in it.
pub(crate) fn move_to(session: Session, i18n: I18n, at: ActivityRef, outcome: OutcomeId, place: Place) {
    let focused = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    let selector = focused.as_ref().and_then(selector_of);
    if session.edit(Edit::MoveActivity { at, outcome, place }) {
        announce(untrack(|| t_string!(i18n, activity_moved)));
        // An element that moves in the page loses the focus; in another outcome's table the row is made anew.
        request_animation_frame(move || {
            let again = || document().query_selector(&selector?).ok().flatten()?.dyn_into::<HtmlElement>().ok();
            if let Some(focused) = focused.filter(|focused| focused.is_connected()).or_else(again) {
                let _ = focused.focus();
            }
        });
    }
}

/// How to find the same cell, or its input, once its row was made anew.
fn selector_of(focused: &HtmlElement) -> Option<String> {
    let row = focused.closest("[data-activity]").ok().flatten()?.get_attribute("data-activity")?;
    let inside = match (focused.get_attribute("data-column"), focused.get_attribute("data-path")) {
        (Some(column), _) => format!("[data-column=\"{column}\"]"),
        (None, Some(path)) => format!("[data-path=\"{path}\"]"),
        (None, None) => return None,
    };
    Some(format!(".grid [data-activity=\"{row}\"] {inside}"))
}

/// Moves an activity before another, into the outcome of that.
pub(crate) fn move_before(session: Session, i18n: I18n, dragged: ActivityId, target: ActivityView) {
    let at = ActivityRef { section: target.at.section, activity: dragged };
    move_to(session, i18n, at, target.outcome.get_untracked(), Place::Before(target.at.activity));
}

/// Puts an activity into the archive, or takes it out.
pub(crate) fn archive(session: Session, i18n: I18n, at: ActivityRef, archived: bool) {
    if session.edit(Edit::archive(at, archived)) {
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
