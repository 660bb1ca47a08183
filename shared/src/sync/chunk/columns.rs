//! What the columns of a change claim, without expanding their runs.
//!
//! Only the columns that Automerge 0.12 writes are let through, each once. Their bounds here are those that it asserts, or needs lest it
//! allocate for what is not there: the numbers of operations and of predecessors, the lengths of keys, the actors and the counters of
//! operation ids.

use super::ChunkError;
use super::reader::Reader;
use crate::limits;

/// The most changes that one depends on. They are the heads of a replica, no more than its actors who write at once.
const DEPENDENCIES_MAX: usize = 4_096;

const HASH_BYTES: usize = 32;

/// Automerge keeps the counter of an operation id in 32 bits.
const COUNTER_MAX: u64 = u32::MAX as u64;

/// What a column holds. The numbers below are its specification: its id times 16, plus the code of its type.
#[derive(Clone, Copy)]
enum Kind {
    /// Places in the change's list of actors.
    Actors,
    /// Counters of operation ids.
    Counters,
    /// The same, each as its difference from the one before.
    Differences,
    /// Texts.
    Texts,
    /// One entry for each operation.
    Operations,
    /// For each operation, how many predecessors it has.
    Predecessors,
    /// Something that cannot claim more than it holds, or that is read only as often as there are operations.
    Harmless,
}

impl Kind {
    const fn of(specification: u64) -> Option<Self> {
        Some(match specification {
            1 | 17 | 113 => Self::Actors,  // of the object, the key and the predecessors
            2 => Self::Counters,           // of the object
            19 | 115 => Self::Differences, // of the key and the predecessors
            21 | 165 => Self::Texts,       // keys of maps and names of marks
            66 => Self::Operations,        // the actions
            112 => Self::Predecessors,
            52 | 86 | 87 | 148 => Self::Harmless, // whether it inserts, the values' types, the values, whether a mark grows
            _ => return None,
        })
    }
}

/// Checks the body of a change chunk.
pub(super) fn check(body: &[u8]) -> Result<(), ChunkError> {
    let mut body = Reader::new(body);
    let dependencies = body.length()?;
    if dependencies > DEPENDENCIES_MAX {
        return Err(ChunkError::Malformed);
    }
    let hashes = body.take(dependencies * HASH_BYTES)?;
    if !hashes.chunks(HASH_BYTES).is_sorted_by(|a, b| a < b) {
        return Err(ChunkError::Malformed);
    }
    let _actor = body.piece()?;
    let _seq = body.unsigned()?;
    let first_operation = body.unsigned()?;
    let _time = body.signed()?;
    if body.piece()?.len() > limits::MESSAGE_BYTES_MAX {
        return Err(ChunkError::Malformed);
    }
    let mut actors = 1;
    for _ in 0..body.length()? {
        body.piece()?;
        actors += 1;
    }
    let operations = check_columns(&mut body, actors)?;
    // What may follow the columns is another version's, or the name of an author, which Hamutuk keeps in the actor.
    if !body.is_empty() || first_operation.saturating_add(operations) > COUNTER_MAX {
        return Err(ChunkError::Malformed);
    }
    Ok(())
}

/// Checks the columns, and returns how many operations they are.
fn check_columns(body: &mut Reader<'_>, actors: u64) -> Result<u64, ChunkError> {
    let mut columns = Vec::new();
    let mut last = None;
    for _ in 0..body.length()? {
        let specification = body.unsigned()?;
        let kind = Kind::of(specification).ok_or(ChunkError::Malformed)?;
        if last.replace(specification).is_some_and(|last| last >= specification) {
            return Err(ChunkError::Malformed);
        }
        columns.push((kind, body.length()?));
    }
    let mut operations = 0;
    for (kind, length) in columns {
        let mut column = Reader::new(body.take(length)?);
        let claimed = check_column(&mut column, kind, actors)?;
        let bound = u64::try_from(limits::CHANGE_OPERATIONS_MAX).unwrap_or(u64::MAX);
        if claimed > bound {
            return Err(ChunkError::TooManyOperations);
        }
        if matches!(kind, Kind::Operations) {
            operations = claimed;
        }
    }
    Ok(operations)
}

/// Checks a column, and returns how much it claims that there is of what is bounded.
fn check_column(column: &mut Reader<'_>, kind: Kind, actors: u64) -> Result<u64, ChunkError> {
    let mut claimed = 0u64;
    let require = |holds: bool| if holds { Ok(()) } else { Err(ChunkError::Malformed) };
    match kind {
        Kind::Harmless => {}
        Kind::Actors => runs(column, Reader::unsigned, |_, actor| require(actor.is_none_or(|actor| actor < actors)))?,
        Kind::Counters => runs(column, Reader::unsigned, |_, counter| require(counter.is_none_or(|counter| counter <= COUNTER_MAX)))?,
        Kind::Texts => runs(column, Reader::piece, |_, _| Ok(()))?,
        Kind::Differences => {
            let mut counter = 0i128;
            runs(column, Reader::signed, |count, difference| {
                // Within a run it only rises or only falls, so its end tells.
                counter += i128::from(count) * i128::from(difference.unwrap_or(0));
                require((0..=i128::from(COUNTER_MAX)).contains(&counter))
            })?;
        }
        Kind::Operations => runs(column, Reader::unsigned, |count, _| {
            claimed = claimed.saturating_add(count);
            Ok(())
        })?,
        Kind::Predecessors => runs(column, Reader::unsigned, |count, predecessors| {
            claimed = claimed.saturating_add(count.saturating_mul(predecessors.unwrap_or(0)));
            Ok(())
        })?,
    }
    Ok(claimed)
}

/// Gives each run of a run-length-encoded column to `each`: how often, and what, which is none for a run of nulls.
fn runs<'a, T>(
    column: &mut Reader<'a>,
    read: impl Fn(&mut Reader<'a>) -> Result<T, ChunkError>,
    mut each: impl FnMut(u64, Option<T>) -> Result<(), ChunkError>,
) -> Result<(), ChunkError> {
    while !column.is_empty() {
        let count = column.signed()?;
        match count {
            0 => each(column.unsigned()?, None)?,
            1.. => each(count.unsigned_abs(), Some(read(column)?))?,
            // Each of them takes at least a byte: the column ends before the count can be too large.
            _ => {
                for _ in 0..count.unsigned_abs() {
                    each(1, Some(read(column)?))?;
                }
            }
        }
    }
    Ok(())
}
