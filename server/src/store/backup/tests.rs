//! There and back, and what a backup refuses.

use std::collections::BTreeMap;

use hamutuk_shared::access::Role;

use super::*;
use crate::audit::{self, Event};
use crate::store::verify::tests::{PLAN, document, fill};
use crate::store::{LogRange, RecordKind, Snapshot, Store, verify};

fn open(dir: &Path) -> SledStore {
    SledStore::open(dir, &SledSettings::default()).unwrap()
}

/// A data directory with three plans and some records.
async fn data() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    fill(&store).await;
    let whole = PlanId::from_bytes([1; 16]);
    store.append(whole, document(4).1).await.unwrap();
    let saved_only = PlanId::from_bytes([9; 16]);
    let (mut saved, entries) = document(5);
    store.append(saved_only, entries).await.unwrap();
    let snapshot = Snapshot { seq: Seq(5), bytes: saved.save().into() };
    store.put_snapshot(saved_only, snapshot, Seq(5)).await.unwrap();
    for (number, plan) in [PLAN, whole, saved_only, PLAN].into_iter().cycle().take(20).enumerate() {
        let link = "x".repeat(500 * number);
        audit::note(&store, plan, None, Event::Joined { link, role: Role::Editor }).await.unwrap();
    }
    dir
}

type Content = (BTreeMap<PlanId, (LogRange, Option<Snapshot>, Vec<(Seq, crate::store::Entry)>)>, Vec<(Vec<u8>, Vec<u8>)>);

async fn content(dir: &Path) -> Content {
    let store = open(dir);
    let mut plans = BTreeMap::new();
    for plan in store.plans().await.unwrap() {
        let log = store.read(plan, Seq::START, usize::MAX).await.unwrap();
        plans.insert(plan, (store.range(plan).await.unwrap(), store.snapshot(plan).await.unwrap(), log));
    }
    (plans, store.records(RecordKind::Audit, b"").await.unwrap())
}

#[tokio::test]
async fn what_is_restored_is_what_was_backed_up() {
    let data = data().await;
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("backup");
    let counts = backup(data.path(), &file).await.unwrap();
    assert_eq!(counts, Counts { plans: 3, changes: 11, snapshots: 2, records: 20 });
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "no part is left");
    let restored = place.path().join("new/data");
    assert_eq!(restore(&file, &restored).await.unwrap(), counts);
    assert_eq!(content(&restored).await, content(data.path()).await);
    assert_eq!(verify::verify(&restored).await.unwrap().problems, []);
    let again = place.path().join("again");
    backup(&restored, &again).await.unwrap();
    assert!(fs::read(&again).unwrap() == fs::read(&file).unwrap(), "a backup says what is stored, not how");
    assert_eq!(open(&restored).append(PLAN, vec![]).await.unwrap(), Seq(10));
    assert_eq!(open(&restored).append_audit(PLAN, vec![b"next".to_vec()]).await.unwrap(), Seq(11), "numbers go on");
}

#[tokio::test]
async fn what_is_in_the_way_is_refused_and_kept() {
    let data = data().await;
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("backup");
    fs::write(&file, "mine").unwrap();
    assert!(matches!(backup(data.path(), &file).await, Err(BackupError::Exists(_))));
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    let below = file.join("below");
    assert!(matches!(backup(data.path(), &below).await, Err(BackupError::Store(StoreError::NotWritable(_)))));
    let file = place.path().join("another");
    backup(data.path(), &file).await.unwrap();
    assert!(matches!(restore(&file, data.path()).await, Err(BackupError::NotEmpty(_))));
    assert!(matches!(restore(&file, &file).await, Err(BackupError::Store(StoreError::NotWritable(_)))));
    let missing = backup(&place.path().join("nothing"), &place.path().join("b")).await;
    assert!(matches!(missing, Err(BackupError::Store(StoreError::Missing(_)))));
    let store = open(data.path());
    let busy = backup(data.path(), &place.path().join("b")).await.unwrap_err();
    assert!(busy.to_string().contains("stop the server first"), "{busy}");
    drop(store);
}

#[tokio::test]
async fn a_backup_that_is_cut_or_changed_is_refused_before_anything_is_written() {
    let data = data().await;
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("backup");
    backup(data.path(), &file).await.unwrap();
    let sound = fs::read(&file).unwrap();
    let line = sound.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let target = place.path().join("target");
    let cuts = (line..sound.len()).step_by(sound.len() / 60).chain([sound.len() - 1]).map(|length| sound[..length].to_vec());
    let flips = (line..sound.len()).step_by(sound.len() / 60).map(|place| {
        let mut flipped = sound.clone();
        flipped[place] ^= 1;
        flipped
    });
    let longer = [&sound[..], b"x"].concat();
    for bytes in cuts.chain(flips).chain([longer]) {
        fs::write(&file, &bytes).unwrap();
        let error = restore(&file, &target).await.unwrap_err();
        assert!(matches!(error, BackupError::Damaged { .. }), "{} bytes: {error}", bytes.len());
        assert!(!target.exists());
    }
    for (bytes, newer) in [(&b"HAMUTUK-BACKUP 2\n..."[..], true), (b"PK\x03\x04", false), (b"", false), (&[b'x'; 200], false)] {
        fs::write(&file, bytes).unwrap();
        match restore(&file, &target).await.unwrap_err() {
            BackupError::Store(StoreError::NewerVersion { found: 2, .. }) => assert!(newer),
            error => assert!(matches!(error, BackupError::NotABackup(_)) && !newer, "{error}"),
        }
        assert!(!target.exists());
    }
}

#[tokio::test]
async fn damaged_data_is_not_backed_up() {
    let data = data().await;
    let store = open(data.path());
    crate::store::sled::raw::flip_change(&store, PLAN, 8);
    drop(store);
    let place = tempfile::tempdir().unwrap();
    let error = backup(data.path(), &place.path().join("backup")).await.unwrap_err();
    assert!(error.to_string().contains("change 8"), "{error}");
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn an_audit_log_with_a_gap_is_not_backed_up() {
    let data = data().await;
    let store = open(data.path());
    crate::store::sled::raw::remove_audit(&store, PLAN, 3);
    drop(store);
    let place = tempfile::tempdir().unwrap();
    let error = backup(data.path(), &place.path().join("backup")).await.unwrap_err();
    assert!(error.to_string().contains("entries 3 to 3 of the audit log"), "{error}");
}

#[tokio::test]
async fn what_does_not_verify_after_a_restore_does_not_open() {
    let data = data().await;
    let store = open(data.path());
    let nonsense = crate::store::Entry { hash: automerge::ChangeHash([1; 32]), bytes: vec![1; 9].into() };
    store.append(PLAN, vec![nonsense]).await.unwrap();
    drop(store);
    let place = tempfile::tempdir().unwrap();
    let (file, target) = (place.path().join("backup"), place.path().join("target"));
    backup(data.path(), &file).await.unwrap();
    assert!(matches!(restore(&file, &target).await, Err(BackupError::Unsound(_))));
    let opened = SledStore::open(&target, &SledSettings::default());
    assert!(matches!(opened.err(), Some(StoreError::Unfinished(_))));
}
