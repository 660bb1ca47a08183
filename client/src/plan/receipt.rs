//! Where what the person wrote is: in words and in a shape, never in colour alone. A press explains.

use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Receipt, use_session};
use crate::ui::{Glyph, Icon, Popover, Show, dynamic, flag, text, use_popover};
use crate::words::I18n;

/// The receipt.
#[component]
pub(crate) fn ReceiptBadge() -> impl IntoView {
    let i18n = use_i18n();
    let receipt = use_session().receipt();
    let is_alarm = move || matches!(receipt.get(), Receipt::NotSaved);
    let trigger = move || {
        view! {
            <span class="shape" aria-hidden="true"></span>
            <span class="receipt-words">{dynamic(move || say(i18n, receipt.get()))}</span>
        }
    };
    view! {
        <div class="receipt" class:is-alarm=is_alarm role="status" data-state=text(move || receipt.get().state())>
            <Popover class="receipt-button" trigger=trigger>
                <Explanation receipt />
            </Popover>
        </div>
    }
}

#[component]
fn Explanation(receipt: Signal<Receipt>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let popover = use_popover();
    let can_connect = move || matches!(receipt.get(), Receipt::Offline { .. } | Receipt::Local { .. });
    let connect = move |_| {
        popover.close();
        session.reconnect();
    };
    view! {
        <div class="pad">
            <h2>{dynamic(move || say(i18n, receipt.get()))}</h2>
            <p>{dynamic(move || explain(i18n, receipt.get()))}</p>
        </div>
        <div class="menu">
            <Show when=flag(can_connect)>
                <button type="button" on:click=connect>
                    <Icon glyph=Glyph::Restore />
                    {t!(i18n, receipt_reconnect_now)}
                </button>
            </Show>
            <button type="button" on:click=move |_| session.save_copy()>
                <Icon glyph=Glyph::Download />
                {t!(i18n, nav_save_copy)}
            </button>
        </div>
    }
}

/// Where what the person wrote is, in words.
pub(crate) fn say(i18n: I18n, receipt: Receipt) -> String {
    match receipt {
        Receipt::Saving => t_string!(i18n, receipt_saving).to_owned(),
        Receipt::Local { waiting: 0 } => t_string!(i18n, receipt_local).to_owned(),
        Receipt::Local { waiting } => t_string!(i18n, receipt_local_waiting, count = waiting),
        Receipt::Sending { .. } => t_string!(i18n, receipt_sending).to_owned(),
        Receipt::Received => t_string!(i18n, receipt_received).to_owned(),
        Receipt::Offline { waiting: 0 } => t_string!(i18n, receipt_offline).to_owned(),
        Receipt::Offline { waiting } => t_string!(i18n, receipt_offline_waiting, count = waiting),
        Receipt::CatchingUp { percent } => t_string!(i18n, receipt_catching_up, percent = percent),
        Receipt::Denied { count } => t_string!(i18n, receipt_denied, count = count),
        Receipt::NotSaved => t_string!(i18n, receipt_not_saved).to_owned(),
    }
}

fn explain(i18n: I18n, receipt: Receipt) -> &'static str {
    match receipt {
        Receipt::Saving => t_string!(i18n, receipt_explain_saving),
        Receipt::Local { .. } => t_string!(i18n, receipt_explain_local),
        Receipt::Sending { .. } => t_string!(i18n, receipt_explain_sending),
        Receipt::Received => t_string!(i18n, receipt_explain_received),
        Receipt::Offline { .. } => t_string!(i18n, receipt_explain_offline),
        Receipt::CatchingUp { .. } => t_string!(i18n, receipt_explain_catching_up),
        Receipt::Denied { .. } => t_string!(i18n, receipt_explain_denied),
        Receipt::NotSaved => t_string!(i18n, receipt_explain_not_saved),
    }
}
