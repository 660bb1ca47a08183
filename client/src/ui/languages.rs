//! The choice of the language: each calls itself by its own name.

use leptos::prelude::*;

use super::dynamic::text;
use crate::i18n::{I18nLocaleTrait, Locale, label, use_i18n};
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
    let button_class = if class == "menu" { "" } else { "button" };
    let choose = move |locale| {
        language::choose(locale);
        if let Some(on_choice) = on_choice {
            on_choice.run(());
        }
    };
    let button = move |&locale: &Locale| {
        view! {
            <button
                type="button"
                class=button_class
                lang=locale.as_str()
                data-language=locale.as_str()
                aria-pressed=text(move || (i18n.get_locale() == locale).to_string())
                on:click=move |_| choose(locale)
            >
                {language::endonym(locale)}
            </button>
        }
    };
    view! {
        <div class=class role="group" aria-label=label!(i18n, nav_language)>
            {Locale::get_all().iter().map(button).collect_view()}
        </div>
    }
}
