//! What is kept of a test that failed: pictures, console, words, and the server's log.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::chromium::Browser;
use super::hamutuk::Hamutuk;
use crate::process::target_dir;

/// Where pictures and logs go: `target/browser`.
pub(super) fn directory() -> PathBuf {
    target_dir().unwrap_or_else(|_| PathBuf::from("target")).join("browser")
}

/// Keeps what can be kept, and says where.
pub(super) async fn keep(test: &str, browsers: &[Browser], server: &Hamutuk) -> String {
    let directory = directory().join(test.replace("::", "-"));
    let mut said = format!("{test} failed; pictures and logs are in target/browser/{}", test.replace("::", "-"));
    // Each part is worth having without the others.
    let _ = fs::remove_dir_all(&directory);
    let _ = fs::create_dir_all(&directory);
    let _ = fs::write(directory.join("server.log"), server.log());
    for browser in browsers {
        let name = browser.who().replace(' ', "-");
        if let Err(error) = keep_one(browser, &directory, &name).await {
            said.push_str(&format!("\n  ({}'s browser: {error:#})", browser.who()));
            continue;
        }
        let log = console(browser).await.unwrap_or_default();
        let _ = fs::write(directory.join(format!("{name}.log")), log.join("\n"));
        for line in log.iter().rev().take(5).rev() {
            said.push_str(&format!("\n  {}: {line}", browser.who()));
        }
    }
    said
}

async fn keep_one(browser: &Browser, directory: &Path, name: &str) -> Result<()> {
    let web = browser.web()?;
    web.screenshot(&directory.join(format!("{name}.png"))).await?;
    let page = browser.look("return location.href + '\\n' + document.documentElement.outerHTML", vec![]).await?;
    fs::write(directory.join(format!("{name}.html")), page.as_str().unwrap_or_default())?;
    Ok(())
}

/// What the page said to the console since the last look.
async fn console(browser: &Browser) -> Result<Vec<String>> {
    let entries = browser.web()?.browser_log().await?;
    Ok(entries.into_iter().map(|entry| format!("{} {}", entry.level, entry.message)).collect())
}

impl Browser {
    /// Saves a picture of what it shows under `target/browser/shots`, for people to look at.
    ///
    /// # Errors
    /// When it cannot be taken or written.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let directory = directory().join("shots");
        fs::create_dir_all(&directory)?;
        self.web()?.screenshot(&directory.join(format!("{name}.png"))).await?;
        Ok(())
    }

    /// The errors that the page said to the console since the last look, other than those of a lost network.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn complaints(&self) -> Result<Vec<String>> {
        let all = console(self).await?;
        Ok(all.into_iter().filter(|line| line.starts_with("SEVERE") && !line.contains("net::ERR_")).collect())
    }
}
