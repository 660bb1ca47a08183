//! The way to the sections: the rail at the left, and on a phone the bar at the bottom.

use std::time::Duration;

use hamutuk_shared::id::SectionId;
use leptos::prelude::*;

use super::archive::ShowArchive;
use super::people::Avatar;
use super::place::use_place;
use super::view::View;
use super::writing::section_of;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::session::{Here, use_session};
use crate::ui::{Glyph, Icon, Show, dynamic, flag, list, text};
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// How many avatars a section shows before it counts.
const AVATARS: usize = 3;
/// While people write, the figures follow this often.
const FOLLOW: Duration = Duration::from_millis(500);

/// The rail.
#[component]
pub(crate) fn Rail() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let is_here = move || place.section.with(Option::is_none) && place.view.get() == View::Plan;
    let beat = beat(view);
    view! {
        <nav class="rail" aria-label=label!(i18n, nav_sections)>
            <a class="rail-item" data-section="plan" href=place.address(None) aria-current=Signal::derive(move || is_here().then_some("page"))>
                <span class="code">
                    <Icon glyph=Glyph::Page />
                </span>
                <span class="name">{t!(i18n, nav_plan)}</span>
            </a>
            <h2 class="label">{t!(i18n, sections)}</h2>
            {list(move || view.sections.get(), |section| section.id.to_string(), move |section| view! { <RailItem section beat /> })}
            <ArchiveLink />
        </nav>
    }
}

/// Counts up after something in the plan changed, but no more often than the figures follow.
fn beat(view: PlanView) -> RwSignal<u32> {
    let beat = RwSignal::new(0);
    let is_due = StoredValue::new(false);
    Effect::new(move |before: Option<u64>| {
        let now = view.revision.get();
        if before.is_some_and(|before| before != now) && !is_due.get_value() {
            is_due.set_value(true);
            let follow = move || {
                // The rail may be gone by now.
                if is_due.try_set_value(false).is_none() {
                    beat.update(|beat| *beat += 1);
                }
            };
            set_timeout(follow, FOLLOW);
        }
        now
    });
    beat
}

#[component]
fn RailItem(section: SectionView, beat: RwSignal<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let of = section.clone();
    let complete = Memo::new(move |_| {
        beat.track();
        of.completeness().percent()
    });
    let (id, name) = (section.id, section.name.clone());
    let is_current = move || place.section.with(|current| current.as_ref().is_some_and(|current| current.id == id));
    let here = here_in(id);
    view! {
        <a
            class="rail-item"
            href=place.address(Some(&section.code))
            data-section=section.code.clone()
            aria-current=Signal::derive(move || is_current().then_some("page"))
        >
            <span class="code">{section.code.clone()}</span>
            <span>
                <span class="name">{dynamic(move || name.get(words::language(i18n)).to_owned())}</span>
                <span class="note">
                    <WrittenCount section=section.clone() />
                    <span data-complete=text(move || complete.get().to_string())>
                        {dynamic(move || t_string!(i18n, rail_complete, percent = complete.get()))}
                    </span>
                    <HereCount section=id />
                </span>
            </span>
            <span class="people" aria-hidden="true">
                {dynamic(move || here.get().into_iter().take(AVATARS).map(|here| view! { <Avatar here is_small=true /> }).collect_view())}
            </span>
        </a>
    }
}

/// A press on it shows what was archived in this section.
#[component]
fn ArchiveLink() -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let show = expect_context::<ShowArchive>();
    let count = Memo::new(move |_| {
        let section = place.section.get()?;
        let count = section.activities.with(|all| all.iter().filter(|activity| !activity.is_kept()).count());
        (count > 0).then_some(count)
    });
    view! {
        <Show when=flag(move || count.get().is_some())>
            <div class="rail-foot">
                <button type="button" class="button quiet" on:click=move |_| show.show()>
                    <Icon glyph=Glyph::Archive />
                    {t!(i18n, activity_archived_list, count = move || count.get().unwrap_or_default())}
                </button>
            </div>
        </Show>
    }
}

/// The bar at the bottom of a phone.
#[component]
pub(crate) fn BottomBar() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let is_here = move || place.section.with(Option::is_none) && place.view.get() == View::Plan;
    view! {
        <nav class="bottom-bar" aria-label=label!(i18n, nav_sections)>
            <a class="bar-item" data-section="plan" href=place.address(None) aria-label=label!(i18n, nav_plan) aria-current=Signal::derive(move || is_here().then_some("page"))>
                <Icon glyph=Glyph::Page />
            </a>
            {list(move || view.sections.get(), |section| section.id.to_string(), |section| view! { <BarItem section /> })}
        </nav>
    }
}

#[component]
fn BarItem(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let (id, code, name) = (section.id, section.code.clone(), section.name.clone());
    let is_current = move || place.section.with(|current| current.as_ref().is_some_and(|current| current.id == id));
    let here = here_in(id);
    let label = move || format!("{code} {}", name.get(words::language(i18n)));
    view! {
        <a
            class="bar-item"
            href=place.address(Some(&section.code))
            data-section=section.code.clone()
            aria-label=label
            aria-current=Signal::derive(move || is_current().then_some("page"))
        >
            {section.code.clone()}
            {dynamic(move || {
                let count = here.with(Vec::len);
                (count > 0).then(|| view! { <span class="here">{count}</span> })
            })}
        </a>
    }
}

/// How many activities of the section say something.
#[component]
pub(crate) fn WrittenCount(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let is_written =
        |activity: &&crate::view_model::ActivityView| activity.is_kept() && activity.title.words.with(|words| !words.trim().is_empty());
    let count = Memo::new(move |_| section.activities.with(|all| all.iter().filter(is_written).count()));
    view! { <span>{t!(i18n, activity_count, count = move || count.get())}</span> }
}

/// How many other people are in the section; nothing when nobody is.
#[component]
pub(crate) fn HereCount(section: SectionId) -> impl IntoView {
    let i18n = use_i18n();
    let here = here_in(section);
    let count = Memo::new(move |_| here.with(Vec::len));
    view! {
        <Show when=flag(move || count.get() > 0)>
            <span class="here">{t!(i18n, section_here, count = move || count.get())}</span>
        </Show>
    }
}

/// The other people whose focus is in a section, each once.
fn here_in(section: SectionId) -> Memo<Vec<Here>> {
    let all = use_session().here();
    Memo::new(move |_| {
        let mut found: Vec<Here> = Vec::new();
        all.with(|all| {
            for here in all.iter().filter(|here| here.path.as_deref().and_then(section_of) == Some(section)) {
                if found.iter().all(|known| known.participant != here.participant) {
                    // Where exactly they are, and their caret, do not change who is shown here.
                    found.push(Here { path: None, selection: None, ..here.clone() });
                }
            }
        });
        found
    })
}
