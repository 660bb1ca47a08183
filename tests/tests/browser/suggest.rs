//! What somebody may not write they suggest; what was refused is handed in as a suggestion; who may write there takes it up or not.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use serde_json::json;

use super::{BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "what_was_refused_is_handed_in_and_accepted", sizes: BOTH, play: |stage| Box::pin(handed_in(stage)) },
    Scenario { name: "a_section_in_review_takes_suggestions", sizes: BOTH, play: |stage| Box::pin(in_review(stage)) },
];

const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

async fn set_state(browser: &Browser, section: &str, state: &str) -> Result<()> {
    let choose = "const at = field(arguments[0]); at.focus(); return [...at.options].find((one) => one.value === arguments[1])";
    browser.press("to choose a state", choose, vec![json!(format!("{section}/state")), json!(state)]).await?;
    browser.receipt_is("received").await
}

/// Goes to what is to be settled.
pub(super) async fn to_settle(browser: &Browser) -> Result<()> {
    let address = browser.look("return location.origin + location.pathname + '?v=review'", vec![]).await?;
    browser.goto(address.as_str().unwrap_or_default()).await?;
    browser.until("the list", "return document.querySelector('#suggestions') !== null", vec![]).await.map(drop)
}

/// Types into the last element on the screen that fits.
pub(super) async fn type_into(browser: &Browser, css: &str, words: &str) -> Result<()> {
    browser.press_on(css).await?;
    let script = "const at = shown(arguments[0]).at(-1); at.focus(); at.select(); return document.activeElement === at";
    browser.until("the focus", script, vec![json!(css)]).await?;
    browser.keys(words).await
}

/// For the name of a picture.
pub(super) fn screen(browser: &Browser) -> &'static str {
    if browser.size() == PHONE { "phone" } else { "laptop" }
}

/// The facilitator, with the fields of P2 unfolded, and Bea, both in P2; and its path.
async fn two_in_p2(stage: &Stage) -> Result<(Browser, Browser, String)> {
    let (maria, bea) = (stage.browser(MARIA.name).await?, stage.browser(BEA.name).await?);
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    let section = maria.open_section("P2").await?;
    bea.open_section("P2").await?;
    maria.press_on("[data-more=section] summary").await?;
    Ok((maria, bea, section))
}

async fn handed_in(stage: Stage) -> Result<()> {
    let (maria, bea, section) = two_in_p2(&stage).await?;
    let context = format!("{section}/context");
    bea.rewrite(&context, "Few women are heard.").await?;
    maria.reads(&context, "Few women are heard.").await?;
    // An open socket outlives a browser's offline switch; the server's end ends it, and the switch keeps Bea away.
    stage.server.kill().await?;
    bea.receipt_is("offline").await?;
    bea.set_offline(true).await?;
    stage.server.restart().await?;
    maria.receipt_is("received").await?;
    bea.rewrite(&context, "Few young women are heard.").await?;
    maria.append(&context, " Also in Oecusse.").await?;
    set_state(&maria, &section, "locked").await?;
    bea.set_offline(false).await?;
    bea.until("what was refused", "return shown('[data-notice=refused]').length === 1", vec![]).await?;
    bea.picture(&format!("refused-suggest-{}", screen(&bea))).await?;
    // It is there after the page was opened anew, too, and what would be suggested with it.
    bea.reload().await?;
    bea.press_on("[data-notice=refused] [data-action=hand-in]").await?;
    bea.until("the notice to go", "return shown('[data-notice=refused]').length === 0", vec![]).await?;
    bea.receipt_is("received").await?;

    to_settle(&maria).await?;
    let said = maria.until("the suggestion", "return shown('[data-list=suggestions] [data-suggestion]')[0]?.innerText", vec![]).await?;
    ensure!(said.as_str().unwrap_or_default().contains(BEA.name), "who made it is missing in {said}");
    let marked = "return [...document.querySelectorAll('[data-list=suggestions] ins')].map((one) => one.innerText.trim()).join()";
    ensure!(maria.look(marked, vec![]).await? == json!("young"), "the difference is not marked as it should be");
    maria.picture(&format!("to-settle-{}", screen(&maria))).await?;
    maria.fits("to settle").await?;
    maria.press_on("[data-list=suggestions] [data-action=accept]").await?;
    maria.until("nothing more to settle", "return document.querySelector('#suggestions')?.dataset.count === '0'", vec![]).await?;
    maria.receipt_is("received").await?;
    // What Maria wrote meanwhile is still there.
    bea.reads(&context, "Few young women are heard. Also in Oecusse.").await
}

async fn in_review(stage: Stage) -> Result<()> {
    let (maria, bea, section) = two_in_p2(&stage).await?;
    let id = maria.add_activity(0).await?;
    let title = maria.show_title(&section, &id).await?;
    maria.rewrite(&title, "Training").await?;
    if maria.size() == PHONE {
        maria.close_details().await?;
    }
    set_state(&maria, &section, "review").await?;
    bea.open_details(&section, &id).await?;
    let mark = format!(".details [data-talk='{title}']");
    bea.until(
        "the way to suggest",
        "return shown(arguments[0]).at(-1)?.innerText.includes(arguments[1])",
        vec![json!(mark), json!(word("suggest"))],
    )
    .await?;
    bea.picture(&format!("suggest-form-{}", screen(&bea))).await?;
    bea.press_on(&mark).await?;
    type_into(&bea, "[data-draft] [data-wanted]", "Training of mediators").await?;
    type_into(&bea, "[data-draft] [data-note]", "It says whom it is for").await?;
    bea.picture(&format!("suggest-draft-{}", screen(&bea))).await?;
    bea.press_on("[data-draft] [data-action=hand-in]").await?;
    bea.until("the suggestion", "return shown('[data-talk-about] [data-suggestion]').length === 1", vec![]).await?;
    bea.picture(&format!("suggest-panel-{}", screen(&bea))).await?;
    bea.fits("the panel").await?;
    // She may take it back, and not accept it.
    let deeds =
        "return [...document.querySelectorAll('[data-talk-about] [data-suggestion] button')].map((one) => one.dataset.action).join()";
    ensure!(bea.look(deeds, vec![]).await? == json!("withdraw,jump"), "{}", bea.look(deeds, vec![]).await?);
    bea.receipt_is("received").await?;

    let count = "return shown(arguments[0])[0]?.querySelector('.talk-count')?.innerText.includes('1')";
    maria.until("the count", count, vec![json!(format!("[data-activity='{id}']"))]).await?;
    to_settle(&maria).await?;
    maria.press_on("[data-list=suggestions] [data-action=decline]").await?;
    maria.press_on("[data-shows=done]").await?;
    maria.until("what was decided", "return shown('[data-list=suggestions] [data-decision=declined]').length === 1", vec![]).await?;
    bea.until("the decision", "return shown('[data-talk-about] [data-suggestion] [data-action]').length === 0", vec![]).await?;
    bea.reads(&title, "Training").await
}
