//! The network goes, the server dies, the browser closes: nothing is lost, nothing comes twice.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, Stage};
use serde_json::json;

use super::writing::two;
use super::{ANA, BEA, BOTH, Scenario, WIDE};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "offline_through_a_restart_of_the_browser", sizes: BOTH, play: |stage| Box::pin(restart(stage)) },
    Scenario { name: "the_server_is_killed_while_typing", sizes: BOTH, play: |stage| Box::pin(killed(stage)) },
    Scenario { name: "two_tabs_without_a_server", sizes: WIDE, play: |stage| Box::pin(tabs(stage)) },
    Scenario { name: "the_network_goes_and_comes", sizes: BOTH, play: |stage| Box::pin(network(stage)) },
];

/// Waits until the app would open without the server.
async fn is_kept(browser: &Browser) -> Result<()> {
    let script = r"
        const [done] = [window.kept];
        if (done !== undefined) return done;
        window.kept = false;
        navigator.serviceWorker.ready.then(() => { window.kept = true; });
        return false;
    ";
    browser.until("the service worker", script, vec![]).await.map(drop)
}

async fn waits(browser: &Browser) -> Result<()> {
    browser.receipt_is("offline").await?;
    let script = "return /\\d/.test(shown('[role=status][data-state=offline]').at(-1)?.innerText ?? '')";
    browser.until("the number of changes that wait", script, vec![]).await.map(drop)
}

async fn restart(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    is_kept(&ana).await?;
    ana.rewrite("meta/vision", "One").await?;
    bea.reads("meta/vision", "One").await?;
    ana.receipt_is("received").await?;

    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    ana.append("meta/vision", " two").await?;
    waits(&ana).await?;

    ana.close().await?;
    ana.reopen().await?;
    ana.goto(&stage.server.plan_url()).await?;
    ana.reads("meta/vision", "One two").await?;
    waits(&ana).await?;
    ana.append("meta/vision", " three").await?;
    let section = ana.open_section("P3").await?;
    let added = ana.add_activity(0).await?;
    let title = ana.show_title(&section, &added).await?;
    ana.append(&title, "Written without a network").await?;
    // And once more, after the page was only loaded anew.
    ana.receipt_is("offline").await?;
    ana.reload().await?;
    ana.show_title(&section, &added).await?;
    ana.reads(&title, "Written without a network").await?;
    waits(&ana).await?;

    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    bea.reads("meta/vision", "One two three").await?;
    bea.open_section("P3").await?;
    bea.show_title(&section, &added).await?;
    bea.reads(&title, "Written without a network").await?;
    bea.receipt_is("received").await
}

async fn killed(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    ana.rewrite("meta/vision", "Start:").await?;
    bea.reads("meta/vision", "Start:").await?;
    let words = " the quick brown fox jumps over the lazy dog, again and again.";
    ana.put_caret("meta/vision", 6).await?;
    for (at, key) in words.char_indices() {
        ana.keys(&key.to_string()).await?;
        match at {
            12 | 44 => stage.server.kill().await?,
            25 | 58 => stage.server.restart().await?,
            _ => (),
        }
    }
    let all = format!("Start:{words}");
    ana.reads("meta/vision", &all).await?;
    // By itself: nobody presses anything.
    ana.receipt_is("received").await?;
    bea.reads("meta/vision", &all).await?;
    bea.receipt_is("received").await?;
    // What the server holds is that too: a new browser has nothing else to go by.
    let new = stage.browser("Celia").await?;
    new.join(&stage.server.editor_link(), hamutuk_tests::browser::Person { name: "Celia", organisation: BEA.organisation }).await?;
    new.reads("meta/vision", &all).await
}

async fn tabs(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    is_kept(&ana).await?;
    let first = ana.tab().await?;
    let second = ana.new_tab().await?;
    ana.goto(&stage.server.plan_url()).await?;
    ana.receipt_is("received").await?;
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    ana.rewrite("meta/vision", "From the second").await?;
    ana.receipt_is("offline").await?;

    ana.go_to_tab(&first).await?;
    ana.reads("meta/vision", "From the second").await?;
    ana.append("meta/vision", " and the first").await?;
    waits(&ana).await?;
    ana.go_to_tab(&second).await?;
    ana.reads("meta/vision", "From the second and the first").await?;
    ana.type_at("meta/title", 0, "Ours: ").await?;
    waits(&ana).await?;
    // Both live on the device: each tab, loaded anew, has everything.
    ana.reload().await?;
    ana.reads("meta/vision", "From the second and the first").await?;
    let title = ana.text("meta/title").await?;
    ensure!(title.starts_with("Ours: ") && title.matches("Ours: ").count() == 1, "the title is {title:?}");

    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    ana.go_to_tab(&first).await?;
    ana.receipt_is("received").await?;
    for browser in [&ana, &bea] {
        browser.reads("meta/vision", "From the second and the first").await?;
        browser.reads("meta/title", &title).await?;
    }
    // They are one person.
    let others = bea.look("return shown('button.people .avatar').length", vec![]).await?;
    ensure!(others == json!(2), "Bea sees {others} marks instead of her own and Ana's");
    bea.sees_person(ANA).await
}

async fn network(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let at = format!("{section}/context");
    ana.rewrite(&at, "Before.").await?;
    bea.reads(&at, "Before.").await?;
    ana.receipt_is("received").await?;
    // The browser's switch alone leaves open sockets open, so the server goes too, and comes back while Ana is still without.
    ana.set_offline(true).await?;
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    ana.append(&at, " Alone.").await?;
    waits(&ana).await?;
    stage.server.restart().await?;
    bea.append(&at, " Elsewhere.").await?;
    bea.receipt_is("received").await?;
    ana.set_offline(false).await?;
    ana.receipt_is("received").await?;
    let both = async || {
        let text = ana.text(&at).await?;
        Ok((text.contains(" Alone.") && text.contains(" Elsewhere.")).then_some(text))
    };
    let text = hamutuk_tests::browser::wait::until("both people's words", both).await?;
    ensure!(text.len() == "Before. Alone. Elsewhere.".len(), "something came twice: {text:?}");
    bea.reads(&at, &text).await
}
