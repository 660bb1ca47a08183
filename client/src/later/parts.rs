//! What is in the second program, and what in the third.

use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::{SectionId, TabId};
use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{ActivityRef, Edit, OutcomeRef};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::undo::Undone;
use leptos::prelude::*;

use crate::home::Home;
use crate::plan::later as page;
use crate::plan::later::View;
use crate::room::{self, talk};
use crate::session::{self, Aside, Here, Proposed};
use crate::view_model::{ActivityView, OutcomeView, PlanView, SectionView};

/// The parts that come later, by what they need.
pub(crate) struct Parts {
    /// The plans of this device.
    pub(crate) home: fn() -> AnyView,
    /// What the person should know and can act on.
    pub(crate) notices: fn() -> AnyView,
    /// The list of everybody who is here.
    pub(crate) people: fn(Memo<Vec<Here>>) -> AnyView,
    /// The archived activities of a section.
    pub(crate) archive: fn(SectionView) -> AnyView,
    /// The form of an activity.
    pub(crate) form: fn(ActivityView) -> AnyView,
    /// The table of an outcome.
    pub(crate) table: fn(Memo<Vec<ActivityView>>, OutcomeRef) -> AnyView,
    /// Those of the activities that the filter lets through.
    pub(crate) filtered: fn(Memo<Vec<ActivityView>>) -> Memo<Vec<ActivityView>>,
    /// What is above the tables of a section.
    pub(crate) tools: fn(SectionId) -> AnyView,
    /// What an outcome has beside its words.
    pub(crate) of_outcome: fn(&OutcomeView) -> AnyView,
    /// The same of a section.
    pub(crate) of_section: fn(&SectionView) -> AnyView,
    /// The same of the plan.
    pub(crate) of_plan: fn(PlanView) -> AnyView,
    /// What the facilitator has for everybody: a message, the countdown, that dots are given.
    pub(crate) room: fn() -> AnyView,
    /// Help, and the dialog of everybody who takes part.
    pub(crate) help: fn(RwSignal<bool>) -> AnyView,
    /// What people say and suggest about a thing or a field: the way to it, with how much there is.
    pub(crate) talk: fn(Location) -> AnyView,
    /// The same of an activity, as a number only.
    pub(crate) talk_count: fn(ActivityRef) -> AnyView,
    /// Where it is shown.
    pub(crate) talk_panel: fn() -> AnyView,
    /// A button that suggests something about a thing or a field.
    pub(crate) suggest: fn(Location) -> AnyView,
    /// A button that hands in what was refused as suggestions.
    pub(crate) hand_in: fn(Aside) -> AnyView,
    /// What a refused edit would be as a suggestion.
    pub(crate) proposed: fn(&Replica, &Edit) -> Option<Proposed>,
    /// What is chosen before the document is here.
    pub(crate) choices: session::Choices,
    /// [`Replica::undo`].
    pub(crate) undo: fn(&mut Replica, i64) -> (Vec<Effect>, Undone),
    /// [`Replica::redo`].
    pub(crate) redo: fn(&mut Replica, i64) -> (Vec<Effect>, Undone),
    /// [`Replica::rebase`].
    pub(crate) rebase: fn(&mut Replica, TabId, Refusal, i64) -> Vec<Effect>,
    /// [`Replica::save`].
    pub(crate) save: fn(&mut Replica) -> Vec<u8>,
    /// [`Replica::flat`].
    pub(crate) flat: fn(&mut Replica) -> Option<Vec<u8>>,
    /// [`Replica::rejoin`].
    pub(crate) rejoin: fn(&mut Replica, TabId, i64) -> Vec<Effect>,
}

/// What is beside the plan, by what it needs.
pub(crate) struct BesideParts {
    /// A view beside the plan.
    pub(crate) view: fn(View) -> AnyView,
    /// The links of the plan.
    pub(crate) share: fn(RwSignal<bool>) -> AnyView,
    /// The dialog of what is said and suggested about something.
    pub(crate) talk_panel: fn() -> AnyView,
    /// Everybody who takes part.
    pub(crate) people: fn(room::Shown) -> AnyView,
}

/// What is in the second program.
pub(super) static PARTS: Parts = Parts {
    home: || Home().into_any(),
    notices: || page::Notices().into_any(),
    people: page::people_list,
    archive: |section| page::Archive(page::ArchiveProps { section }).into_any(),
    form: |activity| page::Form(page::FormProps { activity }).into_any(),
    table: |activities, outcome| page::Table(page::TableProps { activities, outcome }).into_any(),
    filtered: page::filtered,
    tools: |section| page::Tools(page::ToolsProps { section }).into_any(),
    of_outcome: page::more::of_outcome,
    of_section: page::more::of_section,
    of_plan: page::more::of_plan,
    talk: talk::mark,
    talk_count: talk::count,
    talk_panel: talk::panel,
    suggest: talk::suggest,
    hand_in: talk::hand_in,
    proposed: talk::proposed,
    help: |open| [page::Help(page::HelpProps { open }).into_any(), room::people()].collect_view().into_any(),
    room: room::for_all,
    choices: session::CHOICES,
    undo: Replica::undo,
    redo: Replica::redo,
    rebase: Replica::rebase,
    save: Replica::save,
    flat: Replica::flat,
    rejoin: Replica::rejoin,
};

/// What is in the third program.
pub(super) static BESIDE: BesideParts = BesideParts {
    view: |view| page::Views(page::ViewsProps { view }).into_any(),
    share: room::share,
    talk_panel: talk::dialog,
    people: room::people_content,
};
