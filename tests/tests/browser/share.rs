//! Links: made for one section, joined by, seen in the list and the log, and revoked while somebody writes; and the sheet for the tables.

use anyhow::{Context, Result, ensure};
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use serde_json::{Value, json};

use super::{BEA, BOTH, Scenario, WIDE};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "a_link_for_one_section_is_joined_by_and_revoked", sizes: BOTH, play: |stage| Box::pin(revoked(stage)) },
    Scenario { name: "every_table_gets_its_page", sizes: WIDE, play: |stage| Box::pin(sheet(stage)) },
    Scenario { name: "only_a_facilitator_makes_links", sizes: WIDE, play: |stage| Box::pin(asked(stage)) },
];

const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

/// Opens the dialog.
pub(super) async fn open(browser: &Browser) -> Result<()> {
    if browser.size() == PHONE {
        browser.press_named(word("nav_more")).await?;
        return browser.press_named(word("share_title")).await;
    }
    browser.press_named(word("share_button")).await
}

/// Makes a link for those who write in a section, and returns its address.
async fn make(browser: &Browser, label: &str, section: &str) -> Result<String> {
    browser.press_on("[data-action=new-link]").await?;
    browser.fill("input[name=label]", label).await?;
    browser.press_on("input[type=radio][value=sections]").await?;
    browser.press_on(&format!("input[type=checkbox][value={section}]")).await?;
    browser.press_on(".link-form button[type=submit]").await?;
    let url = browser.until("the address", "return shown('[data-made] input')[0]?.value", vec![]).await?;
    let url = url.as_str().context("an address is a text")?.to_owned();
    browser.until("its QR code", "return shown('[data-made] svg.qr path')[0]?.getAttribute('d').startsWith('M')", vec![]).await?;
    browser.fits("the new link").await?;
    browser.picture(&format!("share-made-{}", screen(browser))).await?;
    browser.press_named(word("share_done")).await?;
    ensure!(url.contains("/p/") && url.contains('#'), "the address opens a plan: {url}");
    Ok(url)
}

async fn link_says(browser: &Browser, label: &str, what: &str) -> Result<()> {
    let script = "return shown('.link').some((one) => one.innerText.includes(arguments[0]) && one.innerText.includes(arguments[1]))";
    browser.until(&format!("{label} to say {what}"), script, vec![json!(label), json!(what)]).await.map(drop)
}

fn of_link(label: &str, css: &str) -> (String, Vec<Value>) {
    let script = "return shown('.link').find((one) => one.innerText.includes(arguments[0]))?.querySelector(arguments[1]) ?? null";
    (script.to_owned(), vec![json!(label), json!(css)])
}

async fn press_of_link(browser: &Browser, label: &str, css: &str) -> Result<()> {
    let (script, arguments) = of_link(label, css);
    browser.press(&format!("{css} of {label}"), &script, arguments).await
}

fn screen(browser: &Browser) -> &'static str {
    if browser.size() == PHONE { "phone" } else { "laptop" }
}

