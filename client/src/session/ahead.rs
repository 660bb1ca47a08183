//! What is typed and chosen in the plan that is shown while its document is still being loaded.
//!
//! Every field takes it; what is added, moved, archived or undone waits for the document. It is on the screen at once, and written when the
//! document is here. A page that ends before that leaves it to the next one.

mod chosen;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use automerge::ChangeHash;
use hamutuk_shared::limits::TEXT_UTF16_MAX;
use hamutuk_shared::plan::edit::{Edit, EditError};
use hamutuk_shared::plan::{Field, Item, Plan, PlanChange};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::text::splice::utf16_length;
use hamutuk_shared::text::{Ahead, Splice};
use js_sys::{Array, JSON};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::EventTarget;

use self::chosen::Chosen;
pub(crate) use self::chosen::{CHOICES, Choices};
use super::core::Core;
use super::events::Listener;
use super::fields::MountedId;
use super::notice::Notice;
use super::now_ms;
use super::receipt::Receipt;
use crate::later;

/// So many edits at once are done before the document is here: each is written into it by itself.
const AT_ONCE_MAX: usize = 2_000;

/// What was typed and chosen.
#[derive(Default)]
pub(super) struct Typed {
    texts: RefCell<BTreeMap<Field, Ahead>>,
    chosen: RefCell<Vec<Chosen>>,
    /// An earlier page left some of it: what is shown may not have it everywhere.
    is_recalled: Cell<bool>,
    at_end: RefCell<Vec<Listener>>,
}

impl Typed {
    /// What a text has become.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        Some(self.texts.borrow().get(&field)?.now().to_owned())
    }

    /// Whether some of it waits for the second program.
    pub(super) fn is_waiting(&self) -> bool {
        !self.chosen.borrow().is_empty() && later::now().is_none()
    }

    /// Whether what is shown has all of it.
    pub(super) fn is_shown(&self) -> bool {
        !self.is_recalled.get()
    }
}

/// Takes over what an earlier page left, and does the same when this one ends, or may.
pub(super) fn begin(core: &Rc<Core>) {
    core.recall_ahead();
    let on = |target: &EventTarget, event: &'static str| {
        let weak = Rc::downgrade(core);
        let keep = move |_| {
            if let Some(core) = weak.upgrade() {
                core.keep_ahead();
            }
        };
        Listener::new(target, event, keep)
    };
    core.ahead.at_end.replace(vec![on(&window(), "pagehide"), on(&document(), "visibilitychange")]);
}

fn typed(field: Field, splice: Splice) -> Edit {
    Edit::Text { field, splice }
}

fn is_words(change: &PlanChange) -> bool {
    matches!(change, PlanChange::Text { .. })
}

/// The effects but for words, which are shown.
pub(super) fn without_words(mut effects: Vec<Effect>) -> Vec<Effect> {
    for effect in &mut effects {
        if let Effect::Changed(changes) = effect {
            changes.retain(|change| !is_words(change));
        }
    }
    effects.retain(|effect| !matches!(effect, Effect::Changed(changes) if changes.is_empty()));
    effects
}

/// The heads that are a document's state, if the replica holds them.
fn known_heads(state: &str, replica: &mut Replica) -> Option<Vec<ChangeHash>> {
    let heads: Option<Vec<ChangeHash>> = state.split(' ').map(|hash| hash.parse().ok()).collect();
    heads.filter(|heads| heads.iter().all(|hash| replica.holds(*hash)))
}

/// Writes it into the text as it is now.
fn typed_onto(replica: &mut Replica, field: Field, ahead: &Ahead) -> Result<Vec<Effect>, EditError> {
    let standing = replica.text(field).ok_or(EditError::NotFound)?;
    let mut effects = Vec::new();
    for splice in ahead.onto(&standing) {
        effects.extend(replica.edit(&typed(field, splice), now_ms())?);
    }
    effects.extend(replica.commit(now_ms()));
    Ok(effects)
}

impl Core {
    /// Whether the person may do this to what is shown. Of a value that is disputed only one is shown, so where something is, values wait for
    /// the document; and so do those of the plan itself, on which all else that is shown depends.
    pub(super) fn may_ahead(&self, edit: &Edit) -> bool {
        self.last_view.borrow().as_ref().is_some_and(|shown| {
            let can = match edit {
                Edit::Text { .. } => true,
                Edit::Include { field, .. } => field.item != Item::Plan,
                Edit::Set { field, .. } => field.item != Item::Plan && shown.same_as().is_some(),
                _ => false,
            };
            can && shown.may(edit).is_ok()
        })
    }

    /// Does these to what is shown. Whether all were done; what went wrong is said.
    pub(super) fn edit_all_ahead(&self, edits: &[Edit]) -> bool {
        let is_done = edits.len() <= AT_ONCE_MAX && edits.iter().all(|edit| self.edit_ahead(edit, None).is_ok());
        if !is_done {
            self.notify(Notice::NotDone);
        }
        is_done
    }

    /// Does what was typed or chosen to what is shown.
    pub(super) fn edit_ahead(&self, edit: &Edit, from: Option<MountedId>) -> Result<(), EditError> {
        let Edit::Text { field, splice } = edit else {
            return later::now().map_or(Err(EditError::NotFound), |parts| (parts.choices.choose)(self, edit));
        };
        let shown = self.text(*field).ok_or(EditError::NotFound)?;
        if utf16_length(&shown) - splice.delete.min(utf16_length(&shown)) + splice.inserted() > TEXT_UTF16_MAX {
            return Err(EditError::TooLong);
        }
        if !self.ahead.texts.borrow_mut().entry(*field).or_insert_with(|| Ahead::new(shown)).typed(splice) {
            return Err(EditError::OutOfText);
        }
        self.show(&[PlanChange::Text { field: *field, splices: vec![splice.clone()] }], from);
        // Until then it is only on this page.
        self.receipt.set(Receipt::Saving);
        Ok(())
    }

