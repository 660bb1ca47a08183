//! What is sled's own: opening, refusing, damage, and how it survives.

use std::fs;
use std::sync::Arc;

use automerge::ChangeHash;

use super::*;

const PLAN: PlanId = PlanId::from_bytes([5; 16]);

fn entry(number: u8, length: usize) -> Entry {
    Entry { hash: ChangeHash([number; 32]), bytes: vec![number; length].into() }
}

fn open(dir: &Path) -> Result<SledStore, StoreError> {
    SledStore::open(dir, &SledSettings::default())
}

/// The error of opening, and that it is one line.
fn refusal(dir: &Path) -> StoreError {
    let error = open(dir).err().expect("it does not open");
    let text = error.to_string();
    assert!(!text.contains('\n') && text.len() < 300, "{text}");
    error
}

#[tokio::test]
async fn a_second_handle_is_refused_until_the_first_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path()).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::InUse(_)));
    assert!(refusal(dir.path()).to_string().contains("stop the server first"));
    first.append(PLAN, vec![entry(1, 10)]).await.unwrap();
    drop(first);
    let second = open(dir.path()).unwrap();
    assert_eq!(second.range(PLAN).await.unwrap().head, Seq(1));
}

#[test]
fn a_second_process_is_refused() {
    // flock(1) is another process that holds the lock; it ends when its input does.
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()).unwrap());
    let mut command = std::process::Command::new("flock");
    command.arg("--no-fork").arg(dir.path().join("lock")).args(["sh", "-c", "echo locked; cat"]);
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
    let mut other = command.spawn().expect("flock is part of util-linux, which every Debian has");
    let mut line = [0; 7];
    std::io::Read::read_exact(other.stdout.as_mut().unwrap(), &mut line).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::InUse(_)));
    drop(other.stdin.take());
    other.wait().unwrap();
    open(dir.path()).unwrap();
}

#[test]
fn what_cannot_be_opened_says_why() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("file");
    fs::write(&file, "not a directory").unwrap();
    assert!(matches!(refusal(&file), StoreError::NotWritable(_)));
    assert!(matches!(refusal(&file.join("below")), StoreError::NotWritable(_)));

    type Check = fn(&StoreError) -> bool;
    let cases: [(&str, Check); 5] = [
        ("hamutuk-data 2\n", |error| matches!(error, StoreError::NewerVersion { found: 2, supported: 1 })),
        ("hamutuk-data 1 restoring\n", |error| matches!(error, StoreError::Unfinished(_))),
        ("hamutuk-data x\n", |error| matches!(error, StoreError::Corrupt { .. })),
        ("", |error| matches!(error, StoreError::Corrupt { .. })),
        ("something else\n", |error| matches!(error, StoreError::Corrupt { .. })),
    ];
    for (format, expected) in cases {
        let dir = tempfile::tempdir().unwrap();
        drop(open(dir.path()).unwrap());
        fs::write(dir.path().join("format"), format).unwrap();
        let error = refusal(dir.path());
        assert!(expected(&error), "{format:?}: {error}");
    }

    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()).unwrap());
    fs::remove_file(dir.path().join("format")).unwrap();
    assert!(matches!(refusal(dir.path()), StoreError::Corrupt { .. }), "data without a version");

    let empty = tempfile::tempdir().unwrap();
    let missing = SledStore::open_for(Purpose::Inspect, empty.path(), &SledSettings::default()).err().unwrap();
    assert!(matches!(missing, StoreError::Missing(_)));
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "looking makes nothing");
}

