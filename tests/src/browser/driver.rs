//! The program that drives the browsers.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// Ends the driver and the browsers that it started when this program ends in any way: then its standard input is closed.
const WATCHED: &str = r#"
    "$@" & driver=$!
    cat >/dev/null
    kill $(cat /proc/$driver/task/*/children) $driver
    wait $driver
"#;

/// One driver for all browsers of a test run, on a port of its own. It ends when this is dropped.
pub struct Driver {
    child: Child,
    url: String,
    chromium: PathBuf,
}

impl Driver {
    /// Starts it, and waits until it listens.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn start() -> Result<Self> {
        let (program, chromium) = (path("CHROMEDRIVER", "/usr/bin/chromedriver"), path("CHROMIUM", "/usr/bin/chromium"));
        let mut command = Command::new("sh");
        command.args(["-c", WATCHED, "sh"]).arg(&program).arg("--port=0");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().context("cannot start sh")?;
        let stdout = child.stdout.take().context("the output is piped")?;
        let mut lines = BufReader::new(stdout).lines();
        let Some(port) = lines.by_ref().map_while(Result::ok).find_map(|line| port(&line)) else {
            // Nothing can be said about an error here that is not said below.
            let _ = child.kill();
            bail!("{} did not start", program.display());
        };
        // It must never wait for somebody to read what it says.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, url: format!("http://127.0.0.1:{port}"), chromium })
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The browser that it drives.
    #[must_use]
    pub fn chromium(&self) -> &PathBuf {
        &self.chromium
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It has ended already, or ends now.
        let _ = self.child.wait();
    }
}

fn path(variable: &str, usual: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| usual.into(), PathBuf::from)
}

/// The port in "ChromeDriver was started successfully on port 40123."
fn port(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').parse().ok()
}
