//! Chromium and its driver, for the tests that need a browser.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::system;

/// A browser, and the program that drives it.
pub(crate) struct Browser {
    chromium: PathBuf,
    driver: PathBuf,
}

impl Browser {
    /// Tells the tests where both are.
    pub(crate) fn set(&self, command: &mut Command) {
        command.env("HAMUTUK_BROWSER", "1").env("CHROMIUM", &self.chromium).env("CHROMEDRIVER", &self.driver);
    }
}

/// Installs what is missing.
///
/// # Errors
/// When that is not possible; the message says what to install.
pub(crate) fn ensure() -> Result<Browser> {
    let why = "for the tests in a browser";
    Ok(Browser {
        chromium: system::require("chromium", "chromium", why)?,
        driver: system::require("chromedriver", "chromium-driver", why)?,
    })
}
