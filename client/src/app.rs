//! The root of the screen: the language, and a page for each address.

use leptos::prelude::*;

use crate::address::Address;
use crate::i18n::{t, use_i18n};
use crate::join::Problem;
use crate::later::later;
use crate::plan::PlanRoute;
use crate::ui::{Viewport, dynamic};
use crate::{language, panic_notice};

/// The whole client.
#[component]
pub(crate) fn App() -> impl IntoView {
    language::provide();
    panic_notice::follow_language();
    Viewport::provide();
    let address = Address::provide();
    let page = Memo::new(move |_| Page::of(&address.path()));
    dynamic(move || match page.get() {
        Page::Home => later(|parts| (parts.home)()),
        Page::Plan(plan) => view! { <PlanRoute plan /> }.into_any(),
        Page::Missing => view! { <Missing /> }.into_any(),
    })
}

/// What a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Page {
    /// The plans of this device.
    Home,
    /// A plan, or what stands where the id of one should.
    Plan(String),
    /// Nothing.
    Missing,
}

impl Page {
    fn of(path: &str) -> Self {
        let path = path.trim_end_matches('/');
        match path.strip_prefix("/p/") {
            _ if path.is_empty() => Self::Home,
            Some(plan) if !plan.contains('/') => Self::Plan(plan.to_owned()),
            _ => Self::Missing,
        }
    }
}

#[component]
fn Missing() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Problem name="not-found" what=move || t!(i18n, error_plan_not_found) and_then=move || t!(i18n, error_link_wrong_do) /> }
}
