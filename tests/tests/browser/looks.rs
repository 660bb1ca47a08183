//! Pictures of the main screens, at four sizes, light and dark, for people to look at: `target/browser/shots`.

use anyhow::Result;
use hamutuk_tests::browser::{Browser, LAPTOP, PHONE, PROJECTOR, Size, Stage, TABLET, word};
use serde_json::json;
use thirtyfour::Key;

use super::whole::{add_part, number};
use super::{ANA, BEA, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "pictures", sizes: &[PHONE, TABLET, LAPTOP, PROJECTOR], play: |stage| Box::pin(pictures(stage)) }];

const TITLES: [&str; 3] = [
    "Train 40 women mediators in Lautém and Baucau",
    "Dialogue between veterans, youth and women’s groups on the new security policy",
    "Publish the law on equality in Tetum, with pictures",
];

async fn pictures(stage: Stage) -> Result<()> {
    let (ana, bea) = (stage.browser("Ana").await?, stage.browser_sized("Bea", LAPTOP).await?);
    ana.goto(&stage.server.url()).await?;
    ana.sees(word("home_none")).await?;
    both(&ana, "home").await?;
    ana.goto(&stage.server.facilitator_link()).await?;
    ana.sees(word("join_safety")).await?;
    both(&ana, "join").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    let section = bea.open_section("P1").await?;
    bea.append(&format!("{section}/context"), "Since 2016 women take part in every suku council; few of them chair one.").await?;
    let ids = bea.activities(0).await?;
    let all = ids.iter().zip(TITLES);
    for (id, title) in all.clone() {
        bea.append(&format!("{section}/activities/{id}/title"), title).await?;
        for month in ["2025-03", "2025-04", "2025-09"] {
            bea.press_on(&format!("[data-activity='{id}'] [data-month='{month}']")).await?;
        }
    }
    money_and_place(&bea, &section, &ids[0]).await?;
    bea.put_caret(&format!("{section}/activities/{}/title", ids[0]), 5).await?;
    ana.sees_person(BEA).await?;
    both(&ana, "plan").await?;
    ana.open_section("P1").await?;
    ana.until("Bea’s mark", "return shown('.who-tag, .writing').length > 0", vec![]).await?;
    both(&ana, "section").await?;
    if ana.size() == PHONE || ana.size() == TABLET {
        ana.press_on(&format!(
            "[data-activity='{}']{}",
            ids[1],
            if ana.size() == PHONE { "" } else { " .actions button:not(.details-button)" }
        ))
        .await?;
        if ana.size() == TABLET {
            ana.press_named(word("activity_details")).await?;
        }
    } else {
        ana.open_details(&section, &ids[1]).await?;
    }
    ana.until("the details", "return shown(\"[data-path$='/description']\").length > 0", vec![]).await?;
    both(&ana, "details").await?;
    for view in ["timeline", "budget", "who", "where", "progress", "review"] {
        ana.goto(&format!("{}?v={view}", stage.server.plan_url())).await?;
        ana.until(view, "return shown('.view .filter').length > 0", vec![]).await?;
        both(&ana, view).await?;
    }
    stage.server.kill().await?;
    ana.receipt_is("offline").await?;
    both(&ana, "offline").await
}

/// What the views beside the plan have something to show of.
async fn money_and_place(bea: &Browser, section: &str, id: &str) -> Result<()> {
    bea.open_details(section, id).await?;
    let line = add_part(bea, "budget").await?;
    number(bea, &format!("{line}/quantity"), "40").await?;
    number(bea, &format!("{line}/unit_cost"), "62.50").await?;
    let funding = add_part(bea, "funding").await?;
    number(bea, &format!("{funding}/amount"), "900").await?;
    bea.press(
        "to choose where",
        "return [...document.querySelectorAll('.drawer [data-path]')].find((one) => one.dataset.path === arguments[0])",
        vec![json!(format!("{section}/activities/{id}/municipalities"))],
    )
    .await?;
    for place in ["Baucau", "Lautém"] {
        bea.press(
            "a municipality",
            "return shown(':popover-open .tick').find((one) => one.innerText.includes(arguments[0]))",
            vec![json!(place)],
        )
        .await?;
    }
    bea.keys(&char::from(Key::Escape).to_string()).await?;
    bea.close_details().await
}

/// Light and dark.
async fn both(browser: &Browser, page: &str) -> Result<()> {
    let Size { name, width, height, .. } = browser.size();
    for scheme in ["light", "dark"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.devtools("Emulation.setEmulatedMedia", features).await?;
        browser.until("the colours", "return matchMedia(`(prefers-color-scheme: ${arguments[0]})`).matches", vec![json!(scheme)]).await?;
        browser.picture(&format!("{page}-{width}x{height}-{name}-{scheme}")).await?;
    }
    browser.fits(page).await
}
