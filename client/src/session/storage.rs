//! What this device keeps, in IndexedDB: the plans' chunks, how far they reach, what was refused, and who the person is here.
//!
//! Every write is one transaction with strict durability: when it has ended, a power cut loses nothing of it. Every record is an
//! object with its version in `v`. `boot.js` reads the chunks without this program, for a copy after a crash: keep the two together.

mod chunks;
mod records;

use std::cell::RefCell;

use idb::{Database, Factory, ObjectStore, ObjectStoreParams, Transaction};
use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransaction};

pub(crate) use chunks::{Batch, ChunkKey, ChunkKind, SetAside, Stored};
pub(crate) use records::{Companion, DeviceRecord, PlanRecord};

const DATABASE: &str = "hamutuk";
/// The version of the set of stores.
const DATABASE_VERSION: u32 = 1;
/// The version of the records.
const RECORD_VERSION: f64 = 1.0;

/// `[plan, "snapshot" | "change", hash]` → `{ v, bytes }`: saved documents and single changes.
const CHUNKS: &str = "chunks";
/// `plan` → `{ v, bytes }`: how far the chunks reach in the server's log, as CBOR.
const POSITIONS: &str = "positions";
/// `plan` → `{ v, json }`: who the person is in that plan.
const PLANS: &str = "plans";
/// `[plan, id]` → `{ v, json, bytes }`: refused changes, in words, with the document that holds them.
const ASIDE: &str = "aside";
/// A name → `{ v, json }`: what belongs to no plan.
const DEVICE: &str = "device";

const STORES: [&str; 5] = [CHUNKS, POSITIONS, PLANS, ASIDE, DEVICE];

/// Why the device does not store or give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum StorageError {
    /// The browser does not let this page store anything.
    #[error("this browser stores nothing for this page")]
    Refused,
    /// There is no space left.
    #[error("there is no space left on this device")]
    Full,
    /// The database was closed under us: by a newer version in another window, or because the person removed the data.
    #[error("the storage of this page was closed")]
    Closed,
    /// A newer version of Hamutuk wrote what is stored.
    #[error("a newer version of Hamutuk wrote what is stored here")]
    Newer,
    /// Anything else.
    #[error("the device could not store or read")]
    Failed,
}

/// The open database; a clone is the same one.
#[derive(Clone)]
pub(crate) struct Storage {
    database: IdbDatabase,
}

thread_local! {
    static OPEN: RefCell<Option<Storage>> = const { RefCell::new(None) };
}

impl Storage {
    /// The device's storage, opened once for the page.
    pub(crate) async fn open() -> Result<Self, StorageError> {
        if let Some(open) = OPEN.with_borrow(Clone::clone) {
            return Ok(open);
        }
        let storage = Self::open_named(DATABASE).await?;
        OPEN.set(Some(storage.clone()));
        persist();
        Ok(storage)
    }

    /// Opens it again after it was closed under us.
    pub(crate) async fn reopen() -> Result<Self, StorageError> {
        OPEN.take();
        Self::open().await
    }

