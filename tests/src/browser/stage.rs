//! One test: its server, its browsers, and what is kept of them when it fails.

use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex};

use anyhow::{Result, anyhow};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, join_all};

use super::chromium::Browser;
use super::driver::Driver;
use super::evidence;
use super::hamutuk::Hamutuk;
use super::size::Size;

/// What a test plays on. A clone is the same one.
#[derive(Clone)]
pub struct Stage {
    driver: Arc<Driver>,
    /// The name of the test.
    pub name: String,
    /// The screens of its people.
    pub size: Size,
    /// The server.
    pub server: Arc<Hamutuk>,
    browsers: Arc<Mutex<Vec<Browser>>>,
}

impl Stage {
    /// Plays `test` on a new stage. When it fails, what its browsers show and say is kept.
    ///
    /// # Errors
    /// When the test fails or panics.
    pub async fn play(driver: Arc<Driver>, name: &str, size: Size, test: fn(Self) -> LocalBoxFuture<'static, Result<()>>) -> Result<()> {
        let server = Arc::new(Hamutuk::start().await?);
        let stage = Self { driver, name: name.to_owned(), size, server, browsers: Arc::default() };
        let played = AssertUnwindSafe(test(stage.clone())).catch_unwind().await;
        let result = played.unwrap_or_else(|panic| Err(anyhow!("{}", words(&*panic))));
        let result = match result {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(evidence::keep(&stage.name, &stage.browsers(), &stage.server).await)),
        };
        // A test that has failed may have broken a browser too; the first error is the one to know.
        let closed = join_all(stage.browsers().iter().map(Browser::close)).await;
        result.and(closed.into_iter().collect())
    }

    /// Opens the browser of somebody.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn browser(&self, who: &str) -> Result<Browser> {
        self.browser_sized(who, self.size).await
    }

    /// Opens the browser of somebody with another screen.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn browser_sized(&self, who: &str, size: Size) -> Result<Browser> {
        let browser = Browser::open(&self.driver, who, size).await?;
        self.browsers.lock().expect("nothing panics while it holds the lock").push(browser.clone());
        Ok(browser)
    }

    fn browsers(&self) -> Vec<Browser> {
        self.browsers.lock().expect("nothing panics while it holds the lock").clone()
    }
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the test panicked").to_owned()
}
