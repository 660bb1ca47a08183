//! Organisations and sections in one table: how much each leads, and how much it takes part in.

use std::sync::Arc;

use hamutuk_shared::id::OrganisationId;
use leptos::prelude::*;

use super::part::{Part, Parts};
use crate::i18n::{I18n, label, t, t_string, use_i18n};
use crate::ui::dynamic;
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// The table. It is wider than a phone, so it scrolls in a box of its own.
#[component]
pub(super) fn Matrix(organisations: Memo<Vec<OrganisationId>>, parts: Memo<Arc<Parts>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let rows = move || {
        let sections = view.sections.get();
        let row = move |id: OrganisationId| {
            let part = parts.with(|parts| parts.get(id));
            let name = view.organisation_label(id).filter(|label| !label.trim().is_empty());
            let name = name.unwrap_or_else(|| t_string!(i18n, unnamed).to_owned());
            draw(i18n, name, &part, &sections)
        };
        organisations.get().into_iter().map(row).collect_view()
    };
    let heads = move || view.sections.get().into_iter().map(|section| head(i18n, &section)).collect_view();
    view! {
        <div class="matrix-box" role="region" tabindex="0" aria-label=label!(i18n, who_matrix)>
            <table class="matrix">
                <caption>
                    <span>{t!(i18n, who_matrix)}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, organisation)}</th>
                        {dynamic(heads)}
                        <th scope="col">{t!(i18n, budget_total)}</th>
                    </tr>
                </thead>
                <tbody>{dynamic(rows)}</tbody>
            </table>
        </div>
    }
}

fn head(i18n: I18n, section: &SectionView) -> AnyView {
    let name = section.name.get(words::language(i18n)).to_owned();
    view! {
        <th scope="col" data-section=section.code.clone()>
            <span class="code">{section.code.clone()}</span>
            <span class="unseen">{name}</span>
        </th>
    }
    .into_any()
}

fn draw(i18n: I18n, name: String, part: &Part, sections: &[SectionView]) -> AnyView {
    let cells = sections.iter().map(|section| cell(i18n, part.counts(Some(section.id)))).collect_view();
    view! {
        <tr>
            <th scope="row">{name}</th>
            {cells}
            {cell(i18n, part.counts(None))}
        </tr>
    }
    .into_any()
}

fn cell(i18n: I18n, (led, joined): (usize, usize)) -> AnyView {
    let is_none = led == 0 && joined == 0;
    let short = if is_none { t_string!(i18n, not_set).to_owned() } else { format!("{led} / {joined}") };
    let said = t_string!(i18n, who_cell, led = led, joined = joined);
    view! {
        <td class="num" class:is-none=is_none>
            <span aria-hidden="true">{short}</span>
            <span class="unseen">{said}</span>
        </td>
    }
    .into_any()
}
