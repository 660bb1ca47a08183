//! Small records: who the person is in each plan and on this device, and what was refused.

use hamutuk_shared::access::{Grant, Role, Scope};
use hamutuk_shared::id::{ParticipantId, PlanId};
use idb::Query;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

use super::chunks::{aside_key, of_plan};
use super::{ASIDE, DEVICE, PLANS, Storage, StorageError, bytes_of, field, record};
use crate::session::notice::Aside;

/// A plan that this device has joined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PlanRecord {
    /// Which.
    pub(crate) plan: PlanId,
    /// What it is called, as far as this device knows.
    pub(crate) title: String,
    /// As whom the person writes.
    pub(crate) participant: ParticipantId,
    /// What they may do.
    pub(crate) role: Role,
    /// Where.
    #[serde(default)]
    pub(crate) scope: Scope,
    /// What they are called.
    pub(crate) name: String,
    /// The organisation that they write for.
    pub(crate) organisation: String,
    /// When it was last opened, in milliseconds since 1970.
    pub(crate) opened_ms: f64,
    /// The section in whose group they sat down when they joined; empty for none.
    #[serde(default)]
    pub(crate) group: String,
    /// Who else writes on this device, whoever wrote last first.
    #[serde(default)]
    pub(crate) others: Vec<Companion>,
}

/// Somebody else who has joined a plan with this device: it is shared, and they write one after the other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Companion {
    /// As whom they write.
    pub(crate) participant: ParticipantId,
    /// What they may do.
    pub(crate) role: Role,
    /// Where.
    #[serde(default)]
    pub(crate) scope: Scope,
    /// What they are called.
    pub(crate) name: String,
    /// The organisation that they write for.
    pub(crate) organisation: String,
    /// The section in whose group they sat down when they joined; empty for none.
    #[serde(default)]
    pub(crate) group: String,
}

impl PlanRecord {
    /// A plan that this person has just joined.
    pub(crate) fn of(plan: PlanId, person: Companion) -> Self {
        let Companion { participant, role, scope, name, organisation, group } = person;
        let (title, opened_ms, others) = (String::new(), js_sys::Date::now(), Vec::new());
        Self { plan, title, participant, role, scope, name, organisation, opened_ms, group, others }
    }

    /// Whoever writes now.
    pub(crate) fn person(&self) -> Companion {
        let Self { participant, role, scope, name, organisation, group, .. } = self.clone();
        Companion { participant, role, scope, name, organisation, group }
    }

    /// Everybody who writes on this device, whoever writes now first.
    pub(crate) fn people(&self) -> Vec<Companion> {
        [self.person()].into_iter().chain(self.others.iter().cloned()).collect()
    }

    /// The record once somebody else writes: one of the others, or somebody new.
    pub(crate) fn handed_to(self, next: Companion) -> Self {
        let others = self.people().into_iter().filter(|one| one.participant != next.participant).collect();
        let Companion { participant, role, scope, name, organisation, group } = next;
        Self { participant, role, scope, name, organisation, group, others, ..self }
    }

    /// The record once one of the others does not write here any more.
    pub(crate) fn without(mut self, participant: ParticipantId) -> Self {
        self.others.retain(|other| other.participant != participant);
        self
    }

    /// What the others may do, as far as this device knows.
    pub(crate) fn companions(&self) -> impl Iterator<Item = Grant> {
        self.others.iter().map(|other| Grant { scope: other.scope.clone(), ..Grant::new(other.participant, other.role) })
    }

    /// What the person may do, as far as this device knows.
    pub(crate) fn grant(&self) -> Grant {
        Grant { scope: self.scope.clone(), ..Grant::new(self.participant, self.role) }
    }

    /// The record with what the server says that the person may do.
    pub(crate) fn granted(self, grant: Grant) -> Self {
        let Grant { participant, role, scope, .. } = grant;
        Self { participant, role, scope, ..self }
    }
}

/// What this device knows about the person who uses it, to fill in the next form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeviceRecord {
    /// What they called themselves last.
    #[serde(default)]
    pub(crate) name: String,
    /// For whom they wrote last.
    #[serde(default)]
    pub(crate) organisation: String,
}

const PERSON: &str = "person";

impl Storage {
    /// The plans of this device, the last opened first.
    pub(crate) async fn plans(&self) -> Result<Vec<PlanRecord>, StorageError> {
        let request = self.read(PLANS)?.get_all(None, None).map_err(|_| StorageError::Failed)?;
        let records = request.await.map_err(|_| StorageError::Failed)?;
        let mut plans: Vec<PlanRecord> = records.iter().filter_map(|record| cbor_of(record).ok()).collect();
        plans.sort_by(|a, b| b.opened_ms.total_cmp(&a.opened_ms));
        Ok(plans)
    }

