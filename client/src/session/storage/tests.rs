use automerge::ChangeHash;
use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::{LogId, ParticipantId, PlanId, Seq};
use hamutuk_shared::replica::StoredChange;
use hamutuk_shared::sync::Position;
use hamutuk_shared::sync::frame::{Hash, LogPoint};
use wasm_bindgen_test::wasm_bindgen_test;

use super::*;
use crate::session::notice::Aside;

const PLAN: PlanId = PlanId::from_bytes([1; 16]);
const OTHER: PlanId = PlanId::from_bytes([2; 16]);

/// A database that no other test uses.
async fn storage() -> Storage {
    let name = format!("test-{}", js_sys::Math::random());
    Storage::open_named(&name).await.unwrap()
}

fn change(number: u8) -> StoredChange {
    StoredChange { hash: ChangeHash([number; 32]), bytes: vec![number; 3] }
}

fn batch(numbers: &[u8]) -> Batch {
    Batch { changes: numbers.iter().map(|number| change(*number)).collect(), ..Batch::default() }
}

fn position(seq: u64) -> Position {
    let point = LogPoint { log: LogId::from_bytes([3; 16]), seq: Seq(seq), hash: Hash([4; 32]) };
    Position { point, heads: vec![Hash([4; 32])] }
}

async fn bytes(storage: &Storage, plan: PlanId) -> Vec<Vec<u8>> {
    storage.load(plan).await.unwrap().chunks.into_iter().map(|(_, bytes)| bytes).collect()
}

#[wasm_bindgen_test]
async fn what_was_stored_is_there_and_only_in_its_plan() {
    let storage = storage().await;
    let first = Batch { snapshots: vec![vec![9, 9]], position: Some(position(7)), ..batch(&[1, 2]) };
    storage.store(PLAN, &first).await.unwrap();
    storage.store(OTHER, &batch(&[5])).await.unwrap();
    // Later chunks leave the position as it is.
    storage.store(PLAN, &batch(&[2, 3])).await.unwrap();
    let stored = storage.load(PLAN).await.unwrap();
    assert_eq!(stored.position, Some(position(7)));
    assert_eq!(bytes(&storage, PLAN).await, [vec![9, 9], vec![1; 3], vec![2; 3], vec![3; 3]], "documents first");
    assert_eq!(bytes(&storage, OTHER).await, [vec![5; 3]]);
}

#[wasm_bindgen_test]
async fn compacting_keeps_what_another_tab_stored_meanwhile() {
    let storage = storage().await;
    storage.store(PLAN, &batch(&[1, 2])).await.unwrap();
    let [mine, theirs] =
        [(); 2].map(|()| async { storage.load(PLAN).await.unwrap().chunks.into_iter().map(|(key, _)| key).collect::<Vec<_>>() });
    let (mine, theirs) = (mine.await, theirs.await);
    storage.store(PLAN, &batch(&[3])).await.unwrap();
    storage.compact(PLAN, &[7, 1, 2], &mine).await.unwrap();
    assert_eq!(bytes(&storage, PLAN).await, [vec![7, 1, 2], vec![3; 3]]);
    // The other tab had loaded the same chunks, and a change since.
    storage.compact(PLAN, &[8, 1, 2, 3], &[theirs, vec![ChunkKey::change(change(3).hash)]].concat()).await.unwrap();
    let mut left = bytes(&storage, PLAN).await;
    left.sort();
    assert_eq!(left, [vec![7, 1, 2], vec![8, 1, 2, 3]]);
}

#[wasm_bindgen_test]
async fn what_was_refused_is_kept_but_not_loaded() {
    let storage = storage().await;
    storage.store(PLAN, &batch(&[1, 2])).await.unwrap();
    let aside = Aside { id: "a".into(), refusal: Refusal::NotAllowed, at_ms: 1.0, by: None, items: Vec::new(), is_dismissed: false };
    let held = [1, 2].map(|number| ChunkKey::change(change(number).hash));
    let change = SetAside { asides: std::slice::from_ref(&aside), document: &[1, 2], snapshot: &[1], held: &held };
    storage.set_aside(PLAN, &change).await.unwrap();
    assert_eq!(bytes(&storage, PLAN).await, [vec![1]]);
    assert_eq!(storage.asides(PLAN).await.unwrap(), [aside]);
    assert_eq!(storage.asides(OTHER).await.unwrap(), []);
    storage.change_aside(PLAN, "a", |aside| Aside { is_dismissed: true, ..aside }).await.unwrap();
    assert!(storage.asides(PLAN).await.unwrap()[0].is_dismissed);
}

#[wasm_bindgen_test]
async fn a_transaction_is_whole_or_nothing() {
    let storage = storage().await;
    storage.store(PLAN, &batch(&[1])).await.unwrap();
    let refused = storage.write(&[CHUNKS], &|transaction| {
        transaction.object_store(CHUNKS)?.clear()?;
        Err(idb::Error::DomExceptionNotFound)
    });
    assert_eq!(refused.await, Err(StorageError::Failed));
    assert_eq!(bytes(&storage, PLAN).await, [vec![1; 3]]);
    storage.database.close();
    assert_eq!(storage.store(PLAN, &batch(&[2])).await, Err(StorageError::Closed));
}

#[wasm_bindgen_test]
async fn a_newer_record_is_not_read_as_ours() {
    let storage = storage().await;
    let record = object(&[("v", 2.into()), ("bytes", Uint8Array::new_with_length(1).into())]);
    let key: JsValue = [PLAN.to_string().as_str(), "change", "ff"].into_iter().map(JsValue::from_str).collect::<Array>().into();
    storage.write(&[CHUNKS], &|transaction| transaction.object_store(CHUNKS)?.put(&record, Some(&key)).map(drop)).await.unwrap();
    assert_eq!(storage.load(PLAN).await.err(), Some(StorageError::Newer));
}

#[wasm_bindgen_test]
async fn a_former_name_is_remembered_until_it_is_settled() {
    let storage = storage().await;
    let former = ParticipantId::from_bytes([5; 16]);
    assert_eq!(storage.former(PLAN).await, Ok(None));
    storage.put_former(PLAN, Some(former)).await.unwrap();
    assert_eq!(storage.load(PLAN).await.unwrap().former, Some(former));
    storage.put_former(PLAN, None).await.unwrap();
    assert_eq!(storage.former(PLAN).await, Ok(None));
}
