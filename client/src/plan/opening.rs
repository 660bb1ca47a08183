//! The way to a plan's page: by the link to the join page, or straight in.

use std::time::Duration;

use hamutuk_shared::id::PlanId;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::page::Page;
use crate::address::{self, use_address};
use crate::api::{self, ApiError, Speaker};
use crate::device;
use crate::i18n::{t, use_i18n};
use crate::join::{Join, Opening, Problem};
use crate::session::{Phase, Session};

/// The token of a link is no shorter; the names of parts of the page are.
const TOKEN_CHARS_MIN: usize = 22;

/// How far this device is on the way.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    /// It is being asked what it knows.
    Deciding,
    /// It must join, with the token of the link.
    Join(String),
    /// It has joined, or has no link to join with.
    Open,
}

/// The page at `/p/PLAN`.
#[component]
pub(crate) fn PlanRoute(
    /// The plan's id, as it stands in the address.
    plan: String,
) -> impl IntoView {
    let i18n = use_i18n();
    match plan.parse::<PlanId>() {
        Ok(plan) => view! { <Gate plan /> }.into_any(),
        Err(_) => {
            view! { <Problem name="link-wrong" what=move || t!(i18n, error_link_wrong) and_then=move || t!(i18n, error_link_wrong_do) /> }
                .into_any()
        }
    }
}

#[component]
fn Gate(plan: PlanId) -> impl IntoView {
    let step = RwSignal::new(Step::Deciding);
    let address = use_address();
    // The token must not stay in the address: people share their screens.
    let hide_token = move || {
        let location = window().location();
        let query = location.search().unwrap_or_default();
        if location.hash().is_ok_and(|hash| !hash.is_empty()) {
            address.go(&format!("/p/{plan}{query}"), address::Step::Instead);
        }
    };
    // A link that is opened over the open plan changes only this part of the address, and the browser loads nothing.
    let opened = window_event_listener(ev::hashchange, |_| {
        if token().len() >= TOKEN_CHARS_MIN {
            let _ = window().location().reload();
        }
    });
    on_cleanup(move || opened.remove());
    let enter = move || {
        hide_token();
        step.set(Step::Open);
    };
    let begin_anew = move || {
        step.set(Step::Deciding);
        // What was open ends first.
        set_timeout(move || drop(step.try_set(Step::Open)), Duration::ZERO);
    };
    spawn_local(async move {
        match decide(plan).await {
            Step::Open => enter(),
            other => drop(step.try_set(other)),
        }
    });
    move || match step.get() {
        Step::Deciding => view! { <Opening percent=None /> }.into_any(),
        Step::Join(token) => view! { <Join plan token on_joined=Callback::new(move |()| enter()) /> }.into_any(),
        Step::Open => view! { <Opened plan on_handed_over=Callback::new(move |()| begin_anew()) /> }.into_any(),
    }
}

/// The token of a link in the address; empty where there is none. It may also be the name of a part of the page.
fn token() -> String {
    window().location().hash().unwrap_or_default().trim_start_matches('#').to_owned()
}

/// A link that somebody on this device did not come by asks who opens it: the same person, who may do more with it, or another.
async fn decide(plan: PlanId) -> Step {
    let token = token();
    if token.is_empty() {
        return Step::Open;
    }
    if device::plan(plan).await.is_none() {
        return Step::Join(token);
    }
    let speaker = Speaker::now(plan).await;
    match api::peek(speaker, &token).await {
        Ok(peek) if !peek.is_own => Step::Join(token),
        Ok(_) | Err(ApiError::Network) => Step::Open,
        // The link leads nowhere. Who is known does not need it.
        Err(_) if api::me(speaker).await.is_err_and(|error| error.is_unknown_device()) => Step::Join(token),
        Err(_) => Step::Open,
    }
}

/// The plan, once it is open, and what stands in the way before.
#[component]
fn Opened(
    plan: PlanId,
    /// Somebody else writes here now.
    on_handed_over: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::open(plan);
    provide_context(session);
    let phase = session.phase();
    Effect::new(move |_| {
        if matches!(phase.get(), Phase::HandedOver) {
            set_timeout(move || on_handed_over.run(()), Duration::ZERO);
        }
    });
    let reload = move || {
        view! {
            <button type="button" class="button main" on:click=move |_| drop(window().location().reload())>
                {t!(i18n, reload)}
            </button>
        }
    };
    let save_copy = move || {
        view! {
            <button type="button" class="button main" on:click=move |_| session.save_copy()>
                {t!(i18n, nav_save_copy)}
            </button>
        }
    };
    move || {
        match phase.get() {
        Phase::Loading | Phase::HandedOver => view! { <Opening percent=None /> }.into_any(),
        Phase::CatchingUp { percent } => view! { <Opening percent=Some(percent) /> }.into_any(),
        Phase::Open(view) => view! { <Page view /> }.into_any(),
        Phase::NotJoined => {
            view! { <Problem name="not-joined" what=move || t!(i18n, home_intro) and_then=move || t!(i18n, error_link_wrong_do) /> }.into_any()
        }
        Phase::NoNetwork => {
            view! { <Problem name="no-network" what=move || t!(i18n, error_no_network_first) and_then=|| ()>{reload()}</Problem> }.into_any()
        }
        Phase::NotFound => {
            view! { <Problem name="plan-not-found" what=move || t!(i18n, error_plan_not_found) and_then=move || t!(i18n, error_plan_not_found_do) /> }.into_any()
        }
        Phase::Broken => {
            view! { <Problem name="broken" what=move || t!(i18n, error_data_broken) and_then=move || t!(i18n, error_data_broken_do)>{save_copy()}</Problem> }
                .into_any()
        }
        Phase::Newer => view! { <Problem name="newer" what=move || t!(i18n, error_update_ready) and_then=|| ()>{reload()}</Problem> }.into_any(),
    }
    }
}
