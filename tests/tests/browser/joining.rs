//! From the link to the plan, and seeing each other there.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Stage, word};
use serde_json::json;

use super::{ANA, BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "joining", sizes: BOTH, play: |stage| Box::pin(joining(stage)) },
    Scenario { name: "joining_asks_for_what_is_missing", sizes: BOTH, play: |stage| Box::pin(missing(stage)) },
];

async fn joining(stage: Stage) -> Result<()> {
    let (ana, bea) = (stage.browser("Ana").await?, stage.browser("Bea").await?);
    ana.goto(&stage.server.facilitator_link()).await?;
    ana.sees(word("join_role_facilitator")).await?;
    ana.sees(word("join_safety")).await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;

    // The token does not stay in the address.
    ana.until(
        "the plan's address",
        "return location.pathname === arguments[0] && !location.hash",
        vec![json!(format!("/p/{}", stage.server.plan()))],
    )
    .await?;
    ana.until("all sections", "return ['P1','P2','P3','P4','X'].every((code) => shown(`a[data-section=${code}]`).length > 0)", vec![])
        .await?;
    let title = ana.text("meta/title").await?;
    ensure!(title.contains("1325"), "the plan of the template is called {title:?}");

    bea.join(&stage.server.editor_link(), BEA).await?;
    bea.reads("meta/title", &title).await?;
    ana.sees_person(BEA).await?;
    bea.sees_person(ANA).await?;

    // What only the facilitator may write, the others can read.
    let is_read_only = "return field('meta/title').readOnly === arguments[0]";
    ana.until("to be let into the title", is_read_only, vec![json!(false)]).await?;
    bea.until("not to be let into the title", is_read_only, vec![json!(true)]).await?;

    // In the same field they see each other's names on it.
    let context = format!("{}/context", ana.open_section("X").await?);
    bea.open_section("X").await?;
    bea.put_caret(&context, 0).await?;
    ana.sees_writer(&context, BEA.name).await?;
    ana.put_caret(&context, 0).await?;
    bea.sees_writer(&context, ANA.name).await?;

    // Who has joined comes straight in from then on.
    bea.goto(&stage.server.plan_url()).await?;
    bea.receipt_is("received").await?;
    ensure!(bea.complaints().await?.is_empty(), "{:?}", bea.complaints().await?);
    Ok(())
}

async fn missing(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.goto(&stage.server.editor_link()).await?;
    ana.press_on("button[type=submit]").await?;
    ana.sees(word("join_name_missing")).await?;
    ana.fill("input[name=name]", ANA.name).await?;
    ana.press_on("button[type=submit]").await?;
    ana.sees(word("join_organisation_missing")).await?;
    // Picked from the list.
    ana.fill("form input[role=combobox]", "").await?;
    ana.press_on("[role=option]").await?;
    ana.press_on("button[type=submit]").await?;
    ana.receipt_is("received").await
}
