//! From what the server refused to suggestions: nothing that somebody wrote has to be typed again.

use std::collections::BTreeMap;

use hamutuk_shared::plan::schema::{Content, Location};
use hamutuk_shared::plan::suggestion::{Draft, Proposal, is_possible};
use hamutuk_shared::plan::{Edit, Field, Item, Name};
use hamutuk_shared::replica::Replica;
use leptos::prelude::*;

use super::about::{Offer, location};
use super::draft::write;
use super::wanted::Wanted;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Aside, AsideItem, Proposed, Session, use_session};
use crate::ui::{Glyph, Icon, Show, announce, flag, toast};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What a refused edit would be as a suggestion, of the plan as it is without it.
pub(crate) fn proposed(replica: &Replica, edit: &Edit) -> Option<Proposed> {
    let now = match edit {
        Edit::Text { field, .. } => replica.text(*field),
        _ => None,
    };
    // The words of what is new with the same refusal stand nowhere yet.
    let proposal = Proposal::of_edit(edit, Some(now.as_deref().unwrap_or_default()))?;
    let text = match &proposal {
        Proposal::Words { text, .. } => text.clone(),
        _ => String::new(),
    };
    Some(Proposed {
        about: proposal.about().to_string(),
        is_there: replica.has(proposal.about().item()),
        was: now.unwrap_or_default(),
        text,
        value: proposal.proposed(),
    })
}

/// The button. Nothing where nothing of it can be handed in, or the person may not.
pub(crate) fn hand_in(aside: Aside) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let aside = StoredValue::new(aside);
    let may = move || {
        aside.with_value(|aside| {
            let first = aside.items.iter().filter_map(|one| one.proposed.as_ref()).find_map(|one| location(&one.about));
            first.and_then(|about| Offer::all(about).into_iter().next()).is_some_and(|offer| offer.may_be_suggested(session))
        })
    };
    let press = move |_| {
        let aside = aside.get_value();
        let (drafts, rest) = untrack(|| drafts(i18n, session, view, &aside.items));
        if drafts.is_empty() || !write(session, &drafts) {
            return;
        }
        let said = untrack(|| said(i18n, drafts.len(), &rest));
        session.leave(&aside, rest);
        announce(said.clone());
        toast(said);
    };
    view! {
        <Show when=flag(may)>
            <button type="button" class="button" data-action="hand-in" on:click=press>
                <Icon glyph=Glyph::Pencil />
                {t!(i18n, refused_hand_in)}
            </button>
        </Show>
    }
    .into_any()
}

fn said(i18n: I18n, count: usize, rest: &[AsideItem]) -> String {
    let done = t_string!(i18n, refused_handed_in, count = count);
    if rest.is_empty() { done } else { format!("{done} {}", t_string!(i18n, refused_rest, count = rest.len())) }
}

/// The suggestions that are made of what was refused, and what none can be made of.
pub(super) fn drafts(i18n: I18n, session: Session, view: PlanView, items: &[AsideItem]) -> (Vec<Draft>, Vec<AsideItem>) {
    let (mut drafts, mut rest) = (Vec::new(), Vec::new());
    let mut sets: BTreeMap<Field, Vec<(String, bool)>> = BTreeMap::new();
    for item in items {
        if items.iter().any(|new| is_new_activity(new) && is_part_of(item, new)) {
            continue;
        }
        match proposal(item) {
            Some(Proposal::Activity { outcome, .. }) => {
                let text = new_activity(i18n, view, item, items);
                drafts.push(plain(Proposal::Activity { outcome, text }, String::new(), String::new()));
            }
            Some(Proposal::Members { field, changes }) => sets.entry(field).or_default().extend(changes),
            Some(proposal @ Proposal::Value { field, .. }) => {
                let Proposal::Value { value, .. } = &proposal else { continue };
                let said = words::value(i18n, view, field, value);
                let was = Wanted::now(session, Offer::Other(field)).say(i18n, view, field);
                drafts.push(plain(proposal, was, said));
            }
            Some(proposal @ Proposal::Words { .. }) => {
                let was = item.proposed.as_ref().map(|one| one.was.clone()).unwrap_or_default();
                drafts.push(plain(proposal, was, String::new()));
            }
            None => rest.push(item.clone()),
        }
    }
    for (field, changes) in sets {
        let was = Wanted::now(session, Offer::Other(field)).say(i18n, view, field);
        let said = |changes: &BTreeMap<String, bool>| {
            let sign = |(member, is_in): (&String, &bool)| {
                let said = words::value(i18n, view, field, &hamutuk_shared::plan::Value::Word(member.clone()));
                format!("{} {said}", if *is_in { '+' } else { '−' })
            };
            changes.iter().map(sign).collect::<Vec<_>>().join(", ")
        };
        for proposal in Proposal::changes(field, changes) {
            let said = if let Proposal::Members { changes, .. } = &proposal { said(changes) } else { String::new() };
            drafts.push(plain(proposal, was.clone(), said));
        }
    }
    (drafts, rest)
}

