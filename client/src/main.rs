//! Hamutuk's client: a replica of the plan, and the screen that shows it.
#![expect(unreachable_pub, reason = "`#[component]` makes public types, which no other crate can reach")]

mod address;
mod api;
mod app;
mod device;
mod field;
mod home;
mod i18n;
mod join;
mod language;
mod later;
mod panic_notice;
mod plan;
mod room;
mod session;
#[cfg(test)]
mod test_page;
mod ui;
mod view_model;
mod words;

/// Opening a plan with a long history pauses, so that the page does not stand still.
#[global_allocator]
static ALLOCATOR: hamutuk_pauses::Pausing = hamutuk_pauses::Pausing;

#[cfg(test)]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn main() {
    session::prepare();
    // Leptos has no executor before something is mounted.
    wasm_bindgen_futures::spawn_local(async {
        // Without them `boot.js`, which asks for them too, says that nothing can start.
        if language::load(language::first()).await {
            leptos::mount::mount_to_body(app::App);
        }
    });
}
