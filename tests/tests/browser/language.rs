//! Every word in four languages, and the page says which one it is in.

use anyhow::{Context, Result};
use hamutuk_tests::browser::{LANGUAGES, PHONE, Stage, word_in};
use serde_json::json;

use super::{ANA, BOTH, Scenario};

pub(super) const ALL: &[Scenario] = &[
    Scenario { name: "the_language_changes", sizes: BOTH, play: |stage| Box::pin(language(stage)) },
    Scenario { name: "the_browser_s_language_is_the_first", sizes: &[PHONE], play: |stage| Box::pin(first(stage)) },
];

async fn language(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    // Before joining.
    ana.goto(&stage.server.editor_link()).await?;
    for language in ["tet", "pt", "id", "en"] {
        ana.press_on(&format!("button[lang={language}]")).await?;
        ana.sees(word_in(language, "join_name_hint")).await?;
        ana.until("the page's language", "return document.documentElement.lang === arguments[0]", vec![json!(language)]).await?;
    }
    ana.join(&stage.server.editor_link(), ANA).await?;
    // In the plan: also what the template says, and what screen readers hear.
    let mut now = "en";
    for language in LANGUAGES.into_iter().cycle().skip(1).take(LANGUAGES.len()) {
        let button = word_in(now, if ana.size() == PHONE { "nav_more" } else { "nav_language" });
        ana.press_named(button).await.with_context(|| format!("in {now}"))?;
        ana.press_on(&format!("button[lang={language}]")).await?;
        ana.until("the page's language", "return document.documentElement.lang === arguments[0]", vec![json!(language)]).await?;
        ana.sees(word_in(language, "help_safety")).await?;
        ana.sees(word_in(language, "receipt_received")).await?;
        let label = "return field('meta/title').getAttribute('aria-label') === arguments[0]";
        ana.until("the name of the title", label, vec![json!(word_in(language, "plan_title"))]).await?;
        ana.fits(&format!("the plan in {language}")).await?;
        now = language;
    }
    // It is remembered.
    ana.press_named(word_in("en", if ana.size() == PHONE { "nav_more" } else { "nav_language" })).await?;
    ana.press_on("button[lang=tet]").await?;
    ana.until("the page's language", "return document.documentElement.lang === 'tet'", vec![]).await?;
    ana.close().await?;
    ana.reopen().await?;
    ana.goto(&stage.server.plan_url()).await?;
    ana.sees(word_in("tet", "receipt_received")).await
}

/// A browser that asks for Portuguese as in Timor-Leste, and never gets the words of Tetum.
const PORTUGUESE: &str = "Object.defineProperty(navigator, 'languages', { get: () => ['xx', 'pt-TL', 'en'] });
const real = window.fetch;
window.fetch = (what, ...rest) => String(what).includes('words-tet') ? Promise.reject(new TypeError('no network')) : real(what, ...rest);";

async fn first(stage: Stage) -> Result<()> {
    let ana = stage.browser("Ana").await?;
    ana.before_pages(PORTUGUESE).await?;
    ana.goto(&stage.server.editor_link()).await?;
    ana.sees(word_in("pt", "join_name_hint")).await?;
    // What cannot be had is said, and the screen stays as it is.
    ana.press_on("button[lang=tet]").await?;
    ana.sees(word_in("pt", "language_not_here")).await?;
    ana.sees(word_in("pt", "join_name_hint")).await?;
    ana.press_on("button[lang=id]").await?;
    ana.sees(word_in("id", "join_name_hint")).await
}
