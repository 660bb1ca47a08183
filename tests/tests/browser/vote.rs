//! Ten people give dots, on devices that come and go: the sum is exact.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use hamutuk_shared::access::Role;
use hamutuk_shared::derive::Votes;
use hamutuk_shared::derive::votes::Own;
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Item, Name, Value};
use hamutuk_tests::browser::{Browser, Stage};
use hamutuk_tests::client::WireClient;
use serde_json::json;

use super::desk::{at_desk, choose, is, open_view, screen, writer};
use super::{ANA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[Scenario { name: "ten_people_vote", sizes: BOTH, play: |stage| Box::pin(vote(stage)) }];

/// Gives a dot, if there is one left; or takes one back.
async fn dot(wire: &mut WireClient, at: ActivityRef, gives: bool) {
    let me = wire.participant();
    let own = Own::of(&wire.plan(), &wire.room(), me);
    let name = if gives { own.free() } else { own.last_on(at) };
    if let Some(name) = name {
        let value = if gives { Value::Word(at.to_string()) } else { Value::Nothing };
        wire.edit(&Edit::Set { field: Field { item: Item::Ballot(me), name }, value }).await;
    }
}

async fn press_dot(browser: &Browser, at: ActivityRef, action: &str, left: usize) -> Result<()> {
    browser.press_on(&format!("[data-activity='{}'] [data-action={action}]", at.activity)).await?;
    is(browser, ".vote-left", "data-left", &left.to_string()).await
}

async fn vote(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let ana = writer(&stage, ANA).await?;
    let mut wires = Vec::new();
    for number in 1..=8 {
        wires.push(WireClient::open(stage.server.door().join(Role::Editor, &format!("Voter {number}")).await?).await?);
    }
    // What nobody has begun to write cannot be voted on.
    let plan = wires[0].plan();
    let activities: Vec<ActivityRef> =
        plan.sections.iter().take(3).map(|section| ActivityRef { section: section.id, activity: section.activities[0].id }).collect();
    for (at, title) in activities.iter().zip(["Dialogue in every suku", "Training of women mediators", "A safe house in Baucau"]) {
        wires[0].write_acked(Field::of_activity(*at, Name::Title), title).await;
    }
    choose(&maria, "[data-action=dots]", "3").await?;
    maria.press_on("[data-action=voting]").await?;

    ana.press_on("[data-action=to-vote]").await?;
    is(&ana, ".vote-left", "data-left", "3").await?;
    press_dot(&ana, activities[0], "more", 2).await?;
    press_dot(&ana, activities[0], "more", 1).await?;
    press_dot(&ana, activities[1], "more", 0).await?;
    ana.picture(&format!("vote-{}", screen(&ana))).await?;
    let none_left = "return shown('[data-action=more]').length > 0 && shown('[data-action=more]').every((one) => one.disabled)";
    ana.until("no dot left", none_left, vec![]).await?;
    press_dot(&ana, activities[1], "less", 1).await?;
    press_dot(&ana, activities[2], "more", 0).await?;
    ana.fits("the dots").await?;
    // The facilitator votes as well.
    open_view(&stage, &maria, "vote").await?;
    is(&maria, ".vote-left", "data-left", "3").await?;
    for left in [2, 1, 0] {
        press_dot(&maria, activities[2], "more", left).await?;
    }

    // Everybody else at once, half of them without a connection for a while.
    for wire in &mut wires {
        wire.until("the vote is open", |wire| wire.room().desk.dots.value == Some(3)).await;
    }
    for (number, wire) in wires.iter_mut().enumerate() {
        if number % 2 == 0 {
            wire.disconnect();
        }
        for step in 0..5 {
            dot(wire, activities[(number + step) % 3], true).await;
        }
        dot(wire, activities[number % 3], false).await;
        dot(wire, activities[1], true).await;
    }
    for wire in &mut wires {
        if wire.status().waiting > 0 {
            wire.disconnect();
            wire.go_live().await?;
        }
        wire.until_received().await;
    }
    is(&ana, "[data-given]", "data-given", "30").await?;
    ensure!(ana.look("return shown('.ranking').length", vec![]).await? == json!(0), "how they fall is not told before the end");

    // What each activity must have, counted by hand.
    let mut expected = BTreeMap::from([(activities[0], 2u32), (activities[1], 0), (activities[2], 4)]);
    for number in 0..8 {
        let mut given = vec![number % 3, (number + 1) % 3, (number + 2) % 3];
        given.retain(|at| *at != number % 3);
        given.push(1);
        for at in given {
            *expected.entry(activities[at]).or_default() += 1;
        }
    }
    ensure!(expected.values().sum::<u32>() == 30);
    wires[0].until("all dots are here", |wire| Votes::of(&wire.plan(), &wire.room()).total() == 30).await;
    let counted = Votes::of(&wires[0].plan(), &wires[0].room());
    ensure!(counted.dots == expected && counted.voters == 10, "{counted:?}, not {expected:?}");

    open_view(&stage, &maria, "desk").await?;
    maria.press_on("[data-action=voting]").await?;
    is(&ana, "[data-total]", "data-total", "30").await?;
    for (at, dots) in expected {
        is(&ana, &format!(".ranking [data-activity='{}']", at.activity), "data-dots", &dots.to_string()).await?;
    }
    ana.fits("the result").await?;
    ana.picture(&format!("votes-{}", screen(&ana))).await
}
