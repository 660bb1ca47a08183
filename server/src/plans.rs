//! Making a plan from a template.

use hamutuk_shared::id::{Author, LogId, PlanId, TabId};
use hamutuk_shared::plan::Language;
use hamutuk_shared::plan::template::{self, Template};

use crate::live::room::core::SERVER;
use crate::records::{self, PlanRecord};
use crate::secret::{self, RandomError};
use crate::store::{Entry, Store, StoreError};

/// Why a plan was not made.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There was nothing to make ids of.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The template is at fault.
    #[error("the template cannot be used: {0}")]
    Template(String),
}

/// Makes a plan: its log begins with the one change that makes every container.
///
/// # Errors
/// When it cannot be stored.
pub async fn create(store: &dyn Store, template: &Template, name: &str, language: Language) -> Result<PlanRecord, PlanError> {
    let now_ms = secret::now_ms();
    let record = PlanRecord {
        id: PlanId::from_bytes(secret::random()?),
        title: template.title(language),
        template: name.to_owned(),
        created_ms: now_ms,
        log: LogId::from_bytes(secret::random()?),
        restored_ms: None,
    };
    let first = first_change(template, language, now_ms)?;
    store.append(record.id, vec![first]).await?;
    records::save(store, &record).await?;
    Ok(record)
}

fn first_change(template: &Template, language: Language, now_ms: u64) -> Result<Entry, PlanError> {
    let author = Author { participant: SERVER, tab: TabId::from_bytes(secret::random()?) };
    // The template takes ids as it needs them, and cannot be told that there are none.
    let mut failed = None;
    let mut ids = || {
        secret::random().unwrap_or_else(|error| {
            failed = Some(error);
            [0; 10]
        })
    };
    let built = template::build(template, language, author, now_ms.cast_signed() / 1_000, &mut ids);
    if let Some(error) = failed {
        return Err(error.into());
    }
    let doc = built.map_err(|error| PlanError::Template(error.to_string()))?;
    let mut changes = doc.get_changes(&[]);
    match changes.as_mut_slice() {
        [change] => Ok(Entry { hash: change.hash(), bytes: change.bytes().as_ref().into() }),
        _ => Err(PlanError::Template("it is not one change".to_owned())),
    }
}
