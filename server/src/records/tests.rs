//! Records through a store and back.

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{LogId, ParticipantId, PlanId};

use super::*;
use crate::store::MemoryStore;

const PLAN: PlanId = PlanId::from_bytes([1; 16]);

fn link(hash: u8) -> LinkRecord {
    LinkRecord {
        hash: [hash; 32],
        plan: PLAN,
        role: Role::Editor,
        label: "Baucau".into(),
        created_ms: 5,
        revoked_ms: None,
        scope: Scope::Plan,
        expires_ms: None,
        people_max: None,
        created_by: None,
    }
}

fn participant(plan: u8, id: u8) -> ParticipantRecord {
    ParticipantRecord {
        id: ParticipantId::from_bytes([id; 16]),
        plan: PlanId::from_bytes([plan; 16]),
        link: [9; 32],
        name: "Mana Rosa".into(),
        organisation: "aaaa".into(),
        joined_ms: 7,
        came_ms: None,
    }
}

async fn check_round_trip<R: Record + PartialEq + std::fmt::Debug>(record: R) {
    let store = MemoryStore::new();
    save(&store, &record).await.unwrap();
    let key = record.key();
    assert_eq!(load::<R>(&store, &key).await.unwrap().as_ref(), Some(&record));
    assert!(load::<R>(&store, b"another").await.unwrap().is_none());
    let bytes = store.record(R::KIND, &key).await.unwrap().unwrap();
    check(R::KIND, &key, &bytes).unwrap();
    assert!(check(R::KIND, b"another", &bytes).is_err(), "it names its own key");
    assert!(matches!(check(R::KIND, &key, &bytes[..bytes.len() - 1]), Err(StoreError::Corrupt { .. })));
    assert!(matches!(check(R::KIND, &key, &[]), Err(StoreError::Corrupt { .. })));
    let newer = [&[2], &bytes[1..]].concat();
    assert!(matches!(check(R::KIND, &key, &newer), Err(StoreError::NewerVersion { found: 2, supported: 1 })));
}

#[tokio::test]
async fn every_kind_of_record_reads_back() {
    check_round_trip(link(1)).await;
    check_round_trip(LinkRecord { revoked_ms: Some(8), role: Role::Facilitator, ..link(2) }).await;
    check_round_trip(participant(1, 2)).await;
    check_round_trip(CookieRecord {
        hash: [4; 32],
        participant: ParticipantId::from_bytes([1; 16]),
        plan: PLAN,
        created_ms: 1,
        left_ms: None,
    })
    .await;
    let log = LogId::from_bytes([6; 16]);
    check_round_trip(PlanRecord {
        id: PLAN,
        title: "NAP 1325".into(),
        template: "nap1325-2025".into(),
        created_ms: 1,
        log,
        restored_ms: Some(3),
    })
    .await;
}

#[tokio::test]
async fn the_people_of_a_plan_are_listed_alone() {
    let store = MemoryStore::new();
    for record in [participant(1, 2), participant(2, 3), participant(1, 1)] {
        save(&store, &record).await.unwrap();
    }
    let people: Vec<ParticipantRecord> = list(&store, PLAN.as_bytes()).await.unwrap();
    assert_eq!(people, [participant(1, 1), participant(1, 2)]);
    assert_eq!(list::<ParticipantRecord>(&store, b"").await.unwrap().len(), 3);
    assert_eq!(list::<LinkRecord>(&store, b"").await.unwrap(), []);
}

#[tokio::test]
async fn records_of_an_older_version_read() {
    /// As a link was stored before it could end, or be for some people only.
    #[derive(Serialize)]
    struct Older {
        #[serde(with = "serde_bytes")]
        hash: [u8; 32],
        plan: PlanId,
        role: Role,
        label: String,
        created_ms: u64,
    }
    let older = Older { hash: [1; 32], plan: PLAN, role: Role::Editor, label: "Baucau".into(), created_ms: 5 };
    let mut bytes = vec![1];
    ciborium::into_writer(&older, &mut bytes).unwrap();
    let store = MemoryStore::new();
    store.put_record(RecordKind::Link, &[1; 32], &bytes).await.unwrap();
    assert_eq!(load::<LinkRecord>(&store, &[1; 32]).await.unwrap(), Some(link(1)));
}
