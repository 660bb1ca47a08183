//! A plan is opened from the device: what was shown last is there at once, and can be written in while the document is still being loaded.

use anyhow::{Context, Result, ensure};
use hamutuk_tests::browser::{Browser, PHONE, Stage};
use serde_json::json;

use super::choices::Details;
use super::desk::screen;
use super::writing::two;
use super::{BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "words_are_taken_while_the_plan_opens", sizes: BOTH, play: |stage| Box::pin(words(stage)) },
    Scenario { name: "choices_are_taken_while_the_plan_opens", sizes: BOTH, play: |stage| Box::pin(choices(stage)) },
    Scenario { name: "what_was_drawn_last_is_read_before_the_program_is_there", sizes: BOTH, play: |stage| Box::pin(picture(stage)) },
];

/// Keeps the document from being loaded until `window.go()`: of the two computations of an opening, the last view and the document, it is the
/// second. Then each look at the clock says that it has had the page for long enough, so that it pauses as often as it can.
const HELD: &str = r"
    const now = performance.now.bind(performance);
    let [late, runs] = [0, 0];
    const gone = new Promise((go) => { window.go = () => { performance.now = () => now() + (late += 20); go(); }; });
    let run;
    Object.defineProperty(window, 'hamutukRun', {
        set: (given) => { run = () => (runs++ === 0 ? given() : gone.then(given)); },
        get: () => run,
    });
    const post = Scheduler.prototype.postTask;
    window.pauses = 0;
    Scheduler.prototype.postTask = function (...given) { window.pauses += 1; return post.apply(this, given); };
";

async fn go_on(browser: &Browser) -> Result<u64> {
    browser.look("window.go()", vec![]).await?;
    browser.receipt_is("received").await?;
    let pauses = browser.look("return window.pauses", vec![]).await?;
    Ok(pauses.as_u64().unwrap_or_default())
}

async fn words(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let at = &format!("{section}/context");
    ana.rewrite(at, "One").await?;
    bea.reads(at, "One").await?;
    ana.receipt_is("received").await?;

    ana.before_pages(HELD).await?;
    ana.reload().await?;
    ana.reads(at, "One").await?;
    ana.append(at, " two").await?;
    ana.receipt_is("sending").await?;
    ana.picture(&format!("opening-{}", screen(&ana))).await?;
    // What is added waits.
    let closed = ana
        .look("const all = shown('[data-action=add]'); return all.length > 0 && all.every((one) => one.ariaDisabled === 'true')", vec![])
        .await?;
    ensure!(closed == true, "something can be added before the document is here");
    bea.append(at, "!").await?;
    bea.receipt_is("received").await?;
    let pauses = go_on(&ana).await?;
    ensure!(pauses > 10, "the document was loaded with {pauses} pauses");
    let both = ana.text(at).await?;
    ensure!(both == "One two!" || both == "One! two", "{both:?}");
    bea.reads(at, &both).await?;

    // A page that ends before the document is here leaves what was typed to the next.
    ana.reload().await?;
    ana.reads(at, &both).await?;
    ana.append(at, " three").await?;
    ana.receipt_is("sending").await?;
    ana.reload().await?;
    let all = format!("{both} three");
    ana.reads(at, &all).await?;
    ana.receipt_is("sending").await?;
    go_on(&ana).await?;
    ana.reads(at, &all).await?;
    bea.reads(at, &all).await
}

