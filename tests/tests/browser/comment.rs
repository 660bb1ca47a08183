//! People talk about the plan: also those who may not write in it, on a phone.

use anyhow::{Result, ensure};
use hamutuk_shared::access::Role;
use hamutuk_tests::browser::{PHONE, Person, Stage};
use serde_json::json;

use super::suggest::{screen, to_settle, type_into};
use super::{BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "a_commenter_suggests_and_comments", sizes: BOTH, play: |stage| Box::pin(commenter(stage)) }];

const JOANA: Person = Person { name: "Joana", organisation: "Fokupers" };

async fn commenter(stage: Stage) -> Result<()> {
    let (bea, joana) = (stage.browser(BEA.name).await?, stage.browser(JOANA.name).await?);
    bea.join(&stage.server.editor_link(), BEA).await?;
    joana.join(&stage.server.new_link(Role::Commenter).await?, JOANA).await?;
    let section = bea.open_section("P1").await?;
    joana.open_section("P1").await?;
    let id = bea.add_activity(0).await?;
    let title = bea.show_title(&section, &id).await?;
    bea.rewrite(&title, "Radio hour").await?;
    bea.receipt_is("received").await?;
    if bea.size() == PHONE {
        bea.close_details().await?;
    }

    // What she may not add she suggests, from the very sentence that says so.
    joana.press_on(".outcome [data-action=add]").await?;
    joana.press_on("[data-notice=not-allowed] [data-action=suggest]").await?;
    type_into(&joana, "[data-draft] [data-wanted]", "A march in Dili").await?;
    joana.press_on("[data-draft] [data-action=hand-in]").await?;
    joana.until("the suggestion", "return shown('[data-talk-about] [data-suggestion]').length === 1", vec![]).await?;
    joana.press_on("dialog[open] .dialog-head button").await?;

    joana.open_details(&section, &id).await?;
    joana.press_on(&format!(".details [data-talk='{section}/activities/{id}']")).await?;
    type_into(&joana, "[data-say=comment] textarea", "Which station?").await?;
    joana.press_on("[data-say=comment] button[data-action=comment]").await?;
    joana.until("the comment", "return shown('[data-talk-about] [data-comment]').length === 1", vec![]).await?;
    joana.picture(&format!("comments-{}", screen(&joana))).await?;
    joana.fits("the comments").await?;
    joana.receipt_is("received").await?;

    to_settle(&bea).await?;
    let comment = "[data-list=comments] [data-comment]";
    let said = bea.until("the comment", "return shown(arguments[0])[0]?.innerText", vec![json!(comment)]).await?;
    let said = said.as_str().unwrap_or_default();
    for part in ["Radio hour", JOANA.name, "Which station?"] {
        ensure!(said.contains(part), "{part} is missing in: {said}");
    }
    bea.press_on(&format!("{comment} [data-action=answer]")).await?;
    type_into(&bea, "[data-say=reply] textarea", "All of them").await?;
    bea.press_on("[data-say=reply] button[data-action=reply]").await?;
    bea.until("the reply", "return shown(arguments[0])[0]?.querySelectorAll('[data-reply]').length === 1", vec![json!(comment)]).await?;
    bea.press_on("[data-list=suggestions] [data-action=accept]").await?;
    bea.press_on(&format!("{comment} [data-action=settle]")).await?;
    bea.until("nothing open", "return document.querySelector('#comments')?.dataset.count === '0'", vec![]).await?;
    bea.picture(&format!("comments-settled-{}", screen(&bea))).await?;
    bea.receipt_is("received").await?;

    // Resolved, it is folded away with its reply; and the activity that she suggested is there.
    joana.until("the resolved comment", "return shown('[data-talk-about] details').length === 1", vec![]).await?;
    joana.press_on("dialog[open] [data-talk-about] summary").await?;
    joana.sees("All of them").await?;
    let new = "return shown('[data-activity]').length > 0 && [...document.querySelectorAll('[data-activity]')].some((one) => one.innerText.includes(arguments[0]) || [...one.querySelectorAll('textarea')].some((field) => field.value === arguments[0]))";
    joana.until("the suggested activity", new, vec![json!("A march in Dili")]).await.map(drop)
}
