//! Changes made by hand, in the format of <https://automerge.org/automerge-binary-format-spec/>.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

const MAGIC: [u8; 4] = [0x85, 0x6F, 0x4A, 0x83];
const CHANGE: u8 = 1;
const DEFLATED_CHANGE: u8 = 2;

/// Two hundred million zeros in two hundred thousand bytes.
pub(super) fn deflate() -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..200 {
        encoder.write_all(&zeros).unwrap();
    }
    chunk(DEFLATED_CHANGE, &encoder.finish().unwrap())
}

/// A run of 68 billion operations in a few bytes.
pub(super) fn operations() -> Vec<u8> {
    let run = |value: &[u8]| [&leb(0xF_FFFF_FFFF)[..], value].concat();
    let columns: [(u64, Vec<u8>); 4] = [(21, run(b"\x01k")), (52, run(&[])), (66, run(&[1])), (112, run(&[0]))];
    // No dependencies, an actor of two bytes, seq, first operation, time, no message, no other actors.
    let mut body = vec![0, 2, 1, 1, 1, 1, 0, 0, 0];
    body.extend(leb(columns.len() as u64));
    for (specification, data) in &columns {
        body.extend(leb(*specification));
        body.extend(leb(data.len() as u64));
    }
    body.extend(columns.into_iter().flat_map(|(_, data)| data));
    chunk(CHANGE, &body)
}

/// The change with one byte of its body another.
pub(super) fn damaged(change: &[u8]) -> Vec<u8> {
    let mut bytes = change.to_vec();
    let at = bytes.len() - 3;
    bytes[at] ^= 0x55;
    bytes
}

fn chunk(kind: u8, body: &[u8]) -> Vec<u8> {
    [&MAGIC[..], &[0; 4], &[kind], &leb(body.len() as u64), body].concat()
}

fn leb(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7F).unwrap();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
