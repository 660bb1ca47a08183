//! What goes wrong, said so that a person can act on it.

use anyhow::{Context, Result, ensure};
use hamutuk_shared::plan::{Field, read};
use hamutuk_shared::replica::load_document;
use hamutuk_tests::browser::{Stage, word};
use serde_json::json;

use super::writing::two;
use super::{ANA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "a_link_that_leads_nowhere", sizes: BOTH, play: |stage| Box::pin(links(stage)) },
    Scenario { name: "a_revoked_link", sizes: BOTH, play: |stage| Box::pin(revoked(stage)) },
    Scenario { name: "a_server_of_another_version", sizes: BOTH, play: |stage| Box::pin(version(stage)) },
    Scenario { name: "a_browser_that_stores_nothing", sizes: BOTH, play: |stage| Box::pin(refused(stage)) },
    Scenario { name: "a_device_that_is_full", sizes: BOTH, play: |stage| Box::pin(full(stage)) },
    Scenario { name: "the_program_stops", sizes: BOTH, play: |stage| Box::pin(stops(stage)) },
];

async fn links(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    let (link, url) = (stage.server.editor_link(), stage.server.url());
    let (address, token) = link.split_once('#').expect("a link has a token");
    let other = if token.starts_with('A') { "B" } else { "A" };
    let wrong = format!("{address}#{other}{}", &token[1..]);
    let short = format!("{address}#{}", &token[..token.len() / 2]);
    let plan = stage.server.plan();
    let flipped = if plan.starts_with('a') { "b" } else { "a" };
    let nowhere = format!("{url}/p/{flipped}{}#{token}", &plan[1..]);
    for (link, key) in [
        (wrong, "error_link_wrong"),
        (short, "error_link_wrong"),
        (nowhere, "error_plan_not_found"),
        (format!("{url}/p/nothing#{token}"), "error_link_wrong"),
    ] {
        // A new document, also where only the fragment differs.
        ana.goto("about:blank").await?;
        ana.goto(&link).await?;
        ana.sees(word(key)).await?;
        ana.sees(word(&format!("{key}_do"))).await?;
        ana.fits(key).await?;
    }
    // A plan's address without a link, on a device that has not joined.
    ana.goto(&stage.server.plan_url()).await?;
    ana.sees(word("home_intro")).await?;
    ana.goto(&url).await?;
    ana.sees(word("home_none")).await?;
    ana.fits("home").await
}

async fn revoked(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let at = format!("{}/context", bea.open_section("P1").await?);
    bea.rewrite(&at, "Kept").await?;
    bea.receipt_is("received").await?;
    stage.server.kill().await?;
    bea.receipt_is("offline").await?;
    bea.append(&at, " here").await?;
    stage.server.revoke_editor_link().await?;
    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    // She is told, what she wrote stays on her device, and is shown.
    bea.sees(word("error_link_revoked")).await?;
    bea.reads(&at, "Kept here").await?;
    bea.reload().await?;
    bea.reads(&at, "Kept here").await?;
    bea.sees(word("error_link_revoked")).await?;
    // A device that never joined.
    let new = stage.browser("Celia").await?;
    new.goto(&stage.server.editor_link()).await?;
    new.sees(word("error_link_revoked")).await?;
    new.sees(word("error_link_revoked_do")).await
}

/// From now on, whatever comes from the server says that it is of protocol 250.
const OTHER_VERSION: &str = r#"
    window.isOther = false;
    const listen = WebSocket.prototype.addEventListener;
    const change = (event) => {
        if (!window.isOther || !(event.data instanceof ArrayBuffer)) return event;
        const bytes = new Uint8Array(event.data).slice();
        bytes[0] = 250;
        return new MessageEvent("message", { data: bytes.buffer });
    };
    WebSocket.prototype.addEventListener = function (type, act, ...rest) {
        listen.call(this, type, type === "message" ? (event) => act.call(this, change(event)) : act, ...rest);
    };
    const { set } = Object.getOwnPropertyDescriptor(WebSocket.prototype, "onmessage");
    Object.defineProperty(WebSocket.prototype, "onmessage", {
        set(act) { set.call(this, act && ((event) => act.call(this, change(event)))); },
    });
"#;

