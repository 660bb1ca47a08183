//! Where what happens: a schematic map of the municipalities, a table of them by section, and the activities of what is chosen there.

mod activities;
mod chosen;
mod map;
mod table;

use leptos::prelude::*;

use self::activities::Activities;
use self::chosen::Chosen;
use self::map::Map;
use self::table::Table;

/// The view.
#[component]
pub(crate) fn Where() -> impl IntoView {
    let chosen = Chosen::new();
    view! {
        <div class="where">
            <div>
                <Map chosen />
                <Activities chosen />
            </div>
            <Table chosen />
        </div>
    }
}

#[cfg(test)]
mod tests;
