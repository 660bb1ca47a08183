//! Plans that are there before the server starts.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use hamutuk_server::store::SledStore;
use hamutuk_server::store::sled::SledSettings;

use crate::process::{ServerProcess, Setup};
use crate::server::{PlanKeys, make_plan};

/// How many are made at a time, so that they share the syncs.
const AT_A_TIME: usize = 128;

/// Makes so many plans in new data.
pub(super) async fn make(setup: &Setup, count: usize) -> Result<Vec<PlanKeys>> {
    std::fs::create_dir_all(setup.data())?;
    let store = Arc::new(SledStore::open(&setup.data(), &SledSettings::default())?);
    let made = stream::iter(0..count).map(|_| {
        let store = Arc::clone(&store);
        async move { make_plan(&*store).await }
    });
    made.buffer_unordered(AT_A_TIME).try_collect().await
}

/// A server with so many plans; it is in the plan of its door.
pub(super) async fn serve(dir: &Path, count: usize) -> Result<(ServerProcess, Vec<PlanKeys>)> {
    let setup = Setup::new(dir);
    let plans = make(&setup, count).await?;
    let server = setup.resume(plans[0].clone().at(([127, 0, 0, 1], 0).into())).await?;
    Ok((server, plans))
}
