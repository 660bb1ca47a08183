//! Several people write at once.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, Stage};
use serde_json::json;

use super::{ANA, BEA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "two_write_into_one_title", sizes: BOTH, play: |stage| Box::pin(one_title(stage)) },
    Scenario { name: "nobody_moves_my_caret", sizes: BOTH, play: |stage| Box::pin(carets(stage)) },
    Scenario { name: "composing_while_others_write", sizes: BOTH, play: |stage| Box::pin(composing(stage)) },
    Scenario { name: "one_character_touches_one_cell", sizes: BOTH, play: |stage| Box::pin(one_cell(stage)) },
];

/// Two people in the plan.
pub(super) async fn two(stage: &Stage) -> Result<(Browser, Browser)> {
    let (ana, bea) = (stage.browser("Ana").await?, stage.browser("Bea").await?);
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    bea.join(&stage.server.editor_link(), BEA).await?;
    Ok((ana, bea))
}

async fn one_title(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let id = ana.activities(0).await?.first().cloned().expect("the template has empty activities");
    let title = ana.show_title(&section, &id).await?;
    bea.show_title(&section, &id).await?;
    ana.rewrite(&title, " = ").await?;
    bea.reads(&title, " = ").await?;

    let (first, last) = ("Dialogue", "with youth");
    ana.put_caret(&title, 0).await?;
    bea.put_caret(&title, 3).await?;
    let (mut one, mut other) = (first.chars(), last.chars());
    loop {
        let (left, right) = (one.next(), other.next());
        if left.is_none() && right.is_none() {
            break;
        }
        let key = async |browser: &Browser, key: Option<char>| match key {
            Some(key) => browser.keys(&key.to_string()).await,
            None => Ok(()),
        };
        let (left, right) = tokio::join!(key(&ana, left), key(&bea, right));
        left.and(right)?;
    }
    let both = format!("{first} = {last}");
    ana.reads(&title, &both).await?;
    bea.reads(&title, &both).await?;
    let (after_first, after_last) = (first.chars().count(), both.chars().count());
    ensure!(ana.caret(&title).await? == (after_first, after_first), "Ana's caret is at {:?}", ana.caret(&title).await?);
    ensure!(bea.caret(&title).await? == (after_last, after_last), "Bea's caret is at {:?}", bea.caret(&title).await?);
    ana.receipt_is("received").await?;
    bea.receipt_is("received").await
}

async fn carets(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let first = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let (before, at) = (format!("{first}/context"), statement(&ana).await?);
    let at = at.as_str();
    ana.rewrite(at, "Women decide").await?;
    bea.reads(at, "Women decide").await?;
    ana.put_caret(at, 5).await?;
    let is_where = async |place| -> Result<()> {
        let caret = ana.caret(at).await?;
        ensure!(caret == (place, place), "Ana's caret is at {caret:?}, not at {place}");
        Ok(())
    };

    // In another field, before it on the page.
    bea.rewrite(&before, "Few women chair a suku council. ").await?;
    ana.reads(&before, "Few women chair a suku council. ").await?;
    is_where(5).await?;
    // In another section, with a row that comes and one that goes.
    let section = bea.open_section("P2").await?;
    let added = bea.add_activity(0).await?;
    let title = bea.show_title(&section, &added).await?;
    bea.append(&title, "Training").await?;
    bea.receipt_is("received").await?;
    if bea.size() == hamutuk_tests::browser::PHONE {
        bea.close_details().await?;
    }
    bea.act(&section, &added, "activity_archive").await?;
    bea.receipt_is("received").await?;
    is_where(5).await?;

    // In the same field: after the caret, before it, and around a selection.
    bea.open_section("P1").await?;
    bea.append(at, " and lead").await?;
    ana.reads(at, "Women decide and lead").await?;
    is_where(5).await?;
    bea.type_at(at, 0, "All ").await?;
    ana.reads(at, "All Women decide and lead").await?;
    is_where(9).await?;
    ana.keys("!").await?;
    bea.reads(at, "All Women! decide and lead").await?;
    let selected = "field(arguments[0]).setSelectionRange(4, 10)";
    ana.look(selected, vec![json!(at)]).await?;
    bea.type_at(at, 4, "the ").await?;
    ana.reads(at, "All the Women! decide and lead").await?;
    ensure!(ana.caret(at).await? == (8, 14), "Ana's selection is {:?}", ana.caret(at).await?);
    Ok(())
}

