//! Share: the facilitator makes a link for writing and hands it on.

use hamutuk_shared::access::Role;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::place::use_place;
use crate::api;
use crate::i18n::{label, t, use_i18n};
use crate::ui::{CopyButton, Dialog, Glyph, Icon, dynamic, unique};

/// How far the link is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Link {
    None,
    Working,
    Failed,
    Made(String),
}

/// The dialog.
#[component]
pub(crate) fn Share(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let link = RwSignal::new(Link::None);
    let close = Callback::new(move |()| {
        open.set(false);
        link.set(Link::None);
    });
    view! {
        <Dialog open=open on_close=close title=move || t!(i18n, share_title)>
            <p>{t!(i18n, share_hint)}</p>
            {dynamic(move || match link.get() {
                Link::Made(url) => view! { <Made url /> }.into_any(),
                now => view! { <Make now link /> }.into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Make(now: Link, link: RwSignal<Link>) -> impl IntoView {
    let i18n = use_i18n();
    let plan = use_place().plan();
    let label = NodeRef::<html::Input>::new();
    let id = unique("label");
    let is_working = now == Link::Working;
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let label = label.get_untracked().map(|input| input.value()).unwrap_or_default();
        link.set(Link::Working);
        spawn_local(async move {
            let made = api::new_link(plan, Role::Editor, label.trim()).await;
            // The dialog may be closed by now.
            let _ = link.try_set(made.map_or(Link::Failed, |made| Link::Made(made.url)));
        });
    };
    view! {
        <form class="dialog-form" on:submit=make>
            <div class="field">
                <label for=id.clone()>{t!(i18n, share_label)}</label>
                <input id=id class="input" node_ref=label autocomplete="off" maxlength=hamutuk_shared::limits::NAME_CHARS_MAX.to_string() />
                <p class="note">{t!(i18n, share_label_hint)}</p>
            </div>
            {(now == Link::Failed)
                .then(|| {
                    view! {
                        <p class="problem" role="alert">
                            <Icon glyph=Glyph::Warning />
                            {t!(i18n, share_failed)}
                        </p>
                    }
                })}
            <button type="submit" class="button main" disabled=is_working>
                {t!(i18n, share_make)}
            </button>
        </form>
    }
}

#[component]
fn Made(url: String) -> impl IntoView {
    let i18n = use_i18n();
    let input = NodeRef::<html::Input>::new();
    let select = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
            input.select();
        }
    };
    view! {
        <div class="field">
            <span class="field-label">{t!(i18n, share_editor_link)}</span>
            <div class="share-link">
                <input class="input" node_ref=input readonly prop:value=url.clone() aria-label=label!(i18n, share_editor_link) on:focus=move |_| select() />
                <CopyButton words=Signal::stored(url) label=move || t!(i18n, share_copy) fallback=Callback::new(move |()| select()) />
            </div>
        </div>
    }
}
