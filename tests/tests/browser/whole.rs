//! The whole of an activity: every field in its form, undo, disputes, and the views beside the plan.

use anyhow::{Context, Result, ensure};
use hamutuk_tests::browser::{Browser, LAPTOP, PHONE, PROJECTOR, Stage, TABLET, word};
use serde_json::json;
use thirtyfour::Key;

use super::writing::two;
use super::{ANA, BOTH, Scenario, WIDE};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "the_budget_of_an_activity", sizes: BOTH, play: |stage| Box::pin(budget(stage)) },
    Scenario { name: "undo_is_mine_alone", sizes: BOTH, play: |stage| Box::pin(undo(stage)) },
    Scenario { name: "offline_choices_are_settled", sizes: WIDE, play: |stage| Box::pin(dispute(stage)) },
    Scenario { name: "every_view_opens_and_filters", sizes: &[PHONE, TABLET, LAPTOP, PROJECTOR], play: |stage| Box::pin(views(stage)) },
    Scenario { name: "a_bar_of_the_timeline_moves", sizes: WIDE, play: |stage| Box::pin(timeline(stage)) },
];

/// Adds a part to the activity whose form is open, and returns its path.
pub(super) async fn add_part(browser: &Browser, parts: &str) -> Result<String> {
    let paths = "return shown(`[data-parts='${arguments[0]}'] .part`).map((one) => one.dataset.item)";
    let before: Vec<String> = serde_json::from_value(browser.look(paths, vec![json!(parts)]).await?)?;
    browser.press_on(&format!("[data-parts='{parts}'] [data-action=add-part]")).await?;
    let script = format!("return (() => {{ {paths} }})().find((one) => !arguments[1].includes(one))");
    let seen = browser.until(&format!("a new part of {parts}"), &script, vec![json!(parts), json!(before)]).await?;
    Ok(seen.as_str().context("a path is a text")?.to_owned())
}

/// Types a number into a field and leaves it.
pub(super) async fn number(browser: &Browser, path: &str, typed: &str) -> Result<()> {
    browser.fill(&format!("input[data-path='{path}']"), typed).await?;
    browser.enter().await?;
    browser.look("field(arguments[0])?.blur()", vec![json!(path)]).await.map(drop)
}

async fn sum_is(browser: &Browser, key: &str, words: &str) -> Result<()> {
    let script = "return shown(`[data-sum='${arguments[0]}'] dd`).at(-1)?.innerText.replace(/\\u00a0/g, ' ') === arguments[1]";
    browser.until(&format!("the {key} {words}"), script, vec![json!(key), json!(words)]).await.map(drop)
}

async fn budget(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P3").await?;
    bea.open_section("P3").await?;
    let id = ana.activities(0).await?[0].clone();
    ana.open_details(&section, &id).await?;
    bea.open_details(&section, &id).await?;

    let line = add_part(&ana, "budget").await?;
    number(&ana, &format!("{line}/quantity"), "3").await?;
    number(&ana, &format!("{line}/unit_cost"), "1,250.50").await?;
    let funding = add_part(&ana, "funding").await?;
    number(&ana, &format!("{funding}/amount"), "US$ 2k").await?;
    for browser in [&ana, &bea] {
        sum_is(browser, "cost", "US$ 3,751.50").await?;
        sum_is(browser, "requested", "US$ 2,000.00").await?;
        sum_is(browser, "gap", "US$ 3,751.50").await?;
    }
    // What cannot be an amount is said, stays to be put right, and changes nothing.
    number(&ana, &format!("{line}/unit_cost"), "-5").await?;
    ana.sees(word("number_negative")).await?;
    number(&ana, &format!("{line}/unit_cost"), "1.000.000.000.000.000").await?;
    ana.sees(word("number_too_big")).await?;
    sum_is(&bea, "cost", "US$ 3,751.50").await?;
    number(&ana, &format!("{line}/unit_cost"), "1.000").await?;
    ana.until("how it was read", "return words().includes('US$\\u00a01,000.00')", vec![]).await?;
    sum_is(&bea, "cost", "US$ 3,000.00").await?;

    // Removing is archiving: the sum goes, and comes back.
    bea.press_on(&format!("[data-item='{line}'] [data-action=remove]")).await?;
    sum_is(&ana, "cost", "US$ 0.00").await?;
    bea.press_on("[data-parts=budget] .archive summary").await?;
    bea.press_on("[data-parts=budget] .archive [data-action=restore]").await?;
    sum_is(&ana, "cost", "US$ 3,000.00").await?;
    ana.fits("the form").await?;
    ana.receipt_is("received").await?;
    bea.receipt_is("received").await
}

async fn undo(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let id = ana.activities(0).await?[0].clone();
    let title = ana.show_title(&section, &id).await?;
    bea.show_title(&section, &id).await?;
    ana.append(&title, "Train mediators").await?;
    bea.reads(&title, "Train mediators").await?;
    // Inside what Ana wrote, and after it.
    bea.type_at(&title, 5, " forty").await?;
    bea.append(&title, " in Suai").await?;
    ana.reads(&title, "Train forty mediators in Suai").await?;
    // Nothing of Bea's goes, also not after a reconnect.
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    stage.server.restart().await?;
    ana.receipt_is("received").await?;
    press_undo(&ana, "undo").await?;
    for browser in [&ana, &bea] {
        browser.reads(&title, " forty in Suai").await?;
    }
    press_undo(&ana, "redo").await?;
    for browser in [&ana, &bea] {
        browser.reads(&title, "Train forty mediators in Suai").await?;
    }
    Ok(())
}

