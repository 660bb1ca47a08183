//! What every store does, run against each of ours.

mod model;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::sled::SledSettings;
use super::*;

/// A store to test, and what keeps its place on the disk.
struct Subject {
    store: Arc<dyn Store>,
    _dir: Option<tempfile::TempDir>,
}

fn subjects() -> Vec<(&'static str, Subject)> {
    let dir = tempfile::tempdir().unwrap();
    let sled = SledStore::open(dir.path(), &SledSettings::default()).unwrap();
    vec![
        ("memory", Subject { store: Arc::new(MemoryStore::new()), _dir: None }),
        ("sled", Subject { store: Arc::new(sled), _dir: Some(dir) }),
    ]
}

type Case = for<'a> fn(&'a dyn Store) -> Pin<Box<dyn Future<Output = ()> + 'a>>;

const CASES: &[(&str, Case)] = &[
    ("an empty plan", |store| Box::pin(an_empty_plan(store))),
    ("append and read", |store| Box::pin(append_and_read(store))),
    ("plans are apart", |store| Box::pin(plans_are_apart(store))),
    ("values of all lengths", |store| Box::pin(values_of_all_lengths(store))),
    ("the bound of a read", |store| Box::pin(the_bound_of_a_read(store))),
    ("a snapshot drops", |store| Box::pin(a_snapshot_drops(store))),
    ("an old snapshot", |store| Box::pin(an_old_snapshot(store))),
    ("a snapshot ahead", |store| Box::pin(a_snapshot_ahead(store))),
    ("records", |store| Box::pin(records(store))),
    ("long records", |store| Box::pin(long_records(store))),
    ("too long", |store| Box::pin(too_long(store))),
    ("many at once", |store| Box::pin(many_at_once(store))),
    ("an audit log", |store| Box::pin(an_audit_log(store))),
    ("an audit log, many at once", |store| Box::pin(an_audit_log_of_many(store))),
];

#[tokio::test]
async fn every_store_conforms() {
    for &(case, run) in CASES {
        for (name, subject) in subjects() {
            println!("{case}, {name}");
            run(&*subject.store).await;
        }
    }
}

const PLAN: PlanId = PlanId::from_bytes([7; 16]);

fn entry(number: u8, length: usize) -> Entry {
    Entry { hash: ChangeHash([number; 32]), bytes: vec![number; length].into() }
}

fn snapshot(seq: u64, length: usize) -> Snapshot {
    Snapshot { seq: Seq(seq), bytes: (0..length).map(|i| (i % 251) as u8).collect() }
}

async fn all(store: &dyn Store, plan: PlanId) -> Vec<(Seq, Entry)> {
    store.read(plan, Seq::START, usize::MAX).await.unwrap()
}

async fn an_empty_plan(store: &dyn Store) {
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(1), head: Seq(0) });
    assert_eq!(all(store, PLAN).await, []);
    assert_eq!(store.snapshot(PLAN).await.unwrap(), None);
    assert_eq!(store.append(PLAN, vec![]).await.unwrap(), Seq(0));
}

async fn append_and_read(store: &dyn Store) {
    assert_eq!(store.append(PLAN, vec![entry(1, 10), entry(2, 20)]).await.unwrap(), Seq(2));
    assert_eq!(store.append(PLAN, vec![entry(3, 30)]).await.unwrap(), Seq(3));
    let expected = [(Seq(1), entry(1, 10)), (Seq(2), entry(2, 20)), (Seq(3), entry(3, 30))];
    assert_eq!(all(store, PLAN).await, expected);
    assert_eq!(store.read(PLAN, Seq(1), usize::MAX).await.unwrap(), expected[1..]);
    assert_eq!(store.read(PLAN, Seq(3), usize::MAX).await.unwrap(), []);
    assert_eq!(store.read(PLAN, Seq(99), usize::MAX).await.unwrap(), []);
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(1), head: Seq(3) });
}

async fn plans_are_apart(store: &dyn Store) {
    let plans = [[0; 16], [1; 16], [254; 16], [255; 16]].map(PlanId::from_bytes);
    for (number, plan) in (1..).zip(plans) {
        store.append(plan, vec![entry(number, 5); usize::from(number)]).await.unwrap();
        store.put_snapshot(plan, snapshot(1, number.into()), Seq(0)).await.unwrap();
    }
    for (number, plan) in (1u8..).zip(plans) {
        assert_eq!(all(store, plan).await.len(), usize::from(number));
        assert_eq!(store.range(plan).await.unwrap().head, Seq(number.into()));
        assert_eq!(store.snapshot(plan).await.unwrap(), Some(snapshot(1, number.into())));
    }
}

