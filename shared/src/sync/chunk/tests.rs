//! Real changes, and what somebody could make of them.

use std::io::Write;

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, TextEncoding};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use proptest::prelude::*;

use super::*;

fn document() -> Automerge {
    Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit).with_actor(ActorId::from([7; 24]))
}

/// Changes of every sort: containers, scalars, text in and out, another actor's objects, nothing at all.
fn changes() -> Vec<Change> {
    let mut doc = document();
    let mut tx = doc.transaction();
    let map = tx.put_object(ROOT, "map", ObjType::Map).unwrap();
    let text = tx.put_object(&map, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, &"a long text 😀 ".repeat(50)).unwrap();
    tx.put(&map, "number", 7).unwrap();
    tx.commit();
    let mut other = doc.fork().with_actor(ActorId::from([9; 24]));
    let mut tx = other.transaction();
    tx.splice_text(&text, 3, 200, "instead").unwrap();
    tx.put(&map, "number", 8).unwrap();
    tx.commit();
    let mut tx = doc.transaction();
    tx.put(&map, "number", "text").unwrap();
    tx.commit();
    doc.merge(&mut other).unwrap();
    let mut tx = doc.transaction();
    tx.delete(&map, "number").unwrap();
    tx.splice_text(&text, 0, isize::try_from(tx.length(&text)).unwrap(), "").unwrap();
    tx.commit();
    doc.empty_commit(automerge::transaction::CommitOptions::default());
    doc.get_changes(&[])
}

fn chunk(kind: u8, checksum: &[u8], body: &[u8]) -> Vec<u8> {
    let mut bytes = [&MAGIC[..], checksum, &[kind]].concat();
    leb(&mut bytes, body.len() as u64);
    bytes.extend(body);
    bytes
}

