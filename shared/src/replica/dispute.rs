//! What is disputed in the plan, and who wrote what; and the mark of what is written while the connection is down.

use super::Replica;
use crate::plan::Field;
use crate::plan::dispute::{self, Dispute, Origin};
use crate::sync::peer::Link;

impl Replica {
    /// Everything that people chose differently at the same time and nobody has settled, in the order of the plan.
    pub fn disputes(&mut self) -> Vec<Dispute> {
        dispute::disputes(&mut self.doc)
    }

    /// The dispute about one field, if there is one.
    pub fn dispute(&mut self, field: Field) -> Option<Dispute> {
        dispute::dispute(&mut self.doc, field)
    }

    /// Who wrote what stands in a field that is neither a text nor a set; none where nothing was ever written.
    pub fn origin(&mut self, field: Field) -> Option<Origin> {
        dispute::origin(&mut self.doc, field)
    }

    /// Whether what is written now is written without the others' latest words, and they cannot see it.
    pub(super) fn is_offline(&self) -> bool {
        self.peer.link() != Link::Live
    }
}

#[cfg(test)]
mod tests;
