//! What is chosen in the plan that is shown while its document is still being loaded: values, and the members of sets.

use std::collections::BTreeMap;

use automerge::ChangeHash;
use hamutuk_shared::plan::Field;
use hamutuk_shared::plan::edit::{Edit, EditError, Value};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::text::Ahead;
use js_sys::Array;
use leptos::prelude::Set as _;
use wasm_bindgen::JsValue;

use super::{known_heads, typed};
use crate::session::core::Core;
use crate::session::now_ms;
use crate::session::receipt::Receipt;
use crate::session::values::Standing;

/// One choice.
pub(super) struct Chosen {
    /// As it is left to a page that comes after this one: the field, the state of the document that was shown, the member of a set, and the
    /// value, as words.
    pub(super) kept: Array,
    /// What stood there; none of what an earlier page left.
    pub(super) before: Option<Standing>,
}

/// What is done about choices: all of it is in the second program, as what one chooses with.
pub(crate) struct Choices {
    /// Does one to what is shown.
    pub(in crate::session) choose: fn(&Core, &Edit) -> Result<(), EditError>,
    /// Shows what an earlier page left, now that there is something to show it in.
    pub(in crate::session) recall: fn(&Core),
    /// Writes them into the document, with texts that were typed when it stood at these heads.
    pub(super) write: Write,
}

type Write = fn(&Core, &mut Replica, &[ChangeHash], Vec<(Field, Ahead)>) -> Vec<Effect>;

/// What is written as the document was at these heads, and what it comes from.
type Meant = (Vec<ChangeHash>, Edit, Written);

pub(crate) const CHOICES: Choices = Choices { choose, recall, write };

fn choose(core: &Core, edit: &Edit) -> Result<(), EditError> {
    let (Edit::Set { field, .. } | Edit::Include { field, .. }) = edit else { return Err(EditError::NotFound) };
    let before = Some(core.read(*field));
    let state = show(core, edit)?;
    core.ahead.chosen.borrow_mut().push(Chosen { kept: kept(*field, &state, edit), before });
    core.receipt.set(Receipt::Saving);
    Ok(())
}

/// Writes it into what is shown. The state of the document that this was made from.
fn show(core: &Core, edit: &Edit) -> Result<String, EditError> {
    let (effects, state) = {
        let mut shown = core.last_view.borrow_mut();
        let shown = shown.as_mut().ok_or(EditError::NotFound)?;
        (shown.edit(edit, now_ms())?, shown.made_from().unwrap_or_default())
    };
    for effect in effects {
        if let Effect::Changed(changes) = effect {
            core.show(&changes, None);
        }
    }
    Ok(state)
}

fn recall(core: &Core) {
    let left: Vec<Edit> = core.ahead.chosen.borrow().iter().filter_map(|chosen| Some(recalled(&chosen.kept)?.2)).collect();
    for edit in left {
        // What is shown may be older than what it is about, and the document may be here already.
        let _ = show(core, &edit);
    }
}

/// Where something else stands by now, they are written as the document was then: all that were meant for one state of it at once, since to go
/// there and back takes long.
fn write(core: &Core, replica: &mut Replica, typed_at: &[ChangeHash], texts: Vec<(Field, Ahead)>) -> Vec<Effect> {
    let (mut past, mut now) = (Vec::<Meant>::new(), Vec::new());
    // What follows in a field goes where the first went, so that the last one stands.
    let mut goes: BTreeMap<Field, bool> = BTreeMap::new();
    for chosen in core.ahead.chosen.take() {
        let Some((field, state, edit)) = recalled(&chosen.kept) else { continue };
        let is_past = *goes.entry(field).or_insert_with(|| chosen.before.as_ref() != Some(&Standing::of(replica, field)));
        match known_heads(&state, replica).filter(|_| is_past) {
            Some(heads) => past.push((heads, edit, Written::Choice(chosen))),
            None => now.push((edit, chosen)),
        }
    }
    // In the order in which the states were shown: what an earlier page left comes first.
    past.extend(texts.into_iter().filter_map(|(field, ahead)| {
        let edit = typed(field, ahead.splice()?);
        Some((typed_at.to_vec(), edit, Written::Text(field, ahead)))
    }));
    let mut effects = Vec::new();
    while let Some((heads, ..)) = past.first() {
        let heads = heads.clone();
        let (same, rest) = past.into_iter().partition(|(other, ..)| *other == heads);
        past = rest;
        effects.extend(write_at(core, replica, &heads, same));
    }
    for (edit, chosen) in now {
        effects.extend(Written::Choice(chosen).or_keep(core, replica.edit(&edit, now_ms())));
    }
    effects
}

