//! Where what the person wrote is: in words and in a shape, never in colour alone. A press explains.

use std::time::Duration;

use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Receipt, use_session};
use crate::ui::{Glyph, Icon, Popover, Show, dynamic, flag, text, use_popover};
use crate::words::I18n;

/// So long what is written has to be safer before the badge says so.
const CALM: Duration = Duration::from_millis(300);

/// The receipt.
#[component]
pub(crate) fn ReceiptBadge() -> impl IntoView {
    let i18n = use_i18n();
    let receipt = use_session().receipt();
    let shown = calm(receipt);
    let is_alarm = move || matches!(shown.get(), Receipt::NotSaved);
    let trigger = move || {
        view! {
            <span class="shape" aria-hidden="true"></span>
            <span class="receipt-words">{dynamic(move || say(i18n, shown.get()))}</span>
        }
    };
    view! {
        <div class="receipt" class:is-alarm=is_alarm role="status" data-state=text(move || shown.get().state())>
            <Popover class="receipt-button" trigger=trigger>
                <Explanation receipt />
            </Popover>
        </div>
    }
}

/// A receipt that follows a worse one at once, and a better one when it has held for a moment: never ahead of the truth, and without a change
/// of words (which a screen reader speaks) for each of the changes that are gathered while somebody types.
fn calm(receipt: Signal<Receipt>) -> Signal<Receipt> {
    let shown = RwSignal::new(receipt.get_untracked());
    let turn = StoredValue::new(0_u32);
    Effect::new(move || {
        let now = receipt.get();
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        if !now.is_safer_than(shown.get_untracked()) {
            shown.set(now);
            return;
        }
        let of_now = turn.get_value();
        let follow = move || {
            // The page may be gone by now.
            if turn.try_get_value() == Some(of_now) {
                shown.set(now);
            }
        };
        set_timeout(follow, CALM);
    });
    shown.into()
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

#[cfg(test)]
mod tests {
    use js_sys::Promise;
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    async fn pause(time: Duration) {
        let over = Promise::new(&mut |done, _| set_timeout(move || drop(done.call0(&JsValue::NULL)), time));
        JsFuture::from(over).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn the_badge_is_never_ahead_of_the_truth_and_does_not_flicker() {
        crate::test_page::begin();
        let owner = Owner::new();
        let receipt = RwSignal::new(Receipt::Received);
        let shown = owner.with(|| calm(receipt.into()));
        let soon = async |now| {
            receipt.set(now);
            pause(Duration::from_millis(20)).await;
            shown.get_untracked()
        };
        // A worse state is said at once; those between the keys of somebody who types are not.
        assert_eq!(soon(Receipt::Saving).await, Receipt::Saving);
        assert_eq!(soon(Receipt::Sending { waiting: 1 }).await, Receipt::Saving);
        assert_eq!(soon(Receipt::Received).await, Receipt::Saving);
        assert_eq!(soon(Receipt::Saving).await, Receipt::Saving);
        pause(2 * CALM).await;
        assert_eq!(shown.get_untracked(), Receipt::Saving);
        // What holds is said, and what is as safe as what is shown is said at once.
        receipt.set(Receipt::Sending { waiting: 1 });
        pause(2 * CALM).await;
        assert_eq!(shown.get_untracked(), Receipt::Sending { waiting: 1 });
        assert_eq!(soon(Receipt::Offline { waiting: 1 }).await, Receipt::Offline { waiting: 1 });
        assert_eq!(soon(Receipt::NotSaved).await, Receipt::NotSaved);
    }
}
