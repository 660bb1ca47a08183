//! What every chosen field has around it: who else is there, and what was chosen at the same time.

use hamutuk_shared::plan::Field;
use leptos::prelude::*;

use super::dispute::Dispute;
use crate::session::use_session;
use crate::ui::{dynamic, flag};

/// A frame around a chosen field, which shows who else is there, and below it a dispute about its value. That this person is there,
/// the session notices by itself.
#[component]
pub(crate) fn Frame(field: Field, children: Children) -> impl IntoView {
    let here = use_session().here_at(&field.to_string());
    let first = move || here.with(|here| here.first().cloned());
    view! {
        <div
            class="presence"
            class:is-shared=flag(move || here.with(|here| !here.is_empty()))
            data-who=Signal::derive(move || first().map(|here| here.colour.to_string()))
        >
            {children()}
            {dynamic(move || first().map(|here| view! { <span class="who-tag">{here.label()}</span> }))}
        </div>
        <div class="under">
            <Dispute field />
        </div>
    }
}
