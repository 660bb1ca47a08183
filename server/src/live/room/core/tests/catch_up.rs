//! From the hello to live.

use std::sync::LazyLock;

use automerge::Automerge;
use hamutuk_shared::id::{LogId, Seq, TabId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::plan::{Field, Name, read};
use hamutuk_shared::replica;
use hamutuk_shared::sync::frame::{CatchUp, Goodbye, Hash, LogPoint, ServerFrame};
use hamutuk_shared::text::Splice;

use super::super::{Opening, RoomCore};
use super::bench::{Bench, LOG, Writer, editor};
use crate::store::{Entry, Snapshot};

/// A bench whose log has `count` more entries.
fn bench_of(count: usize) -> (Bench, Writer) {
    let mut bench = Bench::new();
    bench.live(1);
    let mut writer = Writer::new(&bench, 1);
    for _ in 0..count {
        let made = writer.write("word ");
        bench.push(1, &[&made.0]);
    }
    (bench, writer)
}

const LONG: u64 = 1_300;
const SAVED: u64 = 1_001;

/// A bench whose log is longer than what is held in memory, with a snapshot on the way. Made once: it takes a while.
fn long_bench() -> (Bench, Writer) {
    static MADE: LazyLock<(Vec<Entry>, Snapshot)> = LazyLock::new(|| {
        let bench = Bench::new();
        let mut writer = Writer::new(&bench, 1);
        let mut entries: Vec<Entry> = bench.log.into_values().collect();
        let mut saved = Vec::new();
        while (entries.len() as u64) < LONG {
            let (bytes, hash) = writer.write("word ");
            entries.push(Entry { hash: hash.into(), bytes: bytes.into() });
            if entries.len() as u64 == SAVED {
                saved = writer.doc.save();
            }
        }
        (entries, Snapshot { seq: Seq(SAVED), bytes: saved.into() })
    });
    let mut bench = Bench::with_log(MADE.0.clone(), Some(MADE.1.clone()));
    bench.live(1);
    let writer = Writer::new(&bench, 1);
    (bench, writer)
}

/// What a client holds that has read its frames: it insists that nothing is missing and nothing comes twice.
#[derive(Default)]
struct Reader {
    position: Seq,
    doc: Option<Automerge>,
    snapshot: Vec<u8>,
    snapshot_seq: Seq,
    snapshot_total: usize,
}

impl Reader {
    fn read(&mut self, frames: Vec<ServerFrame>) {
        for frame in frames {
            match frame {
                ServerFrame::Welcome(welcome) => {
                    self.doc.get_or_insert_with(replica::empty_document);
                    if let CatchUp::Snapshot { seq, bytes_total, .. } = welcome.catch_up {
                        (self.snapshot_seq, self.snapshot_total) = (seq, usize::try_from(bytes_total).unwrap());
                    }
                }
                ServerFrame::SnapshotPiece { offset, bytes } => {
                    assert_eq!(usize::try_from(offset).unwrap(), self.snapshot.len());
                    self.snapshot.extend_from_slice(&bytes);
                    if self.snapshot.len() == self.snapshot_total {
                        self.doc = Some(replica::load_document(&self.snapshot).unwrap());
                        self.position = self.snapshot_seq;
                    }
                }
                ServerFrame::Changes { first, changes } => {
                    assert_eq!(first, self.position.plus(1), "no gap, nothing twice");
                    self.position = self.position.plus(changes.len() as u64);
                    for change in changes {
                        let change = automerge::Change::from_bytes(change.into_vec()).unwrap();
                        self.doc.as_mut().unwrap().apply_changes([change]).unwrap();
                    }
                }
                _ => {}
            }
        }
    }

    fn assert_level_with(&self, bench: &Bench) {
        assert_eq!(self.position, bench.core.head());
        assert_eq!(self.doc.as_ref().unwrap().get_heads(), bench.core.durable_heads());
    }
}

#[test]
fn a_hello_is_answered_by_what_the_log_can_give() {
    let (mut bench, _) = bench_of(4);
    let at = |bench: &Bench, seq: u64| LogPoint { log: LOG, seq: Seq(seq), hash: bench.log[&Seq(seq)].hash.into() };
    let head = bench.head_point();
    for (number, after, expected, position) in [
        (10, None, CatchUp::FromStart, 0),
        (11, Some(at(&bench, 2)), CatchUp::Entries, 2),
        (12, Some(head), CatchUp::Entries, 5),
        (13, Some(LogPoint { log: LogId::from_bytes([0; 16]), ..head }), CatchUp::FromStart, 0),
        (14, Some(LogPoint { hash: Hash([0; 32]), ..head }), CatchUp::FromStart, 0),
        (15, Some(LogPoint { seq: Seq(6), ..head }), CatchUp::FromStart, 0),
        (16, Some(LogPoint { seq: Seq(0), ..head }), CatchUp::FromStart, 0),
        (17, Some(LogPoint { seq: Seq(u64::MAX), ..head }), CatchUp::FromStart, 0),
    ] {
        bench.session(number, editor(1), after);
        let frames = bench.take(number);
        let Some(ServerFrame::Welcome(welcome)) = frames.first() else { panic!("{frames:?}") };
        assert_eq!((welcome.catch_up, welcome.head, welcome.log), (expected, Seq(5), LOG), "session {number}");
        let expected_heads: Vec<Hash> = bench.core.durable_heads().iter().copied().map(Hash::from).collect();
        assert_eq!(welcome.heads, expected_heads);
        let mut reader = Reader { position: Seq(position), ..Reader::default() };
        if position == 0 {
            reader.read(frames);
            reader.assert_level_with(&bench);
        } else {
            assert_eq!(changes_in(&frames), 5 - position);
        }
    }
}

#[test]
fn a_point_that_memory_does_not_hold_is_looked_up() {
    let (mut bench, _) = long_bench();
    for (number, hash, is_entries) in [(10, bench.log[&Seq(20)].hash.into(), true), (11, Hash([0; 32]), false)] {
        bench.session(number, editor(1), Some(LogPoint { log: LOG, seq: Seq(20), hash }));
        let frames = bench.take(number);
        let Some(ServerFrame::Welcome(welcome)) = frames.first() else { panic!("{frames:?}") };
        assert_eq!(welcome.catch_up == CatchUp::Entries, is_entries);
        assert_eq!(changes_in(&frames), if is_entries { LONG - 20 } else { LONG - SAVED });
    }
}

fn changes_in(frames: &[ServerFrame]) -> u64 {
    let counts = frames.iter().map(|frame| if let ServerFrame::Changes { changes, .. } = frame { changes.len() } else { 0 });
    counts.sum::<usize>() as u64
}

#[test]
fn somebody_who_catches_up_while_others_write_misses_nothing() {
    let (mut bench, mut writer) = long_bench();
    for (number, after) in [(10, None), (11, Some(Seq(3))), (12, Some(Seq(1_000)))] {
        let mut reader = Reader::default();
        if let Some(seq) = after {
            let mut doc = replica::empty_document();
            let known = bench.log.range(..=seq).map(|(_, entry)| automerge::Change::from_bytes(entry.bytes.to_vec()).unwrap());
            doc.apply_changes(known.collect::<Vec<_>>()).unwrap();
            reader = Reader { position: seq, doc: Some(doc), ..reader };
        }
        bench.hold_sockets = true;
        let point = after.map(|seq| LogPoint { log: LOG, seq, hash: bench.log[&seq].hash.into() });
        bench.session(number, editor(2), point);
        loop {
            let made = writer.write("more ");
            bench.push(1, &[&made.0]);
            if !bench.proceed() {
                break;
            }
        }
        bench.hold_sockets = false;
        let frames = bench.take(number);
        reader.read(frames);
        reader.assert_level_with(&bench);
        assert_eq!(bench.closed.get(&number), None);
    }
}

#[test]
fn a_slow_socket_is_given_one_piece_at_a_time() {
    let (mut bench, mut writer) = bench_of(1);
    for seed in 0..3 {
        for section in read::plan(&writer.doc).sections {
            let splice = Splice { at: 0, delete: 0, insert: noise(seed, 30_000) };
            let made = writer.edit(&Edit::Text { field: Field::of_section(section.id, Name::Context), splice });
            bench.push(1, &[&made.0]);
        }
    }
    // Opened anew with little in memory, so that all but the last comes from the store.
    let head = bench.core.head();
    let snapshot = Snapshot { seq: Seq(head.0 - 1), bytes: writer.doc.save().into() };
    let newest = vec![(head, bench.log[&head].clone())];
    bench.core = RoomCore::open(Opening { log: LOG, snapshot: Some(snapshot), head, entries: newest }, TabId::from_bytes([3; 8])).unwrap();
    bench.hold_sockets = true;
    bench.session(10, editor(2), Some(LogPoint { log: LOG, seq: Seq(2), hash: bench.log[&Seq(2)].hash.into() }));
    assert_eq!(bench.take(10), [], "the point is being looked up");
    let mut frames = Vec::new();
    while bench.proceed() {
        assert!(bench.waiting.len() <= 1, "one thing at a time");
        frames.push(bench.take(10).len());
    }
    assert!(frames.len() > 3 && frames.iter().all(|count| *count <= 2), "{frames:?}");
}

/// Text that deflate cannot shorten much.
fn noise(seed: u64, chars: usize) -> String {
    let mut state = seed + 0x9E37_79B9_7F4A_7C15;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'!' + u8::try_from((state >> 33) % 90).unwrap())
    };
    (0..chars).map(|_| next()).collect()
}

