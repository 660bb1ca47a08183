//! A plan is opened from the device: what was shown last is there at once, and can be written in while the document is still being loaded.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, Stage};

use super::desk::screen;
use super::writing::two;
use super::{BOTH, Scenario};

pub(super) const ALL: &[Scenario] =
    &[Scenario { name: "words_are_taken_while_the_plan_opens", sizes: BOTH, play: |stage| Box::pin(words(stage)) }];

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
    // Everything else waits.
    let closed = ana.look("return shown('[data-path$=\"/status\"] select, [data-action=add]').every((one) => one.disabled || one.ariaDisabled === 'true')", vec![]).await?;
    ensure!(closed == true, "something else can be written before the document is here");
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
