//! Damage, found and named.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ROOT, TextEncoding};

use super::*;
use crate::audit::{self, Event, Occurrence};
use crate::store::sled::raw;
use crate::store::{Snapshot, Store};

pub(crate) const PLAN: PlanId = PlanId::from_bytes([5; 16]);

/// A document and all its changes as entries.
pub(crate) fn document(count: usize) -> (AutoCommit, Vec<Entry>) {
    let mut document = AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit);
    for number in 0..count {
        document.put(ROOT, "title", format!("title {number} {}", "x".repeat(number * 100))).unwrap();
        document.commit();
    }
    let entries = document.get_changes(&[]).into_iter();
    let entries = entries.map(|mut change| Entry { hash: change.hash(), bytes: change.bytes().into_owned().into() }).collect();
    (document, entries)
}

/// A plan of ten changes, with a snapshot of the first six, the first three dropped.
pub(crate) async fn fill(store: &dyn Store) {
    let (mut document, entries) = document(10);
    let (saved, tail) = entries.split_at(6);
    store.append(PLAN, saved.to_vec()).await.unwrap();
    let mut early = AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit);
    let known = document.get_changes(&[]).into_iter().take(6);
    early.apply_changes(known.collect::<Vec<_>>()).unwrap();
    let snapshot = Snapshot { seq: Seq(6), bytes: early.save().into() };
    store.put_snapshot(PLAN, snapshot, Seq(3)).await.unwrap();
    store.append(PLAN, tail.to_vec()).await.unwrap();
}

fn open(dir: &Path) -> SledStore {
    SledStore::open(dir, &SledSettings::default()).unwrap()
}

#[tokio::test]
async fn a_sound_store_has_no_problems() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    fill(&store).await;
    assert!(matches!(verify(dir.path()).await, Err(StoreError::InUse(_))));
    drop(store);
    let report = verify(dir.path()).await.unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.plans, [PlanReport { plan: PLAN, changes: 7, head: Seq(10), snapshot: Some(Seq(6)), heads: 1 }]);
    assert!(matches!(verify(&dir.path().join("nothing")).await, Err(StoreError::Missing(_))));
}

/// Fills a store, damages it, and expects one problem whose text holds each of the words.
async fn check_damage(damage: impl AsyncFnOnce(&SledStore), words: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    fill(&store).await;
    damage(&store).await;
    drop(store);
    let report = verify(dir.path()).await.unwrap();
    let [problem] = &report.problems[..] else { panic!("{words:?}: {:#?}", report.problems) };
    let text = problem.to_string();
    assert!(words.iter().all(|word| text.contains(word)) && !text.contains('\n'), "{words:?}: {text}");
}

#[tokio::test]
async fn every_kind_of_damage_is_named() {
    check_damage(async |store| raw::flip_change(store, PLAN, 8), &["change 8 of plan", "checksum", "Restore"]).await;
    check_damage(async |store| raw::remove_change(store, PLAN, 8), &["changes 8 to 8 of plan", "missing"]).await;
    check_damage(async |store| raw::remove_change(store, PLAN, 6), &["changes 6 to 6 of plan", "missing"]).await;
    check_damage(async |store| raw::flip_snapshot(store, PLAN), &["the snapshot of plan", "checksum"]).await;

    let other = PlanId::from_bytes([6; 16]);
    let (_, mut entries) = document(3);
    entries[1].hash = entries[0].hash;
    check_damage(async |store| drop(store.append(other, entries).await), &["change 2 of plan", "hash"]).await;
    let (_, mut entries) = document(3);
    entries[1].bytes = vec![7; 7].into();
    check_damage(async |store| drop(store.append(other, entries).await), &["change 2 of plan", "not a change"]).await;
    let (_, entries) = document(3);
    check_damage(async |store| drop(store.append(other, entries[1..].to_vec()).await), &["1 changes that others build on"]).await;
    let snapshot = Snapshot { seq: Seq(2), bytes: vec![1; 100].into() };
    check_damage(async |store| drop(store.put_snapshot(other, snapshot, Seq(0)).await), &["the snapshot of plan", "does not load"]).await;

    let noted = async |store: &SledStore| {
        for plan in [PLAN, other] {
            audit::note_all(store, plan, vec![Occurrence { actor: None, event: Event::Restored {} }; 4]).await.unwrap();
        }
    };
    let gap = async |store: &SledStore| {
        noted(store).await;
        raw::remove_audit(store, PLAN, 2);
        raw::remove_audit(store, PLAN, 3);
    };
    check_damage(gap, &["entries 2 to 3 of the audit log of plan", "missing", "Restore"]).await;
    let front = async |store: &SledStore| {
        noted(store).await;
        raw::remove_audit(store, other, 1);
    };
    check_damage(front, &["entries 1 to 1 of the audit log of plan"]).await;
    let nonsense = async |store: &SledStore| drop(store.append_audit(PLAN, vec![b"\x01nonsense".to_vec()]).await);
    check_damage(nonsense, &["audit record 0505", "Restore"]).await;

    let record = async |store: &SledStore| drop(store.put_record(RecordKind::Link, b"abc", b"\x01nonsense").await);
    check_damage(record, &["link record 616263", "Make a new link"]).await;
}

#[tokio::test]
async fn changes_missing_behind_the_snapshot_are_named() {
    let damage = async |store: &SledStore| {
        for seq in 4..=8 {
            raw::remove_change(store, PLAN, seq);
        }
    };
    check_damage(damage, &["changes 7 to 8 of plan"]).await;
}

#[tokio::test]
async fn a_flipped_byte_in_the_file_never_passes_for_other_content() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    fill(&store).await;
    drop(store);
    let sound: Vec<(Seq, Entry)> = (1..).map(Seq).zip(document(10).1).collect();
    let file = dir.path().join("db");
    let bytes = std::fs::read(&file).unwrap();
    let used = bytes.iter().rposition(|&byte| byte != 0).unwrap();
    let mut noticed = 0;
    for place in (0..used).step_by(used / 40) {
        let copy = tempfile::tempdir().unwrap();
        raw::copy(dir.path(), copy.path());
        let mut flipped = bytes.clone();
        flipped[place] ^= 0x10;
        std::fs::write(copy.path().join("db"), &flipped).unwrap();
        match verify(copy.path()).await {
            Err(error) => {
                assert!(matches!(error, StoreError::Corrupt { .. }), "byte {place}: {error}");
                noticed += 1;
            }
            Ok(report) if !report.problems.is_empty() => noticed += 1,
            Ok(_) => {
                // A page that was replaced later: nobody needs it.
                let found = open(copy.path()).read(PLAN, Seq::START, usize::MAX).await.unwrap();
                assert_eq!(found, sound[3..], "byte {place}");
            }
        }
    }
    println!("{noticed} flips were noticed");
    assert!(noticed > 20);
}