#[test]
fn a_snapshot_is_written_at_a_durable_moment_and_serves_newcomers() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.hold_appends = true;
    let mut writer = Writer::new(&bench, 1);
    for _ in 0..limits::SNAPSHOT_EVERY_CHANGES {
        let made = writer.write("a");
        bench.push(1, &[&made.0]);
    }
    bench.commit();
    // Another change is taken in while the batch that the snapshot covers is on its way.
    let late = writer.write("late");
    bench.push(1, &[&late.0]);
    bench.commit();
    let snapshot = bench.snapshot.clone().expect("a snapshot was due");
    assert_eq!(snapshot.seq, Seq(1 + limits::SNAPSHOT_EVERY_CHANGES));
    let saved = replica::load_document(&snapshot.bytes).unwrap();
    assert_eq!(saved.get_heads(), bench.core.durable_heads());
    bench.commit();
    assert_ne!(saved.get_heads(), bench.core.durable_heads());

    bench.session(10, editor(2), None);
    let mut reader = Reader::default();
    let frames = bench.take(10);
    reader.read(frames);
    assert_eq!(reader.snapshot_seq, snapshot.seq);
    reader.assert_level_with(&bench);
}

#[test]
fn who_needs_what_was_dropped_is_sent_away_and_then_to_the_snapshot() {
    let (mut bench, _) = long_bench();
    let point = LogPoint { log: LOG, seq: Seq(5), hash: bench.log[&Seq(5)].hash.into() };
    // Opened anew with little in memory.
    let mut opening = bench.opening();
    opening.entries.retain(|(seq, _)| *seq >= Seq(SAVED));
    bench.core = RoomCore::open(opening, TabId::from_bytes([3; 8])).unwrap();
    bench.hold_sockets = true;
    bench.session(10, editor(2), Some(point));
    assert!(bench.proceed(), "the point is looked up, and the first piece is sent");
    bench.log.retain(|seq, _| *seq >= Seq(SAVED));
    while bench.proceed() {}
    let has_all = changes_in(&bench.take(10)) == LONG - 5;
    assert!(has_all || bench.closed.get(&10) == Some(&Goodbye::Overflow));
    bench.session(11, editor(2), Some(point));
    while bench.proceed() {}
    let frames = bench.take(11);
    let Some(ServerFrame::Welcome(welcome)) = frames.first() else { panic!("{frames:?}") };
    assert!(matches!(welcome.catch_up, CatchUp::Snapshot { seq: Seq(SAVED), .. }));
    let mut reader = Reader::default();
    reader.read(frames);
    reader.assert_level_with(&bench);
}
