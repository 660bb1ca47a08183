//! The choice of the language: each calls itself by its own name.

use hamutuk_shared::plan::{Choice, Language};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::text;
use super::{Show, flag};
use crate::i18n::{label, t, use_i18n};
use crate::language;

/// A button for each language.
#[component]
pub(crate) fn LanguageMenu(
    /// The classes of the group.
    #[prop(into)]
    class: String,
    /// One was chosen.
    #[prop(optional, into)]
    on_choice: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let has_failed = RwSignal::new(false);
    let button_class = if class == "menu" { "" } else { "button" };
    let choose = move |language| {
        spawn_local(async move {
            let is_chosen = language::choose(i18n, language).await;
            // The menu may be closed by now.
            let _ = has_failed.try_set(!is_chosen);
        });
        if let Some(on_choice) = on_choice {
            on_choice.run(());
        }
    };
    let button = move |&language: &Language| {
        view! {
            <button
                type="button"
                class=button_class
                lang=language.as_str()
                data-language=language.as_str()
                aria-pressed=text(move || (i18n.language() == language).to_string())
                on:click=move |_| choose(language)
            >
                {language::endonym(language)}
            </button>
        }
    };
    view! {
        <div class=class role="group" aria-label=label!(i18n, nav_language)>
            {Language::ALL.iter().map(button).collect_view()}
        </div>
        <Show when=flag(move || has_failed.get())>
            <p class="problem" role="alert">
                {t!(i18n, language_not_here)}
            </p>
        </Show>
    }
}
