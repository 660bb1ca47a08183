//! The first page: the plans of this device, or how to get to one.

use leptos::prelude::*;

use crate::device::{self, PlanOnDevice};
use crate::i18n::{t, t_string, use_i18n};
use crate::join::Plain;
use crate::ui::dynamic;

/// The page.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let i18n = use_i18n();
    let plans = LocalResource::new(device::plans);
    view! {
        <Plain>
            <div class="sheet">
                <h1>{t!(i18n, home_title)}</h1>
                <p class="lead">{t!(i18n, app_tagline)}</p>
                // Nothing at all while the device is being asked: it takes a blink.
                {dynamic(move || plans.get().map(|plans| if plans.is_empty() { view! { <None /> }.into_any() } else { view! { <List plans /> }.into_any() }))}
            </div>
        </Plain>
    }
}

#[component]
fn None() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p>{t!(i18n, home_none)}</p>
        <p>{t!(i18n, home_intro)}</p>
        <p class="note">{t!(i18n, home_facilitator_hint)}</p>
    }
}

#[component]
fn List(plans: Vec<PlanOnDevice>) -> impl IntoView {
    let i18n = use_i18n();
    let entry = move |known: PlanOnDevice| {
        let title = known.title.clone();
        let title = move || if title.trim().is_empty() { t_string!(i18n, plan_untitled).to_owned() } else { title.clone() };
        let who = [known.name, known.organisation].into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <li>
                <a href=format!("/p/{}", known.plan)>
                    <strong>{title}</strong>
                    <span class="note">{who}</span>
                </a>
            </li>
        }
    };
    view! {
        <h2 class="label">{t!(i18n, home_plans)}</h2>
        <ul class="plan-list">{plans.into_iter().map(entry).collect_view()}</ul>
        <p class="note">{t!(i18n, home_intro)}</p>
    }
}
