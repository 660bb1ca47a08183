//! One table of sums. On a phone each row becomes a card, so the roles of a table are written out: without its layout, browsers forget them.

use hamutuk_shared::derive::{Filter, Sums};
use hamutuk_shared::entry::money;
use hamutuk_shared::plan::Cents;
use leptos::prelude::*;

use super::bar::{bar, length};
use super::dimension::{Column, Dimension, Row};
use crate::i18n::{I18n, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::ui::{dynamic, flag};
use crate::words;

/// The table, with the whole below it.
#[component]
pub(super) fn Table(dimension: Dimension, whole: Memo<Sums>, is_chosen: Signal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let rows = Memo::new(move |_| {
        let is_all = derived.filter.with(Filter::is_empty);
        derived.plan.with(|plan| derived.totals.with(|totals| dimension.rows(i18n, plan, totals, is_all)))
    });
    let body = move || {
        let rows = rows.get();
        let longest = rows.iter().map(|row| length(&dimension.shares(&row.sums))).max().unwrap_or_default();
        rows.into_iter().map(|row| draw(i18n, dimension, row, Some(longest))).collect_view()
    };
    let total = move || {
        let row = Row { name: t_string!(i18n, budget_total).to_owned(), sums: whole.get(), ..Row::default() };
        draw(i18n, dimension, row, None)
    };
    let head = move |column: &'static Column| {
        view! {
            <th scope="col" role="columnheader" class="num">
                {dynamic(move || column.words(i18n))}
            </th>
        }
    };
    view! {
        <div class="sums-box" class:is-off=flag(move || !is_chosen.get()) data-sums=dimension.as_str()>
        <table class="sums-table" role="table">
            <caption>{dynamic(move || t_string!(i18n, budget_caption, name = dimension.words(i18n)))}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">
                        {dynamic(move || dimension.kind(i18n))}
                    </th>
                    {dimension.columns().iter().map(head).collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{dynamic(body)}</tbody>
            <tfoot role="rowgroup">{dynamic(total)}</tfoot>
        </table>
        </div>
    }
}

/// A row; with a bar where there is something to compare it with.
fn draw(i18n: I18n, dimension: Dimension, row: Row, longest: Option<u128>) -> AnyView {
    let Row { code, name, is_group, sums } = row;
    let section = is_section(dimension, is_group).then(|| code.clone());
    let cells = dimension.columns().iter().map(|column| cell(i18n, *column, &sums)).collect_view();
    view! {
        <tr role="row" class:is-group=is_group data-section=section>
            <th scope="row" role="rowheader">
                <span class="row-name">
                    {(!code.is_empty()).then(|| view! { <span class="code">{code}</span> })} <span>{name}</span>
                </span>
                {longest.map(|longest| bar(&dimension.shares(&sums), longest))}
            </th>
            {cells}
        </tr>
    }
    .into_any()
}

fn is_section(dimension: Dimension, is_group: bool) -> bool {
    is_group || dimension == Dimension::Section
}

fn cell(i18n: I18n, column: Column, sums: &Sums) -> AnyView {
    let amount = column.of(sums);
    let words = if amount == Cents(0) { t_string!(i18n, not_set).to_owned() } else { money::plain(amount, words::language(i18n)) };
    let is_over = column == Column::Gap && amount < Cents(0);
    view! {
        <td class="num" role="cell" data-sum=column.as_str() data-label=column.words(i18n)>
            <span>{words}</span>
            {is_over.then(|| view! { <span class="over-funded">{t_string!(i18n, budget_over_funded)}</span> })}
        </td>
    }
    .into_any()
}