#[tokio::test]
async fn no_value_becomes_a_file_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for number in 0..20 {
        store.append(PLAN, vec![entry(number, 300_000), entry(number, 4044)]).await.unwrap();
    }
    let bytes: Arc<[u8]> = vec![1; 3 << 20].into();
    store.put_snapshot(PLAN, Snapshot { seq: Seq(30), bytes }, Seq(20)).await.unwrap();
    store.put_record(RecordKind::Link, &[1; KEY_BYTES_MAX], &vec![1; 1 << 20]).await.unwrap();
    drop(store);
    assert_eq!(fs::read_dir(dir.path().join("blobs")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_damaged_value_is_named_and_the_rest_reads() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.append(PLAN, vec![entry(1, 10), entry(2, 9000), entry(3, 10)]).await.unwrap();
    store.put_record(RecordKind::Link, b"key", b"value").await.unwrap();

    let second = key::piece(&key::numbered(PLAN, 2), 1);
    let sound = store.tables.log.get(&second).unwrap().unwrap();
    let mut flipped = sound.to_vec();
    flipped[2000] ^= 4;
    store.tables.log.insert(&second, flipped).unwrap();
    let error = store.read(PLAN, Seq(1), usize::MAX).await.unwrap_err();
    assert!(error.to_string().starts_with(&format!("change 2 of plan {PLAN} is damaged")), "{error}");
    assert_eq!(store.read(PLAN, Seq::START, 99).await.unwrap(), [(Seq(1), entry(1, 10))], "what comes before");
    assert_eq!(store.read(PLAN, Seq(2), 1).await.unwrap(), [(Seq(3), entry(3, 10))], "what comes after");

    store.tables.log.remove(&second).unwrap();
    assert!(matches!(store.read(PLAN, Seq(1), 1).await, Err(StoreError::Corrupt { .. })), "a piece is gone");
    store.tables.log.remove(key::piece(&key::numbered(PLAN, 2), 0)).unwrap();
    store.tables.log.remove(key::piece(&key::numbered(PLAN, 2), 2)).unwrap();
    let error = store.read(PLAN, Seq(1), usize::MAX).await.unwrap_err();
    assert!(error.to_string().contains("change 2"), "{error}");

    let record = key::piece(&key::record(RecordKind::Link, b"key"), 0);
    store.tables.records.insert(&record, &b"\x01nonsense"[..]).unwrap();
    let error = store.record(RecordKind::Link, b"key").await.unwrap_err();
    assert!(error.to_string().starts_with("link record 6b6579 is damaged"), "{error}");
}

#[tokio::test]
async fn a_snapshot_without_its_manifest_does_not_count_and_is_cleared() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.append(PLAN, vec![entry(1, 10); 9]).await.unwrap();
    let saved = Snapshot { seq: Seq(4), bytes: vec![4; 10_000].into() };
    store.put_snapshot(PLAN, saved.clone(), Seq::START).await.unwrap();
    // As a crash leaves it: pieces of a newer one, no manifest.
    let mut batch = ::sled::Batch::default();
    for piece in 0..3 {
        snapshot::put_piece(&mut batch, &key::numbered(PLAN, 2), &[8; 20_000], piece);
    }
    store.tables.snapshots.apply_batch(batch).unwrap();
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(saved));
    let next = Snapshot { seq: Seq(8), bytes: vec![9; 5].into() };
    store.put_snapshot(PLAN, next.clone(), Seq::START).await.unwrap();
    assert_eq!(store.snapshot(PLAN).await.unwrap(), Some(next));
    assert_eq!(store.tables.snapshots.len(), 2, "one piece and the manifest");
}

