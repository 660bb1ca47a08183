//! Reads numbers and pieces off the front of bytes.

use super::ChunkError;

/// The longest LEB128 number of 64 bits, in bytes.
const NUMBER_BYTES_MAX: usize = 10;

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn take(&mut self, count: usize) -> Result<&'a [u8], ChunkError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(ChunkError::Malformed)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn byte(&mut self) -> Result<u8, ChunkError> {
        Ok(self.take(1)?[0])
    }

    /// A number of bytes or items.
    pub(super) fn length(&mut self) -> Result<usize, ChunkError> {
        usize::try_from(self.unsigned()?).map_err(|_| ChunkError::Malformed)
    }

    /// A piece that begins with its length.
    pub(super) fn piece(&mut self) -> Result<&'a [u8], ChunkError> {
        let length = self.length()?;
        self.take(length)
    }

    /// An unsigned LEB128 number.
    pub(super) fn unsigned(&mut self) -> Result<u64, ChunkError> {
        u64::try_from(self.digits()?.0).map_err(|_| ChunkError::Malformed)
    }

    /// A signed LEB128 number.
    pub(super) fn signed(&mut self) -> Result<i64, ChunkError> {
        let (digits, bits) = self.digits()?;
        let is_negative = digits >> (bits - 1) == 1;
        let number = if is_negative { digits - (1 << bits) } else { digits };
        i64::try_from(number).map_err(|_| ChunkError::Malformed)
    }

    /// The digits of a LEB128 number, and how many bits they are.
    fn digits(&mut self) -> Result<(i128, u32), ChunkError> {
        let mut number = 0;
        let mut bits = 0;
        for _ in 0..NUMBER_BYTES_MAX {
            let byte = self.byte()?;
            number |= i128::from(byte & 0x7F) << bits;
            bits += 7;
            if byte & 0x80 == 0 {
                return Ok((number, bits));
            }
        }
        Err(ChunkError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_either_sign() {
        let rows: [(&[u8], u64, i64); 4] = [(&[0x00], 0, 0), (&[0x3F], 63, 63), (&[0x7F], 127, -1), (&[0x80, 0x7F], 16_256, -128)];
        for (bytes, unsigned, signed) in rows {
            assert_eq!(Reader::new(bytes).unsigned(), Ok(unsigned));
            assert_eq!(Reader::new(bytes).signed(), Ok(signed));
        }
        for endless in [&[0xFF; 9][..], &[0xFF; 11]] {
            assert_eq!(Reader::new(endless).unsigned(), Err(ChunkError::Malformed));
            assert_eq!(Reader::new(endless).signed(), Err(ChunkError::Malformed));
        }
        let mut most = [0xFF; 10];
        most[9] = 0x01;
        assert_eq!(Reader::new(&most).unsigned(), Ok(u64::MAX));
        most[9] = 0x7F;
        assert_eq!(Reader::new(&most).signed(), Ok(-1));
        assert_eq!(Reader::new(&most).unsigned(), Err(ChunkError::Malformed));
    }
}
