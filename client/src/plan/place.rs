//! Where the person is in the plan: a section and perhaps an activity, both in the address, so that "back" goes back and a place
//! can be sent to somebody.

use hamutuk_shared::id::PlanId;
use hamutuk_shared::plan::ActivityRef;
use leptos::prelude::*;

use crate::address::{Address, Step, use_address};
use crate::view_model::{ActivityView, PlanView, SectionView};

/// The part of the address that names the section, by its code.
const SECTION: &str = "s";
/// The part of the address that names the open activity.
const ACTIVITY: &str = "a";

/// The place. Provided as context on the plan's page.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    plan: PlanId,
    /// The section; none is the plan's own page.
    pub(crate) section: Memo<Option<SectionView>>,
    /// The activity whose details are open.
    pub(crate) activity: Memo<Option<ActivityView>>,
    address: Address,
}

impl Place {
    /// The place that the address names, provided to everything below.
    pub(crate) fn provide(plan: PlanId, view: PlanView) -> Self {
        let address = use_address();
        let section = Memo::new(move |_| {
            let code = address.query(SECTION)?;
            view.sections.with(|all| all.iter().find(|section| section.code == code).cloned())
        });
        let activity = Memo::new(move |_| {
            let id = address.query(ACTIVITY)?.parse().ok()?;
            let at = ActivityRef { section: section.get()?.id, activity: id };
            view.section(at.section)?.activities.with(|all| all.iter().find(|activity| activity.at == at).copied())
        });
        let place = Self { plan, section, activity, address };
        provide_context(place);
        place
    }

    /// The address of a section, or of the plan's own page.
    pub(crate) fn address(self, section: Option<&str>) -> String {
        let plan = self.plan;
        section.map_or_else(|| format!("/p/{plan}"), |code| format!("/p/{plan}?{SECTION}={code}"))
    }

    /// Which plan.
    pub(crate) const fn plan(self) -> PlanId {
        self.plan
    }

    /// Opens the details of an activity of this section.
    pub(crate) fn open(self, at: ActivityRef) {
        let Some(section) = self.section.get_untracked() else { return };
        let is_open = self.activity.get_untracked().is_some();
        let to = format!("{}&{ACTIVITY}={}", self.address(Some(&section.code)), at.activity);
        // From one activity to the next is one place to come back from.
        self.address.go(&to, if is_open { Step::Instead } else { Step::Next });
    }

    /// Closes the details.
    pub(crate) fn close(self) {
        if self.activity.get_untracked().is_some() {
            let code = self.section.get_untracked().map(|section| section.code);
            self.address.go(&self.address(code.as_deref()), Step::Instead);
        }
    }

    /// Whether the details of this activity are open. Reactive.
    pub(crate) fn is_open(self, at: ActivityRef) -> bool {
        self.activity.with(|open| open.is_some_and(|open| open.at == at))
    }
}

/// The place of the page that this is on.
pub(crate) fn use_place() -> Place {
    expect_context()
}
