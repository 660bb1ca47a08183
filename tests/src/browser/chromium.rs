//! One person's browser.

use std::fs;
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver, WindowHandle};

use super::driver::Driver;
use super::size::Size;
use super::wait;
use super::words::word;

const ARGUMENTS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-first-run",
    "--no-default-browser-check",
    "--hide-scrollbars",
    "--lang=en",
];

/// How often a browser is started before that counts as a failure.
const ATTEMPTS: u32 = 3;

/// A browser with a profile of its own, which it keeps when it is closed and opened again. A clone is the same one.
#[derive(Clone)]
pub struct Browser {
    shared: Arc<Shared>,
}

struct Shared {
    who: String,
    size: Size,
    driver: String,
    chromium: String,
    profile: TempDir,
    session: Mutex<Option<WebDriver>>,
}

impl Browser {
    pub(crate) async fn open(driver: &Driver, who: &str, size: Size) -> Result<Self> {
        let (url, chromium) = (driver.url().to_owned(), driver.chromium().display().to_string());
        let (who, profile) = (who.to_owned(), tempfile::tempdir()?);
        let browser = Self { shared: Arc::new(Shared { who, size, driver: url, chromium, profile, session: Mutex::new(None) }) };
        browser.reopen().await?;
        Ok(browser)
    }

    /// Whose it is.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.shared.who
    }

    /// Its screen.
    #[must_use]
    pub fn size(&self) -> Size {
        self.shared.size
    }

    /// Closes it, as a person does: its profile stays.
    ///
    /// # Errors
    /// When it does not answer.
    pub async fn close(&self) -> Result<()> {
        let session = self.session().take();
        if let Some(session) = session {
            session.quit().await.with_context(|| format!("cannot close {}'s browser", self.who()))?;
        }
        Ok(())
    }

    /// Opens it again, with an empty page.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn reopen(&self) -> Result<()> {
        self.close().await?;
        let mut attempts = 1;
        let session = loop {
            match WebDriver::new(&*self.shared.driver, self.capabilities()?).await {
                Ok(session) => break session,
                // On a busy machine a browser may be too slow for its driver; that says nothing about Hamutuk.
                Err(_) if attempts < ATTEMPTS => attempts += 1,
                Err(error) => return Err(error).with_context(|| format!("cannot open {}'s browser", self.who())),
            }
        };
        *self.session() = Some(session);
        Ok(())
    }

    /// What drives it.
    ///
    /// # Errors
    /// When it is closed.
    pub fn web(&self) -> Result<WebDriver> {
        self.session().clone().with_context(|| format!("{}'s browser is closed", self.who()))
    }

    /// Asks the browser itself for something (Chrome DevTools Protocol).
    ///
    /// # Errors
    /// When it refuses.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Result<Value> {
        self.web()?.cdp().send_raw(method, parameters).await.with_context(|| format!("{method} in {}'s browser", self.who()))
    }

    /// Runs this before every page of this browser, as long as it is open.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn before_pages(&self, script: &str) -> Result<()> {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(())
    }

    /// Takes the network away, or gives it back.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn set_offline(&self, offline: bool) -> Result<()> {
        self.devtools("Network.enable", json!({})).await?;
        let none = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.devtools("Network.emulateNetworkConditions", none).await?;
        Ok(())
    }

    /// Presses "save a copy" and gives what was saved.
    ///
    /// # Errors
    /// When nothing is saved.
    pub async fn save_copy(&self) -> Result<Vec<u8>> {
        let directory = tempfile::tempdir()?;
        let allow = json!({ "behavior": "allow", "downloadPath": directory.path() });
        self.devtools("Page.setDownloadBehavior", allow).await?;
        self.press_named(word("nav_save_copy")).await?;
        wait::until(&format!("{}: the saved copy", self.who()), async || {
            let files = fs::read_dir(directory.path())?.collect::<std::io::Result<Vec<_>>>()?;
            let done = files.into_iter().find(|file| file.path().extension().is_some_and(|extension| extension == "automerge"));
            let read = done.map(|file| fs::read(file.path())).transpose()?;
            // Chromium keeps the name with an empty file, until it puts what it has downloaded in its place.
            Ok(read.filter(|bytes| !bytes.is_empty()))
        })
        .await
    }

    /// The tab that is driven.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn tab(&self) -> Result<WindowHandle> {
        Ok(self.web()?.window().await?)
    }

    /// Opens another tab and goes there.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn new_tab(&self) -> Result<WindowHandle> {
        let tab = self.web()?.new_tab().await?;
        self.go_to_tab(&tab).await?;
        Ok(tab)
    }

    /// Goes to another tab.
    ///
    /// # Errors
    /// When it is gone.
    pub async fn go_to_tab(&self, tab: &WindowHandle) -> Result<()> {
        self.web()?.switch_to_window(tab.clone()).await?;
        self.devtools("Page.bringToFront", json!({})).await.map(drop)
    }

    fn session(&self) -> std::sync::MutexGuard<'_, Option<WebDriver>> {
        self.shared.session.lock().expect("nothing panics while it holds the lock")
    }

    fn capabilities(&self) -> Result<ChromeCapabilities> {
        let Size { width, height, is_touch, .. } = self.size();
        let mut capabilities = ChromeCapabilities::new();
        capabilities.set_binary(&self.shared.chromium)?;
        for argument in ARGUMENTS {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--user-data-dir={}", self.shared.profile.path().display()))?;
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        capabilities.add_experimental_option("prefs", json!({ "intl.accept_languages": "en" }))?;
        // The whole of the size is the page's; a window would have bars of its own.
        let ratio = if is_touch { 2.0 } else { 1.0 };
        let metrics = json!({ "width": width, "height": height, "pixelRatio": ratio, "touch": is_touch, "mobile": is_touch });
        capabilities.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": metrics }))?;
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        Ok(capabilities)
    }
}
