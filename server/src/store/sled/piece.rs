//! Long values in pieces. All pieces of one value go into one batch; the first begins with the length and the checksum of the whole, so
//! that pieces of two values under one name, each sound by itself, are not taken for one.

use std::iter::Peekable;

use ::sled::{Batch, IVec};

use super::key;
use super::seal::{Flaw, PAYLOAD_BYTES_MAX, seal, unseal};

const HEADER_BYTES: usize = 8;

/// Puts a value into a batch. Returns how many pieces it took.
pub(super) fn put(batch: &mut Batch, name: &[u8], parts: &[&[u8]]) -> u32 {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut whole = Vec::with_capacity(HEADER_BYTES + length);
    whole.extend_from_slice(&u32::try_from(length).expect("lengths are checked before").to_be_bytes());
    whole.extend_from_slice(&[0; 4]);
    for part in parts {
        whole.extend_from_slice(part);
    }
    let sum = crc32fast::hash(&whole[HEADER_BYTES..]);
    whole[4..HEADER_BYTES].copy_from_slice(&sum.to_be_bytes());
    let mut pieces = 0;
    for payload in whole.chunks(PAYLOAD_BYTES_MAX) {
        let key = key::piece(name, pieces);
        let value = seal(&key, payload);
        batch.insert(key, value);
        pieces += 1;
    }
    pieces
}

/// A value put together again, or what is wrong with it.
#[derive(Debug)]
pub(super) struct Gathered {
    pub(super) name: Vec<u8>,
    pub(super) value: Result<Vec<u8>, Flaw>,
}

/// Puts together the values of an ordered run of pieces. A damaged value is one item; the next value comes all the same.
pub(super) struct Gather<I: Iterator<Item = ::sled::Result<(IVec, IVec)>>> {
    pieces: Peekable<I>,
}

/// Puts together the values of an ordered run of pieces.
pub(super) fn gather<I: Iterator<Item = ::sled::Result<(IVec, IVec)>>>(pieces: I) -> Gather<I> {
    Gather { pieces: pieces.peekable() }
}

impl<I: Iterator<Item = ::sled::Result<(IVec, IVec)>>> Iterator for Gather<I> {
    type Item = ::sled::Result<Gathered>;

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = match self.pieces.next()? {
            Ok(piece) => piece,
            Err(error) => return Some(Err(error)),
        };
        let Some((name, _)) = key::split_piece(&key) else {
            return Some(Ok(Gathered { name: key.to_vec(), value: Err(Flaw::Key) }));
        };
        let mut whole = Whole::default();
        let mut result = whole.add(&key, &value);
        while let Some(next) = self.pieces.next_if(|next| is_piece_of(next, name)) {
            match next {
                Ok((key, value)) => result = result.and_then(|()| whole.add(&key, &value)),
                Err(error) => return Some(Err(error)),
            }
        }
        Some(Ok(Gathered { name: name.to_vec(), value: result.and_then(|()| whole.finish()) }))
    }
}

fn is_piece_of(item: &::sled::Result<(IVec, IVec)>, name: &[u8]) -> bool {
    match item {
        Ok((key, _)) => key::split_piece(key).is_some_and(|(of, _)| of == name),
        Err(_) => true,
    }
}

#[derive(Default)]
struct Whole {
    bytes: Vec<u8>,
    length: usize,
    sum: u32,
    pieces: u32,
}

impl Whole {
    fn add(&mut self, key: &[u8], value: &[u8]) -> Result<(), Flaw> {
        let (_, piece) = key::split_piece(key).ok_or(Flaw::Key)?;
        if piece != self.pieces {
            return Err(Flaw::Gap(self.pieces));
        }
        let payload = unseal(key, value)?;
        if piece == 0 {
            let (&[a, b, c, d, sum @ ..], first) = payload.split_first_chunk::<HEADER_BYTES>().ok_or(Flaw::Short)?;
            self.length = u32::from_be_bytes([a, b, c, d]) as usize;
            self.sum = u32::from_be_bytes(sum);
            self.bytes.extend_from_slice(first);
        } else {
            self.bytes.extend_from_slice(payload);
        }
        self.pieces += 1;
        Ok(())
    }

    fn finish(self) -> Result<Vec<u8>, Flaw> {
        match self.bytes.len().cmp(&self.length) {
            std::cmp::Ordering::Equal if crc32fast::hash(&self.bytes) == self.sum => Ok(self.bytes),
            std::cmp::Ordering::Equal => Err(Flaw::Checksum),
            std::cmp::Ordering::Less => Err(Flaw::Gap(self.pieces)),
            std::cmp::Ordering::Greater => Err(Flaw::Length),
        }
    }
}
