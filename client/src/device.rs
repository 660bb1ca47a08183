//! What this device remembers: the plans that it has joined, and who uses it.
//!
//! Where the browser stores nothing, it remembers as long as the page is open.

use std::cell::RefCell;

use hamutuk_shared::id::{ParticipantId, PlanId};

use crate::api::{Joined, Who};
use crate::session::storage::Storage;
pub(crate) use crate::session::storage::{Companion, DeviceRecord as Person, PlanRecord as PlanOnDevice};
use crate::session::tell_hand_over;

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

/// Remembers that somebody has joined a plan with this device, and writes now. Who did before stays beside them, but for who is
/// `replaced`: the same person, whom the server did not know any more. What they have not sent is made anew.
pub(crate) async fn remember_joined(plan_id: PlanId, joined: &Joined, who: &Who, replaced: Option<ParticipantId>) {
    let next = joined.as_companion(who);
    let before = plan(plan_id).await;
    let is_handed_over = before.as_ref().is_some_and(|before| before.participant != next.participant);
    let record = match before {
        Some(before) => before.handed_to(next),
        None => PlanOnDevice::of(plan_id, next),
    };
    let record = match replaced {
        Some(replaced) => record.without(replaced),
        None => record,
    };
    if let (Some(replaced), Ok(storage)) = (replaced, Storage::open().await)
        && storage.former(plan_id).await.is_ok_and(|former| former.is_none())
    {
        // A device that cannot store says so when the plan is open.
        let _ = storage.put_former(plan_id, Some(replaced)).await;
    }
    remember(PlanOnDevice { title: joined.title.clone(), opened_ms: js_sys::Date::now(), ..record }).await;
    remember_person(Person { name: who.name.clone(), organisation: who.organisation.clone() }).await;
    if is_handed_over {
        tell_hand_over(plan_id);
    }
}

/// Remembers what is known of a plan now.
pub(crate) async fn remember(plan: PlanOnDevice) {
    REMEMBERED.with_borrow_mut(|all| {
        all.retain(|known| known.plan != plan.plan);
        all.insert(0, plan.clone());
    });
    if let Ok(storage) = Storage::open().await {
        // A device that cannot store says so when the plan is open.
        let _ = storage.put_plan(&plan).await;
    }
}

/// Notes something about somebody in a plan, as long as they are the one who writes here: another tab may have handed over.
pub(crate) async fn change(plan_id: PlanId, participant: ParticipantId, change: impl FnOnce(PlanOnDevice) -> PlanOnDevice) {
    if let Some(known) = plan(plan_id).await.filter(|known| known.participant == participant) {
        remember(change(known)).await;
    }
}

/// Somebody does not write in a plan on this device any more. The server has all that they wrote.
pub(crate) async fn take_off(plan_id: PlanId, participant: ParticipantId) {
    if let (Ok(storage), Some(known)) = (Storage::open().await, plan(plan_id).await) {
        // If it fails they are still in the list, and the server does not know them: taking them off again does no harm.
        let _ = storage.put_plan(&known.without(participant)).await;
    }
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
