//! Where in the document's past something is written that was meant for an older state of it.

use automerge::ChangeHash;
use hamutuk_shared::replica::{Effect, Replica};

/// The states that something was written at, and where the next goes: Automerge does not write twice at the same heads.
#[derive(Default)]
pub(super) struct Past(Vec<(String, Vec<ChangeHash>)>);

impl Past {
    /// Where to write what was meant for this state. None when the document does not hold it.
    pub(super) fn heads(&self, state: &str, replica: &mut Replica) -> Option<Vec<ChangeHash>> {
        match self.0.iter().find(|(known, _)| known == state) {
            Some((_, heads)) => Some(heads.clone()),
            None => heads(state).filter(|heads| heads.iter().all(|hash| replica.holds(*hash))),
        }
    }

    /// Something was written there, with these effects.
    pub(super) fn wrote(&mut self, state: &str, effects: &[Effect]) {
        if let Some(hash) = made(effects) {
            self.0.retain(|(known, _)| known != state);
            self.0.push((state.to_owned(), vec![hash]));
        }
    }
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
