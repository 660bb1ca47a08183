//! Who else is here, and in which field. Never stored.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::plan::same::shown_as;
use hamutuk_shared::sync::frame::{Presence, SessionId};
use leptos::prelude::*;

use crate::view_model::PlanView;

/// How many colours people have.
const COLOURS: u8 = 8;

/// Another person, in one of their connections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Here {
    /// Their connection.
    pub(crate) session: SessionId,
    /// They; whoever joined twice is the one as whom they are shown.
    pub(crate) participant: ParticipantId,
    /// What they are called; empty while their name is not known yet.
    pub(crate) name: String,
    /// The label of the organisation that they write for; may be empty.
    pub(crate) organisation: String,
    /// The number of their colour, from 0 to 7.
    pub(crate) colour: u8,
    /// The path of the field that they are in.
    pub(crate) path: Option<String>,
    /// Their selection in it, in UTF-16 code units.
    pub(crate) selection: Option<(u32, u32)>,
}

impl Here {
    /// Who they are, in one line: name and organisation.
    pub(crate) fn label(&self) -> String {
        match (self.name.as_str(), self.organisation.as_str()) {
            (name, "") => name.to_owned(),
            (name, organisation) => format!("{name} · {organisation}"),
        }
    }
}

/// Another connection to the plan, also of the person themselves, as the facilitator's desk and the plenary see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Connection {
    /// Which.
    pub(crate) session: SessionId,
    /// Whose.
    pub(crate) participant: ParticipantId,
    /// How many changes the device holds that the server lacks.
    pub(crate) waiting: u32,
    /// If the plenary follows it, what it is to show.
    pub(crate) leads_to: Option<String>,
}

impl Connection {
    fn of(session: SessionId, participant: ParticipantId, presence: &Presence) -> Self {
        let leads_to = presence.leads.then(|| presence.view.clone().unwrap_or_default());
        Self { session, participant, waiting: presence.waiting, leads_to }
    }
}

/// Everybody else, as signals: all of them, and those of each field, so that a caret that moves touches one field.
pub(super) struct People {
    me: Cell<ParticipantId>,
    known: RefCell<BTreeMap<SessionId, (ParticipantId, Presence)>>,
    all: RwSignal<Vec<Here>>,
    connections: RwSignal<Vec<Connection>>,
    by_path: RefCell<HashMap<String, RwSignal<Vec<Here>>>>,
}

impl People {
    pub(super) fn new(me: ParticipantId) -> Self {
        Self {
            me: Cell::new(me),
            known: RefCell::default(),
            all: RwSignal::new(Vec::new()),
            connections: RwSignal::new(Vec::new()),
            by_path: RefCell::default(),
        }
    }

    pub(super) fn set_me(&self, me: ParticipantId) {
        self.me.set(me);
    }

    pub(super) fn all(&self) -> Signal<Vec<Here>> {
        self.all.into()
    }

    pub(super) fn connections(&self) -> Signal<Vec<Connection>> {
        self.connections.into()
    }

    /// Who is in exactly this field. Call it under the session's owner: the signal lives as long as the plan is open.
    pub(super) fn at(&self, path: &str) -> Signal<Vec<Here>> {
        let mut by_path = self.by_path.borrow_mut();
        if let Some(signal) = by_path.get(path) {
            return (*signal).into();
        }
        let here = self.all.with_untracked(|all| all.iter().filter(|here| here.path.as_deref() == Some(path)).cloned().collect());
        let signal = RwSignal::new(here);
        by_path.insert(path.to_owned(), signal);
        signal.into()
    }

    pub(super) fn moved(&self, session: SessionId, participant: ParticipantId, presence: Presence, view: Option<&PlanView>) {
        self.known.borrow_mut().insert(session, (participant, presence));
        self.show(view);
    }

    pub(super) fn left(&self, session: SessionId, view: Option<&PlanView>) {
        self.known.borrow_mut().remove(&session);
        self.show(view);
    }

    /// The connection is gone: nobody can be seen.
    pub(super) fn clear(&self) {
        self.known.borrow_mut().clear();
        self.show(None);
    }

    /// Sets the signals that are not right, also after a name has changed.
    pub(super) fn show(&self, view: Option<&PlanView>) {
        let known_as = |id| view.map_or(id, |view| view.people.with_untracked(|people| shown_as(people, id)));
        let me = known_as(self.me.get());
        let connections: Vec<Connection> =
            self.known.borrow().iter().map(|(session, (who, at))| Connection::of(*session, *who, at)).collect();
        if self.connections.with_untracked(|known| *known != connections) {
            self.connections.set(connections);
        }
        let here: Vec<Here> = self
            .known
            .borrow()
            .iter()
            .map(|(session, (who, at))| (session, known_as(*who), at))
            .filter(|(_, who, _)| *who != me)
            .map(|(session, who, at)| seen(*session, who, at, view))
            .collect();
        if self.all.with_untracked(|all| *all == here) {
            return;
        }
        let signals: Vec<(RwSignal<Vec<Here>>, Vec<Here>)> = self
            .by_path
            .borrow()
            .iter()
            .map(|(path, signal)| (*signal, here.iter().filter(|one| one.path.as_deref() == Some(path)).cloned().collect()))
            .collect();
        for (signal, there) in signals {
            if signal.with_untracked(|old| *old != there) {
                signal.set(there);
            }
        }
        self.all.set(here);
    }
}

fn seen(session: SessionId, participant: ParticipantId, presence: &Presence, view: Option<&PlanView>) -> Here {
    let person = view.and_then(|view| untrack(|| view.person(participant)));
    let organisation =
        person.as_ref().and_then(|person| person.organisation).zip(view).and_then(|(id, view)| untrack(|| view.organisation_label(id)));
    Here {
        session,
        participant,
        name: person.map(|person| person.name).unwrap_or_default(),
        organisation: organisation.unwrap_or_default(),
        colour: colour(participant),
        path: presence.path.clone(),
        selection: presence.selection,
    }
}

/// The number of a person's colour: the same on every screen.
pub(crate) fn colour(participant: ParticipantId) -> u8 {
    participant.as_bytes().iter().fold(0u8, |sum, byte| sum.wrapping_add(*byte)) % COLOURS
}
