//! A facilitator locks a section: nobody else writes into it, everybody sees why, and what was written without a network is kept.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use serde_json::json;

use super::{BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "a_section_is_locked_while_somebody_is_away", sizes: BOTH, play: |stage| Box::pin(locked(stage)) }];

const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

async fn set_state(browser: &Browser, section: &str, state: &str) -> Result<()> {
    let choose = "const at = field(arguments[0]); at.focus(); return [...at.options].find((one) => one.value === arguments[1])";
    browser.press("to choose a state", choose, vec![json!(format!("{section}/state")), json!(state)]).await?;
    browser.receipt_is("received").await
}

async fn is_readonly(browser: &Browser, path: &str, expected: bool) -> Result<()> {
    let script = "return field(arguments[0])?.readOnly === arguments[1]";
    browser.until("the field to be open or closed", script, vec![json!(path), json!(expected)]).await.map(drop)
}

/// For the name of a picture.
fn screen(browser: &Browser) -> &'static str {
    if browser.size() == PHONE { "phone" } else { "laptop" }
}

async fn locked(stage: Stage) -> Result<()> {
    let (maria, bea) = (stage.browser(MARIA.name).await?, stage.browser(BEA.name).await?);
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    let section = maria.open_section("P2").await?;
    bea.open_section("P2").await?;
    maria.press_on("[data-more=section] summary").await?;
    let context = format!("{section}/context");
    is_readonly(&bea, &context, false).await?;

    set_state(&maria, &section, "locked").await?;
    is_readonly(&bea, &context, true).await?;
    let before = bea.activities(0).await?;
    let add = "return [...shown('.outcome')[0].querySelectorAll('button')].filter((one) => nameOf(one) === arguments[0]).at(-1)";
    bea.press("to add an activity", add, vec![json!(word("activity_add"))]).await?;
    bea.until("the reason", "return shown('[data-notice=not-allowed]').length === 1", vec![]).await?;
    bea.sees(word("error_denied_locked")).await?;
    ensure!(bea.activities(0).await? == before, "nothing is added");
    bea.picture(&format!("not-allowed-{}", screen(&bea))).await?;
    maria.picture(&format!("locked-{}", screen(&maria))).await?;

    set_state(&maria, &section, "open").await?;
    is_readonly(&bea, &context, false).await?;
    // An open socket outlives a browser's offline switch; the server's end ends it, and the switch keeps Bea away.
    stage.server.kill().await?;
    bea.receipt_is("offline").await?;
    bea.set_offline(true).await?;
    stage.server.restart().await?;
    maria.receipt_is("received").await?;
    bea.rewrite(&context, "Written too late").await?;
    set_state(&maria, &section, "locked").await?;
    bea.set_offline(false).await?;
    let script = "return shown('[data-notice=refused]')[0]?.innerText";
    let said = bea.until("what was refused", script, vec![]).await?;
    let said = said.as_str().unwrap_or_default();
    for part in ["P2:", word("error_denied_locked"), "Maria · Ba Futuru", "Written too late"] {
        ensure!(said.contains(part), "{part} is missing in: {said}");
    }
    bea.reads(&context, "").await?;
    bea.picture(&format!("refused-{}", screen(&bea))).await?;
    // It is there after the page was opened anew, too.
    bea.reload().await?;
    bea.until("what was refused", script, vec![]).await.map(drop)
}
