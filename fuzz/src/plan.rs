//! The plan that changes are pushed into, always the same, and a link for one of its sections.

use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, Change};
use hamutuk_shared::access::{Grant, Role, Scope};
use hamutuk_shared::id::{Author, ParticipantId, SERVER, SectionId, TabId};
use hamutuk_shared::plan::edit::apply;
use hamutuk_shared::plan::{Edit, Language, Plan, read, template};

/// Who has the link.
pub const LIMITED: ParticipantId = ParticipantId::from_bytes([1; 16]);
const OTHER: ParticipantId = ParticipantId::from_bytes([2; 16]);

/// A plan from the template, in which two people are.
pub struct Start {
    /// The document.
    pub doc: Automerge,
    /// The section that the link is for.
    pub section: SectionId,
}

impl Default for Start {
    fn default() -> Self {
        let template = template::find("nap1325-2025").expect("the template is part of the program");
        let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
        let mut number = 0_u8;
        let mut ids = || {
            number += 1;
            [number; 10]
        };
        let mut doc = template::build(&template, Language::En, author, 0, &mut ids).expect("the template can be built");
        doc.set_actor(Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) }.actor());
        let edits = [LIMITED, OTHER].map(|id| Edit::SetPerson { id, name: "Name".to_owned(), organisation: None });
        write(&mut doc, &edits);
        let section = read::plan(&doc).sections[0].id;
        Self { doc, section }
    }
}

impl Start {
    /// What the link allows.
    #[must_use]
    pub fn grant(&self) -> Grant {
        Grant { scope: Scope::Sections([self.section].into()), ..Grant::new(LIMITED, Role::Editor) }
    }

    /// A change by whoever has the link, allowed or not; none if it changes nothing.
    #[must_use]
    pub fn change(&self, edits: &[Edit]) -> Option<Change> {
        let mut copy = self.doc.fork().with_actor(actor());
        write(&mut copy, edits);
        copy.get_last_local_change().filter(|change| change.actor_id() == &actor())
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> Plan {
        read::plan(&self.doc)
    }
}

fn actor() -> ActorId {
    Author { participant: LIMITED, tab: TabId::from_bytes([9; 8]) }.actor()
}

fn write(doc: &mut Automerge, edits: &[Edit]) {
    let mut tx = doc.transaction();
    for edit in edits {
        apply(&mut tx, edit).expect("an edit of a first input fits");
    }
    tx.commit_with(CommitOptions::default().with_time(0));
}