    /// Writes what was typed into the replica, now that it has the plan: as the plan was that is `shown`, where it is known which that was.
    /// Whoever carries out the effects takes [the words](without_words) out of them: they are on the screen, or will be.
    pub(super) fn write_ahead(&self, shown: Option<&Replica>) -> Vec<Effect> {
        let mut replica = self.replica.borrow_mut();
        let Some(replica) = replica.as_mut().filter(|replica| replica.has_plan()) else { return Vec::new() };
        let known = shown.and_then(Replica::made_from).and_then(|state| known_heads(&state, replica));
        let as_shown = |field| shown.and_then(|shown| shown.text(field));
        // Where the document says the same as was shown, what was typed is an edit of now.
        let is_another = |field| replica.text(field) != as_shown(field);
        let is_composed_over = self.fields.composing().is_some_and(is_another);
        let is_past = |field: Field, ahead: &Ahead| as_shown(field).is_some_and(|words| words == ahead.before()) && is_another(field);
        let all = self.ahead.texts.take().into_iter();
        let (older, rest): (Vec<_>, Vec<_>) = all.partition(|(field, ahead)| known.is_some() && is_past(*field, ahead));
        let heads = known.unwrap_or_default();
        let mut effects = Vec::new();
        if let Some(parts) = later::now() {
            effects = (parts.choices.write)(self, replica, &heads, older);
        } else {
            for (field, ahead) in older {
                let Some(splice) = ahead.splice() else { continue };
                effects.extend(self.or_keep(field, ahead, replica.edit_at(&heads, &typed(field, splice), now_ms())));
            }
        }
        if is_composed_over && !heads.is_empty() && self.fields.needs_heads() {
            // What is still being composed goes on from there.
            self.fields.set_heads(heads);
        }
        for (field, ahead) in rest {
            let done = typed_onto(replica, field, &ahead);
            effects.extend(self.or_keep(field, ahead, done));
        }
        self.forget_kept();
        effects
    }

    /// Shows a plan that was read before these effects of [`Self::write_ahead`]. The fields read the document, and have them.
    pub(super) fn show_before(&self, plan: &Plan, written: &[Effect]) {
        self.show_plan(plan);
        let Some(view) = self.view.get() else { return };
        let words = written.iter().flat_map(|effect| match effect {
            Effect::Changed(changes) => changes.as_slice(),
            _ => &[],
        });
        let apply = |change: &PlanChange| {
            // The plan has every field that was typed into.
            let _fits = view.apply(change);
        };
        self.owner.with(|| words.filter(|change| is_words(change)).for_each(apply));
    }

    /// The effects of what was done; what was not is kept. What it is about may be on its way, or be too long by now.
    fn or_keep(&self, field: Field, ahead: Ahead, done: Result<Vec<Effect>, EditError>) -> Vec<Effect> {
        done.unwrap_or_else(|error| {
            if matches!(error, EditError::TooLong) {
                self.notify(Notice::TooLong);
            }
            self.ahead.texts.borrow_mut().insert(field, ahead);
            Vec::new()
        })
    }

    /// Writes what an earlier page left, if the document came before the second program.
    pub(super) fn write_chosen_later(self: &Rc<Self>) {
        if self.ahead.chosen.borrow().is_empty() {
            return;
        }
        let core = Rc::downgrade(self);
        later::then(move |_| {
            if let Some(core) = core.upgrade() {
                let written = core.write_ahead(None);
                core.rebuild();
                core.run(without_words(written), None);
            }
        });
    }

    /// What is written now is not written again by another page; the rest is left.
    fn forget_kept(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.kept_at());
        }
        self.keep_ahead();
    }

    /// Leaves what was typed and chosen to the next page.
    pub(super) fn keep_ahead(&self) {
        let kept = Array::new();
        let keep = |parts: &[&str]| {
            kept.push(&parts.iter().copied().map(JsValue::from_str).collect::<Array>());
        };
        for (field, ahead) in self.ahead.texts.borrow().iter() {
            keep(&[&field.to_string(), ahead.before(), ahead.now()]);
        }
        for chosen in self.ahead.chosen.borrow().iter() {
            kept.push(&chosen.kept);
        }
        if let (true, Some(storage), Ok(json)) = (kept.length() > 0, storage(), JSON::stringify(&kept)) {
            // A browser that stores nothing has said so.
            let _ = storage.set_item(&self.kept_at(), &String::from(json));
        }
    }

    fn recall_ahead(&self) {
        let Some(storage) = storage() else { return };
        let Some(kept) = storage.get_item(&self.kept_at()).ok().flatten().and_then(|json| JSON::parse(&json).ok()) else { return };
        for one in Array::from(&kept).iter().map(|one| Array::from(&one)) {
            let part = |at| one.get(at).as_string();
            if one.length() > 3 {
                self.ahead.chosen.borrow_mut().push(Chosen { kept: one, before: None });
            } else if let (Some(Ok(field)), Some(before), Some(now)) = (part(0).map(|path| path.parse()), part(1), part(2)) {
                self.ahead.texts.borrow_mut().insert(field, Ahead::kept(before, now));
            } else {
                continue;
            }
            self.ahead.is_recalled.set(true);
            self.receipt.set(Receipt::Saving);
        }
    }

    fn kept_at(&self) -> String {
        format!("hamutuk.ahead.{}.{}", self.plan, self.me.get())
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests;
