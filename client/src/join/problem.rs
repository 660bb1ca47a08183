//! The page when something stands in the way: what it is, and what to do.

use leptos::prelude::*;

use super::Plain;
use crate::api::ApiError;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{Glyph, Icon};

/// A problem, what to do about it, and perhaps a button that does it.
#[component]
pub(crate) fn Problem(
    /// A word for it that does not depend on the language.
    #[prop(into)]
    name: String,
    /// What stands in the way.
    #[prop(into)]
    what: ViewFn,
    /// What to do.
    #[prop(into)]
    and_then: ViewFn,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Plain>
            <div class="sheet">
                <p class="label">{t!(i18n, error_title)}</p>
                <div class="problem" role="alert" data-problem=name>
                    <Icon glyph=Glyph::Warning />
                    <div>
                        <h1>{what.run()}</h1>
                        <p>{and_then.run()}</p>
                    </div>
                </div>
                <div class="buttons">
                    {children.map(|children| children())} <a class="button" href="/">
                        {t!(i18n, home_plans)}
                    </a>
                </div>
            </div>
        </Plain>
    }
}

/// The problem behind a failed request.
#[component]
pub(crate) fn ApiProblem(error: ApiError, on_retry: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let code = match &error {
        ApiError::Refused { code, .. } => code.clone(),
        ApiError::Network => "network".to_owned(),
        ApiError::Unreadable => "version".to_owned(),
    };
    let retry_may_help = !matches!(code.as_str(), "link_wrong" | "link_revoked" | "link_expired" | "link_full" | "plan_not_found");
    let name = if code == "network" { "no-network".to_owned() } else { code.replace('_', "-") };
    let what = {
        let code = code.clone();
        move || what(i18n, &code)
    };
    let and_then = move || and_then(i18n, &code);
    view! {
        <Problem name=name what=what and_then=and_then>
            {retry_may_help
                .then(|| {
                    view! {
                        <button type="button" class="button main" on:click=move |_| on_retry.run(())>
                            {t!(i18n, retry)}
                        </button>
                    }
                })}
        </Problem>
    }
}

/// What a request's failure means.
pub(crate) fn what(i18n: crate::words::I18n, code: &str) -> &'static str {
    match code {
        "link_wrong" => t_string!(i18n, error_link_wrong),
        "link_revoked" => t_string!(i18n, error_link_revoked),
        "link_expired" => t_string!(i18n, error_link_expired),
        "link_full" => t_string!(i18n, error_link_full),
        "plan_not_found" => t_string!(i18n, error_plan_not_found),
        "network" => t_string!(i18n, error_no_network_first),
        "version" => t_string!(i18n, error_server_newer),
        "too_often" => t_string!(i18n, error_too_often),
        "trouble" => t_string!(i18n, error_server_busy),
        _ => t_string!(i18n, error_unknown),
    }
}

fn and_then(i18n: crate::words::I18n, code: &str) -> &'static str {
    match code {
        "link_wrong" => t_string!(i18n, error_link_wrong_do),
        "link_revoked" | "link_expired" => t_string!(i18n, error_link_revoked_do),
        "link_full" => t_string!(i18n, error_link_full_do),
        "plan_not_found" => t_string!(i18n, error_plan_not_found_do),
        "version" => t_string!(i18n, error_server_newer_do),
        "too_often" => t_string!(i18n, error_too_often_do),
        _ => "",
    }
}
