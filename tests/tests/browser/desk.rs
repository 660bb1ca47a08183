//! What a facilitator does for the whole room: a message, a countdown, what devices still hold, the end of a day.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::{Edit, Field, Item, Name, SectionState, Value};
use hamutuk_shared::sync::frame::Presence;
use hamutuk_tests::browser::{Browser, PHONE, Person, Stage, word};
use hamutuk_tests::client::WireClient;
use serde_json::json;

use super::{ANA, BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "a_message_reaches_everybody", sizes: BOTH, play: |stage| Box::pin(message(stage)) },
    Scenario { name: "a_countdown_is_the_same_on_every_screen", sizes: BOTH, play: |stage| Box::pin(countdown(stage)) },
    Scenario { name: "the_desk_counts_what_devices_hold", sizes: BOTH, play: |stage| Box::pin(held(stage)) },
    Scenario { name: "the_day_ends", sizes: BOTH, play: |stage| Box::pin(end_of_day(stage)) },
];

pub(super) const MARIA: Person = Person { name: "Maria", organisation: "Ba Futuru" };

/// Opens a view by its address.
pub(super) async fn open_view(stage: &Stage, browser: &Browser, view: &str) -> Result<()> {
    browser.goto(&format!("{}?v={view}", stage.server.plan_url())).await?;
    browser.until(view, "return shown(`[data-view=${arguments[0]}]`).length > 0", vec![json!(view)]).await.map(drop)
}

/// The facilitator at the desk.
pub(super) async fn at_desk(stage: &Stage) -> Result<Browser> {
    let maria = stage.browser(MARIA.name).await?;
    maria.join(&stage.server.facilitator_link(), MARIA).await?;
    open_view(stage, &maria, "desk").await?;
    maria.until("the cards", "return shown('.desk-card').length > 6", vec![]).await?;
    Ok(maria)
}

/// Somebody who writes, in a browser of their own.
pub(super) async fn writer(stage: &Stage, person: Person) -> Result<Browser> {
    let browser = stage.browser(person.name).await?;
    browser.join(&stage.server.editor_link(), person).await?;
    Ok(browser)
}

/// For the name of a picture.
pub(super) fn screen(browser: &Browser) -> &'static str {
    if browser.size() == PHONE { "phone" } else { "laptop" }
}

/// Waits until an element has this attribute.
pub(super) async fn is(browser: &Browser, css: &str, attribute: &str, value: &str) -> Result<()> {
    let script = "return shown(arguments[0]).some((one) => one.getAttribute(arguments[1]) === arguments[2])";
    browser.until(&format!("{css} {attribute}={value}"), script, vec![json!(css), json!(attribute), json!(value)]).await.map(drop)
}

/// Waits until nothing on the screen fits the selector.
async fn is_gone(browser: &Browser, css: &str) -> Result<()> {
    browser.until(&format!("no {css}"), "return shown(arguments[0]).length === 0", vec![json!(css)]).await.map(drop)
}

/// Chooses in a list that is no field of the plan.
pub(super) async fn choose(browser: &Browser, css: &str, value: &str) -> Result<()> {
    let script = "const at = shown(arguments[0])[0]; at?.focus(); return at && [...at.options].find((one) => one.value === arguments[1])";
    browser.press(&format!("to choose {value}"), script, vec![json!(css), json!(value)]).await
}

async fn message(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let bea = writer(&stage, BEA).await?;
    let words = "Lunch at half past twelve, please bring your phones";
    maria.fill("[data-desk=message] textarea", words).await?;
    maria.press_on("[data-action=say]").await?;
    bea.until("the message", "return shown('.for-all .message strong')[0]?.innerText === arguments[0]", vec![json!(words)]).await?;
    let said = "return [...document.querySelectorAll('[aria-live=polite].unseen')].some((one) => one.innerText.includes(arguments[0]))";
    bea.until("the message said", said, vec![json!(words)]).await?;
    bea.fits("the message").await?;
    bea.picture(&format!("message-{}", screen(&bea))).await?;
    bea.press_on("[data-action=dismiss-message]").await?;
    is_gone(&bea, ".for-all .message").await?;
    // Who comes later sees it too, and when it is taken away it is gone for everybody.
    let ana = writer(&stage, ANA).await?;
    ana.until("the message", "return shown('.for-all .message').length === 1", vec![]).await?;
    maria.press_on("[data-action=take-back]").await?;
    is_gone(&ana, ".for-all .message").await?;
    // The desk is not theirs.
    open_view(&stage, &bea, "desk").await?;
    bea.sees(word("desk_not_yours")).await?;
    ensure!(bea.look("return document.querySelectorAll('.desk-card, a[data-view=desk]').length", vec![]).await? == json!(0));
    Ok(())
}

/// How many seconds a screen shows.
async fn seconds(browser: &Browser) -> Result<i64> {
    let seen = browser.until("the digits", "return shown('.countdown .digits')[0]?.innerText", vec![]).await?;
    let digits = seen.as_str().context("digits are a text")?;
    digits.split(':').try_fold(0, |sum, part| Ok(sum * 60 + part.trim().parse::<i64>()?))
}

