//! How far an activity is: a native list, which every phone knows how to show.

use hamutuk_shared::plan::{ActivityStatus, Choice, Edit, Field, Name};
use leptos::prelude::*;

use super::act;
use super::dispute::Dispute;
use super::presence::Presence;
use crate::i18n::{label, use_i18n};
use crate::session::use_session;
use crate::ui::{dynamic, flag, text};
use crate::view_model::ActivityView;
use crate::words;

/// The status of an activity, to be chosen.
#[component]
pub(crate) fn Status(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let path = Field::of_activity(activity.at, Name::Status).to_string();
    let now = move || activity.status.with(|status| status.value);
    let set = move |status| Edit::status(activity.at, status);
    let change = move |event| {
        if let Some(status) = ActivityStatus::parse(&event_target_value(&event)) {
            act::write(session, set(status));
        }
    };
    view! {
        <Presence path=path.clone()>
            <div class="status">
                <span class="dot" data-status=text(move || now().as_str())></span>
                <select
                    class="select"
                    aria-label=label!(i18n, activity_status)
                    data-path=path
                    disabled=flag(move || !session.may(&set(now())))
                    prop:value=text(move || now().as_str())
                    on:change=change
                >
                    {ActivityStatus::ALL
                        .iter()
                        .map(|&status| {
                            view! {
                                <option value=status.as_str() selected=flag(move || now() == status)>
                                    {dynamic(move || words::status(i18n, status))}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </div>
        </Presence>
        <div class="under">
            <Dispute
                register=activity.status
                say=Callback::new(move |status| words::status(i18n, status).to_owned())
                settle=Callback::new(move |status| act::write(session, set(status)))
            />
        </div>
    }
}

/// The status of an activity, to be read.
#[component]
pub(crate) fn StatusWords(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let now = move || activity.status.with(|status| status.value);
    view! {
        <span class="pair">
            <span class="dot" data-status=text(move || now().as_str())></span>
            {dynamic(move || words::status(i18n, now()))}
        </span>
    }
}
