//! The table of a laptop: its keyboard, its clipboard, its columns.

use anyhow::{Result, ensure};
use hamutuk_tests::browser::{Browser, Stage, word};
use serde_json::{Value, json};
use thirtyfour::Key;

use super::writing::two;
use super::{ANA, Scenario, WIDE};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "keys_as_in_a_spreadsheet", sizes: WIDE, play: |stage| Box::pin(keyboard(stage)) },
    Scenario { name: "a_table_is_pasted_and_undone", sizes: WIDE, play: |stage| Box::pin(paste(stage)) },
    Scenario { name: "bad_tables_are_refused", sizes: WIDE, play: |stage| Box::pin(refuse(stage)) },
    Scenario { name: "columns_are_remembered", sizes: WIDE, play: |stage| Box::pin(columns(stage)) },
];

/// What was really copied from LibreOffice Calc.
const CALC: &str = include_str!("../../../shared/src/entry/fixtures/calc_activities.html");

/// The keys of a table, pressed in somebody's browser.
struct Table<'a>(&'a Browser);

impl Table<'_> {
    async fn press(&self, key: Key) -> Result<()> {
        self.0.keys(&char::from(key).to_string()).await
    }

    /// Puts the focus on a cell.
    async fn focus(&self, id: &str, column: &str) -> Result<()> {
        let script = "const at = shown(`.grid [data-activity='${arguments[0]}'] [data-column='${arguments[1]}']`)[0]; at?.focus(); \
            return document.activeElement === at";
        self.0.until(&format!("the cell {column} of {id}"), script, vec![json!(id), json!(column)]).await.map(drop)
    }

    /// Waits until the focus is on a cell, not in its input.
    async fn is_at(&self, id: &str, column: &str) -> Result<()> {
        let script = "const at = document.activeElement; return at.dataset.column === arguments[1] && \
            at.closest('[data-activity]').dataset.activity === arguments[0]";
        self.0.until(&format!("the focus on {column} of {id}"), script, vec![json!(id), json!(column)]).await.map(drop)
    }

    async fn selected(&self) -> Result<usize> {
        let seen = self.0.look("return shown('.grid [role=gridcell][aria-selected=true]').length", vec![]).await?;
        Ok(seen.as_u64().and_then(|count| usize::try_from(count).ok()).unwrap_or_default())
    }

    async fn paste(&self, html: &str, text: &str) -> Result<()> {
        let script = "const data = new DataTransfer(); if (arguments[0]) data.setData('text/html', arguments[0]); data.setData('text/plain', arguments[1]); \
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
        self.0.look(script, vec![json!(html), json!(text)]).await.map(drop)
    }

    async fn copied(&self, kind: &str) -> Result<String> {
        let script = "const data = new DataTransfer(); \
            document.activeElement.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true })); \
            return data.getData(arguments[0])";
        Ok(self.0.look(script, vec![json!(kind)]).await?.as_str().unwrap_or_default().to_owned())
    }
}

