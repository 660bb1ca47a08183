//! What is chosen in the view: a place, a section, or both, whose activities are listed.

use std::sync::Arc;

use hamutuk_shared::derive::{Bucket, Totals};
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Activity, ActivityRef, Choice, Municipality, Name};
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::ui::announce;
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// The `id` of the list's heading.
pub(super) const LIST: &str = "where-list";

/// A cell of the table, or all of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// The place; none is where nobody has said one.
    pub(super) place: Option<Municipality>,
    /// The section; none is all of them.
    pub(super) section: Option<SectionId>,
}

impl Spot {
    /// Whether an activity is there.
    pub(super) fn holds(self, at: ActivityRef, activity: &Activity) -> bool {
        let is_there = match self.place {
            Some(place) => activity.municipalities.contains(place),
            None => activity.municipalities.is_empty(),
        };
        is_there && self.section.is_none_or(|section| section == at.section)
    }

    /// What the place is called. Reactive.
    pub(super) fn place_name(self, i18n: I18n) -> &'static str {
        match self.place {
            Some(place) => words::word(i18n, Kind::Activity, Name::Municipalities, place.as_str()),
            None => t_string!(i18n, where_unsaid),
        }
    }

    /// What it is called. Reactive.
    pub(super) fn name(self, i18n: I18n, view: PlanView) -> String {
        let place = self.place_name(i18n);
        match self.section.and_then(|id| view.section(id)) {
            Some(section) => format!("{place} · {}", section.code),
            None => place.to_owned(),
        }
    }
}

/// The choice. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    now: RwSignal<Option<Spot>>,
    totals: Memo<Arc<Totals>>,
    /// The sections of the plan, which do not come and go.
    sections: StoredValue<Vec<SectionId>>,
    pub(super) view: PlanView,
    pub(super) i18n: I18n,
}

impl Chosen {
    /// Nothing is chosen yet.
    pub(super) fn new() -> Self {
        let view = expect_context::<PlanView>();
        Self {
            now: RwSignal::new(None),
            totals: use_derived().totals,
            sections: StoredValue::new(view.sections.with_untracked(|all| all.iter().map(|section| section.id).collect())),
            view,
            i18n: use_i18n(),
        }
    }

    /// What is chosen. Reactive.
    pub(super) fn get(self) -> Option<Spot> {
        self.now.get()
    }

    /// Whether this is what is chosen. Reactive.
    pub(super) fn is_at(self, spot: Spot) -> bool {
        self.now.with(|now| *now == Some(spot))
    }

    /// How many activities are at a place, in one section or in all. Reactive.
    pub(super) fn count(self, place: Option<Municipality>, section: Option<SectionId>) -> u32 {
        let count = |totals: &Totals, section| totals.get(Bucket::Place(place, section)).activities;
        self.totals.with(|totals| match section {
            Some(section) => count(totals, section),
            None => self.sections.with_value(|all| all.iter().map(|section| count(totals, *section)).sum()),
        })
    }

    /// How many activities there are in a section, or in all. Reactive.
    pub(super) fn all(self, section: Option<SectionId>) -> u32 {
        let bucket = section.map_or(Bucket::Plan, Bucket::Section);
        self.totals.with(|totals| totals.get(bucket).activities)
    }

    /// Chooses, says how much that is, and shows the list if it is out of sight.
    pub(super) fn choose(self, spot: Spot) {
        self.now.set(Some(spot));
        let words = || {
            let (place, count) = (spot.name(self.i18n, self.view), self.count(spot.place, spot.section));
            t_string!(self.i18n, where_count, place = place, count = count)
        };
        announce(untrack(words));
        request_animation_frame(show_list);
    }
}

fn show_list() {
    let Some(list) = document().get_element_by_id(LIST) else { return };
    let (top, height) = (list.get_bounding_client_rect().top(), window().inner_height().ok().and_then(|height| height.as_f64()));
    // It begins below the bar at the top, and there is room for a line of it.
    if top < 0.0 || height.is_some_and(|height| top > height * 0.8) {
        list.scroll_into_view();
    }
}
