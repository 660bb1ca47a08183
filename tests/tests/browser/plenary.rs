//! The projector follows the facilitator, in large words, and has no buttons.

use anyhow::{Context, Result, ensure};
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name, OutcomeRef};
use hamutuk_tests::browser::{Browser, PROJECTOR, Person, Stage, word};
use hamutuk_tests::client::WireClient;
use serde_json::json;
use thirtyfour::Key;

use super::desk::{at_desk, choose, is, open_view};
use super::{Scenario, WIDE};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "the_plenary_follows_the_facilitator", sizes: WIDE, play: |stage| Box::pin(follows(stage)) }];

const WALL: Person = Person { name: "Projector", organisation: "Venue" };

async fn shows(wall: &Browser, query: &str) -> Result<()> {
    is(wall, ".plenary", "data-shown", query).await?;
    wall.fits("the plenary").await
}

async fn follows(stage: Stage) -> Result<()> {
    let maria = at_desk(&stage).await?;
    let wall = stage.browser_sized(WALL.name, PROJECTOR).await?;
    wall.join(&stage.server.editor_link(), WALL).await?;
    open_view(&stage, &wall, "plenary").await?;
    wall.sees(word("plenary_nobody")).await?;
    shows(&wall, "show=plan").await?;
    wall.picture("plenary-plan").await?;

    // Nothing there can be pressed or typed into, and the words are large.
    let controls = "return shown('button, input, select, textarea, summary, [tabindex=\"0\"], a[href]:not(.plenary-out)').length";
    ensure!(wall.look(controls, vec![]).await? == json!(0), "the plenary has controls");
    ensure!(wall.look("return getComputedStyle(shown('.plenary-out')[0]).opacity", vec![]).await? == json!("0"));
    let size = wall.look("return parseFloat(getComputedStyle(shown('.plenary')[0]).fontSize)", vec![]).await?;
    ensure!(size.as_f64().context("a size is a number")? >= 32.0, "the words are {size} pixels high");

    let mut rui = WireClient::open(stage.server.door().join(Role::Editor, "Rui").await?).await?;
    let section = rui.plan().sections[1].clone();
    let at = ActivityRef { section: section.id, activity: section.activities[0].id };
    for number in 0..5u8 {
        let new = ActivityRef { section: section.id, activity: [number + 1; 10].into() };
        let outcome = OutcomeRef { section: section.id, outcome: section.outcomes[usize::from(number) % section.outcomes.len()].id };
        rui.edit(&Edit::AddActivity { at: new, outcome: outcome.outcome, place: hamutuk_shared::plan::Place::Last }).await;
        rui.write_acked(Field::of_activity(new, Name::Title), "Round tables with the police in every municipality").await;
    }
    rui.write_acked(Field::of_activity(at, Name::Title), "Training of women mediators").await;
    let star = Edit::Include { field: Field::of_section(at.section, Name::Highlights), member: at.activity.to_string(), included: true };
    rui.edit(&star).await;
    rui.until_received().await;

    // It goes where she goes, from the moment when she leads.
    maria.press_on("[data-action=lead]").await?;
    maria.open_section("P2").await?;
    shows(&wall, "s=P2").await?;
    wall.sees("Training of women mediators").await?;
    wall.sees(&word("plenary_follows").replace("{{ name }}", "Maria")).await?;
    wall.picture("plenary-section").await?;
    maria.open_details(&format!("sections/{}", at.section), &at.activity.to_string()).await?;
    shows(&wall, &format!("s=P2&a={}", at.activity)).await?;
    is(&wall, &format!(".plenary [data-activity='{}']", at.activity), "data-open", "true").await?;
    maria.press_on("a.tab[data-view=budget]").await?;
    shows(&wall, "show=sums").await?;
    wall.sees(word("plenary_gap")).await?;
    wall.picture("plenary-sums").await?;

    // Or it shows what she chooses.
    maria.press_on("a.tab[data-view=desk]").await?;
    for (query, words) in
        [("show=highlights", "Training of women mediators"), ("show=votes", word("plenary_votes")), ("show=timer", word("timer_none"))]
    {
        choose(&maria, "[data-action=lead-to]", query).await?;
        shows(&wall, query).await?;
        wall.sees(words).await?;
        if query == "show=highlights" {
            wall.picture("plenary-highlights").await?;
        }
    }
    maria.press_on("[data-desk=timer] [data-minutes='15']").await?;
    is(&wall, ".plenary-huge", "data-timer", "running").await?;
    wall.picture("plenary-timer").await?;
    maria.open_section("P3").await?;
    shows(&wall, "show=timer").await?;

    // A plenary that opens later is there at once, and nobody leads when she stops.
    wall.reload().await?;
    shows(&wall, "show=timer").await?;
    maria.press_on("a.tab[data-view=desk]").await?;
    maria.press_on("[data-action=lead]").await?;
    wall.sees(word("plenary_nobody")).await?;
    shows(&wall, "show=timer").await?;
    wall.keys(&char::from(Key::Escape).to_string()).await?;
    wall.until("the plan", "return shown('.plenary').length === 0 && field('meta/title') !== null", vec![]).await.map(drop)
}
