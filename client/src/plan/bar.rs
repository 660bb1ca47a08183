//! The bar at the top: where one is, where one's work is, who is here, and the few things that concern the whole plan.

use leptos::prelude::*;

use super::people::People;
use super::place::use_place;
use super::receipt::ReceiptBadge;
use super::undo::{UndoButtons, UndoItems};
use super::view::ViewTabs;
use crate::i18n::{label, t, t_string, use_i18n};

use crate::session::use_session;
use crate::ui::{Glyph, Icon, LanguageMenu, Popover, Viewport, dynamic, use_popover, use_viewport};
use crate::view_model::PlanView;
use crate::words;

/// The bar.
#[component]
pub(crate) fn Bar(help: RwSignal<bool>, share: RwSignal<bool>) -> impl IntoView {
    let viewport = use_viewport();
    let is_phone = Memo::new(move |_| viewport.get() == Viewport::Phone);
    move || {
        if is_phone.get() { view! { <PhoneBar help share /> }.into_any() } else { view! { <WideBar help share /> }.into_any() }
    }
}

/// The name of the product, in its two halves.
#[component]
pub(crate) fn Mark() -> impl IntoView {
    view! {
        <a class="mark" href="/" translate="no" aria-label="Hamutuk">
            "hamu"
            <span>"tuk"</span>
        </a>
    }
}

#[component]
fn WideBar(help: RwSignal<bool>, share: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    view! {
        <header class="topbar">
            <Mark />
            <div class="topbar-title">
                <strong>{dynamic(move || title(view, i18n))}</strong>
                <span class="note">{dynamic(move || mine(view, i18n))}</span>
            </div>
            <UndoButtons />
            <ReceiptBadge />
            <People />
            <button type="button" class="button main" on:click=move |_| share.set(true)>
                {t!(i18n, share_button)}
            </button>
            <Popover
                class="icon-button"
                label=label!(i18n, nav_language)
                trigger=|| view! { <Icon glyph=Glyph::Globe /> }
            >
                <LanguageChoice />
            </Popover>
            <button type="button" class="icon-button" aria-label=label!(i18n, nav_help) on:click=move |_| help.set(true)>
                <Icon glyph=Glyph::Help />
            </button>
        </header>
    }
}

#[component]
fn PhoneBar(help: RwSignal<bool>, share: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let heading = move || {
        let here = place.section.get();
        here.map_or_else(|| title(view, i18n), |section| section.name.get(words::language(i18n)).to_owned())
    };
    let code = move || {
        place.section.get().map(|section| view! { <span class="code" data-section=section.code.clone()>{section.code.clone()}</span> })
    };
    view! {
        <header class="topbar">
            <span>{code}</span>
            <div class="topbar-title">
                <strong aria-hidden="true">{heading}</strong>
            </div>
            <People />
            <Popover
                class="icon-button"
                label=label!(i18n, nav_more)
                trigger=|| view! { <Icon glyph=Glyph::Dots /> }
            >
                <More help share />
            </Popover>
            <ReceiptBadge />
        </header>
    }
}

/// What does not fit on a phone's bar.
#[component]
fn More(help: RwSignal<bool>, share: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let popover = use_popover();
    let open = move |dialog: RwSignal<bool>| {
        popover.close();
        dialog.set(true);
    };
    view! {
        <ViewTabs class="menu" />
        <hr />
        <div class="menu">
            <UndoItems on_done=Callback::new(move |()| popover.close()) />
            <button type="button" on:click=move |_| open(share)>
                <Icon glyph=Glyph::Share />
                {t!(i18n, share_title)}
            </button>
            <button type="button" on:click=move |_| open(help)>
                <Icon glyph=Glyph::Help />
                {t!(i18n, nav_help)}
            </button>
            <button type="button" on:click=move |_| session.save_copy()>
                <Icon glyph=Glyph::Download />
                {t!(i18n, nav_save_copy)}
            </button>
            <a href="/">
                <Icon glyph=Glyph::Page />
                {t!(i18n, home_plans)}
            </a>
            <hr />
        </div>
        <LanguageChoice />
    }
}

#[component]
fn LanguageChoice() -> impl IntoView {
    let i18n = use_i18n();
    let popover = use_popover();
    view! {
        <h2 class="label">{t!(i18n, nav_language)}</h2>
        <LanguageMenu class="menu" on_choice=Callback::new(move |()| popover.close()) />
    }
}

fn title(view: PlanView, i18n: words::I18n) -> String {
    let title = view.title.words.get();
    if title.trim().is_empty() { t_string!(i18n, plan_untitled).to_owned() } else { title }
}

/// Who the person is here, and for whom.
fn mine(view: PlanView, i18n: words::I18n) -> String {
    let me = use_session().me();
    let Some(person) = view.person(me) else { return t_string!(i18n, presence_you).to_owned() };
    match person.organisation.and_then(|id| view.organisation_label(id)) {
        Some(organisation) => t_string!(i18n, presence_here, name = person.name, organisation = organisation),
        None => person.name,
    }
}
