//! What the device holds becomes a document again, also when a part of it is damaged.

use automerge::{AutoCommit, AutomergeError, ChangeHash, TextEncoding};

use crate::sync::peer::Position;

/// A document, and how much is missing from it.
pub(super) struct Loaded {
    pub(super) doc: AutoCommit,
    /// How many chunks could not be read.
    pub(super) damaged: usize,
}

/// The document of all chunks. One that cannot be read does not take the others with it.
///
/// # Errors
/// When nothing of it can be read.
pub(super) fn chunks(chunks: &[&[u8]], position: Option<&Position>) -> Result<Loaded, AutomergeError> {
    if chunks.is_empty() {
        return Ok(Loaded { doc: empty(), damaged: 0 });
    }
    let mut whole = empty();
    let loaded = whole.load_incremental(&chunks.concat());
    if loaded.is_ok() && is_whole(&mut whole, position) {
        return Ok(Loaded { doc: whole, damaged: 0 });
    }
    // Into an empty document Automerge takes all or nothing, and says nothing of that.
    let mut doc = empty();
    // Twice, because what builds on a later chunk is forgotten while the document is empty.
    let both = chunks.iter().chain(chunks);
    let faults: Vec<AutomergeError> = both.filter_map(|chunk| doc.load_incremental(chunk).err()).collect();
    if doc.get_heads().is_empty()
        && let Some(error) = loaded.err().or_else(|| faults.into_iter().next())
    {
        return Err(error);
    }
    let damaged = chunks.iter().filter(|chunk| !is_readable(chunk)).count();
    // If each can be read, one that was is gone.
    Ok(Loaded { doc, damaged: damaged.max(1) })
}

fn empty() -> AutoCommit {
    AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit)
}

/// Whether the document has all that the position speaks of, and nothing in it builds on what is not there.
fn is_whole(doc: &mut AutoCommit, position: Option<&Position>) -> bool {
    let heads: Vec<ChangeHash> = position.iter().flat_map(|position| &position.heads).map(|hash| (*hash).into()).collect();
    !doc.get_heads().is_empty()
        && doc.get_missing_deps(&[]).is_empty()
        && heads.iter().all(|hash| doc.get_change_meta_by_hash(hash).is_some())
}

fn is_readable(chunk: &[u8]) -> bool {
    // A change that builds on another waits in a document of its own, which is not a fault.
    let mut alone = empty();
    alone.load_incremental(chunk).is_ok() && !(alone.get_heads().is_empty() && alone.get_missing_deps(&[]).is_empty())
}

#[cfg(test)]
mod tests;
