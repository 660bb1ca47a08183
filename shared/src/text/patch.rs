//! Automerge's patches of one text, as splices.

use automerge::{Patch, PatchAction};

use super::splice::Splice;

/// What these patches, all of one text, do to it, one after the other.
///
/// `doc.diff_obj(&text, &heads, &doc.get_heads(), false)` gives the patches that lead from the text at `heads` to that of now; they
/// follow the characters themselves, so a selection of then is exact after them.
#[must_use]
pub fn splices(patches: &[Patch]) -> Vec<Splice> {
    patches.iter().filter_map(|patch| splice(&patch.action)).collect()
}

/// What the patch does to a text; none if it is not of a text.
#[must_use]
pub fn splice(action: &PatchAction) -> Option<Splice> {
    match action {
        PatchAction::SpliceText { index, value, .. } => Some(Splice { at: *index, delete: 0, insert: value.make_string() }),
        PatchAction::DeleteSeq { index, length } => Some(Splice { at: *index, delete: *length, insert: String::new() }),
        _ => None,
    }
}
