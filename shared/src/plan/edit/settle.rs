//! A decision between concurrent values.

use automerge::transaction::Transactable;

use super::EditError;
use crate::plan::read;
use crate::plan::schema::Field;

/// Takes away all values where several stand, so that the decision is written even if it is for the one that wins already. For that one,
/// Automerge would only take away the others, and whoever decides otherwise at the same time would win without anybody being told.
pub(super) fn clear<T: Transactable>(tx: &mut T, field: Field) -> Result<(), EditError> {
    let (parent, key) = read::slot(tx, field).ok_or(EditError::NotFound)?;
    if tx.get_all(&parent, key)?.len() > 1 {
        tx.delete(&parent, key)?;
    }
    Ok(())
}