    /// A database of another name, for tests.
    pub(crate) async fn open_named(name: &str) -> Result<Self, StorageError> {
        let factory = Factory::new().map_err(|_| StorageError::Refused)?;
        let mut request = factory.open(name, Some(DATABASE_VERSION)).map_err(|_| StorageError::Refused)?;
        request.on_upgrade_needed(|event| {
            if let Ok(database) = idb::event::DatabaseEvent::database(&event) {
                upgrade(&database);
            }
        });
        let mut database = request.await.map_err(|error| opening_failed(&error))?;
        database.on_version_change(|event| {
            // A newer version of the program wants to upgrade: let it. Our writes fail from here on, and the person is told.
            if let Some(database) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
                database.close();
            }
        });
        database.forget_callbacks();
        Ok(Self { database: database.into() })
    }

    /// As `database.transaction(stores, mode, { durability: "strict" })`, whose third argument `web_sys` and `idb` do not know yet.
    fn begin(&self, stores: &[&str], mode: &str) -> Result<(IdbTransaction, Transaction), StorageError> {
        let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let options = object(&[("durability", "strict".into())]);
        let begin = Reflect::get(&self.database, &"transaction".into()).and_then(JsCast::dyn_into::<Function>);
        let raw =
            begin.and_then(|begin| begin.call3(&self.database, &names, &mode.into(), &options)).map_err(|error| named_error(&error))?;
        let raw: IdbTransaction = raw.dyn_into().map_err(|_| StorageError::Failed)?;
        Ok((raw.clone(), raw.into()))
    }

    /// Begins a transaction that writes what `fill` puts into it. It has begun when this returns, also if the answer, which tells
    /// when it is durable, is never awaited.
    fn write(
        &self,
        stores: &[&str],
        fill: &dyn Fn(&Transaction) -> Result<(), idb::Error>,
    ) -> impl Future<Output = Result<(), StorageError>> + use<> {
        let begun = self.begin(stores, "readwrite").and_then(|(raw, transaction)| {
            let ended = end_of(&raw);
            if fill(&transaction).is_err() {
                let error = raw.error().map_or(StorageError::Failed, |error| named(&error.name()));
                // It may have been aborted already.
                let _ = raw.abort();
                return Err(error);
            }
            // Without this it would commit all the same, a little later.
            let _ = transaction.commit();
            Ok((raw, ended))
        });
        async move {
            let (raw, ended) = begun?;
            JsFuture::from(ended).await.map(drop).map_err(|_| raw.error().map_or(StorageError::Failed, |error| named(&error.name())))
        }
    }

    fn read(&self, store: &str) -> Result<ObjectStore, StorageError> {
        let (_, transaction) = self.begin(&[store], "readonly")?;
        transaction.object_store(store).map_err(|_| StorageError::Failed)
    }
}

fn upgrade(database: &Database) {
    let known = database.store_names();
    for name in STORES.iter().filter(|name| !known.iter().any(|known| known == *name)) {
        // A store that could not be made shows when it is used.
        let _ = database.create_object_store(name, ObjectStoreParams::new());
    }
}

/// Asks, once, that the browser does not clear this page's data when the device runs low. Browsers decide by how the page is used.
fn persist() {
    let manager = Reflect::get(&leptos::prelude::window().navigator(), &"storage".into()).ok();
    // Plain http on a local network has no such manager.
    if let Some(manager) = manager.and_then(|manager| manager.dyn_into::<web_sys::StorageManager>().ok()) {
        let _ = manager.persist();
    }
}

/// A promise of the transaction's end: resolved when it is durable, rejected when nothing of it was written.
fn end_of(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    })
}

fn opening_failed(error: &idb::Error) -> StorageError {
    match error {
        idb::Error::DomException(exception) if exception.name() == "VersionError" => StorageError::Newer,
        idb::Error::DomException(exception) if exception.name() == "QuotaExceededError" => StorageError::Full,
        _ => StorageError::Refused,
    }
}

fn named_error(error: &JsValue) -> StorageError {
    error.dyn_ref::<web_sys::DomException>().map_or(StorageError::Failed, |exception| named(&exception.name()))
}

fn named(name: &str) -> StorageError {
    match name {
        "QuotaExceededError" => StorageError::Full,
        "InvalidStateError" => StorageError::Closed,
        _ => StorageError::Failed,
    }
}

/// A record that holds bytes.
fn bytes_record(bytes: &[u8]) -> Object {
    record(&[("bytes", Uint8Array::from(bytes).into())])
}

fn record(fields: &[(&str, JsValue)]) -> Object {
    let record = object(fields);
    let _ = Reflect::set(&record, &"v".into(), &JsValue::from_f64(RECORD_VERSION));
    record
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // This cannot fail: it is a plain object.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

/// A field of a record, if the record is of a version that this program reads.
fn field(record: &JsValue, name: &str) -> Result<JsValue, StorageError> {
    let version = Reflect::get(record, &"v".into()).ok().and_then(|version| version.as_f64()).ok_or(StorageError::Failed)?;
    if version > RECORD_VERSION {
        return Err(StorageError::Newer);
    }
    Reflect::get(record, &JsValue::from_str(name)).map_err(|_| StorageError::Failed)
}

fn bytes_of(record: &JsValue) -> Result<Vec<u8>, StorageError> {
    let bytes = field(record, "bytes")?;
    bytes.dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).map_err(|_| StorageError::Failed)
}

#[cfg(test)]
mod tests;
