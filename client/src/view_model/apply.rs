//! The view follows the plan.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::{Activity, ActivityRef, Field, Item, Name, Organisation, Outcome, OutcomeRef, Plan, PlanChange, Section};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;

use super::{ActivityView, OutcomeView, PlanView, SectionView, TextView, put};

impl PlanView {
    /// Takes over one change, of any kind but [`PlanChange::Everything`]. False when the view does not fit the change: then it is
    /// behind, and [`PlanView::rebuild`] is due.
    pub(crate) fn apply(&self, change: &PlanChange) -> bool {
        let fits = match change {
            PlanChange::Text { field, splices } => self.splice(*field, splices),
            PlanChange::ActivityAdded { at, activity } | PlanChange::ActivityField { at, activity, .. } => self.put_activity(*at, activity),
            PlanChange::Outcome { at, outcome } => self.put_outcome(*at, outcome),
            PlanChange::SectionState { section, state } => self.in_section(*section, |section| put(section.state, state.clone())),
            // The words are told by splices.
            PlanChange::Group { section, group } => self.in_section(*section, |section| {
                section.group.update(|shown| {
                    shown.members.clone_from(&group.members);
                    shown.highlights.clone_from(&group.highlights);
                });
                true
            }),
            PlanChange::Organisation(organisation) => self.put_organisation(organisation),
            PlanChange::Person(person) => {
                if self.people.with_untracked(|all| all.get(&person.id) != Some(person)) {
                    self.people.update(|all| drop(all.insert(person.id, person.clone())));
                }
                true
            }
            PlanChange::Source(source) => put_one(self.sources, source, |one| (one.order.clone(), one.id), |one| Some(&mut one.name)),
            PlanChange::Parked(parked) => put_one(self.parking, parked, |one| (one.order.clone(), one.id), |one| Some(&mut one.text)),
            PlanChange::Synergy(synergy) => put_one(self.synergies, synergy, |one| (one.order.clone(), one.id), |_| None),
            PlanChange::Suggestion { .. }
            | PlanChange::Comment(_)
            | PlanChange::Version(_)
            | PlanChange::Ballot(_)
            | PlanChange::Desk(_) => self.room_changed(),
            PlanChange::Everything => false,
        };
        if fits {
            self.revision.update(|revision| *revision += 1);
        }
        fits
    }

    /// Sets whatever differs from `plan`.
    pub(crate) fn rebuild(&self, plan: &Plan) {
        put(self.title.words, plan.title.clone());
        put(self.vision.words, plan.vision.clone());
        put(self.period, (plan.first, plan.last));
        put(self.organisations, plan.organisations.clone());
        put(self.people, plan.people.clone());
        put(self.sources, plan.sources.clone());
        put(self.parking, plan.parking.clone());
        put(self.synergies, plan.synergies.clone());
        let sections = plan.sections.iter().map(|section| self.rebuilt_section(section)).collect();
        put(self.sections, sections);
        self.room_changed();
        self.revision.update(|revision| *revision += 1);
    }

    /// Something beside the content may be another. It always fits.
    pub(crate) fn room_changed(&self) -> bool {
        self.room.update(|room| *room += 1);
        true
    }

    fn rebuilt_section(&self, section: &Section) -> SectionView {
        let Some(view) = self.section(section.id) else {
            return SectionView::new(section);
        };
        put(view.context.words, section.context.clone());
        put(view.state, section.state.clone());
        put(view.group, section.group.clone());
        let known_outcomes = view.outcomes.get_untracked();
        let outcomes = section.outcomes.iter().map(|outcome| match known_outcomes.iter().find(|known| known.id == outcome.id) {
            None => OutcomeView::new(section.id, outcome),
            Some(known) => {
                put(known.statement.words, outcome.statement.clone());
                put(known.whole, outcome.clone());
                known.clone()
            }
        });
        put(view.outcomes, outcomes.collect());
        let known_activities = view.activities.get_untracked();
        let activities =
            section.activities.iter().map(|activity| match known_activities.iter().find(|known| known.at.activity == activity.id) {
                None => ActivityView::new(section.id, activity),
                Some(known) => {
                    known.put(activity);
                    *known
                }
            });
        put(view.activities, activities.collect());
        view
    }

    fn in_section(&self, section: SectionId, set: impl FnOnce(&SectionView) -> bool) -> bool {
        self.section(section).map(|section| set(&section)).is_some()
    }

