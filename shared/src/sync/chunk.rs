//! A change as it comes over the wire, read with a bound on everything before Automerge sees it.
//!
//! Automerge trusts the chunks that it is given: it inflates without a bound, and a few bytes of a run-length-encoded column can claim
//! any number of operations. So the chunk's own header and columns are looked at first (see [`columns`]); nothing here allocates more
//! than the bytes themselves, inflated.
//!
//! The format is that of <https://automerge.org/automerge-binary-format-spec/>.

mod columns;
mod reader;

use std::borrow::Cow;
use std::io::Read;
use std::panic::catch_unwind;

use automerge::Change;
use flate2::bufread::DeflateDecoder;

use self::reader::Reader;
use crate::access::Refusal;
use crate::limits;

const MAGIC: [u8; 4] = [0x85, 0x6F, 0x4A, 0x83];
const TYPE_CHANGE: u8 = 1;
const TYPE_DEFLATED_CHANGE: u8 = 2;

/// Why bytes are not taken for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Longer than [`limits::CHANGE_BYTES_MAX`].
    #[error("the change is longer than {} bytes", limits::CHANGE_BYTES_MAX)]
    TooLong,
    /// A document, a bundle, or nothing of Automerge's.
    #[error("not a change")]
    NotAChange,
    /// Inflates to more than [`limits::CHANGE_INFLATED_BYTES_MAX`].
    #[error("the change inflates to more than {} bytes", limits::CHANGE_INFLATED_BYTES_MAX)]
    Inflates,
    /// Has more than [`limits::CHANGE_OPERATIONS_MAX`] operations, or they have more predecessors than that.
    #[error("the change has more than {} operations", limits::CHANGE_OPERATIONS_MAX)]
    TooManyOperations,
    /// Damaged, or something stands before or after it.
    #[error("the change is damaged")]
    Malformed,
}

impl From<ChunkError> for Refusal {
    fn from(error: ChunkError) -> Self {
        match error {
            ChunkError::TooLong | ChunkError::Inflates | ChunkError::TooManyOperations => Self::TooLarge,
            ChunkError::NotAChange | ChunkError::Malformed => Self::Malformed,
        }
    }
}

/// The change of these bytes, which are exactly one chunk, deflated or not. What it says is not judged here.
///
/// Should Automerge panic all the same, that is a [`ChunkError::Malformed`] where panics unwind. In the browser they do not; there, all
/// changes come from the server, which has read them with this.
///
/// # Errors
/// When they are not, or are beyond a limit.
pub fn read(bytes: &[u8]) -> Result<Change, ChunkError> {
    let (checksum, change) = parse(bytes)?;
    // Automerge compares the checksum only when it loads a document.
    if change.hash().0[..checksum.len()] == *checksum { Ok(change) } else { Err(ChunkError::Malformed) }
}

/// The checksum that the chunk says it has, and its change.
fn parse(bytes: &[u8]) -> Result<(&[u8], Change), ChunkError> {
    if bytes.len() > limits::CHANGE_BYTES_MAX {
        return Err(ChunkError::TooLong);
    }
    let mut chunk = Reader::new(bytes);
    if chunk.take(MAGIC.len()) != Ok(&MAGIC) {
        return Err(ChunkError::NotAChange);
    }
    let checksum = chunk.take(4)?;
    let kind = chunk.byte()?;
    if kind != TYPE_CHANGE && kind != TYPE_DEFLATED_CHANGE {
        return Err(ChunkError::NotAChange);
    }
    let length = chunk.length()?;
    let body = chunk.take(length)?;
    if !chunk.is_empty() {
        return Err(ChunkError::Malformed);
    }
    let body = if kind == TYPE_DEFLATED_CHANGE { Cow::Owned(inflate(body)?) } else { Cow::Borrowed(body) };
    columns::check(&body)?;

    let parsed = catch_unwind(|| Change::from_bytes(bytes.to_vec()));
    let change = parsed.ok().and_then(Result::ok).ok_or(ChunkError::Malformed)?;
    if change.len() > limits::CHANGE_OPERATIONS_MAX {
        return Err(ChunkError::TooManyOperations);
    }
    Ok((checksum, change))
}

fn inflate(deflated: &[u8]) -> Result<Vec<u8>, ChunkError> {
    let bound = u64::try_from(limits::CHANGE_INFLATED_BYTES_MAX).unwrap_or(u64::MAX);
    let mut inflated = Vec::new();
    let mut decoder = DeflateDecoder::new(deflated).take(bound + 1);
    decoder.read_to_end(&mut inflated).map_err(|_| ChunkError::Malformed)?;
    if inflated.len() > limits::CHANGE_INFLATED_BYTES_MAX {
        return Err(ChunkError::Inflates);
    }
    let consumed = decoder.into_inner().total_in();
    if usize::try_from(consumed) == Ok(deflated.len()) { Ok(inflated) } else { Err(ChunkError::Malformed) }
}

#[cfg(test)]
mod tests;