async fn composing(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let at = format!("{section}/context");
    ana.rewrite(&at, "Feto hakat").await?;
    bea.reads(&at, "Feto hakat").await?;
    ana.put_caret(&at, 5).await?;
    ana.compose("b").await?;
    ana.compose("be").await?;
    let shows = async |words: &str| {
        ana.until("the composition", "return field(arguments[0]).value.includes(arguments[1])", vec![json!(at), json!(words)]).await
    };
    shows("Feto be").await?;
    // Meanwhile words come in before and after it.
    bea.type_at(&at, 0, "Ho ").await?;
    bea.append(&at, " ba oin").await?;
    bea.receipt_is("received").await?;
    ana.compose("be'").await?;
    // What is being composed stays where it is on the screen, and nothing breaks it off.
    shows("be'").await?;
    ana.commit("be'e ").await?;
    for browser in [&ana, &bea] {
        browser.reads(&at, "Ho Feto be'e hakat ba oin").await?;
    }
    // The caret is after what was composed, and what is typed next goes there.
    ana.keys("ida ").await?;
    bea.reads(&at, "Ho Feto be'e ida hakat ba oin").await?;
    ana.receipt_is("received").await
}

/// The path of the first outcome's statement.
async fn statement(browser: &Browser) -> Result<String> {
    let script = "return shown(\"[data-path$='/statement']\")[0]?.dataset.path";
    let path = browser.until("an outcome's statement", script, vec![]).await?;
    Ok(path.as_str().unwrap_or_default().to_owned())
}

async fn one_cell(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let ids = ana.activities(0).await?;
    for (browser, id) in [(&ana, &ids[1]), (&bea, &ids[0])] {
        let title = browser.show_title(&section, id).await?;
        browser.append(&title, "Words").await?;
        browser.receipt_is("received").await?;
    }
    let title = format!("{section}/activities/{}/title", ids[0]);
    // The figures follow a moment later, at most twice a second: until two activities have begun, and they rest.
    let counted = r"
        const figures = shown('.filter [role=status], [data-complete]').map((one) => one.innerText).join();
        const now = performance.now();
        if (window.figures !== figures) [window.figures, window.since] = [figures, now];
        return figures.includes('2') && now - window.since > 1200;
    ";
    ana.until("the figures", counted, vec![]).await?;
    // Ana sees where Bea is, and what she wrote: from now on only one cell may change.
    let arrived = "return [...document.querySelectorAll('[data-activity]')].some((one) => one.dataset.activity === arguments[0] && \
        (one.querySelector('textarea')?.value ?? one.innerText).includes(arguments[1]))";
    ana.until("Bea's words", arrived, vec![json!(ids[0]), json!("Words")]).await?;
    let tagged = "return !!document.querySelector(`[data-activity='${arguments[0]}'] :is(.who-tag, .writing)`)";
    ana.until("Bea's name", tagged, vec![json!(ids[0])]).await?;
    bea.put_caret(&title, 5).await?;
    ana.until("Bea's name", tagged, vec![json!(ids[0])]).await?;
    let observe = r"
        window.touched = [];
        new MutationObserver((all) => {
            for (const { target, type } of all) {
                const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
                if (element === null) continue; // It has left the page together with what is reported.
                if (element.closest(`[data-activity='${arguments[0]}'], .receipt, button.people`)) continue;
                window.touched.push(type + ' ' + element.outerHTML.slice(0, 160));
            }
        }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    ";
    ana.look(observe, vec![json!(ids[0])]).await?;
    bea.keys("!").await?;
    ana.until("Bea's character", arrived, vec![json!(ids[0]), json!("Words!")]).await?;
    // Whatever else the change causes has happened by the next frame but one.
    let settled = "window.frames_left ??= 3; requestAnimationFrame(() => window.frames_left--); return window.frames_left <= 0";
    ana.until("three frames", settled, vec![]).await?;
    let touched = ana.look("return window.touched", vec![]).await?;
    ensure!(touched == json!([]), "one character of somebody else touched: {touched:#}");
    Ok(())
}