async fn version(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.before_pages(OTHER_VERSION).await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    ana.rewrite("meta/vision", "Before").await?;
    ana.receipt_is("received").await?;
    ana.look("window.isOther = true", vec![]).await?;
    stage.server.kill().await?;
    stage.server.restart().await?;
    ana.sees(word("error_server_newer")).await?;
    ana.sees(word("error_server_newer_do")).await?;
    ana.append("meta/vision", " and after").await?;
    ana.fits("a server of another version").await?;
    // Local edits are kept. After the reload, the other version has gone with the page that pretended it.
    ana.press_named(word("reload")).await?;
    ana.until("the new page", "return window.isOther === false", vec![]).await?;
    ana.reads("meta/vision", "Before and after").await?;
    ana.receipt_is("received").await
}

const NO_STORAGE: &str = r#"
    IDBFactory.prototype.open = () => { throw new DOMException("refused by a test", "SecurityError"); };
"#;

async fn refused(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.before_pages(NO_STORAGE).await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    ana.sees(word("error_storage_refused")).await?;
    ana.sees(word("error_storage_refused_do")).await?;
    ana.fits("a browser that stores nothing").await?;
    // With the server, what is written is safe; without it, the receipt says that it is not.
    ana.rewrite("meta/vision", "Safe").await?;
    ana.receipt_is("received").await?;
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    ana.append("meta/vision", " or not").await?;
    ana.sees(word("receipt_not_saved")).await?;
    let (state, _) = ana.receipt().await?;
    ensure!(state == "sending", "the receipt of what is only on the page is {state}");
    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    let bea = stage.browser("Bea").await?;
    bea.join(&stage.server.editor_link(), super::BEA).await?;
    bea.reads("meta/vision", "Safe or not").await
}

/// Ends transactions as a browser does that has no space left. (The quota that its developer tools set does not count for IndexedDB.)
const NO_SPACE: &str = r#"
    window.isFull = false;
    const { commit } = IDBTransaction.prototype;
    IDBTransaction.prototype.commit = function () {
        if (!window.isFull || this.mode !== "readwrite") return commit.call(this);
        Object.defineProperty(this, "error", { value: new DOMException("full, says a test", "QuotaExceededError") });
        this.abort();
    };
"#;

async fn full(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.before_pages(NO_SPACE).await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    ana.rewrite("meta/vision", "Before").await?;
    ana.receipt_is("received").await?;
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    ana.look("window.isFull = true", vec![]).await?;
    ana.append("meta/vision", " and after").await?;
    ana.sees(word("error_storage_full")).await?;
    ana.sees(word("error_storage_full_do")).await?;
    ana.sees(word("receipt_not_saved")).await?;
    ana.fits("a device that is full").await?;
    // What is only on the page can be saved as a file, and goes to the server when that is back.
    let copy = ana.save_copy().await?;
    ensure!(vision(&copy)? == "Before and after", "the copy says {:?}", vision(&copy)?);
    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    let bea = stage.browser("Bea").await?;
    bea.join(&stage.server.editor_link(), super::BEA).await?;
    bea.reads("meta/vision", "Before and after").await
}

/// What a saved copy says in the plan's vision.
fn vision(copy: &[u8]) -> Result<String> {
    let document = load_document(copy)?;
    read::text(&document, Field::PLAN_VISION).context("the copy is no plan")
}

async fn stops(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    ana.rewrite("meta/vision", "Kept").await?;
    ana.receipt_is("received").await?;
    ana.open_section("P1").await?;
    // A new activity needs a random id. Without random numbers the program can only stop.
    ana.look("Crypto.prototype.getRandomValues = () => { throw new Error('refused by a test'); }", vec![]).await?;
    let add = "return shown('.outcome button').filter((one) => nameOf(one) === arguments[0]).at(0)";
    ana.press("to add an activity", add, vec![json!(word("activity_add"))]).await?;
    ana.sees(word("error_panic")).await?;
    ana.sees(word("error_panic_do")).await?;
    ana.fits("the notice of a stopped program").await?;
    let copy = ana.save_copy().await?;
    ensure!(vision(&copy)? == "Kept", "the copy says {:?}", vision(&copy)?);
    ana.press_named(word("reload")).await?;
    ana.open_overview().await?;
    ana.reads("meta/vision", "Kept").await?;
    ana.receipt_is("received").await
}
