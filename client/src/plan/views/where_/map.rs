//! The schematic map: our own drawing of about where each municipality is, with the number of its activities.

use hamutuk_shared::plan::{Choice, Municipality};
use leptos::ev;
use leptos::prelude::*;

use super::chosen::{Chosen, Spot};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::ui::{dynamic, text};

/// A municipality on the map.
struct Tile {
    municipality: Municipality,
    /// Its corners.
    outline: &'static str,
    /// The middle of its words.
    middle: (i32, i32),
}

const fn tile(municipality: Municipality, middle: (i32, i32), outline: &'static str) -> Tile {
    Tile { municipality, outline, middle }
}

/// From west to east, as one would read them.
const TILES: [Tile; 14] = [
    tile(Municipality::Oecusse, (41, 290), "0,264 62,250 84,268 80,324 8,330"),
    tile(Municipality::Bobonaro, (101, 182), "62,138 132,120 150,140 150,214 96,226 50,206"),
    tile(Municipality::Covalima, (143, 258), "96,226 150,214 190,214 190,290 120,306 96,290"),
    tile(Municipality::Liquica, (176, 110), "132,86 214,74 214,140 150,140 132,120"),
    tile(Municipality::Ermera, (189, 178), "150,140 228,140 228,214 150,214"),
    tile(Municipality::Ainaro, (226, 254), "190,214 262,214 262,292 190,290"),
    tile(Municipality::Atauro, (265, 28), "222,4 298,0 308,50 228,56"),
    tile(Municipality::Dili, (253, 108), "214,74 292,66 292,140 214,140"),
    tile(Municipality::Aileu, (260, 178), "228,140 292,140 292,214 228,214"),
    tile(Municipality::Manufahi, (308, 254), "262,214 354,214 354,292 262,292"),
    tile(Municipality::Manatuto, (339, 138), "292,66 386,58 386,286 354,292 354,214 292,214"),
    tile(Municipality::Baucau, (426, 98), "386,58 464,44 468,140 386,150"),
    tile(Municipality::Viqueque, (430, 198), "386,150 468,140 476,226 436,262 386,286"),
    tile(Municipality::Lautem, (503, 92), "464,44 520,30 546,58 534,120 500,150 470,162 468,140"),
];

/// How many steps of colour there are besides that of nothing.
const STEPS: u32 = 4;

/// The map.
#[component]
pub(super) fn Map(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let most = Memo::new(move |_| TILES.iter().map(|tile| chosen.count(Some(tile.municipality), None)).max().unwrap_or_default());
    view! {
        <figure class="where-map">
            <svg viewBox="-3 -3 553 336" role="group" aria-label=label!(i18n, where_map)>
                {TILES.iter().map(|tile| draw(chosen, most, tile)).collect_view()}
            </svg>
            <figcaption class="note">{t!(i18n, where_schematic)}</figcaption>
        </figure>
    }
}

fn draw(chosen: Chosen, most: Memo<u32>, tile: &'static Tile) -> AnyView {
    let i18n = chosen.i18n;
    let spot = Spot { place: Some(tile.municipality), section: None };
    let name = move || spot.place_name(i18n);
    let count = Memo::new(move |_| chosen.count(spot.place, None));
    // The most has the darkest step, and any at all the lightest one.
    let step = move || (count.get() * STEPS).div_ceil(most.get().max(1));
    let press = move |event: ev::KeyboardEvent| {
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            chosen.choose(spot);
        }
    };
    let (x, y) = tile.middle;
    view! {
        <g
            role="button"
            tabindex="0"
            data-municipality=tile.municipality.as_str()
            data-step=text(move || step().to_string())
            aria-pressed=text(move || chosen.is_at(spot).to_string())
            aria-label=text(move || t_string!(i18n, where_count, place = name(), count = count.get()))
            on:click=move |_| chosen.choose(spot)
            on:keydown=press
        >
            <polygon points=tile.outline></polygon>
            <text x=x y=y - 4>
                {dynamic(name)}
            </text>
            <text class="count" x=x y=y + 18>
                {dynamic(move || count.get())}
            </text>
        </g>
    }
    .into_any()
}
