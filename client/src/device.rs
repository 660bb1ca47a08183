//! What this device remembers: the plans that it has joined, and who uses it.
//!
//! Where the browser stores nothing, it remembers as long as the page is open.

use std::cell::RefCell;

use hamutuk_shared::access::Scope;
use hamutuk_shared::id::PlanId;

use crate::api::{Joined, Who};
pub(crate) use crate::session::storage::{DeviceRecord as Person, PlanRecord as PlanOnDevice};
use crate::session::storage::{Storage, StorageError};

thread_local! {
    static REMEMBERED: RefCell<Vec<PlanOnDevice>> = const { RefCell::new(Vec::new()) };
}

/// The plans of this device, the last opened first.
pub(crate) async fn plans() -> Vec<PlanOnDevice> {
    let stored = match Storage::open().await {
        Ok(storage) => storage.plans().await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    if stored.is_empty() { REMEMBERED.with_borrow(Clone::clone) } else { stored }
}

/// What this device knows of a plan; none if it has not joined.
pub(crate) async fn plan(plan: PlanId) -> Option<PlanOnDevice> {
    let stored = match Storage::open().await {
        Ok(storage) => storage.plan(plan).await.ok().flatten(),
        Err(_) => None,
    };
    stored.or_else(|| REMEMBERED.with_borrow(|all| all.iter().find(|known| known.plan == plan).cloned()))
}

/// Remembers that this device has joined a plan, and who uses it.
pub(crate) async fn remember_joined(plan_id: PlanId, joined: &Joined, who: Who) {
    let person = Person { name: who.name, organisation: who.organisation };
    let record = PlanOnDevice {
        plan: plan_id,
        title: joined.title.clone(),
        participant: joined.participant,
        role: joined.role,
        // The server says so when the plan opens.
        scope: Scope::default(),
        name: person.name.clone(),
        organisation: person.organisation.clone(),
        opened_ms: js_sys::Date::now(),
        group: who.group,
    };
    remember(record).await;
    remember_person(person).await;
}

/// Remembers what is known of a plan now.
pub(crate) async fn remember(plan: PlanOnDevice) {
    REMEMBERED.with_borrow_mut(|all| {
        all.retain(|known| known.plan != plan.plan);
        all.insert(0, plan.clone());
    });
    if let Ok(storage) = Storage::open().await {
        // A device that cannot store says so when the plan is open.
        let _ = put(&storage, &plan).await;
    }
}

async fn put(storage: &Storage, plan: &PlanOnDevice) -> Result<(), StorageError> {
    let known = storage.plan(plan.plan).await?.filter(|known| known.participant != plan.participant);
    if let Some(known) = known
        && storage.former(plan.plan).await?.is_none()
    {
        storage.put_former(plan.plan, Some(known.participant)).await?;
    }
    storage.put_plan(plan).await
}

/// Who uses this device, as far as it knows.
pub(crate) async fn person() -> Person {
    match Storage::open().await {
        Ok(storage) => storage.person().await.unwrap_or_default(),
        Err(_) => Person::default(),
    }
}

/// Remembers who uses this device.
pub(crate) async fn remember_person(person: Person) {
    if let Ok(storage) = Storage::open().await {
        // The form is not filled in next time, that is all.
        let _ = storage.put_person(&person).await;
    }
}