async fn countdown(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let bea = writer(&stage, BEA).await?;
    maria.press_on("[data-desk=timer] [data-minutes='5']").await?;
    is(&bea, ".countdown", "data-timer", "running").await?;
    // Looked at in between, the other screen shows something in between, or a second off at most.
    for _ in 0..3 {
        let (before, other, after) = (seconds(&maria).await?, seconds(&bea).await?, seconds(&maria).await?);
        ensure!(after - 1 <= other && other <= before + 1, "{before}, {other}, {after}");
        ensure!((1..=300).contains(&other), "{other} of 300");
    }
    let first = seconds(&bea).await?;
    bea.until("it to run", "return shown('.countdown .digits')[0]?.innerText !== arguments[0]", vec![json!(digits(first))]).await?;
    bea.picture(&format!("countdown-{}", screen(&bea))).await?;

    maria.press_on("[data-desk=timer] [data-action=pause]").await?;
    is(&bea, ".countdown", "data-timer", "paused").await?;
    is(&maria, ".countdown", "data-timer", "paused").await?;
    let paused = seconds(&bea).await?;
    ensure!(paused == seconds(&maria).await?, "it stands still");
    maria.press_on("[data-desk=timer] [data-action=minute]").await?;
    let more = json!(digits(paused + 60));
    bea.until("a minute more", "return shown('.countdown .digits')[0]?.innerText === arguments[0]", vec![more]).await?;
    maria.press_on("[data-desk=timer] [data-action=resume]").await?;
    is(&bea, ".countdown", "data-timer", "running").await?;
    maria.press_on("[data-desk=timer] [data-action=stop]").await?;
    is_gone(&bea, ".countdown").await?;

    // A short one, as no button makes it: at its end it says so.
    let mut other = WireClient::open(stage.server.door().join(Role::Facilitator, "Rui").await?).await?;
    let ends = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())? + 1_500;
    let field = Field { item: Item::Desk, name: Name::TimerEnds };
    other.edit(&Edit::Set { field, value: Value::Number(ends) }).await;
    other.until_received().await;
    is(&bea, ".countdown", "data-timer", "over").await?;
    bea.sees(word("timer_over")).await?;
    bea.fits("the countdown").await
}

fn digits(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

async fn held(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let mut wires = Vec::new();
    for (name, waiting) in [("Rui", 2), ("Lia", 1), ("Zé", 0)] {
        let mut wire = WireClient::open(stage.server.door().join(Role::Editor, name).await?).await?;
        wire.be_at(Presence { waiting, ..Presence::default() }).await;
        wire.round_trip().await;
        wires.push(wire);
    }
    is(&maria, "[data-desk=held] [data-people]", "data-people", "4").await?;
    is(&maria, "[data-desk=held] [data-waiting]", "data-waiting", "3").await?;
    is(&maria, "[data-desk=held] [data-holding]", "data-holding", "2").await?;
    maria.sees(word("desk_offline")).await?;
    maria.sees("Lia").await?;
    // In a group, they sit at its table.
    let member = Edit::Include {
        field: Field::of_section(wires[0].plan().sections[1].id, Name::GroupMembers),
        member: wires[0].participant().to_string(),
        included: true,
    };
    wires[0].edit(&member).await;
    is(&maria, "[data-desk=group][data-section=P2] [data-here]", "data-here", "1").await?;
    is(&maria, "[data-desk=group][data-section=P2] [data-here]", "data-waiting", "2").await?;
    maria.picture(&format!("desk-{}", screen(&maria))).await?;
    wires[0].be_at(Presence::default()).await;
    wires[0].round_trip().await;
    is(&maria, "[data-desk=held] [data-waiting]", "data-waiting", "1").await?;
    // Who goes offline is not counted as level.
    wires.remove(1).disconnect();
    is(&maria, "[data-desk=held] [data-people]", "data-people", "3").await?;
    is(&maria, "[data-desk=held] [data-waiting]", "data-waiting", "0").await?;
    maria.fits("the desk").await
}

async fn end_of_day(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let bea = writer(&stage, BEA).await?;
    let section = bea.open_section("P2").await?;
    let read_only = "return field(arguments[0])?.readOnly === arguments[1]";
    bea.until("to be let in", read_only, vec![json!(format!("{section}/context")), json!(false)]).await?;
    maria.press_on("[data-action=end-day]").await?;
    let suggested = "return shown('input[name=version]')[0]?.value";
    let suggested = maria.until("a suggested name", suggested, vec![]).await?;
    let suggested = suggested.as_str().unwrap_or_default().to_owned();
    ensure!(suggested.starts_with("Day 1, "), "{suggested}");
    maria.sees("P1, P2, P3, P4, X").await?;
    maria.picture(&format!("end-of-day-{}", screen(&maria))).await?;
    maria.press_on("[data-action=end-day-now]").await?;
    maria
        .until(
            "what was done",
            "return shown('[data-desk=day] [role=status]')[0]?.innerText.includes(arguments[0])",
            vec![json!(suggested)],
        )
        .await?;
    bea.until("to be kept out", read_only, vec![json!(format!("{section}/context")), json!(true)]).await?;

    let wire = WireClient::open(stage.server.door().join(Role::Editor, "Rui").await?).await?;
    let plan = wire.plan();
    ensure!(plan.sections.iter().all(|section| section.state.value == SectionState::Review), "all sections are in review");
    let versions = wire.room().versions;
    let [version] = &versions[..] else { anyhow::bail!("one version: {versions:?}") };
    ensure!(version.name == suggested && version.submitted_by.value.is_some() && version.heads.len() >= 64, "{version:?}");
    // What was named is the plan before the states were changed.
    let mut wire = wire;
    for head in version.heads.split(' ') {
        ensure!(wire.holds(head.parse()?), "the plan has {head}");
    }
    maria.fits("the desk").await
}
