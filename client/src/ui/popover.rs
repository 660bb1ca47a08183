//! A button with a panel that opens beside it: a menu, a list, an explanation. On a phone the panel is a sheet at the bottom.
//!
//! The browser's popover closes it on Esc and on a press elsewhere, and gives the focus back. Where it stands is ours.

use leptos::context::Provider;
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::dynamic::{Show, flag, text};
use crate::ui::unique;

/// Between the panel and its button, and between the panel and the edge of the window, in pixels.
const GAP: f64 = 4.0;

/// The popover around some content.
#[derive(Clone, Copy)]
pub(crate) struct PopoverHandle(NodeRef<html::Div>);

impl PopoverHandle {
    /// Closes it. The focus goes back to its button.
    pub(crate) fn close(self) {
        if let Some(panel) = self.0.get_untracked() {
            // It fails when the panel is closed already.
            let _ = panel.hide_popover();
        }
    }
}

/// The popover that this content is in.
pub(crate) fn use_popover() -> PopoverHandle {
    expect_context()
}

/// A button (`trigger` is what stands on it) and its panel. The panel's content exists while it is open; the first element in it that
/// says `data-autofocus`, or else the first that can have it, gets the focus.
#[component]
pub(crate) fn Popover(
    /// The classes of the button.
    #[prop(into)]
    class: String,
    /// The name of the button, where what stands on it is no word.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The path of the value in the document, where the button shows one.
    #[prop(optional, into)]
    path: Option<String>,
    /// What the button does, in one word that does not depend on the language.
    #[prop(optional)]
    action: Option<&'static str>,
    /// Whether it cannot be pressed.
    #[prop(optional, into)]
    disabled: MaybeProp<bool>,
    /// What stands on the button.
    #[prop(into)]
    trigger: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let id = unique("popover");
    let (button, panel) = (NodeRef::<html::Button>::new(), NodeRef::<html::Div>::new());
    let is_open = RwSignal::new(false);
    let children = StoredValue::new(children);

    // `beforetoggle` comes before the panel shows, so its content is there when `toggle` measures it.
    let before = move |event: ev::Event| is_open.set(new_state(&event));
    let toggled = move |event: ev::Event| {
        let (Some(button), Some(panel)) = (button.get_untracked(), panel.get_untracked()) else { return };
        if new_state(&event) {
            place(&button, &panel);
            focus_into(&panel);
        } else {
            // Fails never: the name is valid.
            let _ = panel.remove_attribute("data-placed");
        }
    };
    view! {
        <button
            type="button"
            node_ref=button
            class=class
            popovertarget=id.clone()
            aria-label=move || label.get()
            aria-expanded=text(move || is_open.get().to_string())
            data-path=path
            data-action=action
            disabled=flag(move || disabled.get().unwrap_or_default())
        >
            {trigger.run()}
        </button>
        <div class="popover" id=id popover="auto" node_ref=panel on:beforetoggle=before on:toggle=toggled on:keydown=move |event| arrows(&event)>
            <Show when=flag(move || is_open.get())>
                // A component has no context of its own, so that popovers beside each other would share one.
                <Provider value=PopoverHandle(panel)>{children.with_value(|children| children())}</Provider>
            </Show>
        </div>
    }
}

fn new_state(event: &ev::Event) -> bool {
    js_sys::Reflect::get(event, &"newState".into()).is_ok_and(|state| state == "open")
}

/// Below the button, or above it where there is more room; always inside the window.
fn place(button: &Element, panel: &HtmlElement) {
    let (at, size) = (button.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let (width, height) = (inner(window().inner_width()), inner(window().inner_height()));
    let is_below = at.bottom() + GAP + size.height() <= height || at.top() < height - at.bottom();
    let y = if is_below { at.bottom() + GAP } else { at.top() - GAP - size.height() };
    // A button in the right half has its panel end where it ends.
    let x = if at.left() + size.width() > width - GAP { at.right() - size.width() } else { at.left() };
    let style = panel.style();
    for (name, value, room) in [("--x", x, width - size.width()), ("--y", y, height - size.height())] {
        let inside = value.min(room - GAP).max(GAP);
        // Fails never: custom properties take anything.
        let _ = style.set_property(name, &format!("{inside}px"));
    }
    let _ = panel.set_attribute("data-placed", "");
}

fn inner(length: Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>) -> f64 {
    length.ok().and_then(|length| length.as_f64()).unwrap_or_default()
}

fn focus_into(panel: &Element) {
    let first = ["[data-autofocus]", "button:not(:disabled), a[href], input, select, textarea"]
        .into_iter()
        .find_map(|selector| panel.query_selector(selector).ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Up and Down go through the buttons of a menu.
fn arrows(event: &ev::KeyboardEvent) {
    let step: i32 = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(menu) =
        event.target().and_then(|target| target.dyn_into::<Element>().ok()).and_then(|from| from.closest(".menu").ok().flatten())
    else {
        return;
    };
    let Ok(items) = menu.query_selector_all("button:not(:disabled), a[href]") else { return };
    let items: Vec<HtmlElement> = (0..items.length()).filter_map(|index| items.get(index)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let (Some(at), Ok(count)) = (at.and_then(|at| i32::try_from(at).ok()), i32::try_from(items.len())) else { return };
    let next = usize::try_from((at + step).rem_euclid(count)).unwrap_or_default();
    event.prevent_default();
    let _ = items[next].focus();
}