fn write_at(core: &Core, replica: &mut Replica, heads: &[ChangeHash], all: Vec<Meant>) -> Vec<Effect> {
    let edits: Vec<Edit> = all.iter().map(|(_, edit, _)| edit.clone()).collect();
    replica.edit_all_at(heads, &edits, now_ms()).unwrap_or_else(|_| {
        let each = all.into_iter().map(|(_, edit, from)| from.or_keep(core, replica.edit_at(heads, &edit, now_ms())));
        each.flatten().collect()
    })
}

/// What an edit comes from.
enum Written {
    Text(Field, Ahead),
    Choice(Chosen),
}

impl Written {
    /// The effects of what was done; what was not is kept. What it is about may be on its way.
    fn or_keep(self, core: &Core, done: Result<Vec<Effect>, EditError>) -> Vec<Effect> {
        match self {
            Self::Text(field, ahead) => core.or_keep(field, ahead, done),
            Self::Choice(chosen) => done.unwrap_or_else(|_| {
                core.ahead.chosen.borrow_mut().push(chosen);
                Vec::new()
            }),
        }
    }
}

fn kept(field: Field, state: &str, edit: &Edit) -> Array {
    let (member, value) = match edit {
        Edit::Include { member, included, .. } => (member.as_str(), if *included { "+" } else { "-" }.to_owned()),
        Edit::Set { value: Value::Word(word), .. } => ("", format!("={word}")),
        Edit::Set { value: Value::Number(number), .. } => ("", number.to_string()),
        _ => ("", String::new()),
    };
    [field.to_string().as_str(), state, member, value.as_str()].map(JsValue::from_str).iter().collect()
}

/// The field, the state and the edit; none of what is no choice.
fn recalled(kept: &Array) -> Option<(Field, String, Edit)> {
    let part = |at| kept.get(at).as_string();
    let (field, state, member, value) = (part(0)?.parse().ok()?, part(1)?, part(2)?, part(3)?);
    let edit = if !member.is_empty() {
        Edit::Include { field, member, included: value == "+" }
    } else if value.is_empty() {
        Edit::Set { field, value: Value::Nothing }
    } else if let Some(word) = value.strip_prefix('=') {
        Edit::Set { field, value: Value::Word(word.to_owned()) }
    } else {
        Edit::Set { field, value: Value::Number(value.parse().ok()?) }
    };
    Some((field, state, edit))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn what_is_left_to_the_next_page_is_read_there() {
        let field = Field::PLAN_TITLE;
        let edits = [
            Edit::Include { field, member: "2025-01".into(), included: true },
            Edit::Include { field, member: "2025-01".into(), included: false },
            Edit::Set { field, value: Value::Nothing },
            Edit::Set { field, value: Value::Word(String::new()) },
            Edit::Set { field, value: Value::Word("=12".into()) },
            Edit::Set { field, value: Value::Number(-12) },
        ];
        for edit in edits {
            assert_eq!(recalled(&kept(field, "ab cd", &edit)), Some((field, "ab cd".to_owned(), edit)));
        }
        let of = |words: [&str; 4]| words.map(JsValue::from_str).iter().collect::<Array>();
        assert_eq!(recalled(&of(["no field", "", "", ""])), None);
        assert_eq!(recalled(&of([&field.to_string(), "", "", "12 USD"])), None);
        assert_eq!(recalled(&Array::new()), None);
    }
}