    /// Does to the words of a field what was done to it in the document, wherever the view holds them.
    fn splice(&self, field: Field, splices: &[Splice]) -> bool {
        match (field.item, field.name) {
            (Item::Plan, Name::Title) => splice_view(self.title, splices),
            (Item::Plan, Name::Vision) => splice_view(self.vision, splices),
            (Item::Section(id), Name::Context) => self.section(id).is_some_and(|section| splice_view(section.context, splices)),
            (Item::Section(id), Name::GroupName) => self.splice_group(id, splices, |group| &mut group.name),
            (Item::Section(id), Name::Rapporteur) => self.splice_group(id, splices, |group| &mut group.rapporteur),
            (Item::Source(id), Name::OwnName) => {
                splice_one(self.sources, splices, |all| all.iter_mut().find(|one| one.id == id).map(|one| &mut one.name))
            }
            (Item::Parked(id), Name::Text) => {
                splice_one(self.parking, splices, |all| all.iter_mut().find(|one| one.id == id).map(|one| &mut one.text))
            }
            (Item::Suggestion(..) | Item::Comment(_) | Item::Reply(..) | Item::Version(_), _) => self.room_changed(),
            (item, name) => self.splice_whole(item, name, splices),
        }
    }

    fn splice_group(&self, id: SectionId, splices: &[Splice], of: fn(&mut hamutuk_shared::plan::Group) -> &mut String) -> bool {
        self.section(id).is_some_and(|section| splice_one(section.group, splices, |group| Some(of(group))))
    }

    /// The words of an activity or an outcome, or of what hangs on it.
    fn splice_whole(&self, item: Item, name: Name, splices: &[Splice]) -> bool {
        let field = Field { item, name };
        if let Some(at) = item.activity() {
            let Some(view) = self.activity(at) else { return false };
            let fits = splice_one(view.whole, splices, |activity| activity.text_mut(field));
            return fits && (name != Name::Title || splice_view(view.title, splices));
        }
        let ((Item::Outcome(at), _) | (_, Some(Item::Outcome(at)))) = (item, item.owner()) else { return true };
        let Some(view) = self.outcome(at) else { return false };
        let fits = splice_one(view.whole, splices, |outcome| outcome.text_mut(field));
        fits && (item != Item::Outcome(at) || name != Name::Statement || splice_view(view.statement, splices))
    }

    fn put_activity(&self, at: ActivityRef, activity: &Activity) -> bool {
        match self.activity(at) {
            Some(view) => {
                if view.set(activity) {
                    self.sort(at.section);
                }
                true
            }
            None => self.in_section(at.section, |section| {
                let view = ActivityView::new(at.section, activity);
                section.activities.update_untracked(|all| all.push(view));
                section.activities.update(|all| sort(all));
                true
            }),
        }
    }

    fn put_outcome(&self, at: OutcomeRef, outcome: &Outcome) -> bool {
        let Some(view) = self.outcome(at) else { return false };
        let mut now = outcome.clone();
        view.whole.update(|shown| {
            now.keep_words(at, shown);
            *shown = now;
        });
        true
    }

    /// Puts the activities of a section into order, if they are not.
    fn sort(&self, section: SectionId) {
        let Some(section) = self.section(section) else {
            return;
        };
        let mut sorted = section.activities.get_untracked();
        sort(&mut sorted);
        put(section.activities, sorted);
    }

    fn put_organisation(&self, organisation: &Organisation) -> bool {
        let by = |one: &Organisation| (one.label().to_lowercase(), one.id);
        let mut all = self.organisations.get_untracked();
        match all.iter_mut().find(|known| known.id == organisation.id) {
            Some(known) => organisation.clone_into(known),
            None => all.push(organisation.clone()),
        }
        all.sort_by_cached_key(by);
        put(self.organisations, all);
        true
    }
}

/// Puts one of a list where it belongs. Its words, which are told by splices, stay as they are shown.
fn put_one<T: Clone + PartialEq + Send + Sync + 'static, I: Ord>(
    all: RwSignal<Vec<T>>,
    one: &T,
    by: fn(&T) -> (hamutuk_shared::order::OrderKey, I),
    words: fn(&mut T) -> Option<&mut String>,
) -> bool {
    let (id, mut now) = (by(one).1, one.clone());
    let mut list = all.get_untracked();
    match list.iter_mut().find(|known| by(known).1 == id) {
        Some(known) => {
            if let (Some(now), Some(shown)) = (words(&mut now), words(known)) {
                now.clone_from(shown);
            }
            *known = now;
        }
        None => list.push(now),
    }
    list.sort_by_cached_key(by);
    put(all, list);
    true
}

fn sort(activities: &mut [ActivityView]) {
    activities.sort_by_cached_key(|activity| (activity.order.get_untracked(), activity.at.activity));
}

fn splice_view(view: TextView, splices: &[Splice]) -> bool {
    splice_one(view.words, splices, |words| Some(words))
}

/// Does the splices to some words in a signal; whether they are there and the splices fit.
fn splice_one<T: Send + Sync + 'static>(
    signal: RwSignal<T>,
    splices: &[Splice],
    words: impl FnOnce(&mut T) -> Option<&mut String>,
) -> bool {
    let mut fits = false;
    signal.update(|all| {
        if let Some(words) = words(all)
            && let Some(done) = splices.iter().try_fold(words.clone(), |words, splice| splice.apply(&words))
        {
            *words = done;
            fits = true;
        }
    });
    fits
}
