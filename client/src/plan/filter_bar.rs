//! What a view shows of the plan: words to find, and the few things by which people look. It is in the address, so that a view can be sent.

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Choice, Municipality, Name, Theme};
use leptos::prelude::*;

use super::derived::{Derived, shown};
use super::place::use_place;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::ui::{Glyph, Icon, Popover, Show, Viewport, dynamic, flag, text, use_viewport};
use crate::view_model::PlanView;
use crate::words;

/// The bar.
#[component]
pub(crate) fn FilterBar(
    derived: Derived,
    /// The section that is shown, where it is one; else it can be chosen.
    #[prop(optional)]
    within: Option<SectionId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let viewport = use_viewport();
    let is_phone = Memo::new(move |_| viewport.get() == Viewport::Phone);
    let Derived { filter, plan, .. } = derived;
    let change = move |set: &dyn Fn(&mut Filter)| {
        let mut now = filter.get_untracked();
        set(&mut now);
        place.filter_by(&now);
    };
    let sections = move || {
        view.sections.with(|all| {
            all.iter().map(|one| (one.id.to_string(), format!("{} {}", one.code, one.name.get(words::language(i18n))))).collect()
        })
    };
    let organisations = move || view.organisations.with(|all| all.iter().map(|one| (one.id.to_string(), one.label().to_owned())).collect());
    let of_list = move |name: Name, words: Vec<&'static str>| {
        move || words.iter().map(|word| ((*word).to_owned(), words::word(i18n, Kind::Activity, name, word).to_owned())).collect()
    };
    let quarters = move || view.quarters().iter().map(|one| (one.to_string(), words::whole_quarter(i18n, *one))).collect();
    let selects = move || {
        view! {
            {within.is_none().then(|| view! {
            <Select
                label=label!(i18n, filter_section)
                options=Signal::derive(sections)
                now=text(move || filter.with(|filter| filter.section.map(|id| id.to_string()).unwrap_or_default()))
                on_choice=Callback::new(move |id: String| change(&|filter| filter.section = id.parse().ok()))
            />
            })}
            <Select
                label=label!(i18n, filter_organisation)
                options=Signal::derive(organisations)
                now=text(move || filter.with(|filter| filter.organisation.map(|id| id.to_string()).unwrap_or_default()))
                on_choice=Callback::new(move |id: String| change(&|filter| filter.organisation = id.parse().ok()))
            />
            <Select
                label=label!(i18n, filter_municipality)
                options=Signal::derive(of_list(Name::Municipalities, Municipality::ALL.iter().map(|one| one.as_str()).collect()))
                now=text(move || filter.with(|filter| filter.municipality.map(Choice::as_str).unwrap_or_default()))
                on_choice=Callback::new(move |word: String| change(&|filter| filter.municipality = Choice::parse(&word)))
            />
            <Select
                label=label!(i18n, filter_quarter)
                options=Signal::derive(quarters)
                now=text(move || filter.with(|filter| filter.quarter.map(|one| one.to_string()).unwrap_or_default()))
                on_choice=Callback::new(move |word: String| change(&|filter| filter.quarter = word.parse().ok()))
            />
            <Select
                label=label!(i18n, filter_status)
                options=Signal::derive(of_list(Name::Status, ActivityStatus::ALL.iter().map(|one| one.as_str()).collect()))
                now=text(move || filter.with(|filter| filter.status.map(Choice::as_str).unwrap_or_default()))
                on_choice=Callback::new(move |word: String| change(&|filter| filter.status = Choice::parse(&word)))
            />
            <Select
                label=label!(i18n, filter_theme)
                options=Signal::derive(of_list(Name::Themes, Theme::ALL.iter().map(|one| one.as_str()).collect()))
                now=text(move || filter.with(|filter| filter.theme.map(Choice::as_str).unwrap_or_default()))
                on_choice=Callback::new(move |word: String| change(&|filter| filter.theme = Choice::parse(&word)))
            />
        }
    };
    let is_counted = move |at: ActivityRef| within.is_none_or(|section| section == at.section);
    let count = Memo::new(move |_| plan.with(|plan| shown(plan, &filter.get()).iter().filter(|(_, at, _)| is_counted(*at)).count()));
    view! {
        <div class="filter" role="search">
            <input
                type="search"
                class="input"
                aria-label=label!(i18n, filter_words)
                placeholder=label!(i18n, filter_words)
                prop:value=text(move || filter.with(|filter| filter.words.clone()))
                on:input=move |event| {
                    let words = event_target_value(&event);
                    change(&|filter| filter.words.clone_from(&words));
                }
            />
            <Show when=flag(move || !is_phone.get())>{selects()}</Show>
            <Show when=flag(move || is_phone.get())>
                <Popover class="button" action="filter" trigger=move || view! { <Icon glyph=Glyph::Filter /> {t!(i18n, filter)} }>
                    <div class="filter-sheet">{selects()}</div>
                </Popover>
            </Show>
            <span class="note" role="status">
                {dynamic(move || t_string!(i18n, filter_count, count = count.get()))}
            </span>
            <Show when=flag(move || filter.with(|filter| !filter.is_empty()))>
                <button type="button" class="button quiet" data-action="clear-filter" on:click=move |_| place.filter_by(&Filter::default())>
                    {t!(i18n, filter_clear)}
                </button>
            </Show>
        </div>
    }
}

#[component]
fn Select(
    #[prop(into)] label: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    now: Signal<String>,
    on_choice: Callback<String>,
) -> impl IntoView {
    let option = move |(value, name): (String, String)| {
        let of = value.clone();
        view! {
            <option value=value selected=flag(move || now.get() == of)>
                {name}
            </option>
        }
    };
    view! {
        <select
            class="select"
            class:is-set=flag(move || !now.get().is_empty())
            aria-label=label
            prop:value=now
            on:change=move |event| on_choice.run(event_target_value(&event))
        >
            <option value="" selected=flag(move || now.get().is_empty())>
                {dynamic(move || label.get())}
            </option>
            {dynamic(move || options.get().into_iter().map(option).collect_view())}
        </select>
    }
}
