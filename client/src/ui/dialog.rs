//! A dialog over the page: the browser keeps the focus in it, and Esc or a press beside it closes it.

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{Show, flag};
use crate::i18n::{label, use_i18n};
use crate::ui::{Glyph, Icon, unique};

/// A modal dialog, open while `open` says so. Its content exists only then.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// The person wants it closed.
    on_close: Callback<()>,
    /// What stands at its top.
    #[prop(into)]
    title: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(unique("dialog"));
    let children = StoredValue::new(children);
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            // This fails only for a dialog that is not in the page.
            (true, false) => drop(dialog.show_modal()),
            (false, true) => dialog.close(),
            _ => (),
        }
    });
    // The content fills the dialog, so that a press on the element itself is one on its backdrop.
    let press = move |event: leptos::ev::MouseEvent| {
        if node.get_untracked().is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref())) {
            on_close.run(());
        }
    };
    view! {
        <dialog node_ref=node aria-labelledby=heading.get_value() on:close=move |_| on_close.run(()) on:click=press>
            <Show when=flag(move || open.get())>
                <div class="dialog-head">
                    <h2 id=heading.get_value()>{title.run()}</h2>
                    <button type="button" class="icon-button" aria-label=label!(i18n, close) on:click=move |_| on_close.run(())>
                        <Icon glyph=Glyph::Cross />
                    </button>
                </div>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
}