async fn keyboard(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    let section = ana.open_section("P1").await?;
    let rows = ana.activities(0).await?;
    let (first, second) = (rows[0].clone(), rows[1].clone());
    let title = |id: &str| format!("{section}/activities/{id}/title");
    let table = Table(&ana);

    // Arrows, Home and End, Tab over the end of a row.
    table.focus(&first, "title").await?;
    table.press(Key::Right).await?;
    table.is_at(&first, "lead").await?;
    table.press(Key::Down).await?;
    table.is_at(&second, "lead").await?;
    table.press(Key::Home).await?;
    table.is_at(&second, "title").await?;
    ana.chord(Key::Shift, Key::Tab).await?;
    table.is_at(&first, "status").await?;
    table.press(Key::Tab).await?;
    table.is_at(&second, "title").await?;

    // A letter writes anew, Enter is done and goes down, Esc goes back to what was there.
    table.focus(&first, "title").await?;
    ana.keys("Train mediators").await?;
    ana.reads(&title(&first), "Train mediators").await?;
    ana.enter().await?;
    table.is_at(&second, "title").await?;
    table.press(Key::Up).await?;
    table.press(Key::F2).await?;
    ana.keys(" in Baucau").await?;
    ana.reads(&title(&first), "Train mediators in Baucau").await?;
    table.press(Key::Escape).await?;
    table.is_at(&first, "title").await?;
    ana.reads(&title(&first), "Train mediators").await?;

    // Shift extends; Mod+D fills down; it is one step of undo.
    ana.chord(Key::Shift, Key::Down).await?;
    ana.until("two cells", "return shown('.grid [role=gridcell][aria-selected=true]').length === 2", vec![]).await?;
    ana.chord(Key::Control, 'd').await?;
    ana.reads(&title(&second), "Train mediators").await?;
    let copied = table.copied("text/plain").await?;
    ensure!(copied.lines().eq(["Train mediators", "Train mediators"]), "copied: {copied:?}");
    ana.chord(Key::Control, 'z').await?;
    ana.reads(&title(&second), "").await?;
    ana.reads(&title(&first), "Train mediators").await?;
    ensure!(table.selected().await? == 2, "the block is still there");

    // A row below; emptied; archived; and back.
    table.focus(&first, "title").await?;
    ana.chord(Key::Control, Key::Enter).await?;
    ana.until("three rows", "return shown('.outcome')[0].querySelectorAll('[data-activity]').length === 3", vec![]).await?;
    let three = ana.activities(0).await?;
    ensure!(three[0] == first && three[2] == second, "the new row is below");
    table.focus(&first, "title").await?;
    table.press(Key::Delete).await?;
    ana.reads(&title(&first), "").await?;
    ana.chord(Key::Control, 'z').await?;
    ana.reads(&title(&first), "Train mediators").await?;
    table.focus(&three[1], "title").await?;
    ana.chord(Key::Control, Key::Backspace).await?;
    ana.activities_are(0, &[first.clone(), second.clone()]).await?;
    table.is_at(&second, "title").await?;
    ana.chord(Key::Control, 'z').await?;
    ana.activities_are(0, &three).await?;

    // Mod+S is answered with where it is.
    ana.receipt_is("received").await?;
    ana.chord(Key::Control, 's').await?;
    ana.until(
        "the answer",
        "return shown('.toast span').some((one) => one.innerText === arguments[0])",
        vec![json!(word("receipt_received"))],
    )
    .await
    .map(drop)
}

async fn paste(stage: Stage) -> Result<()> {
    let (ana, bea) = two(&stage).await?;
    let section = ana.open_section("P1").await?;
    bea.open_section("P1").await?;
    let before = ana.activities(0).await?;
    let table = Table(&ana);
    table.focus(&before[0], "title").await?;
    table.paste(CALC, "").await?;
    ana.until("the preview", "return shown('dialog .paste-table td').length > 0", vec![]).await?;
    let refused = ana.look("return shown('.paste-table [data-reading=refused]').length", vec![]).await?;
    ana.press_on("[data-action=paste]").await?;
    ana.until("no dialog", "return shown('dialog .paste-table').length === 0", vec![]).await?;
    let titles = "return [...shown('.outcome')[0].querySelectorAll(\"[data-path$='/title']\")].map((one) => one.value)";
    let pasted: Vec<String> = serde_json::from_value(ana.look(titles, vec![]).await?)?;
    ensure!(pasted.len() > before.len() && pasted[0].len() > 3, "rows were filled and appended: {pasted:?}; refused cells: {refused}");
    // Bea sees all of it, and one step takes all of it back.
    let same = format!("return JSON.stringify((() => {{ {titles} }})()) === arguments[0]");
    bea.until("what Ana pasted", &same, vec![json!(serde_json::to_string(&pasted)?)]).await?;
    ana.receipt_is("received").await?;
    ana.chord(Key::Control, 'z').await?;
    bea.activities_are(0, &before).await?;
    bea.reads(&format!("{section}/activities/{}/title", before[0]), "").await?;
    ana.chord(Key::Control, 'y').await?;
    bea.until("it again", &same, vec![json!(serde_json::to_string(&pasted)?)]).await?;

    // What is copied is a table that a spreadsheet reads.
    let first = ana.activities(0).await?[0].clone();
    table.focus(&first, "title").await?;
    ana.chord(Key::Shift, Key::End).await?;
    let html = table.copied("text/html").await?;
    ensure!(html.contains("<table") && html.contains(&pasted[0]), "{html}");
    let text = table.copied("text/plain").await?;
    ensure!(text.starts_with(&pasted[0]) && text.contains('\t'), "{text}");
    Ok(())
}

