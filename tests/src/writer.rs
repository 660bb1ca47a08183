//! Makes changes without a replica: as many as a test wants, cheaply, and also such as no replica makes.

use anyhow::{Context as _, Result};
use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ObjId, ROOT, ReadDoc};
use hamutuk_shared::id::{Author, ParticipantId, TabId};
use hamutuk_shared::plan::schema::ActivityRef;
use hamutuk_shared::plan::{Field, Name, Plan, Section, read};
use hamutuk_shared::replica;

use crate::socket::CaughtUp;

/// Somebody who writes here and there: no text grows long, as none does in a real plan. (Automerge takes a time in proportion to the
/// length of a text to apply a change to it.)
pub struct Writer {
    doc: Automerge,
    /// The descriptions of all activities, and where their ends are.
    texts: Vec<(ObjId, usize)>,
    /// The text that is next.
    next: usize,
    /// An activity, and a key in it.
    value: (ObjId, String),
    /// The plan's title, which an editor may not change.
    title: ObjId,
}

impl Writer {
    /// Writes as a participant in a new tab, on top of what the server sent. Writers of different numbers begin in different texts.
    ///
    /// # Errors
    /// When what the server sent is not a plan.
    pub fn new(participant: ParticipantId, caught_up: &CaughtUp, number: usize) -> Result<Self> {
        let mut doc = replica::empty_document();
        doc.load_incremental(&caught_up.chunks)?;
        let author = Author { participant, tab: TabId::from_bytes(rand::random()) };
        doc.set_actor(author.actor());
        let activities = activities(&read::plan(&doc));
        let mut texts = Vec::new();
        for at in &activities {
            let text = object_at(&doc, &Field::of_activity(*at, Name::Description).to_string())?;
            let end = doc.length(&text);
            texts.push((text, end));
        }
        let next = number % texts.len().max(1);
        let value = Field::of_activity(*activities.get(next).context("the plan has no activities")?, Name::Lead).to_string();
        let (activity, key) = value.rsplit_once('/').context("a path has a last key")?;
        let value = (object_at(&doc, activity)?, key.to_owned());
        let title = object_at(&doc, &Field::PLAN_TITLE.to_string())?;
        Ok(Self { doc, texts, next, value, title })
    }

    /// Types at the end of the next text.
    ///
    /// # Errors
    /// When Automerge refuses.
    pub fn type_words(&mut self, words: &str) -> Result<Change> {
        let (text, end) = self.texts[self.next].clone();
        self.texts[self.next].1 += words.encode_utf16().count();
        self.next = (self.next + 1) % self.texts.len();
        self.change(|tx| tx.splice_text(&text, end, 0, words))
    }

    /// Overwrites one value with words of any length: one operation.
    ///
    /// # Errors
    /// When Automerge refuses.
    pub fn put_words(&mut self, words: &str) -> Result<Change> {
        let (activity, key) = self.value.clone();
        self.change(|tx| tx.put(&activity, key, words))
    }

    /// Types into the plan's title.
    ///
    /// # Errors
    /// When Automerge refuses.
    pub fn type_into_title(&mut self, words: &str) -> Result<Change> {
        let title = self.title.clone();
        self.change(|tx| tx.splice_text(&title, 0, 0, words))
    }

    /// Deletes all sections, as no replica does.
    ///
    /// # Errors
    /// When Automerge refuses.
    pub fn delete_sections(&mut self) -> Result<Change> {
        let sections =
            self.doc.keys(ROOT).find(|key| key == hamutuk_shared::plan::schema::root::SECTIONS).context("a plan has sections")?;
        self.change(|tx| tx.delete(ROOT, sections))
    }

    fn change(
        &mut self,
        write: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), automerge::AutomergeError>,
    ) -> Result<Change> {
        let mut tx = self.doc.transaction();
        write(&mut tx)?;
        tx.commit().0.context("the change changes nothing")?;
        self.doc.get_last_local_change().context("a change was made")
    }
}

/// All activities of a plan.
#[must_use]
pub fn activities(plan: &Plan) -> Vec<ActivityRef> {
    let in_section = |section: &Section| {
        let id = section.id;
        section.activities.iter().map(move |activity| ActivityRef { section: id, activity: activity.id }).collect::<Vec<_>>()
    };
    plan.sections.iter().flat_map(in_section).collect()
}

/// The object at a path of keys from the root.
pub(crate) fn object_at(doc: &Automerge, path: &str) -> Result<ObjId> {
    path.split('/').try_fold(ROOT, |object, key| {
        let (_, child) = doc.get(&object, key)?.with_context(|| format!("the plan has no {key} in {path}"))?;
        Ok(child)
    })
}
