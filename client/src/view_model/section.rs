//! A section and its outcomes as signals.

use hamutuk_shared::derive::Completeness;
use hamutuk_shared::id::{OutcomeId, SectionId};
use hamutuk_shared::order::OrderKey;
use hamutuk_shared::plan::{Field, Group, Localised, Name, Outcome, OutcomeRef, Register, Section, SectionState};
use leptos::prelude::*;

use super::{ActivityView, TextView};

/// A section. Two are equal when they are views of the same one.
#[derive(Clone)]
pub(crate) struct SectionView {
    /// Which.
    pub(crate) id: SectionId,
    /// Its short code, such as `P1`.
    pub(crate) code: String,
    /// Its name in the four languages.
    pub(crate) name: Localised,
    /// What the group is asked, in the four languages.
    pub(crate) prompt: Localised,
    /// What the group starts from.
    pub(crate) context: TextView,
    /// What may be done with it.
    pub(crate) state: RwSignal<Register<SectionState>>,
    /// Its breakout group.
    pub(crate) group: RwSignal<Group>,
    /// Its outcomes, in order.
    pub(crate) outcomes: RwSignal<Vec<OutcomeView>>,
    /// Its activities in order, archived ones too.
    pub(crate) activities: RwSignal<Vec<ActivityView>>,
}

impl PartialEq for SectionView {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for SectionView {}

impl SectionView {
    pub(super) fn new(section: &Section) -> Self {
        Self {
            id: section.id,
            code: section.code.clone(),
            name: section.name.clone(),
            prompt: section.prompt.clone(),
            context: TextView::new(Field::of_section(section.id, Name::Context), &section.context),
            state: RwSignal::new(section.state.clone()),
            group: RwSignal::new(section.group.clone()),
            outcomes: RwSignal::new(section.outcomes.iter().map(|outcome| OutcomeView::new(section.id, outcome)).collect()),
            activities: RwSignal::new(section.activities.iter().map(|activity| ActivityView::new(section.id, activity)).collect()),
        }
    }

    /// The section as it stands. Not reactive.
    pub(super) fn plain(&self) -> Section {
        Section {
            id: self.id,
            code: self.code.clone(),
            name: self.name.clone(),
            prompt: self.prompt.clone(),
            context: self.context.words.get_untracked(),
            state: self.state.get_untracked(),
            group: self.group.get_untracked(),
            order: OrderKey::default(),
            outcomes: self.outcomes.with_untracked(|all| all.iter().map(|outcome| outcome.whole.get_untracked()).collect()),
            activities: self.activities.with_untracked(|all| all.iter().map(|activity| activity.whole.get_untracked()).collect()),
            suggestions: Vec::new(),
        }
    }

    /// How complete it is. Not reactive.
    pub(crate) fn completeness(&self) -> Completeness {
        Completeness::of_section(&self.plain())
    }

    /// The kept activities of an outcome, in order. It changes only when one comes, goes or moves.
    pub(crate) fn kept(&self, outcome: OutcomeId) -> Memo<Vec<ActivityView>> {
        let activities = self.activities;
        Memo::new(move |_| {
            activities.with(|all| all.iter().filter(|activity| activity.is_kept() && activity.outcome.get() == outcome).copied().collect())
        })
    }

    /// The archived activities, in order.
    pub(crate) fn archived(&self) -> Memo<Vec<ActivityView>> {
        let activities = self.activities;
        Memo::new(move |_| activities.with(|all| all.iter().filter(|activity| !activity.is_kept()).copied().collect()))
    }
}

/// An outcome. Two are equal when they are views of the same one.
#[derive(Clone)]
pub(crate) struct OutcomeView {
    /// Which.
    pub(crate) id: OutcomeId,
    /// Where it is.
    pub(crate) at: OutcomeRef,
    /// Its short code, such as `1.1`.
    pub(crate) code: String,
    /// What it says.
    pub(crate) statement: TextView,
    /// All of it.
    pub(crate) whole: RwSignal<Outcome>,
}

impl PartialEq for OutcomeView {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for OutcomeView {}

impl OutcomeView {
    pub(super) fn new(section: SectionId, outcome: &Outcome) -> Self {
        let at = OutcomeRef { section, outcome: outcome.id };
        Self {
            id: outcome.id,
            at,
            code: outcome.code.clone(),
            statement: TextView::new(Field::of_outcome(at, Name::Statement), &outcome.statement),
            whole: RwSignal::new(outcome.clone()),
        }
    }
}
