//! A link that was just made: its address, once, to be copied or photographed.

use leptos::html;
use leptos::prelude::*;

use super::wire::{Code, NewLink};
use crate::i18n::{label, t, use_i18n};
use crate::ui::{CopyButton, Glyph, Icon};

/// It.
#[component]
pub(super) fn Made(made: NewLink, on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let NewLink { url, code } = made;
    let input = NodeRef::<html::Input>::new();
    let select = move || {
        if let Some(input) = input.get_untracked() {
            let _ = input.focus();
            input.select();
        }
    };
    // Where the person is now.
    input.on_load(move |_| request_animation_frame(select));
    view! {
        <div class="link-made" data-made="">
            <p class="notice-box" role="status">
                <Icon glyph=Glyph::Info />
                <span>{t!(i18n, share_only_now)}</span>
            </p>
            <div class="field">
                <span class="field-label">{t!(i18n, share_address)}</span>
                <div class="share-link">
                    <input class="input" node_ref=input readonly prop:value=url.clone() aria-label=label!(i18n, share_address) on:focus=move |_| select() />
                    <CopyButton words=Signal::stored(url) label=move || t!(i18n, share_copy) fallback=Callback::new(move |()| select()) />
                </div>
            </div>
            <QrCode code />
            <button type="button" class="button" on:click=move |_| on_done.run(())>
                {t!(i18n, share_done)}
            </button>
        </div>
    }
}

/// The address as a QR code, for the camera of a phone. It is black on white whatever the screen's colours are: cameras want that.
#[component]
pub(super) fn QrCode(code: Code) -> impl IntoView {
    let i18n = use_i18n();
    let Code { size, path } = code;
    view! {
        <svg class="qr" viewBox=format!("0 0 {size} {size}") role="img" aria-label=label!(i18n, share_qr) shape-rendering="crispEdges">
            <rect width=size.to_string() height=size.to_string() fill="#fff" />
            <path d=path fill="#000" />
        </svg>
    }
}
