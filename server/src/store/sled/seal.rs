//! The outside of every stored value: a version, a checksum over key and payload, and at most 4 KiB in all.
//!
//! The key is part of the checksum, so that a value which turns up under another key is found out. The bound keeps every page of
//! sled (at most 17 values) well below 128 KiB, above which sled would put it into a file of its own that it never syncs.

/// The longest value that goes into sled.
pub(super) const VALUE_BYTES_MAX: usize = 4096;

const VERSION: u8 = 1;
const HEADER_BYTES: usize = 5;

/// The longest payload of one value.
pub(super) const PAYLOAD_BYTES_MAX: usize = VALUE_BYTES_MAX - HEADER_BYTES;

/// What is wrong with a stored value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Flaw {
    #[error("it is too short")]
    Short,
    #[error("it has version {0}, which this Hamutuk does not know")]
    Version(u8),
    #[error("its checksum does not match")]
    Checksum,
    #[error("piece {0} of it is missing")]
    Gap(u32),
    #[error("its length does not match")]
    Length,
    #[error("its key has a strange form")]
    Key,
}

/// The stored form of a payload.
pub(super) fn seal(key: &[u8], payload: &[u8]) -> Vec<u8> {
    debug_assert!(payload.len() <= PAYLOAD_BYTES_MAX);
    let mut value = Vec::with_capacity(HEADER_BYTES + payload.len());
    value.push(VERSION);
    value.extend_from_slice(&checksum(key, payload).to_le_bytes());
    value.extend_from_slice(payload);
    value
}

/// The payload of a stored value, if it is what was sealed under this key.
pub(super) fn unseal<'a>(key: &[u8], value: &'a [u8]) -> Result<&'a [u8], Flaw> {
    let (header, payload) = value.split_first_chunk::<HEADER_BYTES>().ok_or(Flaw::Short)?;
    let [version, sum @ ..] = *header;
    // A damaged version byte is damage, not a newer Hamutuk: the checksum, which covers the version that we know, tells them apart.
    if checksum_of(version, key, payload) != u32::from_le_bytes(sum) {
        return Err(Flaw::Checksum);
    }
    if version == VERSION { Ok(payload) } else { Err(Flaw::Version(version)) }
}

fn checksum(key: &[u8], payload: &[u8]) -> u32 {
    checksum_of(VERSION, key, payload)
}

fn checksum_of(version: u8, key: &[u8], payload: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&[version]);
    hasher.update(key);
    hasher.update(payload);
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_shows_every_flipped_bit() {
        let sealed = seal(b"key", b"payload");
        assert_eq!(unseal(b"key", &sealed), Ok(&b"payload"[..]));
        assert_eq!(unseal(b"kex", &sealed), Err(Flaw::Checksum));
        assert_eq!(unseal(b"key", &sealed[..4]), Err(Flaw::Short));
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(b"key", &flipped), Err(Flaw::Checksum), "bit {bit}");
        }
        assert_eq!(seal(b"", &[0; PAYLOAD_BYTES_MAX]).len(), VALUE_BYTES_MAX);
    }
}