async fn values_of_all_lengths(store: &dyn Store) {
    let lengths = [0, 1, 4043, 4044, 4051, 4091, 4096, 4097, 8182, 8183, 100_000, 1 << 20];
    let entries: Vec<Entry> = (1..).zip(lengths).map(|(number, length)| entry(number, length)).collect();
    for entry in &entries {
        store.append(PLAN, vec![entry.clone()]).await.unwrap();
    }
    let expected: Vec<_> = (1..).map(Seq).zip(entries).collect();
    assert_eq!(all(store, PLAN).await, expected);
    for length in lengths {
        store.put_snapshot(PLAN, snapshot(3, length), Seq(0)).await.unwrap();
        assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(3, length)), "{length} bytes");
    }
    assert_eq!(all(store, PLAN).await, expected);
}

async fn the_bound_of_a_read(store: &dyn Store) {
    store.append(PLAN, vec![entry(1, 100), entry(2, 100), entry(3, 0), entry(4, 100)]).await.unwrap();
    for (bytes_max, count) in [(0, 1), (99, 1), (100, 1), (199, 1), (200, 3), (299, 3), (300, 4)] {
        assert_eq!(store.read(PLAN, Seq::START, bytes_max).await.unwrap().len(), count, "{bytes_max} bytes");
    }
}

async fn a_snapshot_drops(store: &dyn Store) {
    let entries: Vec<Entry> = (0..200).map(|number| entry(number, 5000)).collect();
    store.append(PLAN, entries).await.unwrap();
    store.put_snapshot(PLAN, snapshot(150, 300_000), Seq(100)).await.unwrap();
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(101), head: Seq(200) });
    assert_eq!(all(store, PLAN).await.first().map(|(seq, _)| *seq), Some(Seq(101)), "the gap shows");
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(150, 300_000)));
    store.put_snapshot(PLAN, snapshot(200, 10), Seq(u64::MAX - 1)).await.unwrap();
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(201), head: Seq(200) }, "never beyond the snapshot");
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(200, 10)));
    assert_eq!(store.append(PLAN, vec![entry(9, 9)]).await.unwrap(), Seq(201), "numbers go on");
    assert_eq!(all(store, PLAN).await, [(Seq(201), entry(9, 9))]);
}

async fn an_old_snapshot(store: &dyn Store) {
    store.append(PLAN, (0..9).map(|number| entry(number, 5)).collect()).await.unwrap();
    store.put_snapshot(PLAN, snapshot(6, 60), Seq(0)).await.unwrap();
    store.put_snapshot(PLAN, snapshot(4, 40), Seq(5)).await.unwrap();
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(6, 60)), "the newer stays");
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(6), head: Seq(9) });
    store.put_snapshot(PLAN, snapshot(6, 61), Seq(0)).await.unwrap();
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(6, 61)), "one as new takes its place");
}

async fn a_snapshot_ahead(store: &dyn Store) {
    store.put_snapshot(PLAN, snapshot(40, 4), Seq(0)).await.unwrap();
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(41), head: Seq(40) }, "so a plan is restored");
    assert_eq!(store.append(PLAN, vec![entry(1, 1), entry(2, 2)]).await.unwrap(), Seq(42));
    let refused = store.put_snapshot(PLAN, snapshot(43, 4), Seq(0)).await;
    assert!(matches!(refused, Err(StoreError::Ahead { seq: Seq(43), head: Seq(42) })), "{refused:?}");
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(snapshot(40, 4)));
}

async fn records(store: &dyn Store) {
    let keys: [&[u8]; 7] = [b"", b"\0", b"\0\0", b"\0\x01", b"a", b"a\0b", b"ab"];
    for key in keys {
        store.put_record(RecordKind::Link, key, &[key, b"!"].concat()).await.unwrap();
    }
    store.put_record(RecordKind::Cookie, b"a", b"cookie").await.unwrap();
    for key in keys {
        assert_eq!(store.record(RecordKind::Link, key).await.unwrap(), Some([key, b"!"].concat()));
    }
    assert_eq!(store.record(RecordKind::Plan, b"a").await.unwrap(), None);
    for prefix in [&b""[..], b"\0", b"a", b"a\0", b"b"] {
        let expected: Vec<_> =
            keys.iter().filter(|key| key.starts_with(prefix)).map(|key| (key.to_vec(), [key, &b"!"[..]].concat())).collect();
        assert_eq!(store.records(RecordKind::Link, prefix).await.unwrap(), expected, "{prefix:?}");
    }
}

async fn long_records(store: &dyn Store) {
    for length in [1 << 20, 4097, 4096, 0, 9000, 1] {
        store.put_record(RecordKind::Participant, b"long", &vec![3; length]).await.unwrap();
        assert_eq!(store.record(RecordKind::Participant, b"long").await.unwrap(), Some(vec![3; length]));
        assert_eq!(store.records(RecordKind::Participant, b"").await.unwrap().len(), 1);
    }
    // Several into one commit, the shorter after the longer.
    let (long, short, mid) = (vec![1; 20_000], vec![2; 10], vec![3; 9_000]);
    let put = |value| store.put_record(RecordKind::Participant, b"long", value);
    tokio::try_join!(put(&long), put(&short), put(&mid)).unwrap();
    assert_eq!(store.record(RecordKind::Participant, b"long").await.unwrap(), Some(mid));
}

