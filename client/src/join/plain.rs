//! The frame of the pages before the plan.

use leptos::prelude::*;

use crate::i18n::{label, t, use_i18n};
use crate::ui::{LanguageMenu, dynamic};

/// A bar with the product's name and, but for a page that has its own, the languages; the content below.
#[component]
pub(crate) fn Plain(#[prop(default = true)] with_languages: bool, children: Children) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="plain">
            <header class="plain-bar">
                <a class="mark" href="/" translate="no" aria-label=label!(i18n, app_name)>
                    "hamu"
                    <span>"tuk"</span>
                </a>
            </header>
            <main>
                {children()}
                {with_languages.then(|| view! { <div class="plain-languages"><LanguageMenu class="languages" /></div> })}
            </main>
        </div>
    }
}

/// The page while a plan is being read or fetched.
#[component]
pub(crate) fn Opening(percent: Option<u8>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="plain">
            <header class="plain-bar">
                <a class="mark" href="/" translate="no" aria-label=label!(i18n, app_name)>
                    "hamu"
                    <span>"tuk"</span>
                </a>
            </header>
            <main class="opening">
                <p role="status">
                    {dynamic(move || match percent {
                        Some(percent) => t!(i18n, receipt_catching_up, percent = percent).into_any(),
                        None => t!(i18n, app_loading).into_any(),
                    })}
                </p>
                {percent.map(|percent| view! { <progress class="progress" max="100" value=percent.to_string()></progress> })}
            </main>
        </div>
    }
}
