//! The frame of the plan's page.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::archive::ShowArchive;
use super::bar::Bar;
use super::details::Details;
use super::help::Help;
use super::notices::Notices;
use super::overview::Overview;
use super::place::Place;
use super::rail::{BottomBar, Rail};
use super::section::Section;
use super::share::Share;
use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::{Announcer, Show, Viewport, dynamic, flag, use_viewport};
use crate::view_model::PlanView;

/// The page of an open plan.
#[component]
pub(crate) fn Page(view: PlanView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    provide_context(view);
    let place = Place::provide(session.plan(), view);
    ShowArchive::provide();
    let viewport = use_viewport();
    let (help, share) = (RwSignal::new(false), RwSignal::new(false));
    let has_drawer = Memo::new(move |_| viewport.get() == Viewport::Wide && place.activity.with(Option::is_some));
    let is_phone = Memo::new(move |_| viewport.get() == Viewport::Phone);
    let code = move || place.section.with(|section| section.as_ref().map(|section| section.code.clone()));
    window_title(view);
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "/" {
            event.prevent_default();
            help.set(true);
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <Announcer>
            <a class="skip" href="#content" on:click=skip>
                {t!(i18n, nav_skip_to_content)}
            </a>
            <div class="page" class:with-drawer=has_drawer data-section=code>
                <Bar help share />
                <Notices />
                <Show when=flag(move || !is_phone.get())>
                    <Rail />
                </Show>
                <Content place />
                <Details />
                <Show when=flag(move || is_phone.get())>
                    <BottomBar />
                </Show>
            </div>
            <Help open=help />
            <Share open=share />
        </Announcer>
    }
}

/// The section, or the plan's own page. It starts at its top.
#[component]
fn Content(place: Place) -> impl IntoView {
    let node = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        place.section.track();
        if let Some(main) = node.get_untracked() {
            main.set_scroll_top(0);
        }
    });
    view! {
        <main class="content" id="content" tabindex="-1" node_ref=node>
            <div>
                {dynamic(move || match place.section.get() {
                    Some(section) => view! { <Section section /> }.into_any(),
                    None => view! { <Overview /> }.into_any(),
                })}
            </div>
        </main>
    }
}

/// The router would take the fragment for a new address.
fn skip(event: ev::MouseEvent) {
    use wasm_bindgen::JsCast;

    event.prevent_default();
    let main = document().get_element_by_id("content").and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        let _ = main.focus();
    }
}

/// The tab's name is the plan's.
fn window_title(view: PlanView) {
    Effect::new(move |_| {
        let title = view.title.words.get();
        if !title.trim().is_empty() {
            document().set_title(&title);
        }
    });
}
