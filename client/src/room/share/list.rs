//! The links of a plan, and a new one.

use hamutuk_shared::access::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Links;
use super::form::LinkForm;
use super::link::LinkItem;
use super::made::Made;
use super::said::fault;
use super::wire::{self, NewLink, Wanted};
use crate::i18n::{t, use_i18n};
use crate::ui::{Glyph, Icon, dynamic, flag, list};

/// How far a new link is.
#[derive(Debug, Clone, PartialEq)]
enum New {
    None,
    Form,
    Made(NewLink),
}

/// The list, below a new link.
#[component]
pub(super) fn LinkList(links: Links) -> impl IntoView {
    let i18n = use_i18n();
    let ids = move || links.all.with(|all| all.iter().flatten().map(|link| link.id.clone()).collect::<Vec<_>>());
    let is_coming = move || links.all.with(Option::is_none) && links.trouble.with(Option::is_none);
    let trouble = move || {
        links.trouble.get().map(|error| {
            view! {
                <p class="problem" role="alert">
                    <Icon glyph=Glyph::Warning />
                    <span>{dynamic(move || fault(i18n, &error))}</span>
                    <button type="button" class="button" on:click=move |_| links.ask()>
                        {t!(i18n, retry)}
                    </button>
                </p>
            }
        })
    };
    view! {
        <NewLinkForm links />
        <h3 id="links-list" tabindex="-1">
            {t!(i18n, share_links)}
        </h3>
        {dynamic(move || is_coming().then(|| view! { <p class="note" role="status">{t!(i18n, loading)}</p> }))}
        {dynamic(trouble)}
        // What is typed in one stays while others are told anew.
        <ul class="link-list">{list(ids, Clone::clone, move |id| view! { <LinkItem id links /> })}</ul>
    }
}

/// Where the focus goes when what had it is gone.
pub(super) fn focus_list() {
    request_animation_frame(|| {
        if let Some(heading) = document().get_element_by_id("links-list").and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    });
}

#[component]
fn NewLinkForm(links: Links) -> impl IntoView {
    let i18n = use_i18n();
    let new = RwSignal::new(New::None);
    let (refused, is_working) = (RwSignal::new(None), RwSignal::new(false));
    let leave = Callback::new(move |()| {
        new.set(New::None);
        refused.set(None);
        focus_list();
    });
    let make = Callback::new(move |wanted: Wanted| {
        is_working.set(true);
        spawn_local(async move {
            let made = wire::make(links.speaker, &wanted).await;
            // The dialog may be closed by now.
            let _ = is_working.try_set(false);
            match made {
                Ok(made) => drop(new.try_set(New::Made(made))),
                Err(error) => drop(refused.try_set(Some(error))),
            }
            links.ask();
        });
    });
    let start = Wanted { label: String::new(), role: Role::Editor, sections: None, expires_ms: None, people_max: None };
    dynamic(move || match new.get() {
        New::None => view! {
            <div>
                <button type="button" class="button main" data-action="new-link" on:click=move |_| new.set(New::Form)>
                    <Icon glyph=Glyph::Plus />
                    {t!(i18n, share_make)}
                </button>
            </div>
        }
        .into_any(),
        New::Form => {
            let start = start.clone();
            view! {
                <LinkForm
                    start
                    refused
                    is_working=flag(move || is_working.get())
                    on_done=make
                    on_cancel=leave
                    submit=move || t!(i18n, share_make)
                />
            }
            .into_any()
        }
        New::Made(made) => view! { <Made made on_done=leave /> }.into_any(),
    })
}
