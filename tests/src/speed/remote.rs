//! What somebody else's keys change on the page, row and the rest.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Context as _, Result};
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::{ActivityStatus, Edit, Field, Item, Name, Value};
use serde::Serialize;
use serde_json::json;

use super::browser::Visitor;
use crate::client::WireClient;
use crate::door::Door;
use crate::writer::activities;

const TIMES: usize = 20;
const EVERY: Duration = Duration::from_millis(250);

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Remote {
    /// What the other did.
    pub(super) deed: &'static str,
    pub(super) times: usize,
    pub(super) in_the_row: u64,
    pub(super) elsewhere: u64,
    /// What changed elsewhere, and how often.
    pub(super) what: BTreeMap<String, u64>,
}

pub(super) async fn measure(visitor: &Visitor, door: &Door) -> Result<Vec<Remote>> {
    let mut other = WireClient::open(door.join(Role::Editor, "Other").await?).await?;
    let script = "return shown('.grid [data-activity]')[1]?.dataset.activity";
    let row = visitor.browser().until("a row", script, vec![]).await?;
    let row = row.as_str().context("an id is a text")?.to_owned();
    let at = activities(&other.plan()).into_iter().find(|at| at.activity.to_string() == row).context("the row is in the plan")?;
    let title = Field::of_activity(at, Name::Title);
    // Their coming changes the list of people; that is over when the first word is there.
    other.write_acked(title, "!").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let nothing = async |_: &mut WireClient, _| Ok(());
    let key = async |other: &mut WireClient, _| {
        other.write(title, "y").await;
        Ok(())
    };
    let status = async |other: &mut WireClient, count: usize| {
        let status = [ActivityStatus::Agreed, ActivityStatus::Draft][count % 2];
        other.edit(&Edit::status(at, status)).await;
        Ok(())
    };
    let plan = other.plan();
    let activity = plan.sections.iter().flat_map(|section| &section.activities).find(|activity| activity.id == at.activity);
    let line = activity.and_then(|activity| activity.budget.first()).context("the activity has a budget line")?.id;
    let cost = async |other: &mut WireClient, count: usize| {
        let field = Field { item: Item::BudgetLine(at, line), name: Name::UnitCost };
        other.edit(&Edit::Set { field, value: Value::Number(1_000 + i64::try_from(count)?) }).await;
        Ok(())
    };
    let mut all = vec![watch(visitor, &mut other, &row, "nothing", nothing).await?];
    all.push(watch(visitor, &mut other, &row, "a key in a title", key).await?);
    all.push(watch(visitor, &mut other, &row, "another status", status).await?);
    all.push(watch(visitor, &mut other, &row, "another price in its budget", cost).await?);
    let said = other.text(title);
    visitor.browser().reads(&title.to_string(), &said).await?;
    Ok(all)
}

async fn watch(
    visitor: &Visitor,
    other: &mut WireClient,
    row: &str,
    deed: &'static str,
    mut does: impl AsyncFnMut(&mut WireClient, usize) -> Result<()>,
) -> Result<Remote> {
    visitor.ask("window.__probe.watch(arguments[0])", vec![json!(row)]).await?;
    for count in 0..TIMES {
        does(other, count).await?;
        tokio::time::sleep(EVERY).await;
    }
    other.round_trip().await;
    let seen = visitor.ask("return window.__probe.seen()", vec![]).await?;
    let count = |name: &str| seen[name].as_u64().context("a count");
    let what = serde_json::from_value(seen["what"].clone())?;
    Ok(Remote { deed, times: TIMES, in_the_row: count("inside")?, elsewhere: count("outside")?, what })
}
