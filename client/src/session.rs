//! An open plan: the replica, what carries out its effects, and what the screens may ask of it.
//!
//! [`Session`] is the handle that views hold. Behind it, [`core`] owns the replica; [`storage`] and [`writer`] keep it on the
//! device, [`socket`] connects it with the server, [`tabs`] with the other tabs of this browser, and [`fields`] with the text
//! fields on the screen.

mod access;
mod ahead;
mod aside;
mod connection;
mod copy;
mod core;
pub(crate) mod events;
mod fields;
mod first_screen;
mod focus;
mod hand_over;
mod last_view;
mod listen;
pub(crate) mod notice;
mod open;
mod presence;
mod receipt;
mod show;
mod socket;
pub(crate) mod storage;
mod tabs;
#[cfg(test)]
pub(crate) mod test_plan;
mod values;
mod writer;

use std::rc::Rc;

use hamutuk_shared::id::{ParticipantId, PlanId, TabId};
use hamutuk_shared::plan::dispute::{Dispute, Origin};
use hamutuk_shared::plan::edit::{Edit, EditError};
use hamutuk_shared::plan::{Field, Room};
use hamutuk_shared::replica::Replica;
use hamutuk_shared::text::Splice;
use hamutuk_shared::undo::Undone;
use leptos::prelude::*;

use self::core::Core;
use self::storage::{Companion, StorageError};
pub(crate) use access::Access;
pub(crate) use ahead::{CHOICES, Choices};
pub(crate) use fields::{FieldNews, Mounted};
pub(crate) use notice::{Aside, AsideItem, Notice, Proposed};
pub(crate) use presence::{Connection, Here, colour};
pub(crate) use receipt::Receipt;
pub(crate) use tabs::tell_hand_over;
pub(crate) use values::Standing;

use crate::api::Speaker;
use crate::view_model::PlanView;

/// How far a plan is opened.
#[derive(Clone, Copy)]
#[expect(clippy::large_enum_variant, reason = "there is one of it, and it is copied")]
pub(crate) enum Phase {
    /// What the device holds is being read.
    Loading,
    /// The first visit: the plan is coming from the server.
    CatchingUp {
        /// How much of it is here.
        percent: u8,
    },
    /// The plan can be shown and edited.
    Open(PlanView),
    /// This device has not joined the plan: it needs its link.
    NotJoined,
    /// The first visit needs a connection, and there is none. It goes on by itself.
    NoNetwork,
    /// The server does not have this plan.
    NotFound,
    /// What the device holds cannot be read. A copy can be saved.
    Broken,
    /// A newer version of Hamutuk wrote what the device holds: reload.
    Newer,
    /// Somebody else writes on this device now: the plan is to be opened anew.
    HandedOver,
}

/// An open plan. Copied freely; provided as context.
#[derive(Clone, Copy)]
pub(crate) struct Session {
    core: StoredValue<Rc<Core>, LocalStorage>,
    plan: PlanId,
}

/// Call this once, when the program starts.
pub(crate) fn prepare() {
    core::prepare();
}