    /// One plan of this device.
    pub(crate) async fn plan(&self, plan: PlanId) -> Result<Option<PlanRecord>, StorageError> {
        self.get(PLANS, JsValue::from_str(&plan.to_string())).await
    }

    /// Notes that this device has joined a plan, or what it is called now.
    pub(crate) async fn put_plan(&self, plan: &PlanRecord) -> Result<(), StorageError> {
        self.put(PLANS, JsValue::from_str(&plan.plan.to_string()), plan).await
    }

    /// As whom the person wrote in a plan before they joined anew, until what they had not sent is made anew in their new name.
    pub(crate) async fn former(&self, plan: PlanId) -> Result<Option<ParticipantId>, StorageError> {
        Ok(self.get::<Option<ParticipantId>>(DEVICE, former_key(plan)).await?.flatten())
    }

    /// Notes as whom the person wrote, or that nothing of it is left to do.
    pub(crate) async fn put_former(&self, plan: PlanId, former: Option<ParticipantId>) -> Result<(), StorageError> {
        self.put(DEVICE, former_key(plan), &former).await
    }

    /// The person who uses this device.
    pub(crate) async fn person(&self) -> Result<DeviceRecord, StorageError> {
        Ok(self.get(DEVICE, JsValue::from_str(PERSON)).await?.unwrap_or_default())
    }

    /// Notes who uses this device.
    pub(crate) async fn put_person(&self, person: &DeviceRecord) -> Result<(), StorageError> {
        self.put(DEVICE, JsValue::from_str(PERSON), person).await
    }

    /// What was refused in a plan.
    pub(crate) async fn asides(&self, plan: PlanId) -> Result<Vec<Aside>, StorageError> {
        let request = self.read(ASIDE)?.get_all(Some(Query::from(of_plan(plan)?)), None).map_err(|_| StorageError::Failed)?;
        let records = request.await.map_err(|_| StorageError::Failed)?;
        Ok(records.iter().filter_map(|record| cbor_of(record).ok()).collect())
    }

    /// Notes something about a refusal: that the person does not want to see it any more, say. What was refused stays on the device.
    pub(crate) async fn change_aside(&self, plan: PlanId, id: &str, change: impl FnOnce(Aside) -> Aside) -> Result<(), StorageError> {
        let key = aside_key(plan, id);
        let request = self.read(ASIDE)?.get(key.clone()).map_err(|_| StorageError::Failed)?;
        let Some(old) = request.await.map_err(|_| StorageError::Failed)? else {
            return Ok(());
        };
        let aside = change(cbor_of(&old)?);
        let bytes = js_sys::Uint8Array::from(&bytes_of(&old)?[..]);
        let value = record(&[("cbor", cbor(&aside)), ("bytes", bytes.into())]);
        self.write(&[ASIDE], &|transaction| transaction.object_store(ASIDE)?.put(&value, Some(&key)).map(drop)).await
    }

    async fn get<T: DeserializeOwned>(&self, store: &str, key: JsValue) -> Result<Option<T>, StorageError> {
        let request = self.read(store)?.get(key).map_err(|_| StorageError::Failed)?;
        request.await.map_err(|_| StorageError::Failed)?.map(|record| cbor_of(&record)).transpose()
    }

    async fn put<T: Serialize>(&self, store: &str, key: JsValue, value: &T) -> Result<(), StorageError> {
        let value = record(&[("cbor", cbor(value))]);
        self.write(&[store], &|transaction| transaction.object_store(store)?.put(&value, Some(&key)).map(drop)).await
    }
}

fn former_key(plan: PlanId) -> JsValue {
    JsValue::from_str(&format!("former/{plan}"))
}

/// A record's fields. They can always be written: they are plain texts and numbers.
pub(super) fn cbor<T: Serialize>(value: &T) -> JsValue {
    js_sys::Uint8Array::from(&minicbor_serde::to_vec(value).unwrap_or_default()[..]).into()
}

fn cbor_of<T: DeserializeOwned>(record: &JsValue) -> Result<T, StorageError> {
    let bytes = field(record, "cbor")?.dyn_into::<js_sys::Uint8Array>().map_err(|_| StorageError::Failed)?;
    minicbor_serde::from_slice(&bytes.to_vec()).map_err(|_| StorageError::Failed)
}
