//! A list that is narrowed by typing: the part that whatever is picked by its name shares.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::dynamic;
use super::dynamic::{flag, text};
use crate::ui::unique;
use hamutuk_shared::derive::fold::fold;

/// Something to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item<K> {
    /// What it stands for.
    pub(crate) key: K,
    /// What it is called.
    pub(crate) label: String,
    /// More about it; may be empty.
    pub(crate) detail: String,
    /// Whether it stays in the list whatever is typed.
    pub(crate) is_always: bool,
}

impl<K> Item<K> {
    /// Whether it stays in the list when `query`, folded, was typed.
    pub(crate) fn fits(&self, query: &str) -> bool {
        self.is_always || fold(&self.label).contains(query) || fold(&self.detail).contains(query)
    }
}

/// The items among which to pick, and which item Enter would pick.
pub(crate) struct Picker<K: Send + Sync + 'static> {
    /// What fits what is typed.
    pub(crate) shown: Memo<Vec<Item<K>>>,
    /// The place of the marked one in `shown`; none until an arrow key or typing marks one.
    pub(crate) marked: RwSignal<Option<usize>>,
    /// The `id` of the list.
    pub(crate) list: StoredValue<String>,
}

impl<K: Send + Sync + 'static> Clone for Picker<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Send + Sync + 'static> Copy for Picker<K> {}

impl<K: Clone + PartialEq + Send + Sync + 'static> Picker<K> {
    /// A picker among `items`; `extra` gives one more for what is typed, such as "add it".
    pub(crate) fn new(
        query: RwSignal<String>,
        items: Signal<Vec<Item<K>>>,
        extra: impl Fn(&str) -> Option<Item<K>> + Send + Sync + 'static,
    ) -> Self {
        let shown = Memo::new(move |_| {
            let typed = query.get();
            let folded = fold(typed.trim());
            let mut shown: Vec<_> = items.with(|all| all.iter().filter(|item| item.fits(&folded)).cloned().collect());
            shown.extend(extra(typed.trim()));
            shown
        });
        Self { shown, marked: RwSignal::new(None), list: StoredValue::new(unique("list")) }
    }

    /// The `id` of the option at `index`.
    pub(crate) fn option_id(self, index: usize) -> String {
        self.list.with_value(|list| format!("{list}-{index}"))
    }

    /// The `id` of the marked option, for `aria-activedescendant`. Reactive.
    pub(crate) fn marked_id(self) -> Option<String> {
        self.marked.get().map(|index| self.option_id(index))
    }

    /// Handles a key in the input: the arrows mark, Enter picks. What it picked, if it did.
    pub(crate) fn key(self, event: &ev::KeyboardEvent) -> Option<K> {
        // Enter ends a composition, not the choice.
        if event.is_composing() {
            return None;
        }
        let count = self.shown.with_untracked(Vec::len);
        let marked = self.marked.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.mark(marked.map_or(0, |index| (index + 1) % count)),
            "ArrowUp" if count > 0 => self.mark(marked.map_or(count - 1, |index| (index + count - 1) % count)),
            "Enter" => {
                let picked = marked.and_then(|index| self.shown.with_untracked(|all| all.get(index).map(|item| item.key.clone())))?;
                event.prevent_default();
                return Some(picked);
            }
            _ => return None,
        }
        event.prevent_default();
        None
    }

    fn mark(self, index: usize) {
        self.marked.set(Some(index));
        let option = document().get_element_by_id(&self.option_id(index)).and_then(|option| option.dyn_into::<HtmlElement>().ok());
        if let (Some(option), Some(list)) = (option, self.list.with_value(|id| document().get_element_by_id(id))) {
            let (top, bottom) = (option.offset_top(), option.offset_top() + option.offset_height());
            if top < list.scroll_top() {
                list.set_scroll_top(top);
            } else if bottom > list.scroll_top() + list.client_height() {
                list.set_scroll_top(bottom - list.client_height());
            }
        }
    }
}

/// The list of a picker.
#[component]
pub(crate) fn Options<K: Clone + PartialEq + Send + Sync + 'static>(
    picker: Picker<K>,
    /// What the list is.
    #[prop(into)]
    label: Signal<String>,
    /// Whether this one is what is chosen now.
    is_current: Callback<K, bool>,
    /// Pick it.
    on_pick: Callback<K>,
) -> impl IntoView {
    let option = move |(index, item): (usize, Item<K>)| {
        let (key, picked) = (item.key.clone(), item.key.clone());
        view! {
            <div
                role="option"
                class="option"
                id=picker.option_id(index)
                class:is-current=flag(move || is_current.run(key.clone()))
                class:adds={item.is_always && index > 0}
                aria-selected=text(move || (picker.marked.get() == Some(index)).to_string())
                // The focus stays in the input, and the list does not close before the press has arrived.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| on_pick.run(picked.clone())
            >
                <span>{item.label.clone()}</span>
                <span class="note">{item.detail.clone()}</span>
            </div>
        }
    };
    view! {
        <div class="listbox" role="listbox" id=picker.list.get_value() aria-label=label>
            {dynamic(move || picker.shown.get().into_iter().enumerate().map(option).collect_view())}
        </div>
    }
}
