//! Rooms open once, close when nobody is there, and come back.

use std::time::Duration;

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::plan::{Language, template};

use super::*;
use crate::plans;
use crate::records::{self, LinkRecord, ParticipantRecord};
use crate::store::MemoryStore;

const IDLE: Duration = Duration::from_secs(60);

async fn registry() -> (Arc<Registry>, PlanId) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let template = template::find("nap1325-2025").unwrap();
    let plan = plans::create(&*store, &template, "nap1325-2025", Language::En).await.unwrap().id;
    (Registry::with_idle(store, IDLE), plan)
}

fn grant() -> Grant {
    Grant::new(ParticipantId::from_bytes([1; 16]), Role::Editor)
}

#[tokio::test]
async fn a_plan_is_opened_once_for_all_who_come_at_once() {
    let (registry, plan) = registry().await;
    assert_eq!(registry.open_rooms(), 0, "nothing is read at the start");
    let joins = (0..20).map(|_| registry.join(plan, grant(), None, Vec::new()));
    let seats: Vec<Seat> = futures_util::future::try_join_all(joins).await.unwrap();
    assert_eq!(registry.open_rooms(), 1);
    assert!(seats.iter().all(|seat| seat.room.same_channel(&seats[0].room)));
    let mut sessions: Vec<SessionId> = seats.iter().map(|seat| seat.session).collect();
    sessions.sort();
    sessions.dedup();
    assert_eq!(sessions.len(), 20);
}

#[tokio::test(start_paused = true)]
async fn an_empty_room_closes_and_opens_again() {
    let (registry, plan) = registry().await;
    let seat = registry.join(plan, grant(), None, Vec::new()).await.unwrap();
    tokio::time::advance(10 * IDLE).await;
    assert!(!seat.room.is_closed(), "somebody is there");
    let room = seat.room.clone();
    drop(seat);
    room.closed().await;
    assert_eq!(registry.open_rooms(), 0);
    let again = registry.join(plan, grant(), None, Vec::new()).await.unwrap();
    assert!(!again.room.is_closed());
}

#[tokio::test(start_paused = true)]
async fn a_seat_that_is_given_up_before_there_is_a_socket_keeps_no_room_open() {
    let (registry, plan) = registry().await;
    let seat = registry.join(plan, grant(), None, Vec::new()).await.unwrap();
    let room = seat.room.clone();
    drop(seat);
    room.closed().await;
    // Whoever goes before the room has answered.
    let join = registry.join(plan, grant(), None, Vec::new());
    tokio::select! {
        biased;
        _ = join => panic!("the room cannot have answered"),
        () = std::future::ready(()) => {}
    }
    assert_eq!(registry.open_rooms(), 0, "what nobody waits for is not opened");
}

#[tokio::test]
async fn a_plan_that_is_not_there_is_not_kept() {
    let (registry, _) = registry().await;
    let error = registry.join(PlanId::from_bytes([0; 16]), grant(), None, Vec::new()).await.err().unwrap();
    assert_eq!(error.goodbye(), Goodbye::PlanNotFound);
    assert_eq!(registry.open_rooms(), 0);
}

#[tokio::test]
async fn stopping_tells_everybody_and_opens_nothing_more() {
    let (registry, plan) = registry().await;
    let mut seat = registry.join(plan, grant(), None, Vec::new()).await.unwrap();
    registry.stop().await;
    assert_eq!((&mut seat.goodbye).await, Ok(Goodbye::Stopping));
    let error = registry.join(plan, grant(), None, Vec::new()).await.err().unwrap();
    assert_eq!(error.goodbye(), Goodbye::Stopping);
}

#[tokio::test]
async fn a_revoked_link_ends_the_sessions_that_came_by_it_and_no_other() {
    let (registry, plan) = registry().await;
    let store = Arc::clone(&registry.store);
    let mut seats = Vec::new();
    for (person, link) in [(1, 1), (2, 1), (3, 2), (4, 3)] {
        let (id, link) = (ParticipantId::from_bytes([person; 16]), [link; 32]);
        let record = LinkRecord {
            hash: link,
            plan,
            role: Role::Editor,
            scope: Scope::Plan,
            label: String::new(),
            created_ms: 0,
            revoked_ms: None,
            expires_ms: None,
            people_max: None,
            created_by: None,
        };
        records::save(&*store, &record).await.unwrap();
        let person = ParticipantRecord { id, plan, link, name: "Rosa".into(), organisation: String::new(), joined_ms: 0, came_ms: None };
        records::save(&*store, &person).await.unwrap();
        seats.push(registry.join(plan, Grant::new(id, Role::Editor), None, Vec::new()).await.unwrap());
    }
    registry.refresh(plan).await;
    let mut first: LinkRecord = records::load(&*store, &[1; 32]).await.unwrap().unwrap();
    first.revoked_ms = Some(1);
    records::save(&*store, &first).await.unwrap();
    registry.refresh(plan).await;
    for seat in &mut seats[..2] {
        assert_eq!((&mut seat.goodbye).await, Ok(Goodbye::Revoked), "{:?}", seat.session);
    }
    for seat in &mut seats[2..] {
        assert!(seat.goodbye.try_recv().is_err(), "{:?} came by another link", seat.session);
    }
    registry.refresh(PlanId::from_bytes([0; 16])).await;
    assert_eq!(registry.open_rooms(), 1, "nothing is opened to look");
}

#[tokio::test]
async fn a_seat_ends_with_its_link_though_nothing_happens_in_the_room() {
    let (registry, plan) = registry().await;
    let person = |number| Grant::new(ParticipantId::from_bytes([number; 16]), Role::Editor);
    let end_ms = secret::now_ms() + 300;
    let mut stays = registry.join(plan, person(1), Some(end_ms + 600_000), Vec::new()).await.unwrap();
    let mut goes = registry.join(plan, person(2), Some(end_ms), Vec::new()).await.unwrap();
    assert_eq!((&mut goes.goodbye).await, Ok(Goodbye::Expired));
    let late_ms = secret::now_ms().checked_sub(end_ms).expect("not before its time");
    assert!(late_ms < 1_000, "{late_ms} ms late");
    assert!(stays.goodbye.try_recv().is_err());
}

#[tokio::test]
async fn what_changes_while_links_are_looked_up_is_looked_up_once_more() {
    let (registry, plan) = registry().await;
    let store = Arc::clone(&registry.store);
    let token = crate::links::create(&*store, plan, Role::Editor, "").await.unwrap();
    let (id, link) = (ParticipantId::from_bytes([1; 16]), token.hash());
    let person = ParticipantRecord { id, plan, link, name: "Rosa".into(), organisation: String::new(), joined_ms: 0, came_ms: None };
    records::save(&*store, &person).await.unwrap();
    let mut seat = registry.join(plan, Grant::new(id, Role::Editor), None, Vec::new()).await.unwrap();
    for _ in 0..50 {
        registry.refresh(plan).await;
    }
    let record: LinkRecord = records::load(&*store, &link).await.unwrap().unwrap();
    records::save(&*store, &LinkRecord { revoked_ms: Some(1), ..record }).await.unwrap();
    registry.refresh(plan).await;
    assert_eq!((&mut seat.goodbye).await, Ok(Goodbye::Revoked));
}
