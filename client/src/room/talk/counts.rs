//! How much is said about something.

use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{Comment, Decision, Item, Room, Suggestion};

use super::about::location;

/// How much is open, and how much is dealt with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Suggestions that nobody has decided on.
    pub(super) suggestions: usize,
    /// Comments that are not dealt with.
    pub(super) comments: usize,
    /// All others.
    pub(super) done: usize,
}

impl Counts {
    /// What is said about something, or about what is in it.
    pub(super) fn of(room: &Room, about: Location) -> Self {
        let mut counts = Self::default();
        for (_, one) in room.suggestions.iter().filter(|(_, one)| is_shown_in(about, one)) {
            *(if is_open(one) { &mut counts.suggestions } else { &mut counts.done }) += 1;
        }
        for one in room.comments.iter().filter(|one| is_said_in(about, one)) {
            *(if is_unsettled(one) { &mut counts.comments } else { &mut counts.done }) += 1;
        }
        counts
    }

    /// Everything that is open.
    pub(super) const fn open(self) -> usize {
        self.suggestions + self.comments
    }
}

/// Whether nobody has decided on it.
pub(super) fn is_open(one: &Suggestion) -> bool {
    one.decision.value == Decision::Open
}

/// Whether it is not dealt with.
pub(super) fn is_unsettled(one: &Comment) -> bool {
    one.decision.value == Decision::Open
}

/// Whether a suggestion is shown where something is talked about.
pub(super) fn is_shown_in(about: Location, one: &Suggestion) -> bool {
    one.archived.is_kept() && is_in(about, &one.about)
}

/// Whether a comment is.
pub(super) fn is_said_in(about: Location, one: &Comment) -> bool {
    one.archived.is_kept() && is_in(about, &one.about)
}

/// Whether a path leads to something, or into it: into an activity from all that hangs on it, but not into a section from its activities.
fn is_in(about: Location, path: &str) -> bool {
    let Some(at) = location(path) else { return false };
    match about {
        Location::Field(_) => at == about,
        Location::Item(Item::Activity(activity)) => at.item().activity() == Some(activity),
        Location::Item(item) => at.item() == item || at.item().owner() == Some(item),
    }
}
