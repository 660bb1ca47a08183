//! Reading while the writer works. sled's iterators do not see one moment: a long value that is replaced, or a log whose front is
//! dropped, can look torn to who reads it just then. What looks torn is read again; what is damaged stays so.

use crate::store::StoreError;

/// Reads until what comes is whole, or is torn twice although `stamp`, which the writer moves, stood still between.
pub(super) fn steady<T, S: PartialEq>(
    stamp: impl Fn() -> Result<S, StoreError>,
    read: impl Fn() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let mut seen: Option<S> = None;
    loop {
        match read() {
            Err(error @ StoreError::Corrupt { .. }) => {
                let now = Some(stamp()?);
                if now == seen {
                    return Err(error);
                }
                seen = now;
            }
            result => return result,
        }
    }
}
