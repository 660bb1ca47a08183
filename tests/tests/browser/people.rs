//! Who takes part: a person corrects their name and changes their group; a facilitator lets two entries be one, and takes it back.

use anyhow::Result;
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use serde_json::json;

use super::{BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "people_are_renamed_and_merged", sizes: BOTH, play: |stage| Box::pin(people(stage)) }];

const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

/// Opens the dialog of everybody.
async fn open(browser: &Browser) -> Result<()> {
    browser.press_on("button.people").await?;
    browser.press_on("[data-action=everybody]").await?;
    browser.until("the participants", "return shown('.everybody [data-person]').length > 0", vec![]).await.map(drop)
}

/// Waits until exactly these are listed, each with whether they are here.
async fn listed(browser: &Browser, expected: &[(&str, bool)]) -> Result<()> {
    let script = "const all = shown('.everybody [data-person]').map((one) => `${one.dataset.person}/${one.dataset.here}`).sort();
        return JSON.stringify(all) === arguments[0]";
    let mut expected: Vec<_> = expected.iter().map(|(name, here)| format!("{name}/{here}")).collect();
    expected.sort();
    browser.until(&format!("{expected:?} in the list"), script, vec![json!(serde_json::to_string(&expected)?)]).await.map(drop)
}

async fn people(stage: Stage) -> Result<()> {
    let (maria, bea) = (stage.browser(MARIA.name).await?, stage.browser(BEA.name).await?);
    let again = stage.browser("Bea again").await?;
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    open(&maria).await?;
    listed(&maria, &[("Maria", true), ("Bea", true)]).await?;

    // Bea says who she is in full, and sits down in a group.
    open(&bea).await?;
    bea.press_on("[data-action=change-me]").await?;
    bea.fill("input[name=my-name]", "Beatriz Soares").await?;
    let choose =
        "const at = shown('select[name=my-group]')[0]; at.focus(); return [...at.options].find((one) => one.innerText.startsWith('P3'))";
    bea.press("to choose a group", choose, vec![]).await?;
    bea.fits("the form about oneself").await?;
    bea.picture(&format!("me-{}", screen(&bea))).await?;
    bea.press_on(".me button[type=submit]").await?;
    listed(&maria, &[("Maria", true), ("Beatriz Soares", true)]).await?;
    let in_group = "return shown(`.everybody [data-person='${arguments[0]}'] .code`).map((one) => one.innerText).join() === arguments[1]";
    maria.until("the group", in_group, vec![json!("Beatriz Soares"), json!("P3")]).await?;

    // She joins once more, on another device, in other spelling.
    again.join(&stage.server.editor_link(), Person { name: "beatriz  soares", organisation: BEA.organisation }).await?;
    listed(&maria, &[("Maria", true), ("Beatriz Soares", true), ("beatriz  soares", true)]).await?;
    maria.sees(word("people_twice")).await?;
    maria.fits("the participants").await?;
    maria.picture(&format!("people-{}", screen(&maria))).await?;
    maria.press_on("[data-action=merge-hint]").await?;
    maria.until("one of the two", "return shown('.everybody [data-person]').length === 2", vec![]).await?;
    maria.until("no more hint", "return shown('[data-action=merge-hint]').length === 0", vec![]).await?;
    bea.until("Bea sees it too", "return shown('.everybody [data-person]').length === 2", vec![]).await?;

    // And apart again.
    maria
        .press(
            "the other entries",
            "return shown('.everybody .merge').find((one) => one.querySelector('[data-action=unmerge]'))?.querySelector('summary')",
            vec![],
        )
        .await?;
    maria.press_on("[data-action=unmerge]").await?;
    listed(&maria, &[("Maria", true), ("Beatriz Soares", true), ("beatriz  soares", true)]).await?;
    again.close().await?;
    listed(&maria, &[("Maria", true), ("Beatriz Soares", true), ("beatriz  soares", false)]).await
}

fn screen(browser: &Browser) -> &'static str {
    if browser.size() == PHONE { "phone" } else { "laptop" }
}