async fn choices(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let id = ana.activities(0).await?.first().cloned().context("the template has empty activities")?;
    let at = format!("{section}/activities/{id}");
    let (one, other) = (Details { browser: &ana, at: at.clone() }, Details { browser: &bea, at });
    let title = ana.show_title(&section, &id).await?;
    ana.rewrite(&title, "Train").await?;
    bea.open_details(&section, &id).await?;
    other.press_month("2025-06").await?;
    ana.open_details(&section, &id).await?;
    one.months(&["2025-06"]).await?;
    ana.receipt_is("received").await?;

    ana.before_pages(HELD).await?;
    let again = async || {
        ana.reload().await?;
        // Beside the table they are there again by themselves.
        if ana.size() == PHONE { ana.open_details(&section, &id).await } else { Ok(()) }
    };
    again().await?;
    one.months(&["2025-06"]).await?;
    one.press_month("2025-03").await?;
    one.press_month("2025-06").await?;
    one.choose_status("agreed").await?;
    let lead = one.press_first_lead().await?;
    let chosen = async |details: &Details<'_>, months: &[&str]| {
        details.months(months).await?;
        details.status("agreed").await?;
        details.lead(&lead).await
    };
    chosen(&one, &["2025-03"]).await?;
    ana.receipt_is("sending").await?;
    // A page that ends before the document is here leaves it to the next, which shows it at once.
    again().await?;
    chosen(&one, &["2025-03"]).await?;
    other.press_month("2025-09").await?;
    bea.receipt_is("received").await?;
    go_on(&ana).await?;
    chosen(&one, &["2025-03", "2025-09"]).await?;
    chosen(&other, &["2025-03", "2025-09"]).await
}

/// Keeps the program from being started until `window.go()`.
const NO_PROGRAM: &str = r"
    const start = WebAssembly.instantiateStreaming;
    const gone = new Promise((go) => { window.go = go; });
    WebAssembly.instantiateStreaming = (...given) => gone.then(() => start.apply(WebAssembly, given));
";

/// Where what can be read stands: in the picture, or in the page.
const PLACES: &str = r"
    const inside = document.getElementById('screen') ?? document;
    const all = [...inside.querySelectorAll('h1, .prompt, .outcome textarea, .outcome select, .card .title, .bar-item, .tabs a')];
    const place = (one) => { const at = one.getBoundingClientRect(); return [at.x, at.y, at.width, at.height].map(Math.round); };
    const isInView = (one) => isShown(one) && one.getBoundingClientRect().bottom < innerHeight && one.getBoundingClientRect().height > 0;
    return all.filter(isInView).map((one) => [one.value ?? one.innerText, ...place(one)]);
";

async fn picture(stage: Stage) -> Result<()> {
    let (ana, _) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    let id = ana.activities(0).await?.first().cloned().context("the template has empty activities")?;
    let title = ana.show_title(&section, &id).await?;
    ana.rewrite(&title, "Training <b>& more</b>").await?;
    ana.receipt_is("received").await?;
    if ana.size() == PHONE {
        ana.close_details().await?;
    }
    // It is of the page's beginning, wherever it was left.
    ana.look("(innerWidth < 700 ? document.scrollingElement : document.getElementById('content')).scrollTop = 400", vec![]).await?;

    ana.before_pages(NO_PROGRAM).await?;
    ana.look("location.reload()", vec![]).await?;
    let is_there = "return document.querySelector('#screen .outcome [data-activity]') !== null";
    ana.until("the first screen, drawn last time", is_there, vec![]).await?;
    let drawn = ana.look(PLACES, vec![]).await?;
    let is_picture = r"
        const screen = document.getElementById('screen');
        const ofNow = [...screen.querySelectorAll('.receipt, .people')];
        return [screen.firstElementChild.inert, ofNow.length > 0 && ofNow.every((one) => !isShown(one)), screen.querySelector('#boot-loading').innerText];
    ";
    ensure!(ana.look(is_picture, vec![]).await? == json!([true, true, "Loading…"]), "the picture says what it cannot know");
    ana.picture(&format!("first-screen-{}", screen(&ana))).await?;
    ana.look("window.go()", vec![]).await?;
    ana.receipt_is("received").await?;
    ana.until("the page itself", "return !document.getElementById('screen')", vec![]).await?;
    ana.picture(&format!("first-screen-then-{}", screen(&ana))).await?;
    let page = ana.look(PLACES, vec![]).await?;
    ensure!(drawn.to_string().contains("Training <b>& more</b>"), "{drawn}");
    ensure!(drawn == page, "what was read has moved\nfrom {drawn}\nto   {page}");

    // It is of one address, and of the person who wrote.
    ana.look("location.href = '/'", vec![]).await?;
    ana.until("another page", "return location.pathname === '/' && window.go", vec![]).await?;
    ensure!(ana.look("return document.getElementById('screen')", vec![]).await?.is_null(), "the plan is shown where it is not");
    Ok(())
}
