//! Automerge's chunks, taken apart and put together, so that what the fuzzer changes in the middle is not refused for its checksum.
//!
//! The format: <https://automerge.org/automerge-binary-format-spec/>.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6F, 0x4A, 0x83];
const CHANGE: u8 = 1;

/// An input, as a target reads it: what its first byte says, and the rest.
#[derive(Debug, Clone, Copy)]
pub enum Chunk<'a> {
    /// The bytes as they are.
    Raw(&'a [u8]),
    /// The body of a change, which gets a head with the right length and checksum.
    Body(&'a [u8]),
}

impl<'a> Chunk<'a> {
    /// The meaning of an input.
    #[must_use]
    pub fn of(input: &'a [u8]) -> Self {
        match input.split_first() {
            Some((first, rest)) if first % 4 == 0 => Self::Raw(rest),
            Some((_, rest)) => Self::Body(rest),
            None => Self::Raw(input),
        }
    }

    /// The bytes that somebody would send.
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Self::Raw(bytes) => bytes.to_vec(),
            Self::Body(body) => as_chunk(body),
        }
    }

    /// The inputs that mean a change, once as it is and once by its body.
    ///
    /// # Panics
    /// When it is deflated: then it has no body that could be read.
    #[must_use]
    pub fn inputs_of(change: &[u8]) -> [Vec<u8>; 2] {
        assert_eq!(change[8], CHANGE, "a short change is not deflated");
        let length_bytes = change[9..].iter().position(|byte| byte & 0x80 == 0).expect("a length has an end") + 1;
        [[&[0], change].concat(), [&[1], &change[9 + length_bytes..]].concat()]
    }
}

/// A change's chunk of this body.
#[must_use]
pub fn as_chunk(body: &[u8]) -> Vec<u8> {
    let mut rest = vec![CHANGE];
    let mut length = body.len();
    loop {
        let low = u8::try_from(length & 0x7F).expect("seven bits");
        length >>= 7;
        if length == 0 {
            rest.push(low);
            break;
        }
        rest.push(low | 0x80);
    }
    rest.extend_from_slice(body);
    let sum = Sha256::digest(&rest);
    [&MAGIC[..], &sum[..4], &rest].concat()
}
