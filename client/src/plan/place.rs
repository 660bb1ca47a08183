//! Where the person is in the plan: a view, a section, perhaps an activity, and what is shown, all in the address, so that "back" goes back and a place
//! can be sent to somebody.

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::PlanId;
use hamutuk_shared::plan::ActivityRef;
use leptos::prelude::*;

use super::view::View;
use crate::address::{Address, Step, use_address};
use crate::view_model::{ActivityView, PlanView, SectionView};

/// The part of the address that names the section, by its code.
const SECTION: &str = "s";
/// The part of the address that names the open activity.
const ACTIVITY: &str = "a";
/// The part of the address that names the view; none is the plan itself. Beside it is the view's filter.
const VIEW: &str = "v";

/// The place. Provided as context on the plan's page.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    plan: PlanId,
    /// The section; none is the plan's own page.
    pub(crate) section: Memo<Option<SectionView>>,
    /// The activity whose details are open.
    pub(crate) activity: Memo<Option<ActivityView>>,
    /// The view.
    pub(crate) view: Memo<View>,
    /// What the view shows.
    pub(crate) filter: Memo<Filter>,
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
            view.sections
                .with(|all| all.iter().find_map(|one| one.activities.with(|all| all.iter().find(|one| one.at.activity == id).copied())))
        });
        let shown = Memo::new(move |_| View::parse(&address.query(VIEW).unwrap_or_default()));
        let filter = Memo::new(move |_| Filter::from_query(&address.search()));
        let place = Self { plan, section, activity, view: shown, filter, address };
        provide_context(place);
        place
    }

    /// The address of a section, or of the plan's own page.
    pub(crate) fn address(self, section: Option<&str>) -> String {
        let plan = self.plan;
        section.map_or_else(|| format!("/p/{plan}"), |code| format!("/p/{plan}?{SECTION}={code}"))
    }

    /// The address of a view, which shows everything.
    pub(crate) fn view_address(self, view: View) -> String {
        let plan = self.plan;
        if view == View::Plan { format!("/p/{plan}") } else { format!("/p/{plan}?{VIEW}={}", view.as_str()) }
    }

    /// Opens the details of an activity, where the person is.
    pub(crate) fn open(self, at: ActivityRef) {
        let is_open = self.activity.get_untracked().is_some();
        let to = self.with(ACTIVITY, &format!("{ACTIVITY}={}", at.activity));
        // From one activity to the next is one place to come back from.
        self.address.go(&to, if is_open { Step::Instead } else { Step::Next });
    }

    /// Closes the details.
    pub(crate) fn close(self) {
        if self.activity.get_untracked().is_some() {
            self.address.go(&self.with(ACTIVITY, ""), Step::Instead);
        }
    }

    /// Shows what this filter lets through, where the person is.
    pub(crate) fn filter_by(self, filter: &Filter) {
        let search = self.address.search_untracked();
        let own = search.trim_start_matches('?').split('&').filter(|one| matches!(one.split('=').next(), Some(SECTION | VIEW | ACTIVITY)));
        let query = filter.to_query();
        self.address.go(&self.address_of(&own.chain((!query.is_empty()).then_some(query.as_str())).collect::<Vec<_>>()), Step::Instead);
    }

    fn address_of(self, query: &[&str]) -> String {
        let plan = self.plan;
        if query.is_empty() { format!("/p/{plan}") } else { format!("/p/{plan}?{}", query.join("&")) }
    }

    /// This address, with `pair` in the place of whatever `key` has in it now.
    fn with(self, key: &str, pair: &str) -> String {
        let search = self.address.search_untracked();
        let others = search.trim_start_matches('?').split('&').filter(|one| !one.is_empty() && one.split('=').next() != Some(key));
        self.address_of(&others.chain((!pair.is_empty()).then_some(pair)).collect::<Vec<_>>())
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