async fn refuse(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    let section = ana.open_section("P1").await?;
    let rows = ana.activities(0).await?;
    let title = format!("{section}/activities/{}/title", rows[0]);
    let table = Table(&ana);
    table.focus(&rows[0], "title").await?;
    ana.keys("Here already").await?;
    table.press(Key::Escape).await?;
    table.focus(&rows[0], "title").await?;
    ana.keys("Here").await?;
    ana.enter().await?;
    // Ten thousand rows, and a cell that is longer than any text.
    for text in ["a\tb\n".repeat(10_000), format!("{}\tb", "x".repeat(200_000))] {
        table.focus(&rows[0], "title").await?;
        table.paste("", &text).await?;
        ana.until("the refusal", "return shown('dialog [role=alert]').length > 0", vec![]).await?;
        ana.press_named(word("close")).await?;
        ana.reads(&title, "Here").await?;
        ana.activities_are(0, &rows).await?;
    }
    // Months outside the plan and a name that is not there are said; right-to-left words and emoji are words.
    table.focus(&rows[0], "title").await?;
    table.paste("", "تدريب الوسيطات 🕊️\tNobody knows us\tNov 2025-Feb 2026\n").await?;
    ana.until("the preview", "return shown('.paste-table td').length > 0", vec![]).await?;
    let readings: Value = ana.look("return shown('.paste-table td').map((one) => one.dataset.reading)", vec![]).await?;
    ensure!(readings == json!(["read", "unknown", "refused"]), "{readings}");
    ana.press_on("[data-action=paste]").await?;
    ana.reads(&title, "تدريب الوسيطات 🕊️").await?;
    ana.until(
        "the new organisation",
        "return field(arguments[0] + '/lead').innerText.trim() === 'Nobody knows us'",
        vec![json!(format!("{section}/activities/{}", rows[0]))],
    )
    .await
    .map(drop)
}

async fn columns(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.join(&stage.server.facilitator_link(), ANA).await?;
    ana.open_section("P1").await?;
    let heading = |key: &str| format!("return shown(\".grid [data-heading='{key}']\").length > 0");
    ana.press_on("[data-action=columns]").await?;
    ana.press_on("[data-column-choice=partners]").await?;
    ana.until("the partners", &heading("partners"), vec![]).await?;
    ana.press_on("[data-column-choice=lead]").await?;
    ana.until("no lead", "return shown(\".grid [data-heading='lead']\").length === 0", vec![]).await?;
    Table(&ana).press(Key::Escape).await?;
    let widen = "const at = shown(\".grid [data-heading='title'] .resize\")[0]; at.focus(); return document.activeElement === at";
    ana.until("the edge of the title", widen, vec![]).await?;
    let width = "return shown(\".grid [data-heading='months']\")[0].getBoundingClientRect().left";
    let before = ana.look(width, vec![]).await?.as_f64().unwrap_or_default();
    for _ in 0..40 {
        Table(&ana).press(Key::Right).await?;
    }
    ana.until("a wider column", &format!("{width} > arguments[0] + 20"), vec![json!(before)]).await?;
    let wide = ana.look(width, vec![]).await?;
    ana.reload().await?;
    ana.until("the partners again", &heading("partners"), vec![]).await?;
    ana.until("the width again", &format!("{width} === arguments[0]"), vec![wide]).await.map(drop)
}