#[tokio::test]
async fn readers_see_nothing_that_is_not_durable() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    store.append(PLAN, vec![entry(1, 10); 3]).await.unwrap();
    store.in_flight.begin([(PLAN, Seq(2))].into());
    assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first: Seq(1), head: Seq(2) });
    assert_eq!(store.read(PLAN, Seq::START, usize::MAX).await.unwrap().len(), 2);
    store.in_flight.end(&[PLAN]);
    assert_eq!(store.read(PLAN, Seq::START, usize::MAX).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_was_answered_is_there_when_the_files_are_copied_under_way() {
    // A copy of the files at any moment is what a kill leaves: what was answered before it must be in it.
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for round in 1..=10u64 {
        for _ in 0..20 {
            store.append(PLAN, vec![entry(round as u8, 700), entry(round as u8, 6000)]).await.unwrap();
        }
        let later = store.append(PLAN, vec![entry(0, 50_000)]);
        let copy = tempfile::tempdir().unwrap();
        let copied = async { raw::copy(dir.path(), copy.path()) };
        let (head, ()) = tokio::join!(later, copied);
        let copied = open(copy.path()).unwrap();
        let found = copied.range(PLAN).await.unwrap().head;
        assert!(found >= Seq(41 * round - 1) && found <= head.unwrap(), "round {round}: {found}");
        let entries = copied.read(PLAN, Seq::START, usize::MAX).await.unwrap();
        assert_eq!(entries.len() as u64, found.0);
        drop(copied);
    }
}

#[tokio::test]
async fn a_lost_end_is_found_out() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    for number in 0..10 {
        store.append(PLAN, vec![entry(number, 100)]).await.unwrap();
    }
    assert_eq!(store.lost_commits().await.unwrap(), 0);
    drop(store);
    let file = dir.path().join("db");
    let mut bytes = fs::read(&file).unwrap();
    let end = bytes.iter().rposition(|&byte| byte != 0).unwrap();
    bytes[end - 500..].fill(0);
    fs::write(&file, bytes).unwrap();
    let store = open(dir.path()).unwrap();
    let (head, lost) = (store.range(PLAN).await.unwrap().head, store.lost_commits().await.unwrap());
    assert!(head < Seq(10) && lost > 0, "{lost} lost, head {head}");
    store.append(PLAN, vec![entry(1, 100)]).await.unwrap();
    drop(store);
    let store = open(dir.path()).unwrap();
    assert_eq!(store.lost_commits().await.unwrap(), lost, "told once, and not forgotten");
}

#[tokio::test]
async fn plans_are_listed_once_each() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path()).unwrap();
    let plans = [[0; 16], [9; 16], [255; 16]].map(PlanId::from_bytes);
    store.append(plans[0], vec![entry(1, 5000); 3]).await.unwrap();
    store.append(plans[2], vec![entry(1, 1)]).await.unwrap();
    for plan in &plans[1..] {
        store.put_snapshot(*plan, Snapshot { seq: Seq(1), bytes: vec![1].into() }, Seq(1)).await.unwrap();
    }
    assert_eq!(store.plans().await.unwrap(), plans);
}

/// How fast is it, and does opening depend on what is stored? `cargo test --release -p hamutuk-server -- --ignored --nocapture measure`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, not a test"]
async fn measure() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(open(dir.path()).unwrap());
    for (writers, each) in [(1, 1), (16, 1), (128, 1), (512, 1), (200, 16)] {
        let begun = std::time::Instant::now();
        let rounds = if writers == 1 { 500 } else { 20_000 / writers / each };
        let tasks: Vec<_> = (0..writers)
            .map(|writer| {
                let store = Arc::clone(&store);
                let plan = PlanId::from_bytes([(writer % 50) as u8; 16]);
                tokio::spawn(async move {
                    for _ in 0..rounds {
                        store.append(plan, vec![entry(1, 250); each]).await.unwrap();
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let count = (writers * rounds * each) as f64;
        println!("{writers} writers of {each}: {:.0} changes a second", count / begun.elapsed().as_secs_f64());
    }
    let begun = std::time::Instant::now();
    for thousand in 0..10u16 {
        let appends = (0..1000u16).map(|number| {
            let mut plan = [0; 16];
            plan[..4].copy_from_slice(&(u32::from(thousand * 1000 + number).wrapping_mul(2_654_435_761)).to_be_bytes());
            store.append(PlanId::from_bytes(plan), vec![entry(1, 6000), entry(2, 250), entry(3, 250)])
        });
        futures_util::future::try_join_all(appends).await.unwrap();
    }
    println!("10,000 plans made in {:?}", begun.elapsed());
    drop(store);
    for _ in 0..3 {
        let begun = std::time::Instant::now();
        let store = open(dir.path()).unwrap();
        println!("opened in {:?}", begun.elapsed());
        drop(store);
    }
}
