//! A small plan that is open in memory, without a server, for the tests of what stands on a session.

use std::rc::Rc;

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT};
use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{Author, ParticipantId, PlanId, SERVER, TabId};
use hamutuk_shared::plan::edit::{Edit, EditError, apply};
use hamutuk_shared::plan::flat::flat;
use hamutuk_shared::plan::schema::{Name, root};
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Field, Language, template};
use hamutuk_shared::replica::{Replica, empty_document, load_document};
use hamutuk_shared::text::{Splice, splice};
use hamutuk_shared::version::SCHEMA;

use super::core::Core;
use super::last_view::LastView;
use super::open;
use super::storage::{ChunkKey, Stored};
use super::tabs;
use crate::device::{Companion, PlanOnDevice};

const PLAN: PlanId = PlanId::from_bytes([1; 16]);

/// An open plan, and somebody else's document of it.
pub(crate) struct TestPlan {
    pub(crate) core: Rc<Core>,
    theirs: Automerge,
}

/// A plan whose title is `title`.
pub(crate) fn plan(title: &str) -> TestPlan {
    open_document(titled(title), title)
}

fn titled(title: &str) -> Automerge {
    let mut document = empty_document();
    document.set_actor(ActorId::from([0u8; 24]));
    document
        .transact(|tx| {
            tx.put(ROOT, root::SCHEMA, SCHEMA)?;
            for name in [root::SECTIONS, root::ORGANISATIONS, root::PEOPLE] {
                tx.put_object(ROOT, name, ObjType::Map)?;
            }
            let meta = tx.put_object(ROOT, root::META, ObjType::Map)?;
            for (name, words) in [(Name::Title.key(), title), (Name::Vision.key(), "")] {
                let text = tx.put_object(&meta, name, ObjType::Text)?;
                tx.splice_text(&text, 0, 0, words)?;
            }
            Ok::<_, automerge::AutomergeError>(())
        })
        .unwrap();
    document
}

/// The plan that the template makes.
pub(crate) fn whole_plan() -> TestPlan {
    open_document(whole(), "")
}

fn whole() -> Automerge {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
    template::build(&template, Language::En, author, 0, &mut ids).unwrap()
}

fn open_document(document: Automerge, title: &str) -> TestPlan {
    Closed::of(document, title).open()
}

/// A plan that is on the device, and not open yet.
pub(crate) struct Closed {
    pub(crate) core: Rc<Core>,
    record: PlanOnDevice,
    document: Automerge,
}

impl Closed {
    fn of(document: Automerge, title: &str) -> Self {
        crate::test_page::begin();
        let core = Core::new(PLAN);
        let participant = ParticipantId::from_bytes([2; 16]);
        core.me.set(participant);
        let (scope, role, [name, organisation, group]) = (Scope::Plan, Role::Facilitator, [const { String::new() }; 3]);
        let record = PlanOnDevice::of(PLAN, Companion { participant, role, scope, name, organisation, group });
        let record = PlanOnDevice { title: title.into(), opened_ms: 0.0, ..record };
        Self { core, record, document }
    }

    /// The document is here.
    pub(crate) fn open(self) -> TestPlan {
        let bytes = self.document.save();
        let stored = Stored { chunks: vec![(ChunkKey::snapshot(&bytes), bytes)], ..Stored::default() };
        assert!(open::load(&self.core, &self.record, &stored).is_ok());
        TestPlan { core: self.core, theirs: self.document.with_actor(ActorId::from([9u8; 24])) }
    }
}

/// A plan of which only the last view is here: it shows the title `shown`. In the document that is `title`, perhaps another by now.
pub(crate) fn last_view(shown: &str, title: &str) -> Closed {
    let change = splice::between(shown, title, None).map(|splice| Edit::Text { field: Field::PLAN_TITLE, splice });
    last_view_of(titled(shown), change.as_slice())
}

/// The plan that the template makes, of which only the last view is here. In the document, somebody else has done these edits since.
pub(crate) fn last_view_of_whole(since: &[Edit]) -> Closed {
    last_view_of(whole(), since)
}

/// The same, where two people have said at the same time how far an activity is.
pub(crate) fn last_view_of_disputed(at: ActivityRef) -> Closed {
    let mut document = whole();
    let mut other = document.fork().with_actor(ActorId::from([8u8; 24]));
    for (document, status) in [(&mut document, ActivityStatus::Delayed), (&mut other, ActivityStatus::OnTrack)] {
        document.transact::<_, _, EditError>(|tx| apply(tx, &Edit::status(at, status))).unwrap();
    }
    document.merge(&mut other).unwrap();
    last_view_of(document, &[])
}

fn last_view_of(mut document: Automerge, since: &[Edit]) -> Closed {
    let flat = flat(&document, &document.get_heads()).unwrap();
    document.set_actor(ActorId::from([7u8; 24]));
    for edit in since {
        document.transact::<_, _, EditError>(|tx| apply(tx, edit)).unwrap();
    }
    let closed = Closed::of(document, "");
    LastView::read(&closed.record, &flat).unwrap().put(&closed.core);
    closed
}

impl TestPlan {
    /// Somebody else, who has seen nothing of ours since the last time, writes into the title.
    pub(crate) fn they_write(&mut self, at: usize, delete: usize, insert: &str) {
        self.they_edit(&Edit::Text { field: Field::PLAN_TITLE, splice: Splice { at, delete, insert: insert.into() } });
    }

    /// Somebody else, who has seen nothing of ours, edits the plan.
    pub(crate) fn they_edit(&mut self, edit: &Edit) {
        let before = self.theirs.get_heads();
        let mut tx = self.theirs.transaction();
        apply(&mut tx, edit).unwrap();
        tx.commit();
        let chunks = self.theirs.get_changes(&before).iter().map(|change| change.raw_bytes().to_vec()).collect();
        tabs::take_in(&self.core, chunks);
    }

    /// Looks at our replica.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&Replica) -> T) -> T {
        look(self.core.replica.borrow().as_ref().unwrap())
    }

    /// Who wrote what the server does not have, change by change; none of a change that nobody is the author of.
    pub(crate) fn own_authors(&self) -> Vec<Option<Author>> {
        let saved = load_document(&self.core.save().unwrap()).unwrap();
        saved.get_changes(&self.theirs.get_heads()).iter().map(|change| Author::of(change.actor_id())).collect()
    }

    /// The title as the document has it.
    pub(crate) fn title(&self) -> String {
        self.core.text(Field::PLAN_TITLE).unwrap()
    }
}