async fn press_undo(browser: &Browser, what: &str) -> Result<()> {
    if browser.size() == PHONE {
        // The form is over the page: its own buttons are in its head.
        return browser.press_on(&format!("dialog[open] [data-action={what}]")).await;
    }
    browser.press_on(&format!(".topbar [data-action={what}]")).await
}

async fn dispute(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P2").await?;
    bea.open_section("P2").await?;
    let id = ana.activities(0).await?[0].clone();
    let at = format!("{section}/activities/{id}");
    ana.append(&format!("{at}/title"), "Early warning").await?;
    bea.reads(&format!("{at}/title"), "Early warning").await?;
    ana.receipt_is("received").await?;
    stage.server.kill().await?;
    let choose = "const at = field(arguments[0]); at.focus(); return [...at.options].find((one) => one.value === arguments[1])";
    for (browser, status) in [(&ana, "agreed"), (&bea, "cancelled")] {
        browser.receipt_is("offline").await?;
        browser.press("to choose a status", choose, vec![json!(format!("{at}/status")), json!(status)]).await?;
        browser
            .until("the status", "return field(arguments[0]).value === arguments[1]", vec![json!(format!("{at}/status")), json!(status)])
            .await?;
    }
    stage.server.restart().await?;
    for browser in [&ana, &bea] {
        browser.receipt_is("received").await?;
        browser.until("the dispute, in place", "return shown('.grid .chip.warn').length === 1", vec![]).await?;
    }
    // In the list: both values, who chose them, and that both did so offline.
    bea.press_on("a.tab[data-view=review]").await?;
    bea.sees("Early warning").await?;
    for words in ["Ana", "Bea", "Rede Feto", "Belun"] {
        bea.sees(words).await?;
    }
    let keep = "[data-conflict] [data-action=keep]";
    let count = bea.look("return shown(arguments[0]).length", vec![json!(keep)]).await?;
    ensure!(count == json!(2), "two values can be kept: {count}");
    let offline = bea
        .look("return shown('[data-conflict]')[0].innerText.split(arguments[0]).length - 1", vec![json!(word("origin_offline"))])
        .await?;
    ensure!(offline == json!(2), "both were chosen offline: {offline}");
    bea.press("to keep what Ana chose", "return shown(arguments[0]).find((one) => one.ariaLabel.includes('agreed'))", vec![json!(keep)])
        .await?;
    ana.until("no dispute", "return shown('.grid .chip.warn').length === 0", vec![]).await?;
    ana.until("the status", "return field(arguments[0]).value === 'agreed'", vec![json!(format!("{at}/status"))]).await?;
    bea.until("nothing to settle", "return shown('[data-conflict]').length === 0", vec![]).await.map(drop)
}

async fn views(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    let section = ana.open_section("P1").await?;
    let id = ana.activities(0).await?[0].clone();
    let title = ana.show_title(&section, &id).await?;
    ana.append(&title, "Formasaun ba mediadora").await?;
    if ana.size() == PHONE {
        ana.close_details().await?;
    }
    for view in ["timeline", "budget", "who", "where", "progress", "review"] {
        ana.goto(&format!("{}?v={view}", stage.server.plan_url())).await?;
        ana.until(&format!("the view {view}"), "return shown(`.view[data-view='${arguments[0]}'] .filter`).length > 0", vec![json!(view)])
            .await?;
        ana.fits(view).await?;
        // The filter folds accents, and is in the address.
        ana.fill(".filter input[type=search]", "FORMASAÚN").await?;
        ana.until("the words in the address", "return location.search.includes('q=')", vec![]).await?;
        ana.reload().await?;
        ana.until("the words again", "return shown('.filter input[type=search]')[0]?.value === 'FORMASAÚN'", vec![]).await?;
        ana.until("one activity", "return shown('.filter [role=status]')[0]?.innerText.includes('1')", vec![]).await?;
    }
    Ok(())
}

async fn timeline(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let id = ana.activities(0).await?[0].clone();
    ana.append(&format!("{section}/activities/{id}/title"), "Mediation").await?;
    for month in ["2025-03", "2025-04"] {
        ana.press_on(&format!("[data-activity='{id}'] [data-month='{month}']")).await?;
    }
    ana.press_on("a.tab[data-view=timeline]").await?;
    let bar = "const at = shown('.view .tl-bar')[0]; at?.focus(); return at && document.activeElement === at";
    ana.until("the bar", bar, vec![]).await?;
    ana.keys(&char::from(Key::Right).to_string()).await?;
    let months = "return JSON.stringify([...field(arguments[0]).querySelectorAll('[aria-pressed=true]')].map((one) => one.dataset.month))";
    let are = format!("return (() => {{ {months} }})() === arguments[1]");
    let path = format!("{section}/activities/{id}/months");
    bea.until("a month later", &are, vec![json!(path), json!(json!(["2025-04", "2025-05"]).to_string())]).await?;
    ana.until("the bar again", bar, vec![]).await?;
    ana.chord(Key::Shift, Key::Right).await?;
    bea.until("a month longer", &are, vec![json!(path), json!(json!(["2025-04", "2025-05", "2025-06"]).to_string())]).await.map(drop)
}