async fn too_long(store: &dyn Store) {
    let long = vec![0; VALUE_BYTES_MAX + 1];
    let results = [
        store.append(PLAN, vec![Entry { hash: ChangeHash([0; 32]), bytes: long.clone().into() }]).await.map(|_| ()),
        store.put_record(RecordKind::Plan, b"a", &long).await,
        store.put_record(RecordKind::Plan, &[1; KEY_BYTES_MAX + 1], b"").await,
    ];
    for result in results {
        assert!(matches!(result, Err(StoreError::TooLong { .. })), "{result:?}");
    }
    store.put_record(RecordKind::Plan, &[0; KEY_BYTES_MAX], b"").await.unwrap();
}

async fn many_at_once(store: &dyn Store) {
    let appends = (0..100u8).map(|number| store.append(PLAN, vec![entry(number, 300), entry(number, 5000)]));
    let saves = (0..5).map(|_| store.put_snapshot(PLAN, snapshot(0, 50_000), Seq::START));
    let appends = futures_util::future::try_join_all(appends);
    let saves = futures_util::future::try_join_all(saves);
    let (mut heads, _) = tokio::try_join!(appends, saves).unwrap();
    heads.sort_unstable();
    assert_eq!(heads, (1..=100).map(|pair| Seq(2 * pair)).collect::<Vec<_>>());
    let entries = all(store, PLAN).await;
    assert!(entries.chunks(2).all(|pair| pair[0].1.hash == pair[1].1.hash), "what comes together stays together");
    assert_eq!(entries.len(), 200);
}

async fn an_audit_log(store: &dyn Store) {
    assert_eq!(store.append_audit(PLAN, vec![]).await.unwrap(), Seq(0));
    assert_eq!(store.append_audit(PLAN, vec![b"one".to_vec(), b"two".to_vec()]).await.unwrap(), Seq(2));
    // Zero bytes in ids and numbers, and the neighbours of the plan.
    let others = [[0; 16], [6; 16], [8; 16], [255; 16]].map(PlanId::from_bytes);
    for other in others {
        assert_eq!(store.append_audit(other, vec![other.as_bytes().to_vec()]).await.unwrap(), Seq(1), "each plan counts for itself");
    }
    let long = vec![7; 20_000];
    assert_eq!(store.append_audit(PLAN, vec![long.clone()]).await.unwrap(), Seq(3));
    let expected = [(Seq(1), b"one".to_vec()), (Seq(2), b"two".to_vec()), (Seq(3), long)];
    for (after, count_max, range) in
        [(0, 9, 0..3), (0, 2, 0..2), (1, 1, 1..2), (2, 9, 2..3), (3, 9, 3..3), (u64::MAX, 9, 3..3), (0, 0, 0..0)]
    {
        assert_eq!(store.audit(PLAN, Seq(after), count_max).await.unwrap(), expected[range], "{count_max} after {after}");
    }
    for other in others {
        assert_eq!(store.audit(other, Seq(0), 9).await.unwrap(), [(Seq(1), other.as_bytes().to_vec())]);
    }
    // Nobody chooses a number: what is there stays, and no gap is made.
    for seq in [1, 4, 9] {
        let written = store.put_record(RecordKind::Audit, &audit_key(PLAN, Seq(seq)), b"another").await;
        assert!(matches!(written, Err(StoreError::AppendOnly("audit"))), "{written:?}");
    }
    assert_eq!(store.audit(PLAN, Seq(0), 9).await.unwrap(), expected);
    let too_long = store.append_audit(PLAN, vec![b"four".to_vec(), vec![0; VALUE_BYTES_MAX + 1]]).await;
    assert!(matches!(too_long, Err(StoreError::TooLong { .. })), "{too_long:?}");
    assert_eq!(store.append_audit(PLAN, vec![b"four".to_vec()]).await.unwrap(), Seq(4), "what was refused took no number");
}

async fn an_audit_log_of_many(store: &dyn Store) {
    let appends = (0..100u8).map(|number| store.append_audit(PLAN, vec![vec![number], vec![number]]));
    let mut last = futures_util::future::try_join_all(appends).await.unwrap();
    last.sort_unstable();
    assert_eq!(last, (1..=100).map(|pair| Seq(2 * pair)).collect::<Vec<_>>());
    let entries = store.audit(PLAN, Seq(0), 1_000).await.unwrap();
    assert_eq!(entries.iter().map(|(seq, _)| seq.0).collect::<Vec<_>>(), (1..=200).collect::<Vec<_>>(), "no gaps");
    assert!(entries.chunks(2).all(|pair| pair[0].1 == pair[1].1), "what comes together stays together");
}
