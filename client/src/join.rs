//! The way into a plan: who somebody is, and what to do when a link does not lead anywhere.

mod form;
mod group;
mod organisation;
mod plain;
mod problem;

use hamutuk_shared::id::PlanId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError, Peek};
use crate::i18n::{t, use_i18n};
use crate::ui::{LanguageMenu, text};
use crate::words;
use form::Form;
pub(crate) use organisation::Organisation;
pub(crate) use plain::{Opening, Plain};
pub(crate) use problem::{ApiProblem, Problem, what};

/// The page of a link that this device has not used yet.
#[component]
pub(crate) fn Join(plan: PlanId, token: String, on_joined: Callback<()>) -> impl IntoView {
    let peek = RwSignal::new(None);
    let token = StoredValue::new(token);
    let ask = move || {
        peek.set(None);
        spawn_local(async move {
            let answer = api::peek(plan, &token.get_value()).await;
            // The person may have gone elsewhere.
            let _ = peek.try_set(Some(answer));
        });
    };
    ask();
    move || match peek.get() {
        None => view! { <Opening percent=None /> }.into_any(),
        Some(Err(error)) => view! { <ApiProblem error on_retry=Callback::new(move |()| ask()) /> }.into_any(),
        Some(Ok(peek)) => view! { <Welcome plan token=token.get_value() peek on_joined /> }.into_any(),
    }
}

#[component]
fn Welcome(plan: PlanId, token: String, peek: Peek, on_joined: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let (title, role) = (peek.title.clone(), peek.role);
    view! {
        <Plain with_languages=false>
            <div class="sheet">
                <div class="stack">
                    <p class="label">{t!(i18n, join_title)}</p>
                    <h1>{title.clone()}</h1>
                    <p class="lead">{t!(i18n, join_intro, title = title)}</p>
                    <p>
                        <span class="chip">
                            {text(move || words::role(i18n, role).to_owned())}
                        </span>
                    </p>
                </div>
                <div class="field">
                    <span class="field-label">{t!(i18n, join_language)}</span>
                    <LanguageMenu class="languages" />
                </div>
                <Form plan token peek on_joined />
            </div>
        </Plain>
    }
}

/// Whether the error says that the name is at fault, and not the link.
fn is_about_name(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { code, .. } if code.starts_with("name_"))
}
