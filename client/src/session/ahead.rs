//! What is typed into the plan that is shown while its document is still being loaded.
//!
//! Only words: everything else waits for the document. They are on the screen at once, and written when the document is here. A page that
//! ends before that leaves them to the next one.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use automerge::ChangeHash;
use hamutuk_shared::limits::TEXT_UTF16_MAX;
use hamutuk_shared::plan::edit::{Edit, EditError};
use hamutuk_shared::plan::{Field, Plan, PlanChange};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::text::splice::utf16_length;
use hamutuk_shared::text::{Ahead, Splice};
use js_sys::{Array, JSON};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use web_sys::EventTarget;

use super::core::Core;
use super::events::Listener;
use super::fields::MountedId;
use super::notice::Notice;
use super::now_ms;
use super::receipt::Receipt;

/// What was typed.
#[derive(Default)]
pub(super) struct Typed {
    texts: RefCell<BTreeMap<Field, Ahead>>,
    /// An earlier page left some of it: what is shown may not have it everywhere.
    is_recalled: Cell<bool>,
    at_end: RefCell<Vec<Listener>>,
}

impl Typed {
    /// What a text has become.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        Some(self.texts.borrow().get(&field)?.now().to_owned())
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

/// The heads that are a document's state.
fn heads(state: &str) -> Option<Vec<ChangeHash>> {
    state.split(' ').map(|hash| hash.parse().ok()).collect()
}

/// The change that these effects store.
fn made(effects: &[Effect]) -> Option<ChangeHash> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Store { changes, position: None, .. } => changes.last().map(|change| change.hash),
        _ => None,
    })
}

impl Core {
    /// Does what was typed to what is shown.
    pub(super) fn type_ahead(&self, edit: &Edit, from: Option<MountedId>) -> Result<(), EditError> {
        let Edit::Text { field, splice } = edit else { return Err(EditError::NotFound) };
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
        let mut effects = Vec::new();
        let known = shown.and_then(|shown| heads(&shown.same_as()?)).filter(|heads| heads.iter().all(|hash| replica.holds(*hash)));
        let as_shown = |field| shown.and_then(|shown| shown.text(field));
        // Where the document says the same as was shown, what was typed is an edit of now.
        let is_another = |field| replica.text(field) != as_shown(field);
        let is_composed_over = self.fields.composing().is_some_and(is_another);
        let is_past = |field: Field, ahead: &Ahead| as_shown(field).is_some_and(|words| words == ahead.before()) && is_another(field);
        let all = self.ahead.texts.take().into_iter();
        let (past, rest): (Vec<_>, Vec<_>) = all.partition(|(field, ahead)| known.is_some() && is_past(*field, ahead));
        if let Some(mut heads) = known {
            for (field, ahead) in past {
                let Some(splice) = ahead.splice() else { continue };
                let done = self.or_keep(field, ahead, replica.edit_at(&heads, &typed(field, splice), now_ms()));
                // What follows builds on it: Automerge does not write twice at the same heads.
                heads = made(&done).map_or(heads, |hash| vec![hash]);
                effects.extend(done);
            }
            if is_composed_over && self.fields.needs_heads() {
                // What is still being composed goes on from there.
                self.fields.set_heads(heads);
            }
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

    fn forget_kept(&self) {
        if let (true, Some(storage)) = (self.ahead.texts.borrow().is_empty(), storage()) {
            let _ = storage.remove_item(&self.kept_at());
        }
    }

    /// Leaves what was typed to the next page.
    pub(super) fn keep_ahead(&self) {
        let kept = Array::new();
        for (field, ahead) in self.ahead.texts.borrow().iter() {
            let parts = [field.to_string().as_str(), ahead.before(), ahead.now()].map(JsValue::from_str);
            kept.push(&parts.iter().collect::<Array>());
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
            if let (Some(Ok(field)), Some(before), Some(now)) = (part(0).map(|path| path.parse()), part(1), part(2)) {
                self.ahead.texts.borrow_mut().insert(field, Ahead::kept(before, now));
                self.ahead.is_recalled.set(true);
                self.receipt.set(Receipt::Saving);
            }
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