async fn revoked(stage: Stage) -> Result<()> {
    let (maria, bea) = (stage.browser(MARIA.name).await?, stage.browser(BEA.name).await?);
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    open(&maria).await?;
    let url = make(&maria, "Table of P2", "P2").await?;
    link_says(&maria, "Table of P2", word("share_nobody_joined")).await?;

    bea.goto(&url).await?;
    // A link for one section names its group already.
    let group = "const at = shown('select[name=group]')[0]; return at?.selectedOptions[0]?.innerText.startsWith('P2')";
    bea.until("the group of the link", group, vec![]).await?;
    bea.picture(&format!("join-group-{}", screen(&bea))).await?;
    bea.join(&url, BEA).await?;
    let section = bea.open_section("P2").await?;
    let context = format!("{section}/context");
    bea.rewrite(&context, "Written by the table").await?;
    bea.receipt_is("received").await?;
    let other = bea.open_section("P1").await?;
    let is_read_only = "return field(arguments[0])?.readOnly === true";
    bea.until("the other sections to be closed", is_read_only, vec![json!(format!("{other}/context"))]).await?;

    // Who joined is in the list without asking.
    link_says(&maria, "Table of P2", &word("share_joined").replace("{{ count }}", "1")).await?;
    press_of_link(&maria, "Table of P2", "summary").await?;
    link_says(&maria, "Table of P2", "Bea · Belun").await?;
    maria.fits("the links").await?;
    maria.picture(&format!("share-links-{}", screen(&maria))).await?;
    press_of_link(&maria, "Table of P2", "[data-action=revoke-link]").await?;
    link_says(&maria, "Table of P2", &word("share_revoke_whom").replace("{{ names }}", "Bea · Belun")).await?;
    press_of_link(&maria, "Table of P2", "[data-action=revoke-yes]").await?;
    link_says(&maria, "Table of P2", word("share_state_revoked")).await?;

    // It is said where somebody was let in by it, and what they wrote stays.
    bea.until("to be told", "return shown('[data-notice=rejoin]').length === 1", vec![]).await?;
    bea.open_section("P2").await?;
    bea.reads(&context, "Written by the table").await?;
    bea.picture(&format!("revoked-{}", screen(&bea))).await?;

    // All of it is in the log.
    maria.press_on("[data-tab=log]").await?;
    for what in ["joined", "link_made", "link_revoked"] {
        let noted = "return shown(`.audit [data-what=${arguments[0]}]`).length > 0";
        maria.until(&format!("{what} in the log"), noted, vec![json!(what)]).await?;
    }
    maria.fits("the log").await?;
    maria.picture(&format!("audit-{}", screen(&maria))).await?;
    let narrow = "const at = shown('select[name=audit-kind]')[0]; at.value = 'joined'; at.dispatchEvent(new Event('change', { bubbles: true })); return true";
    maria.until("to narrow the log", narrow, vec![]).await?;
    let only = "return shown('.audit li').length > 0 && shown('.audit li').every((one) => one.dataset.what === 'joined')";
    maria.until("only who joined", only, vec![]).await?;

    // The facilitators' own link cannot be revoked while it is the last.
    maria.press_on("[data-tab=links]").await?;
    let own = word("roles").split('|').next().unwrap_or_default();
    press_of_link(&maria, own, "[data-action=revoke-link]").await?;
    press_of_link(&maria, own, "[data-action=revoke-yes]").await?;
    maria.sees(word("share_last_facilitator_link")).await?;
    ensure!(maria.look("return document.documentElement.scrollWidth <= innerWidth", vec![]).await? == json!(true), "it fits");
    Ok(())
}

async fn sheet(stage: Stage) -> Result<()> {
    let (maria, bea) = (stage.browser(MARIA.name).await?, stage.browser(BEA.name).await?);
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    open(&maria).await?;
    maria.press_on("[data-tab=sheet]").await?;
    maria.press_on("[data-action=make-sheet]").await?;
    let pages =
        maria.until("a page for each table", "const all = shown('.qr-page'); return all.length === 5 && all.length", vec![]).await?;
    ensure!(pages == json!(5), "the plan has five sections");
    maria.picture("sheet-screen").await?;
    // On paper there are five pages, and nothing of the rest.
    let pdf = maria.devtools("Page.printToPDF", json!({ "printBackground": true, "preferCSSPageSize": true })).await?;
    let count = maria.look("return atob(arguments[0]).match(/\\/Type \\/Page\\b/g)?.length", vec![pdf["data"].clone()]).await?;
    ensure!(count == json!(5), "{count} pages are printed");
    maria.devtools("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
    maria
        .until("only the sheet on paper", "return shown('.qr-page').length === 5 && shown('.page, .qr-head, dialog').length === 0", vec![])
        .await?;
    maria.picture("sheet-print").await?;
    maria.devtools("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;

    let url = maria.look("return shown('.qr-page[data-section=P3] .qr-address')[0].innerText", vec![]).await?;
    bea.join(url.as_str().context("an address is a text")?, BEA).await?;
    maria.press_on("[data-action=close-sheet]").await?;
    // The label is the section's code, where the group has no name.
    link_says(&maria, "P3", &word("share_joined").replace("{{ count }}", "1")).await
}

async fn asked(stage: Stage) -> Result<()> {
    let bea = stage.browser(BEA.name).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    open(&bea).await?;
    bea.sees(word("share_ask_facilitator")).await?;
    ensure!(bea.look("return shown('[data-action=new-link]').length", vec![]).await? == json!(0), "no link is made");
    Ok(())
}
