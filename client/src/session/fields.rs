//! The text fields on the screen: who must be told when words change, and what is being composed.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use automerge::ChangeHash;
use hamutuk_shared::plan::Field;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::replica::Effect;
use hamutuk_shared::text::Splice;

use super::core::Core;

/// What a field on the screen is told.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FieldNews<'a> {
    /// Its words changed by these splices, one after the other.
    Splices(&'a [Splice]),
    /// Its words may be others: ask [`super::Session::text`].
    Whole,
    /// Hand over what has been composed so far.
    Flush,
}

/// Which field on the screen; the same text may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MountedId(u64);

/// A field on the screen. It leaves the screen when this is dropped.
pub(crate) struct Mounted {
    core: Weak<Core>,
    field: Field,
    id: MountedId,
}

impl Mounted {
    /// Its text.
    pub(crate) const fn field(&self) -> Field {
        self.field
    }

    pub(super) const fn id(&self) -> MountedId {
        self.id
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(core) = self.core.upgrade() {
            core.fields.unmount(self.field, self.id);
        }
    }
}

type News = Rc<dyn Fn(FieldNews<'_>)>;

/// A composition of an input method.
struct Composition {
    field: Field,
    /// The plan that it is meant for; none while that is the plan of now.
    heads: Option<Vec<ChangeHash>>,
}

#[derive(Default)]
pub(super) struct Fields {
    next: Cell<u64>,
    mounted: RefCell<HashMap<Field, Vec<(MountedId, News)>>>,
    /// There is one caret, so there is one composition.
    composition: RefCell<Option<Composition>>,
}

pub(super) fn mount(core: &Rc<Core>, field: Field, news: impl Fn(FieldNews<'_>) + 'static) -> Mounted {
    let fields = &core.fields;
    let id = MountedId(fields.next.replace(fields.next.get() + 1));
    fields.mounted.borrow_mut().entry(field).or_default().push((id, Rc::new(news)));
    Mounted { core: Rc::downgrade(core), field, id }
}

impl Fields {
    fn unmount(&self, field: Field, id: MountedId) {
        let mut mounted = self.mounted.borrow_mut();
        if let Some(all) = mounted.get_mut(&field) {
            all.retain(|(known, _)| *known != id);
            if all.is_empty() {
                mounted.remove(&field);
            }
        }
        drop(mounted);
        if self.composition.borrow().as_ref().is_some_and(|composition| composition.field == field) {
            self.end_composition();
        }
    }

    /// Tells every field with this text, but the one that the news comes from.
    pub(super) fn tell(&self, field: Field, from: Option<MountedId>, news: FieldNews<'_>) {
        let told: Vec<News> = self
            .mounted
            .borrow()
            .get(&field)
            .into_iter()
            .flatten()
            .filter(|(id, _)| Some(*id) != from)
            .map(|(_, news)| Rc::clone(news))
            .collect();
        for tell in told {
            tell(news);
        }
    }

    /// Tells every field that its words may be others.
    pub(super) fn tell_all(&self) {
        let told: Vec<News> = self.mounted.borrow().values().flatten().map(|(_, news)| Rc::clone(news)).collect();
        for tell in told {
            tell(FieldNews::Whole);
        }
    }

    pub(super) fn begin_composition(&self, field: Field) {
        self.composition.replace(Some(Composition { field, heads: None }));
    }

    /// The composition's field, and the plan that it was meant for in the end, where that is not the plan of now.
    pub(super) fn end_composition(&self) -> Option<(Field, Vec<ChangeHash>)> {
        let Composition { field, heads } = self.composition.take()?;
        Some((field, heads?))
    }

    /// The field in which something is being composed.
    pub(super) fn composing(&self) -> Option<Field> {
        self.composition.borrow().as_ref().map(|composition| composition.field)
    }

    /// Whether something is composed that is still meant for the plan of now.
    pub(super) fn needs_heads(&self) -> bool {
        self.composition.borrow().as_ref().is_some_and(|composition| composition.heads.is_none())
    }

    pub(super) fn set_heads(&self, heads: Vec<ChangeHash>) {
        if let Some(composition) = self.composition.borrow_mut().as_mut() {
            composition.heads = Some(heads);
        }
    }

    /// The plan that an edit is meant for, where that is not the plan of now.
    pub(super) fn heads_for(&self, edit: &Edit) -> Option<Vec<ChangeHash>> {
        let Edit::Text { field, .. } = edit else {
            return None;
        };
        self.composition.borrow().as_ref().filter(|composition| composition.field == *field)?.heads.clone()
    }

    /// An edit of the composition was written by these effects: the next builds on it.
    pub(super) fn composed(&self, effects: &[Effect]) {
        let made = effects.iter().rev().find_map(|effect| match effect {
            Effect::Store { changes, position: None, .. } => changes.last().map(|change| change.hash),
            _ => None,
        });
        if let Some(hash) = made {
            self.set_heads(vec![hash]);
        }
    }
}
