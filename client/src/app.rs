//! The root of the screen: the language, and a page for each address.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::path;

use crate::home::Home;
use crate::i18n::{t, use_i18n};
use crate::join::Problem;
use crate::plan::PlanRoute;
use crate::ui::Viewport;
use crate::{language, panic_notice};

/// The whole client.
#[component]
pub(crate) fn App() -> impl IntoView {
    language::provide();
    panic_notice::follow_language();
    Viewport::provide();
    view! {
        <Router>
            <Routes fallback=Missing>
                <Route path=path!("/") view=Home />
                <Route path=path!("/p/:plan") view=PlanRoute />
            </Routes>
        </Router>
    }
}

#[component]
fn Missing() -> impl IntoView {
    let i18n = use_i18n();
    view! { <Problem name="not-found" what=move || t!(i18n, error_plan_not_found) and_then=move || t!(i18n, error_link_wrong_do) /> }
}