fn leb(out: &mut Vec<u8>, mut number: u64) {
    while number > 0x7F {
        out.push((number as u8 & 0x7F) | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn deflate(body: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// The body of a change with these columns: specification and data.
fn body(columns: &[(u64, &[u8])]) -> Vec<u8> {
    let mut body = vec![0, 2, 1, 1, 1, 1, 0, 0, 0];
    leb(&mut body, columns.len() as u64);
    for (specification, data) in columns {
        leb(&mut body, *specification);
        leb(&mut body, data.len() as u64);
    }
    columns.iter().for_each(|(_, data)| body.extend(*data));
    body
}

#[test]
fn a_change_reads_back_deflated_or_not() {
    for mut change in changes() {
        assert_eq!(read(change.raw_bytes()).map(|read| read.hash()), Ok(change.hash()));
        let bytes = change.bytes().into_owned();
        assert_eq!(read(&bytes).map(|read| read.hash()), Ok(change.hash()));
    }
    let kinds: Vec<u8> = changes().iter_mut().map(|change| change.bytes()[8]).collect();
    assert!(kinds.contains(&TYPE_CHANGE) && kinds.contains(&TYPE_DEFLATED_CHANGE), "{kinds:?}");
}

#[test]
fn what_is_not_one_change_is_refused() {
    let mut doc = document();
    doc.apply_changes(changes()).unwrap();
    let change = changes().remove(0);
    let good = change.raw_bytes();
    let deflated = changes()[0].bytes().into_owned();
    let mut checksum = good.to_vec();
    checksum[5] ^= 1;
    let mut bundle = good.to_vec();
    bundle[8] = 3;
    let mut tail_in_deflate = deflated[..9].to_vec();
    let length = Reader::new(&deflated[9..]).length().unwrap();
    leb(&mut tail_in_deflate, length as u64 + 1);
    tail_in_deflate.extend(&deflated[deflated.len() - length..]);
    tail_in_deflate.push(0);
    let rows: [(&str, Vec<u8>, ChunkError); 11] = [
        ("nothing", vec![], ChunkError::NotAChange),
        ("something else", b"GET / HTTP/1.1".to_vec(), ChunkError::NotAChange),
        ("a document", doc.save(), ChunkError::NotAChange),
        ("a bundle", bundle, ChunkError::NotAChange),
        ("two changes", [good, good].concat(), ChunkError::Malformed),
        ("a change and a byte", [good, &[0]].concat(), ChunkError::Malformed),
        ("half a change", good[..good.len() / 2].to_vec(), ChunkError::Malformed),
        ("another checksum", checksum, ChunkError::Malformed),
        ("no deflated data", chunk(TYPE_DEFLATED_CHANGE, &[0; 4], &[0xFF; 40]), ChunkError::Malformed),
        ("a byte after the deflated data", tail_in_deflate, ChunkError::Malformed),
        ("too long", chunk(TYPE_CHANGE, &[0; 4], &vec![0; limits::CHANGE_BYTES_MAX]), ChunkError::TooLong),
    ];
    for (what, bytes, error) in rows {
        assert_eq!(read(&bytes).map(|change| change.hash()), Err(error), "{what}");
    }
}

#[test]
fn a_message_is_a_word_and_not_a_letter() {
    for (length, expected) in
        [(0, Ok(())), (limits::MESSAGE_BYTES_MAX, Ok(())), (limits::MESSAGE_BYTES_MAX + 1, Err(ChunkError::Malformed))]
    {
        let mut doc = document();
        let mut tx = doc.transaction();
        tx.put(ROOT, "number", 7).unwrap();
        tx.commit_with(automerge::transaction::CommitOptions::default().with_message("m".repeat(length)));
        let change = doc.get_last_local_change().unwrap();
        assert_eq!(read(change.raw_bytes()).map(|read| assert_eq!(read.message().map_or(0, str::len), length)), expected, "{length}");
    }
}

#[test]
fn a_bomb_does_not_go_off() {
    let zeros = deflate(&vec![0; 400 * limits::CHANGE_BYTES_MAX]);
    assert!(zeros.len() < limits::CHANGE_BYTES_MAX);
    assert_eq!(read(&chunk(TYPE_DEFLATED_CHANGE, &[0; 4], &zeros)).err(), Some(ChunkError::Inflates));

    let with_count = |count: u64, rest: &[u8]| {
        let mut run = Vec::new();
        leb(&mut run, count);
        run.extend(rest);
        run
    };
    // Positive signed numbers look the same as unsigned ones of one digit more.
    let (few, billions) = (with_count(3, &[1]), with_count(0xF_FFFF_FFFF, &[1]));
    let (keys, values) = (with_count(0xF_FFFF_FFFF, b"\x01k"), with_count(0xF_FFFF_FFFF, &[0]));
    let (nulls, insert) = (with_count(0, &billions[..billions.len() - 1]), with_count(0xF_FFFF_FFFF, &[]));
    let none = with_count(0xF_FFFF_FFFF, &[0]);
    let predecessors = with_count(3, &billions[..billions.len() - 1]);
    let long_key = with_count(3, &[0xFF, 0xFF, 0xFF, 0x7F, b'k']);
    let far_actor = with_count(3, &[5]);
    let far_counter = with_count(3, &billions[..billions.len() - 1]);
    let op = |action: &[u8], pred: &[u8]| chunk(1, &[0; 4], &body(&[(21, &keys), (52, &insert), (66, action), (86, &values), (112, pred)]));
    assert_eq!(parse(&op(&few, &none)).map(|(_, change)| change.len()), Ok(3), "runs that are longer than the change are not bombs");
    let rows = [
        ("operations", op(&billions, &none), ChunkError::TooManyOperations),
        ("nulls", chunk(1, &[0; 4], &body(&[(66, &nulls)])), ChunkError::TooManyOperations),
        ("predecessors", chunk(1, &[0; 4], &body(&[(66, &few), (112, &predecessors)])), ChunkError::TooManyOperations),
        ("a key longer than all", chunk(1, &[0; 4], &body(&[(21, &long_key), (66, &few)])), ChunkError::Malformed),
        ("an actor that is not there", chunk(1, &[0; 4], &body(&[(1, &far_actor), (2, &few), (66, &few)])), ChunkError::Malformed),
        ("a counter of 36 bits", chunk(1, &[0; 4], &body(&[(1, &few), (2, &far_counter), (66, &few)])), ChunkError::Malformed),
        ("the same, as a difference", chunk(1, &[0; 4], &body(&[(17, &few), (19, &far_counter)])), ChunkError::Malformed),
        ("a column that is not known", chunk(1, &[0; 4], &body(&[(66, &few), (200, &few)])), ChunkError::Malformed),
        ("a column twice", chunk(1, &[0; 4], &body(&[(66, &few), (66, &few)])), ChunkError::Malformed),
        ("a deflated column", chunk(1, &[0; 4], &body(&[(66 | 8, &few)])), ChunkError::Malformed),
    ];
    for (what, bytes, error) in rows {
        assert_eq!(read(&bytes).err(), Some(error), "{what}");
    }
}

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), columns in prop::collection::vec((0u64..200, prop::collection::vec(any::<u8>(), 0..20)), 0..6)) {
        let _ = read(&bytes);
        let _ = read(&chunk(TYPE_CHANGE, &[0; 4], &bytes));
        let _ = read(&chunk(TYPE_DEFLATED_CHANGE, &[0; 4], &bytes));
        let _ = read(&chunk(TYPE_DEFLATED_CHANGE, &[0; 4], &deflate(&bytes)));
        let mut columns: Vec<(u64, &[u8])> = columns.iter().map(|(specification, data)| (*specification, &data[..])).collect();
        columns.sort();
        let _ = read(&chunk(TYPE_CHANGE, &[0; 4], &body(&columns)));
    }

    /// The checksum keeps out what is damaged; an attacker makes it right again, and then it must still not panic, nor change in the decoding.
    #[test]
    fn damaged_changes_never_panic(which in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4)) {
        let all = changes();
        let mut bytes = which.get(&all).raw_bytes().to_vec();
        for (at, bit) in &flips {
            let at = 12 + at.index(bytes.len() - 12);
            bytes[at] ^= 1 << bit;
        }
        let _ = read(&bytes);
        if let Ok((_, change)) = parse(&bytes) {
            prop_assert_eq!(change.decode().operations.len(), change.len());
        }
    }
}
