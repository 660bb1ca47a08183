//! Several people at one laptop: each writes under their own name, also without a connection.

use anyhow::{Result, ensure};
use hamutuk_shared::access::Role;
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use serde_json::json;

use super::suggest::{screen, to_settle, type_into};
use super::{ANA, BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "a_laptop_goes_round", sizes: BOTH, play: |stage| Box::pin(goes_round(stage)) },
    Scenario { name: "another_link_asks_who_opens_it", sizes: BOTH, play: |stage| Box::pin(another_link(stage)) },
];

const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

/// Waits until this person writes here.
async fn writes(browser: &Browser, person: Person) -> Result<()> {
    let script = "return shown('button.people .avatar')[0]?.innerText.trim() === arguments[0]";
    browser.until(&format!("{} to write", person.name), script, vec![json!(person.name[..2].to_uppercase())]).await.map(drop)
}

/// Opens the list of who writes here.
async fn open_list(browser: &Browser) -> Result<()> {
    browser.press_on("button.people").await?;
    browser.press_on("[data-action=device]").await?;
    browser.until("who writes here", "return shown('.on-device [data-person]').length > 0", vec![]).await.map(drop)
}

async fn goes_round(stage: Stage) -> Result<()> {
    let (laptop, maria) = (stage.browser("the laptop").await?, stage.browser(MARIA.name).await?);
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    laptop.join(&stage.server.editor_link(), ANA).await?;
    let section = laptop.open_section("P1").await?;
    let context = format!("{section}/context");
    laptop.append(&context, "Of Ana.").await?;

    // Somebody new comes by the same link.
    open_list(&laptop).await?;
    laptop.fits("who writes here").await?;
    laptop.fill("dialog[open] input[name=name]", BEA.name).await?;
    laptop.fill("dialog[open] input[role=combobox]", BEA.organisation).await?;
    laptop.picture(&format!("device-{}", screen(&laptop))).await?;
    laptop.enter().await?;
    writes(&laptop, BEA).await?;
    laptop.receipt_is("received").await?;
    maria.sees_person(BEA).await?;

    // The connection goes. Bea says something, and gives the laptop back.
    stage.server.kill().await?;
    laptop.receipt_is("offline").await?;
    laptop.append(&context, " Of Bea.").await?;
    let id = laptop.activities(0).await?.first().cloned().expect("the template has empty activities");
    laptop.open_details(&section, &id).await?;
    laptop.press_on(&format!(".details [data-talk='{section}/activities/{id}']")).await?;
    type_into(&laptop, "[data-say=comment] textarea", "Who pays?").await?;
    laptop.press_on("[data-say=comment] button[data-action=comment]").await?;
    laptop.until("the comment", "return shown('[data-talk-about] [data-comment]').length === 1", vec![]).await?;
    laptop.press_on("dialog[open] .dialog-head button").await?;
    if laptop.size() == PHONE {
        laptop.close_details().await?;
    }
    open_list(&laptop).await?;
    laptop.picture(&format!("device-two-{}", screen(&laptop))).await?;
    let disabled = "return shown('[data-action=take-off]')[0]?.disabled";
    ensure!(laptop.look(disabled, vec![]).await? == json!(true), "Ana's changes are with the server, but Bea's are not");
    laptop.press_on(&format!(".on-device [data-person={}] [data-action=go-on]", ANA.name)).await?;
    // What Bea had on the screen is not what Ana is shown the next time.
    let kept = "return localStorage.getItem('hamutuk.screen')";
    ensure!(laptop.look(kept, vec![]).await?.is_null(), "the picture of Bea's page is still there");
    writes(&laptop, ANA).await?;
    laptop.reads(&context, "Of Ana. Of Bea.").await?;
    laptop.append(&context, " And Ana again.").await?;

    // All of it arrives, under the names of those who wrote it.
    stage.server.restart().await?;
    laptop.receipt_is("received").await?;
    maria.open_section("P1").await?;
    maria.reads(&context, "Of Ana. Of Bea. And Ana again.").await?;
    to_settle(&maria).await?;
    let said = maria.until("the comment", "return shown('[data-list=comments] [data-comment]')[0]?.innerText", vec![]).await?;
    let said = said.as_str().unwrap_or_default();
    ensure!(said.contains("Who pays?") && said.contains(BEA.name) && !said.contains(ANA.name), "{said}");
    ensure!(laptop.look("return shown('[data-notice]').length", vec![]).await? == json!(0), "nothing was refused");

    // Bea goes home.
    open_list(&laptop).await?;
    laptop.press_on(&format!(".on-device [data-person={}] [data-action=take-off]", BEA.name)).await?;
    laptop.until("Ana alone", "return shown('.on-device [data-person]').length === 1", vec![]).await?;
    laptop.reload().await?;
    laptop.receipt_is("received").await?;
    writes(&laptop, ANA).await
}

async fn another_link(stage: Stage) -> Result<()> {
    let laptop = stage.browser("the laptop").await?;
    laptop.join(&stage.server.facilitator_link(), MARIA).await?;
    // A facilitator's link is not handed on with the laptop.
    open_list(&laptop).await?;
    laptop.sees(word("device_facilitator")).await?;
    ensure!(laptop.look("return shown('dialog[open] form').length", vec![]).await? == json!(0), "there is no form");

    // The link of a group asks who opens it.
    let link = stage.server.new_link(Role::Commenter).await?;
    laptop.goto(&link).await?;
    laptop.sees(word("join_who")).await?;
    laptop.fits("who opens a link").await?;
    laptop.picture(&format!("join-known-{}", screen(&laptop))).await?;
    let empty = "return shown('input[name=name]')[0]?.value === ''";
    laptop.until("a form for somebody else", empty, vec![]).await?;
    laptop.fill("input[name=name]", BEA.name).await?;
    laptop.fill("form input[role=combobox]", BEA.organisation).await?;
    laptop.enter().await?;
    laptop.receipt_is("received").await?;
    writes(&laptop, BEA).await?;
    laptop.until("Bea may not write", "return field('meta/vision').readOnly", vec![]).await?;

    // Whoever came by it comes straight in; the other says who she is.
    laptop.goto(&link).await?;
    laptop.receipt_is("received").await?;
    writes(&laptop, BEA).await?;
    laptop.goto(&stage.server.facilitator_link()).await?;
    laptop.press_on(".join-known li:nth-child(2) button").await?;
    laptop.receipt_is("received").await?;
    writes(&laptop, MARIA).await?;
    laptop.until("Maria may", "return !field('meta/vision').readOnly", vec![]).await.map(drop)
}
