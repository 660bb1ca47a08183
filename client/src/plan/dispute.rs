//! Several people chose differently at the same time: every value is kept, and shown until somebody settles it.

use hamutuk_shared::plan::{Register, Rival};
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::ui::{Glyph, Icon, Popover, Show, dynamic, flag, use_popover};
use crate::view_model::PlanView;
use crate::words;

/// A chip with the number of rival values, which opens the choice between them; nothing while there is one value.
#[component]
pub(crate) fn Dispute<T: Clone + PartialEq + Send + Sync + 'static>(
    register: RwSignal<Register<T>>,
    /// What a value is called.
    say: Callback<T, String>,
    /// Settle it with this value.
    settle: Callback<T>,
) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| register.with(|register| register.rivals.len()));
    let trigger = move || view! { <Icon glyph=Glyph::Warning /> {t!(i18n, conflict_values, count = move || count.get())} };
    view! {
        <Show when=flag(move || count.get() > 0)>
            <Popover class="chip warn" trigger=trigger>
                <div class="pad">
                    <p class="note">{t!(i18n, conflict_explain)}</p>
                </div>
                <div class="menu">
                    {dynamic(move || {
                        let rivals = register.with(|register| register.rivals.clone());
                        rivals.into_iter().map(|rival| view! { <RivalButton rival say settle /> }).collect_view()
                    })}
                </div>
            </Popover>
        </Show>
    }
}

#[component]
fn RivalButton<T: Clone + Send + Sync + 'static>(rival: Rival<T>, say: Callback<T, String>, settle: Callback<T>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let popover = use_popover();
    let (value, shown) = (rival.value.clone(), rival.value);
    let who = move || words::author(view, rival.author).map(|name| t!(i18n, conflict_chosen_by, name = name));
    let press = move |_| {
        popover.close();
        settle.run(value.clone());
    };
    view! {
        <button type="button" on:click=press>
            <span class="two">
                <span>{dynamic(move || say.run(shown.clone()))}</span>
                <span class="note">{who}</span>
            </span>
        </button>
    }
}
