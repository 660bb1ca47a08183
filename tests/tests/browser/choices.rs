//! What is chosen rather than written: activities, leads, months, statuses. The other browser sees each.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, PHONE, Stage, word};
use serde_json::json;

use super::writing::two;
use super::{BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "activities_come_move_and_go", sizes: BOTH, play: |stage| Box::pin(activities(stage)) },
    Scenario { name: "lead_months_and_status", sizes: BOTH, play: |stage| Box::pin(values(stage)) },
];

async fn activities(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P2").await?;
    bea.open_section("P2").await?;
    let mut order = ana.activities(0).await?;

    let added = ana.add_activity(0).await?;
    order.push(added.clone());
    let title = ana.show_title(&section, &added).await?;
    ana.append(&title, "Train mediators").await?;
    bea.activities_are(0, &order).await?;
    bea.until(
        "the new title",
        "return [...shown('[data-activity]')].some((one) => one.dataset.activity === arguments[0] && \
        (one.querySelector('textarea')?.value ?? one.innerText).includes('Train mediators'))",
        vec![json!(added)],
    )
    .await?;
    if ana.size() == PHONE {
        ana.close_details().await?;
    }

    ana.act(&section, &added, "activity_move_up").await?;
    let last = order.len() - 1;
    order.swap(last - 1, last);
    ana.activities_are(0, &order).await?;
    bea.activities_are(0, &order).await?;
    bea.act(&section, &order[0].clone(), "activity_move_down").await?;
    order.swap(0, 1);
    bea.activities_are(0, &order).await?;
    ana.activities_are(0, &order).await?;

    bea.act(&section, &added, "activity_archive").await?;
    let without: Vec<String> = order.iter().filter(|id| **id != added).cloned().collect();
    bea.activities_are(0, &without).await?;
    ana.activities_are(0, &without).await?;
    ana.press_on(".archive summary").await?;
    ana.sees("Train mediators").await?;
    let restore = "return shown('.archive button').filter((one) => nameOf(one) === arguments[0]).at(-1)";
    ana.press("to restore it", restore, vec![json!(word("activity_restore"))]).await?;
    ana.activities_are(0, &order).await?;
    bea.activities_are(0, &order).await?;
    ana.receipt_is("received").await?;
    bea.receipt_is("received").await
}

/// What an activity says, in its details.
pub(super) struct Details<'a> {
    pub(super) browser: &'a Browser,
    pub(super) at: String,
}

impl Details<'_> {
    pub(super) async fn lead(&self, name: &str) -> Result<()> {
        let script = "return field(arguments[0] + '/lead')?.innerText.trim() === arguments[1]";
        self.browser.until(&format!("the lead {name:?}"), script, vec![json!(self.at), json!(name)]).await.map(drop)
    }

    pub(super) async fn months(&self, months: &[&str]) -> Result<()> {
        let script = "return JSON.stringify([...field(arguments[0] + '/months').querySelectorAll('[data-month][aria-pressed=true]')]\
            .map((one) => one.dataset.month)) === arguments[1]";
        let wanted = serde_json::to_string(months)?;
        self.browser.until(&format!("the months {wanted}"), script, vec![json!(self.at), json!(wanted)]).await.map(drop)
    }

    pub(super) async fn status(&self, status: &str) -> Result<()> {
        let script = "return field(arguments[0] + '/status')?.value === arguments[1]";
        self.browser.until(&format!("the status {status}"), script, vec![json!(self.at), json!(status)]).await.map(drop)
    }

    pub(super) async fn press_month(&self, month: &str) -> Result<()> {
        let script = "return field(arguments[0] + '/months')?.querySelector(`[data-month='${arguments[1]}']`)";
        self.browser.press(&format!("to press {month}"), script, vec![json!(self.at), json!(month)]).await
    }

    async fn open_lead(&self) -> Result<()> {
        self.browser.press("to open the leads", "return field(arguments[0] + '/lead')", vec![json!(self.at)]).await
    }

    /// The first organisation of the list leads. Its name.
    pub(super) async fn press_first_lead(&self) -> Result<String> {
        self.open_lead().await?;
        let first = first_organisation(self.browser).await?;
        self.browser.press_named(&first).await?;
        Ok(first)
    }

    pub(super) async fn choose_status(&self, status: &str) -> Result<()> {
        let choose = "const at = field(arguments[0]); at.focus(); return [...at.options].find((one) => one.value === arguments[1])";
        self.browser.press("to choose a status", choose, vec![json!(format!("{}/status", self.at)), json!(status)]).await
    }
}

async fn values(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P4").await?;
    bea.open_section("P4").await?;
    let id = ana.activities(0).await?.first().cloned().expect("the template has empty activities");
    ana.open_details(&section, &id).await?;
    bea.open_details(&section, &id).await?;
    let at = format!("{section}/activities/{id}");
    let (one, other) = (Details { browser: &ana, at: at.clone() }, Details { browser: &bea, at });

    // A lead from the list, then one that is new.
    one.lead(word("activity_lead_none")).await?;
    let (first, second) = (one.press_first_lead().await?, "Klibur Feto Lospalos");
    one.lead(&first).await?;
    other.lead(&first).await?;
    other.open_lead().await?;
    bea.fill(":popover-open input[role=combobox]", second).await?;
    bea.enter().await?;
    other.lead(second).await?;
    one.lead(second).await?;

    // Months, by both, and one taken out.
    one.press_month("2025-03").await?;
    other.press_month("2025-06").await?;
    one.press_month("2025-12").await?;
    for details in [&one, &other] {
        details.months(&["2025-03", "2025-06", "2025-12"]).await?;
    }
    other.press_month("2025-03").await?;
    for details in [&one, &other] {
        details.months(&["2025-06", "2025-12"]).await?;
    }

    // The status.
    one.choose_status("agreed").await?;
    for details in [&one, &other] {
        details.status("agreed").await?;
    }
    // All of it is in the plan, not only on these screens.
    bea.receipt_is("received").await?;
    ana.receipt_is("received").await?;
    bea.reload().await?;
    other.lead(second).await?;
    other.months(&["2025-06", "2025-12"]).await?;
    other.status("agreed").await
}

async fn first_organisation(browser: &Browser) -> Result<String> {
    let seen = browser
        .until("the organisations", "return shown(':popover-open [role=option]')[1]?.firstElementChild?.innerText.trim()", vec![])
        .await?;
    let name = seen.as_str().unwrap_or_default().to_owned();
    ensure!(!name.is_empty(), "an organisation has no name");
    Ok(name)
}
