//! Municipality by section, in numbers. Each opens the list of its activities.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::{Choice, Municipality};
use leptos::prelude::*;

use super::chosen::{Chosen, Spot};
use crate::i18n::{t, t_string};
use crate::ui::{dynamic, text};
use crate::words;

/// The table.
#[component]
pub(super) fn Table(chosen: Chosen) -> impl IntoView {
    let i18n = chosen.i18n;
    let sections = chosen.view.sections.get_untracked();
    let ids: Vec<Option<SectionId>> = sections.iter().map(|section| Some(section.id)).chain([None]).collect();
    let head = sections.into_iter().map(|section| {
        let name = section.name;
        view! {
            <th scope="col" data-section=section.code>
                <span class="code" title=text(move || name.get(words::language(i18n)).to_owned())>
                    {section.code.clone()}
                </span>
            </th>
        }
    });
    // The municipalities, then the whole country, then what nobody has said.
    let (country, municipalities): (Vec<_>, Vec<_>) =
        Municipality::ALL.iter().copied().map(Some).partition(|one| *one == Some(Municipality::National));
    let places = municipalities.into_iter().chain(country).chain([None]);
    let feet = ids.iter().map(|section| {
        let section = *section;
        view! { <td>{dynamic(move || chosen.all(section))}</td> }
    });
    view! {
        <div class="where-box">
            <table class="where-table">
                <caption>{t!(i18n, where_table)}</caption>
                <thead>
                    <tr>
                        <td></td>
                        {head.collect_view()}
                        <th scope="col">{t!(i18n, where_total)}</th>
                    </tr>
                </thead>
                <tbody>{places.map(|place| row(chosen, place, &ids)).collect_view()}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{t!(i18n, where_each_once)}</th>
                        {feet.collect_view()}
                    </tr>
                </tfoot>
            </table>
        </div>
    }
}

fn row(chosen: Chosen, place: Option<Municipality>, sections: &[Option<SectionId>]) -> AnyView {
    let cells = sections.iter().map(|section| cell(chosen, Spot { place, section: *section }));
    let spot = Spot { place, section: None };
    view! {
        <tr data-municipality=place.map_or("none", Municipality::as_str)>
            <th scope="row">{dynamic(move || spot.place_name(chosen.i18n))}</th>
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

fn cell(chosen: Chosen, spot: Spot) -> AnyView {
    let i18n = chosen.i18n;
    let count = Memo::new(move |_| chosen.count(spot.place, spot.section));
    let content = move || {
        let count = count.get();
        if count == 0 {
            return view! { <span class="zero">"0"</span> }.into_any();
        }
        let words = move || t_string!(i18n, where_count, place = spot.name(i18n, chosen.view), count = count);
        view! {
            <button
                type="button"
                aria-label=text(words)
                aria-pressed=text(move || chosen.is_at(spot).to_string())
                on:click=move |_| chosen.choose(spot)
            >
                {count}
            </button>
        }
        .into_any()
    };
    view! { <td>{dynamic(content)}</td> }.into_any()
}