const fn plain(proposal: Proposal, was: String, said: String) -> Draft {
    Draft { proposal, was, said, note: String::new() }
}

/// What is suggested by itself; none where it is about something that is not in the plan.
fn proposal(item: &AsideItem) -> Option<Proposal> {
    let one = item.proposed.as_ref().filter(|one| one.is_there)?;
    Proposal::read(&one.about, &one.text, one.value.as_deref())
}

fn is_new_activity(item: &AsideItem) -> bool {
    matches!(location(&item.path), Some(Location::Item(Item::Activity(_)))) && proposal(item).is_some()
}

/// Whether something was refused together with the new activity that it is of.
fn is_part_of(item: &AsideItem, activity: &AsideItem) -> bool {
    item.path.strip_prefix(&activity.path).is_some_and(|rest| rest.starts_with('/'))
}

/// All that was said of a new activity, as its title and its description.
fn new_activity(i18n: I18n, view: PlanView, activity: &AsideItem, items: &[AsideItem]) -> String {
    let (mut title, mut description) = (String::new(), String::new());
    let mut others: Vec<(Field, String)> = Vec::new();
    for item in items.iter().filter(|item| is_part_of(item, activity)) {
        let Some(Location::Field(field)) = location(&item.path) else { continue };
        let words = in_words(i18n, view, field, item);
        match (field.item, field.name) {
            (_, _) if words.trim().is_empty() => {}
            (Item::Activity(_), Name::Title) => title = words.replace('\n', " "),
            (Item::Activity(_), Name::Description) => description = words,
            // The members of a set come one by one.
            _ => match others.last_mut().filter(|(last, _)| *last == field) {
                Some((_, said)) => *said = format!("{said}, {words}"),
                None => others.push((field, words)),
            },
        }
    }
    if title.trim().is_empty() {
        title = t_string!(i18n, activity_untitled).to_owned();
    }
    let line = |(field, words): (Field, String)| format!("{}: {words}", words::field(i18n, field.item.kind(), field.name));
    let others: Vec<String> = others.into_iter().map(line).collect();
    [title, description, others.join("\n")].into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// What a refused edit says, in words: also where it was kept as an id.
fn in_words(i18n: I18n, view: PlanView, field: Field, item: &AsideItem) -> String {
    let known =
        item.proposed.as_ref().filter(|_| is_possible(field)).and_then(|one| Proposal::read(&one.about, &one.text, one.value.as_deref()));
    match (field.content(), known) {
        (Some(Content::Text) | None, _) | (_, None) => item.words.clone(),
        (_, Some(Proposal::Value { value, .. })) => words::value(i18n, view, field, &value),
        (_, Some(Proposal::Members { changes, .. })) => {
            let members = changes.into_iter().filter(|(_, is_in)| *is_in).map(|(member, _)| member).collect();
            words::members(i18n, view, field, &members)
        }
        (_, Some(_)) => item.words.clone(),
    }
}
