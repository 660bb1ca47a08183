//! The views of the plan: the plan itself, to be written, and what can be seen beside it.

use leptos::prelude::*;

use super::place::use_place;
use crate::i18n::{label, t_string, use_i18n};
use crate::session::{Access, use_session};
use crate::ui::dynamic;
use crate::words::I18n;

/// A view.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum View {
    /// The plan, a section at a time.
    #[default]
    Plan,
    /// When what happens.
    Timeline,
    /// What it costs, and who pays.
    Budget,
    /// Who does what.
    Who,
    /// Where what happens.
    Where,
    /// How far it is.
    Progress,
    /// What is to be settled: what is missing, what was chosen twice, what may belong together.
    Review,
    /// Dots on activities.
    Vote,
    /// The facilitator's desk.
    Desk,
    /// The projector. No tab leads there.
    Plenary,
}

impl View {
    /// All, in the order of the tabs.
    pub(crate) const ALL: [Self; 10] = [
        Self::Plan,
        Self::Timeline,
        Self::Budget,
        Self::Who,
        Self::Where,
        Self::Progress,
        Self::Review,
        Self::Vote,
        Self::Desk,
        Self::Plenary,
    ];

    /// Its name in the address; empty for the plan itself.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Plan => "",
            Self::Timeline => "timeline",
            Self::Budget => "budget",
            Self::Who => "who",
            Self::Where => "where",
            Self::Progress => "progress",
            Self::Review => "review",
            Self::Vote => "vote",
            Self::Desk => "desk",
            Self::Plenary => "plenary",
        }
    }

    /// The view of this name; the plan itself where there is none.
    pub(crate) fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.as_str() == name).unwrap_or_default()
    }

    /// What it is called.
    pub(crate) fn name(self, i18n: I18n) -> &'static str {
        match self {
            Self::Plan => t_string!(i18n, view_plan),
            Self::Timeline => t_string!(i18n, view_timeline),
            Self::Budget => t_string!(i18n, view_budget),
            Self::Who => t_string!(i18n, view_who),
            Self::Where => t_string!(i18n, view_where),
            Self::Progress => t_string!(i18n, view_progress),
            Self::Review => t_string!(i18n, view_review),
            Self::Vote => t_string!(i18n, view_vote),
            Self::Desk => t_string!(i18n, view_desk),
            Self::Plenary => t_string!(i18n, view_plenary),
        }
    }
}

/// The way from one to another.
#[component]
pub(crate) fn ViewTabs(#[prop(into)] class: String) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let access = use_session().access();
    let is_facilitator = Memo::new(move |_| access.with(Access::is_facilitator));
    let tab = move |view: View| {
        view! {
            <a
                class="tab"
                href=place.view_address(view)
                data-view=if view == View::Plan { "plan" } else { view.as_str() }
                aria-current=Signal::derive(move || (place.view.get() == view).then_some("page"))
            >
                {dynamic(move || view.name(i18n))}
            </a>
        }
    };
    view! {
        <nav class=class aria-label=label!(i18n, nav_views)>
            {dynamic(move || {
                let is_facilitator = is_facilitator.get();
                let is_tab = move |view: &View| *view != View::Plenary && (*view != View::Desk || is_facilitator);
                View::ALL.into_iter().filter(is_tab).map(tab).collect_view()
            })}
        </nav>
    }
}