/// The session of the plan that is open around the caller.
pub(crate) fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Opens a plan. The session ends with the current owner.
    pub(crate) fn open(plan: PlanId) -> Self {
        let core = Core::new(plan);
        open::begin(&core);
        Self { core: StoredValue::new_local(core), plan }
    }

    /// A session of a core that is open already, for tests.
    #[cfg(test)]
    pub(crate) fn of(core: Rc<Core>) -> Self {
        let plan = core.plan;
        Self { core: StoredValue::new_local(core), plan }
    }

    /// How far the plan is opened.
    pub(crate) fn phase(&self) -> Signal<Phase> {
        self.core().phase.into()
    }

    /// Which plan.
    pub(crate) const fn plan(&self) -> PlanId {
        self.plan
    }

    /// Does an edit: writes it, shows it, stores it and sends it. Whether it was done. That the person may not is said; otherwise it is
    /// not done only when what it is about went away under the press, and then there is nothing to do.
    pub(crate) fn edit(&self, edit: Edit) -> bool {
        self.allows(std::slice::from_ref(&edit)) && self.core().edit(&edit, None).is_ok()
    }

    /// Does an edit of a button.
    pub(crate) fn write(&self, edit: Edit) {
        self.edit(edit);
    }

    /// Does all these edits, or none, as one step of undo. Whether they were done; what went wrong is said.
    pub(crate) fn write_all(&self, edits: &[Edit]) -> bool {
        self.allows(edits) && self.core().edit_all(edits)
    }

    /// Whether the person may do all these edits; says why not. What the server would refuse is better not written at all.
    fn allows(&self, edits: &[Edit]) -> bool {
        let core = self.core();
        let refusal = match core.replica.borrow().as_ref() {
            Some(replica) => edits.iter().find_map(|edit| Some((replica.may(edit).err()?, notice::about(edit)))),
            // Before the document is here, some things cannot be done yet: see `ahead`.
            None => return edits.iter().all(|edit| core.may_ahead(edit)),
        };
        if let Some((refusal, about)) = refusal {
            core.say_briefly(Notice::NotAllowed(refusal, about));
        }
        refusal.is_none()
    }

    /// Takes back what the person did last, or with `again` does it again.
    pub(crate) fn undo(&self, again: bool) -> Undone {
        self.core().undo(again)
    }

    /// Gathers what was typed into a change now.
    pub(crate) fn commit(&self) {
        self.core().commit();
    }

    /// Whether there is something to undo, and something to redo.
    pub(crate) fn can_undo(&self) -> Signal<(bool, bool)> {
        self.core().can_undo.into()
    }

    /// How many steps can be undone; what is typed from now on is a step of its own. Before the document is here, more than there ever are:
    /// nothing is undone to there.
    pub(crate) fn undo_mark(&self) -> usize {
        let core = self.core();
        core.commit();
        core.replica.borrow_mut().as_mut().map_or(usize::MAX, Replica::undo_mark)
    }

    /// Takes back everything since the mark.
    pub(crate) fn undo_to(&self, mark: usize) {
        while self.core().replica.borrow().is_some() && self.undo_mark() > mark {
            self.undo(false);
        }
    }

    /// Whether the person may do this. Reactive on what they may do, and on the states of the sections.
    pub(crate) fn may(&self, edit: &Edit) -> bool {
        let core = self.core();
        core.access.track();
        match core.replica.borrow().as_ref() {
            Some(replica) => replica.may(edit).is_ok(),
            None => core.may_ahead(edit),
        }
    }

    /// What the person may do, and the states of the sections.
    pub(crate) fn access(&self) -> Signal<Access> {
        self.core().access.into()
    }

    /// The person.
    pub(crate) fn me(&self) -> ParticipantId {
        self.core().me.get()
    }

    /// The plan, and as whom the server is asked about it.
    pub(crate) fn speaker(&self) -> Speaker {
        Speaker { plan: self.plan, participant: Some(self.me()) }
    }

    /// Where the person's work is.
    pub(crate) fn receipt(&self) -> Signal<Receipt> {
        self.core().receipt.into()
    }

    /// The other people, one for each of their connections.
    pub(crate) fn here(&self) -> Signal<Vec<Here>> {
        self.core().people.all()
    }

    /// The other connections, also the person's own in other tabs.
    pub(crate) fn connections(&self) -> Signal<Vec<Connection>> {
        self.core().people.connections()
    }

    /// How many changes this device holds that the server lacks. Not reactive; see [`Session::receipt`].
    pub(crate) fn waiting(&self) -> u32 {
        focus::waiting(&self.core())
    }

    /// The plenary is to follow this tab, and show what `view` says; none: it is not.
    pub(crate) fn lead(&self, view: Option<String>) {
        focus::lead(&self.core(), view);
    }

    /// The server's clock, in milliseconds since 1970. Not reactive.
    pub(crate) fn server_now_ms(&self) -> i64 {
        now_ms() + self.core().clock_ahead_ms.get()
    }

    /// The hashes of the changes at the end of the plan as it stands here, as a version holds them.
    pub(crate) fn heads(&self) -> String {
        let core = self.core();
        core.commit();
        let heads = core.replica.borrow_mut().as_mut().map(Replica::heads).unwrap_or_default();
        heads.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    /// The other people in exactly this field. Only a change there notifies.
    pub(crate) fn here_at(&self, path: &str) -> Signal<Vec<Here>> {
        let core = self.core();
        core.owner.with(|| core.people.at(path))
    }

    /// What the person should know and can act on.
    pub(crate) fn notices(&self) -> RwSignal<Vec<Notice>> {
        self.core().notices
    }

    /// Takes a notice from the screen. A refusal stays on the device, but is not shown again.
    pub(crate) fn dismiss(&self, notice: &Notice) {
        self.core().dismiss(notice);
    }

    /// Shows only the rest of what was refused: something was made of the others. None of it left takes the notice from the screen.
    pub(crate) fn leave(&self, aside: &Aside, rest: Vec<AsideItem>) {
        self.core().leave(aside, rest);
    }

    /// Connects now, whatever the reason for the pause was.
    pub(crate) fn reconnect(&self) {
        let core = self.core();
        // Before the document is here, nobody would answer the server.
        if core.replica.borrow().is_some() {
            core.socket.connect();
        }
    }

    /// Whether the device stores what is written: without that, nobody can go on where another stopped.
    pub(crate) fn is_storing(&self) -> bool {
        let core = self.core();
        core.writer.storage().is_some() && core.writer.is_storing()
    }

    /// Somebody else writes on this device from now on. The plan is opened anew.
    ///
    /// # Errors
    /// When the device does not store: everything is as before.
    pub(crate) async fn hand_over(&self, next: Companion) -> Result<(), StorageError> {
        hand_over::hand_over(&self.core(), next).await
    }

    /// Downloads the document as a file.
    pub(crate) fn save_copy(&self) {
        copy::save(&self.core());
    }

    /// The words of a field as the document has them.
    pub(crate) fn text(&self, field: Field) -> Option<String> {
        self.core().text(field)
    }

    /// What stands in a field that is chosen rather than typed. Reactive; it follows the field until the current owner ends.
    pub(crate) fn standing(&self, field: Field) -> Signal<Standing> {
        self.core().standing(field)
    }

    /// What stands in a field now. Not reactive.
    pub(crate) fn standing_now(&self, field: Field) -> Standing {
        self.core().read(field)
    }

    /// What a room full of people has beside the content. Not reactive; see [`crate::room::follow`].
    pub(crate) fn room(&self) -> Room {
        let core = self.core();
        let (replica, last) = (core.replica.borrow(), core.last_view.borrow());
        replica.as_ref().or(last.as_ref()).map(Replica::room).unwrap_or_default()
    }

    /// Does something that lives as long as the plan is open.
    pub(crate) fn within<T>(&self, act: impl FnOnce() -> T) -> T {
        self.core().owner.with(act)
    }

    /// Everything that people chose differently at the same time, in the order of the plan. Not reactive.
    pub(crate) fn disputes(&self) -> Vec<Dispute> {
        self.core().replica.borrow_mut().as_mut().map(Replica::disputes).unwrap_or_default()
    }

    /// What people chose differently in one field. Not reactive.
    pub(crate) fn dispute(&self, field: Field) -> Option<Dispute> {
        self.core().replica.borrow_mut().as_mut()?.dispute(field)
    }

    /// Who wrote what stands in a field that is neither a text nor a set. Not reactive.
    pub(crate) fn origin(&self, field: Field) -> Option<Origin> {
        self.core().replica.borrow_mut().as_mut()?.origin(field)
    }

    /// Puts a text field on the screen: `news` is called whenever somebody or something else changes its words.
    pub(crate) fn mount(&self, field: Field, news: impl Fn(FieldNews<'_>) + 'static) -> Mounted {
        fields::mount(&self.core(), field, news)
    }

    /// Does what the person typed into a mounted field. The field itself is not told.
    pub(crate) fn typed(&self, mounted: &Mounted, splice: Splice) -> Result<(), EditError> {
        self.core().edit(&Edit::Text { field: mounted.field(), splice }, Some(mounted.id()))
    }

    /// An input method begins to compose in a field: until [`Session::end_composition`], what is typed there is meant for the text
    /// as it is now. The field is told to hand over what it has from time to time.
    pub(crate) fn begin_composition(&self, field: Field) {
        self.core().fields.begin_composition(field);
    }

    /// Something was composed: it is asked for with [`FieldNews::Flush`] soon.
    pub(crate) fn composed(&self) {
        self.core().commit_soon();
    }

    /// The composition has ended, and its last splice was given to [`Session::typed`]. What others have done to the text since what
    /// the field shows.
    pub(crate) fn end_composition(&self) -> Vec<Splice> {
        let core = self.core();
        let Some((field, heads)) = core.fields.end_composition() else {
            return Vec::new();
        };
        core.commit();
        core.replica.borrow_mut().as_mut().map(|replica| replica.splices_since(field, &heads)).unwrap_or_default()
    }

    /// Says something to the person.
    pub(crate) fn notify(&self, notice: Notice) {
        self.core().notify(notice);
    }

    fn core(&self) -> Rc<Core> {
        self.core.with_value(Rc::clone)
    }
}

/// A new id for a thing.
pub(crate) fn new_id<I: From<[u8; N]>, const N: usize>() -> I {
    random::<N>().into()
}

fn new_tab_id() -> TabId {
    TabId::from_bytes(random())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("every browser that runs WebAssembly has random numbers");
    bytes
}

/// Milliseconds since 1970, by the device's clock.
fn now_ms() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "the clock gives whole milliseconds far below 2^53")]
    let now = js_sys::Date::now() as i64;
    now
}
