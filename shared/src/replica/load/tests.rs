use automerge::transaction::Transactable;
use automerge::{ActorId, ROOT, ReadDoc};

use super::*;
use crate::id::{LogId, Seq};
use crate::sync::frame::LogPoint;

/// A saved document with `a`, then the single changes `b`, `c` and `d`, each on top of the one before it.
fn stored() -> (Vec<Vec<u8>>, Position) {
    let mut doc = empty();
    doc.set_actor(ActorId::from([7]));
    let mut write = |key: &str| {
        doc.put(ROOT, key, "a value that is long enough to be damaged").unwrap();
        doc.commit().unwrap();
        (doc.save(), doc.get_last_local_change().unwrap().raw_bytes().to_vec(), doc.get_heads())
    };
    let (snapshot, ..) = write("a");
    let mut chunks = vec![snapshot];
    chunks.extend(["b", "c"].map(|key| write(key).1));
    let (_, last, heads) = write("d");
    chunks.push(last);
    let point = LogPoint { log: LogId::from_bytes([1; 16]), seq: Seq(4), hash: heads[0].into() };
    (chunks, Position { point, heads: heads.into_iter().map(Into::into).collect() })
}

/// The keys that are there after the chunk at `damaged` lost its last bytes, and how many chunks are said to be damaged.
fn check(damaged: Option<usize>, keys: &[&str], count: usize) {
    let (mut stored, position) = stored();
    if let Some(at) = damaged {
        let length = stored[at].len();
        stored[at][length / 2..].fill(0xff);
    }
    // In the order of their hashes, so to say.
    stored.rotate_left(1);
    let chunks: Vec<&[u8]> = stored.iter().map(Vec::as_slice).collect();
    let loaded = super::chunks(&chunks, Some(&position)).unwrap();
    assert_eq!((loaded.doc.keys(ROOT).collect::<Vec<_>>(), loaded.damaged), (keys.iter().map(ToString::to_string).collect(), count));
}

#[test]
fn one_damaged_chunk_does_not_take_the_others_with_it() {
    check(None, &["a", "b", "c", "d"], 0);
    check(Some(3), &["a", "b", "c"], 1);
    // What builds on it waits until the server sends it again.
    check(Some(1), &["a"], 1);
}

#[test]
fn a_chunk_that_is_gone_is_missed() {
    let (stored, position) = stored();
    let chunks: Vec<&[u8]> = stored[..3].iter().map(Vec::as_slice).collect();
    assert_eq!(super::chunks(&chunks, Some(&position)).unwrap().damaged, 1);
    assert_eq!(super::chunks(&chunks, None).unwrap().damaged, 0);
}

#[test]
fn where_nothing_can_be_read_that_is_said() {
    assert!(chunks(&[b"not a document".as_slice()], None).is_err());
    assert_eq!(chunks(&[], None).unwrap().damaged, 0);
}
