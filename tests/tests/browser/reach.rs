//! Everything can be reached: nothing sticks out, fingers hit what they aim at, and whatever can be used has a name.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, Key, PHONE, Stage, word};
use serde_json::{Value, json};

use super::writing::two;
use super::{BOTH, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "every_screen_fits_and_has_names", sizes: BOTH, play: |stage| Box::pin(screens(stage)) }];

const LONG: &str = "A very long title that goes on and on, with Aunbehatoanunusuallylongwordthatnobodywouldwritebutsomebodywill at its end";

async fn screens(stage: Stage) -> Result<()> {
    let celia = stage.browser("Celia").await?;
    celia.goto(&stage.server.url()).await?;
    celia.sees(word("home_none")).await?;
    check(&celia, "home").await?;
    celia.goto(&stage.server.editor_link()).await?;
    celia.sees(word("join_safety")).await?;
    check(&celia, "join").await?;
    celia.close().await?;

    let (ana, bea) = two(&stage).await?;
    ana.rewrite("meta/title", LONG).await?;
    check(&ana, "the plan's own page").await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let id = ana.activities(0).await?.first().cloned().expect("the template has empty activities");
    let title = ana.show_title(&section, &id).await?;
    ana.append(&title, LONG).await?;
    ana.receipt_is("received").await?;
    bea.show_title(&section, &id).await?;
    bea.put_caret(&title, 3).await?;
    ana.sees_writer(&title, "Bea").await?;
    if ana.size() != PHONE {
        check(&ana, "a section").await?;
        ana.open_details(&section, &id).await?;
    }
    check(&ana, "the details of an activity").await?;
    ana.press("to open the leads", "return field(arguments[0])", vec![json!(format!("{section}/activities/{id}/lead"))]).await?;
    ana.until("the organisations", "return shown(':popover-open [role=option]').length > 0", vec![]).await?;
    check(&ana, "the leads").await?;
    escape(&ana).await?;
    ana.until("no popover", "return shown(':popover-open').length === 0", vec![]).await?;
    ana.close_details().await?;
    check(&ana, "a section").await?;
    let archived = ana.add_activity(0).await?;
    if ana.size() == PHONE {
        ana.close_details().await?;
    }
    ana.act(&section, &archived, "activity_archive").await?;
    ana.press_on(".archive summary").await?;
    check(&ana, "the archive").await?;
    ana.press_on("button.people").await?;
    ana.until("the people", "return shown('.people-list').length > 0", vec![]).await?;
    check(&ana, "the people").await?;
    escape(&ana).await?;
    ana.press_on(".receipt button").await?;
    ana.sees(word("receipt_explain_received")).await?;
    check(&ana, "the receipt").await?;
    escape(&ana).await?;
    dialog(&ana, "share_title", "share_button").await?;
    dialog(&ana, "nav_help", "nav_help").await
}

/// A dialog that is behind a menu on a phone.
async fn dialog(browser: &Browser, on_phone: &str, elsewhere: &str) -> Result<()> {
    if browser.size() == PHONE {
        browser.press_named(word("nav_more")).await?;
        browser.press_named(word(on_phone)).await?;
    } else {
        browser.press_named(word(elsewhere)).await?;
    }
    browser.until("a dialog", "return shown('dialog[open] .dialog-body').length > 0", vec![]).await?;
    check(browser, on_phone).await?;
    browser.press_named(word("close")).await?;
    browser.until("no dialog", "return shown('dialog[open]').length === 0", vec![]).await.map(drop)
}

async fn escape(browser: &Browser) -> Result<()> {
    browser.keys(&char::from(Key::Escape).to_string()).await
}

async fn check(browser: &Browser, page: &str) -> Result<()> {
    browser.fits(page).await?;
    names(browser, page).await?;
    if browser.size() == PHONE { targets(browser, page).await } else { Ok(()) }
}

/// Whatever can be used or filled in has a name for those who do not see it.
async fn names(browser: &Browser, page: &str) -> Result<()> {
    const ROLES: [&str; 11] =
        ["button", "link", "textbox", "combobox", "checkbox", "radio", "option", "listbox", "dialog", "menuitem", "PopUpButton"];
    let tree = browser.devtools("Accessibility.getFullAXTree", json!({})).await?;
    let text = |node: &Value, part: &str| node[part]["value"].as_str().unwrap_or_default().trim().to_owned();
    let nodes = tree["nodes"].as_array().cloned().unwrap_or_default();
    let usable = nodes.iter().filter(|node| node["ignored"] != json!(true) && ROLES.contains(&text(node, "role").as_str()));
    let (named, nameless): (Vec<&Value>, Vec<&Value>) = usable.partition(|node| !text(node, "name").is_empty());
    ensure!(!named.is_empty(), "{page} has nothing to use");
    ensure!(nameless.is_empty(), "on {page}, these have no name: {nameless:#?}");
    Ok(())
}

/// What a finger must hit is as large as a finger.
async fn targets(browser: &Browser, page: &str) -> Result<()> {
    let script = r"
        const small = (one) => { const at = one.getBoundingClientRect(); return at.height < 39.5 || at.width < 39.5; };
        const all = shown('button:not(.month), select, summary, [role=option], .bar-item, .section-card, input, .rail-item');
        return all.filter((one) => small(one)).map((one) => {
            const at = one.getBoundingClientRect();
            return `${Math.round(at.width)}x${Math.round(at.height)} ${one.outerHTML.slice(0, 140)}`;
        });
    ";
    let small: Vec<String> = serde_json::from_value(browser.look(script, vec![]).await?)?;
    ensure!(small.is_empty(), "on {page}, these are smaller than a finger: {small:#?}");
    Ok(())
}
