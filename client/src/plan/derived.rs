//! What follows from the whole plan, for the views beside it: made anew a moment after something changed, and only while somebody looks.

use std::sync::Arc;
use std::time::Duration;

use hamutuk_shared::derive::{Filter, Totals};
use hamutuk_shared::plan::{Activity, ActivityRef, Plan, Section};
use leptos::prelude::*;

use super::place::use_place;
use crate::view_model::PlanView;

/// While others write, a view follows this often.
const FOLLOW: Duration = Duration::from_millis(250);

/// The plan as a view shows it.
#[derive(Clone, Copy)]
pub(crate) struct Derived {
    /// All of it.
    pub(crate) plan: Signal<Arc<Plan>>,
    /// What the view shows: the address says so.
    pub(crate) filter: Memo<Filter>,
    /// The figures of what the filter lets through.
    pub(crate) totals: Memo<Arc<Totals>>,
}

impl Derived {
    /// Follows the plan until the current owner ends, for everything below.
    pub(crate) fn provide() -> Self {
        let view = expect_context::<PlanView>();
        let plan = RwSignal::new(Arc::new(view.plan()));
        let is_due = StoredValue::new(false);
        Effect::new(move |before: Option<u64>| {
            let now = view.revision.get();
            if before.is_some_and(|before| before != now) && !is_due.get_value() {
                is_due.set_value(true);
                let follow = move || {
                    // The view may be gone by now.
                    if is_due.try_set_value(false).is_none() {
                        plan.set(Arc::new(view.plan()));
                    }
                };
                set_timeout(follow, FOLLOW);
            }
            now
        });
        let filter = use_place().filter;
        let totals = Memo::new(move |_| {
            let (plan, filter) = (plan.get(), filter.get());
            let mut totals = Totals::default();
            for (_, at, activity) in shown(&plan, &filter) {
                totals.put(at, activity);
            }
            Arc::new(totals)
        });
        let derived = Self { plan: plan.into(), filter, totals };
        provide_context(derived);
        derived
    }
}

/// The activities that a filter lets through, in the order of the plan, without the rows that nobody has begun.
pub(crate) fn shown<'a>(plan: &'a Plan, filter: &'a Filter) -> Vec<(&'a Section, ActivityRef, &'a Activity)> {
    let matcher = filter.matcher(plan);
    let of_section = |section: &'a Section| section.begun().map(move |(at, activity)| (section, at, activity));
    plan.sections.iter().flat_map(of_section).filter(|(_, at, activity)| matcher.matches(*at, activity)).collect()
}

/// What the view around the caller follows.
pub(crate) fn use_derived() -> Derived {
    expect_context()
}
