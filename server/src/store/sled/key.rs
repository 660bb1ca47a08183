//! The keys in sled's trees. Numbers are big-endian, so that keys sort as what they mean; the last four bytes are always a piece's number.

use hamutuk_shared::id::{PlanId, Seq};

use super::seal::Flaw;
use crate::store::RecordKind;

/// The bytes of a piece's number at the end of every key.
pub(super) const PIECE_BYTES: usize = 4;

/// The key of one piece of what `name` names.
pub(super) fn piece(name: &[u8], piece: u32) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len() + PIECE_BYTES);
    key.extend_from_slice(name);
    key.extend_from_slice(&piece.to_be_bytes());
    key
}

/// The name and the piece's number in a key.
pub(super) fn split_piece(key: &[u8]) -> Option<(&[u8], u32)> {
    let (name, piece) = key.split_last_chunk::<PIECE_BYTES>()?;
    Some((name, u32::from_be_bytes(*piece)))
}

/// The name of something numbered in a plan: a change, or a generation of its snapshot.
pub(super) fn numbered(plan: PlanId, number: u64) -> Vec<u8> {
    let mut name = Vec::with_capacity(PlanId::BYTES + 8 + PIECE_BYTES);
    name.extend_from_slice(plan.as_bytes());
    name.extend_from_slice(&number.to_be_bytes());
    name
}

/// The plan and the number of such a name.
pub(super) fn split_numbered(name: &[u8]) -> Result<(PlanId, u64), Flaw> {
    let (plan, number) = name.split_first_chunk::<{ PlanId::BYTES }>().ok_or(Flaw::Key)?;
    let number = number.try_into().map_err(|_| Flaw::Key)?;
    Ok((PlanId::from_bytes(*plan), u64::from_be_bytes(number)))
}

/// A key above every key of this plan and below those of the next.
pub(super) fn end_of_plan(plan: PlanId) -> Vec<u8> {
    let mut key = plan.as_bytes().to_vec();
    key.extend_from_slice(&[0xff; 8 + PIECE_BYTES + 1]);
    key
}

/// The name of a record. Zero bytes of the key are escaped and the name ends in 0, 1: so names sort as their keys, and none is the
/// beginning of another.
pub(super) fn record(kind: RecordKind, key: &[u8]) -> Vec<u8> {
    let mut name = record_prefix(kind, key);
    name.extend_from_slice(&[0, 1]);
    name
}

/// The beginning of the names of all records of a kind whose keys begin so.
pub(super) fn record_prefix(kind: RecordKind, key_prefix: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(key_prefix.len() + 8);
    name.push(kind.tag());
    for &byte in key_prefix {
        name.push(byte);
        if byte == 0 {
            name.push(0xff);
        }
    }
    name
}

/// The kind and the key of a record's name.
pub(super) fn split_record(name: &[u8]) -> Result<(RecordKind, Vec<u8>), Flaw> {
    let (&tag, escaped) = name.split_first().ok_or(Flaw::Key)?;
    let kind = RecordKind::of_tag(tag).ok_or(Flaw::Key)?;
    let mut key = Vec::with_capacity(escaped.len());
    let mut rest = escaped.strip_suffix(&[0, 1]).ok_or(Flaw::Key)?;
    while let Some((&byte, after)) = rest.split_first() {
        key.push(byte);
        rest = if byte == 0 { after.strip_prefix(&[0xff]).ok_or(Flaw::Key)? } else { after };
    }
    Ok((kind, key))
}

/// A change's name, for a person.
pub(super) fn describe_change(plan: PlanId, seq: Seq) -> String {
    format!("change {seq} of plan {plan}")
}

/// A snapshot's name, for a person.
pub(super) fn describe_snapshot(plan: PlanId) -> String {
    format!("the snapshot of plan {plan}")
}

/// A record's name, for a person. Keys are hashes and ids: the first bytes are enough to find it and give nothing away.
pub(super) fn describe_record(name: &[u8]) -> String {
    let (word, key) = match split_record(name) {
        Ok((kind, key)) => (kind.word(), key),
        Err(_) => ("unknown", name.to_vec()),
    };
    let shown = data_encoding::HEXLOWER.encode(&key[..key.len().min(8)]);
    format!("{word} record {shown}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_names_read_back_sort_as_their_keys_and_do_not_begin_each_other() {
        let keys: [&[u8]; 8] = [b"", b"\0", b"\0\0", b"\0\x01", b"\0\xff", b"\x01", b"a", b"a\0b"];
        let names: Vec<_> = keys.iter().map(|key| record(RecordKind::Link, key)).collect();
        for (key, name) in keys.iter().zip(&names) {
            assert_eq!(split_record(name), Ok((RecordKind::Link, key.to_vec())));
        }
        assert!(names.is_sorted());
        for (i, name) in names.iter().enumerate() {
            assert!(names.iter().enumerate().all(|(j, other)| i == j || !other.starts_with(name)));
        }
        assert_eq!(split_record(&[2, 0, 7, 0, 1]), Err(Flaw::Key));
        assert_eq!(split_record(&[99, 0, 1]), Err(Flaw::Key));
    }

    #[test]
    fn a_numbered_name_reads_back() {
        let plan = PlanId::from_bytes([3; 16]);
        let name = numbered(plan, 258);
        assert_eq!(split_numbered(&name), Ok((plan, 258)));
        assert_eq!(split_piece(&piece(&name, 7)), Some((&name[..], 7)));
        assert!(piece(&numbered(plan, u64::MAX), u32::MAX) < end_of_plan(plan));
    }
}
