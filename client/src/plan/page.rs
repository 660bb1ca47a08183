//! The frame of the plan's page.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::archive::ShowArchive;
use super::bar::Bar;
use super::details::Details;
use super::overview::Overview;
use super::place::Place;
use super::rail::{BottomBar, Rail};
use super::section::Section;
use super::view::{View, ViewTabs};
use super::{receipt, undo};
use crate::i18n::{t, use_i18n};
use crate::later::{beside, fetch_beside, later_or_nothing};
use crate::session::use_session;
use crate::ui::{Announcer, Show, Viewport, dynamic, flag, toast, use_viewport};
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
    fetch_beside();
    let owner = Owner::current().expect("a component has an owner");
    let keys = window_event_listener(ev::keydown, move |event| {
        let is_mod = event.ctrl_key() || event.meta_key();
        let act = match (event.key().to_lowercase().as_str(), is_mod, event.shift_key()) {
            ("/", true, _) => PageKey::Help,
            ("s", true, false) => PageKey::Save,
            ("z", true, again) if !has_own_undo(&event) => PageKey::Undo { again },
            ("y", true, false) if !has_own_undo(&event) => PageKey::Undo { again: true },
            _ => return,
        };
        event.prevent_default();
        owner.with(|| match act {
            PageKey::Help => help.set(true),
            // Everything is saved as it is written: the answer is where it is.
            PageKey::Save => {
                session.commit();
                toast(receipt::say(i18n, session.receipt().get_untracked()));
            }
            PageKey::Undo { again } => undo::take(session, i18n, again),
        });
    });
    on_cleanup(move || keys.remove());
    view! {
        <Announcer>
            <a class="skip" href="#content" on:click=skip>
                {t!(i18n, nav_skip_to_content)}
            </a>
            <div class="page" class:with-drawer=has_drawer data-section=code>
                <Bar help share />
                <div class="above">
                    {later_or_nothing(|parts| (parts.room)())}
                    {later_or_nothing(|parts| (parts.notices)())}
                </div>
                <Show when=flag(move || !is_phone.get())>
                    <ViewTabs class="tabs" />
                    <Rail />
                </Show>
                <Content place />
                <Details />
                <Show when=flag(move || is_phone.get())>
                    <BottomBar />
                </Show>
            </div>
            {later_or_nothing(move |parts| (parts.help)(help))}
            <Show when=flag(move || share.get())>{beside(move |parts| (parts.share)(share))}</Show>
            {later_or_nothing(|parts| (parts.talk_panel)())}
        </Announcer>
    }
}

/// What a key does wherever the focus is.
enum PageKey {
    Help,
    Save,
    Undo { again: bool },
}

/// Whether the focus is where the browser's own undo is meant: in an input that is not a text of the plan.
fn has_own_undo(event: &ev::KeyboardEvent) -> bool {
    use wasm_bindgen::JsCast;

    event.target().is_some_and(|target| target.dyn_into::<web_sys::HtmlInputElement>().is_ok())
}

/// The section, or the plan's own page. It starts at its top.
#[component]
fn Content(place: Place) -> impl IntoView {
    // Months are everywhere: when others are meant, all is made anew.
    let period = expect_context::<PlanView>().period;
    let node = NodeRef::<html::Main>::new();
    Effect::new(move |_| {
        place.section.track();
        place.view.track();
        if let Some(main) = node.get_untracked() {
            main.set_scroll_top(0);
        }
    });
    // What the person did last: see `layout.css`.
    let is_scrolled = RwSignal::new(false);
    let did = move |scrolled| {
        if is_scrolled.get_untracked() != scrolled {
            is_scrolled.set(scrolled);
        }
    };
    view! {
        <main
            class="content"
            class:is-scrolled=flag(move || is_scrolled.get())
            id="content"
            tabindex="-1"
            node_ref=node
            on:scroll=move |_| did(true)
            on:input=move |_| did(false)
        >
            <div>
                {dynamic(move || {
                    period.track();
                    match (place.view.get(), place.section.get()) {
                    (View::Plan, Some(section)) => view! { <Section section /> }.into_any(),
                    (View::Plan, None) => view! { <Overview /> }.into_any(),
                    (view, _) => beside(move |parts| (parts.view)(view)),
                    }
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
