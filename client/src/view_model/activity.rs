//! An activity as signals.

use hamutuk_shared::id::{OutcomeId, SectionId};
use hamutuk_shared::order::OrderKey;
use hamutuk_shared::plan::{Activity, ActivityRef, Archived, Field, Name};
use leptos::prelude::*;

use super::{TextView, put};

/// An activity. Two are equal when they are views of the same one.
///
/// What lists, headings and counts follow has a signal of its own; everything else is in `whole`. A field that is edited is none of
/// these: it follows the document (`crate::session::Session::mount` and `standing`).
#[derive(Clone, Copy)]
pub(crate) struct ActivityView {
    /// Where it is.
    pub(crate) at: ActivityRef,
    /// The outcome that it serves.
    pub(crate) outcome: RwSignal<OutcomeId>,
    /// What it is called.
    pub(crate) title: TextView,
    /// Whether it is archived.
    pub(crate) archived: RwSignal<Archived>,
    /// Where it stands among the activities of its section.
    pub(crate) order: RwSignal<OrderKey>,
    /// All of it.
    pub(crate) whole: RwSignal<Activity>,
}

impl PartialEq for ActivityView {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for ActivityView {}

impl ActivityView {
    pub(super) fn new(section: SectionId, activity: &Activity) -> Self {
        let at = ActivityRef { section, activity: activity.id };
        Self {
            at,
            outcome: RwSignal::new(activity.outcome),
            title: TextView::new(Field::of_activity(at, Name::Title), &activity.title),
            archived: RwSignal::new(activity.archived),
            order: RwSignal::new(activity.order.clone()),
            whole: RwSignal::new(activity.clone()),
        }
    }

    /// A field of it.
    pub(crate) const fn field(self, name: Name) -> Field {
        Field::of_activity(self.at, name)
    }

    /// Whether it is in the plan, not in the archive. Reactive.
    pub(crate) fn is_kept(&self) -> bool {
        self.archived.get() != Archived::Yes
    }

    /// What `look` sees of it. It changes only when that does.
    pub(crate) fn watch<T: PartialEq + Send + Sync + 'static>(self, look: fn(&Activity) -> T) -> Memo<T> {
        Memo::new(move |_| self.whole.with(look))
    }

    /// Sets everything that differs.
    pub(super) fn put(&self, activity: &Activity) {
        put(self.outcome, activity.outcome);
        put(self.title.words, activity.title.clone());
        put(self.archived, activity.archived);
        put(self.order, activity.order.clone());
        put(self.whole, activity.clone());
    }

    /// Sets everything but the words, which are told by splices; whether its place in the list may have changed.
    pub(super) fn set(&self, activity: &Activity) -> bool {
        put(self.outcome, activity.outcome);
        put(self.archived, activity.archived);
        let mut now = activity.clone();
        self.whole.update(|shown| {
            now.keep_words(self.at, shown);
            *shown = now;
        });
        put(self.order, activity.order.clone())
    }
}
