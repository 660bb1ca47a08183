//! The sums on the projector: what each section costs, what of it is there, and what is to be found.

use hamutuk_shared::derive::{Bucket, Figure, Totals};
use hamutuk_shared::plan::Cents;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::ui::dynamic;
use crate::words;

/// The page.
pub(super) fn sums(derived: Derived) -> AnyView {
    let i18n = use_i18n();
    let row = move |code: Option<String>, name: String, figure: Figure| {
        let sums = figure.sums;
        view! {
            <tr data-section=code.clone() data-cost=sums.cost.0.to_string()>
                <th scope="row">
                    {code.clone().map(|code| view! { <span class="code">{code}</span> " " })}
                    {name}
                </th>
                <td>{figure.activities}</td>
                <td>{words::money(i18n, sums.cost)}</td>
                <td>{words::money(i18n, Cents(sums.confirmed.0.saturating_add(sums.in_kind.0)))}</td>
                <td>{words::money(i18n, sums.unfunded())}</td>
            </tr>
        }
    };
    let rows = move || {
        let plan = derived.plan.get();
        let totals = Totals::of(&plan);
        let of_section = plan.sections.iter().map(|section| {
            row(Some(section.code.clone()), section.name.get(words::language(i18n)).to_owned(), totals.get(Bucket::Section(section.id)))
        });
        let of_sections = of_section.collect_view();
        view! {
            <tbody>{of_sections}</tbody>
            <tfoot>{row(None, t_string!(i18n, plenary_all).to_owned(), totals.get(Bucket::Plan))}</tfoot>
        }
    };
    view! {
        <h1>{t!(i18n, plenary_sums)}</h1>
        <table class="plenary-sums">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col">{t!(i18n, plenary_activities)}</th>
                    <th scope="col">{t!(i18n, plenary_cost)}</th>
                    <th scope="col">{t!(i18n, plenary_there)}</th>
                    <th scope="col">{t!(i18n, plenary_gap)}</th>
                </tr>
            </thead>
            {dynamic(rows)}
        </table>
    }
    .into_any()
}
