//! The real `hamutuk`, as a process that can be killed.

mod binary;
mod usage;

use std::ffi::OsString;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;
use serde::Deserialize;
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep};

use crate::door::{Door, Joined, token_of};
use crate::wait::PATIENCE;

pub use binary::{binary, target_dir};
pub use usage::{Usage, peak_bytes, reset_peak, rss_bytes};

const LOOK_EVERY: Duration = Duration::from_millis(2);
/// How long to wait for a port that is taken before the next try.
const TAKEN_PAUSE: Duration = Duration::from_millis(100);

/// A running server process. It is killed when it is dropped.
pub struct ServerProcess {
    child: Child,
    door: Door,
    setup: Setup,
}

/// How the process is started, again and again.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The directory of the data and of everything beside it.
    dir: PathBuf,
    /// A program that starts the server, and its arguments: `strace`, say.
    wrapper: Vec<OsString>,
    /// Options of `serve`.
    options: Vec<OsString>,
    variables: Vec<(OsString, OsString)>,
}

#[derive(Deserialize)]
struct Ready {
    port: u16,
    plan: Option<PlanId>,
    facilitator_link: Option<String>,
    editor_link: Option<String>,
}

impl Setup {
    /// A server that keeps everything in `dir`, which outlives it.
    #[must_use]
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), wrapper: Vec::new(), options: Vec::new(), variables: Vec::new() }
    }

    /// Started by another program, which must become the server's parent without standing between it and the test.
    #[must_use]
    pub fn wrapped(mut self, wrapper: impl IntoIterator<Item = impl Into<OsString>>) -> Self {
        self.wrapper = wrapper.into_iter().map(Into::into).collect();
        self
    }

    /// With an option of `serve` more, and its value.
    #[must_use]
    pub fn option(mut self, name: &str, value: &str) -> Self {
        self.options.extend([name.into(), value.into()]);
        self
    }

    /// With a variable in its environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// What the server said since it was started last, on both ways out.
    ///
    /// # Errors
    /// When it was never started.
    pub fn output(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(&fs::read(self.dir.join("output.txt"))?).into_owned())
    }

    /// Where the data is.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.dir.join("data")
    }

    /// Starts the server on a directory without data, and waits until it is ready.
    ///
    /// # Errors
    /// When it does not get ready; with what it said.
    pub async fn start(self) -> Result<ServerProcess> {
        let (child, ready) = self.launch(0).await?;
        let plan = ready.plan.context("the data held a plan already")?;
        let facilitator = token_of(&ready.facilitator_link.context("no facilitator's link")?)?;
        let editor = token_of(&ready.editor_link.context("no editor's link")?)?;
        let door = Door { address: local(ready.port), plan, facilitator, editor };
        Ok(ServerProcess { child, door, setup: self })
    }

    /// Starts the server on data that holds the plan of `door` already, on the same port; on any, if that is 0.
    ///
    /// # Errors
    /// When it does not get ready; with what it said.
    pub async fn resume(self, door: Door) -> Result<ServerProcess> {
        let deadline = Instant::now() + PATIENCE;
        let (child, ready) = loop {
            match self.launch(door.address.port()).await {
                // While the server was gone, another test was given its port: it gives it back soon.
                Err(error) if error.to_string().contains("is taken") && Instant::now() < deadline => sleep(TAKEN_PAUSE).await,
                launched => break launched?,
            }
        };
        let door = Door { address: local(ready.port), ..door };
        Ok(ServerProcess { child, door, setup: self })
    }

    async fn launch(&self, port: u16) -> Result<(Child, Ready)> {
        fs::create_dir_all(&self.dir)?;
        let (ready_file, output) = (self.dir.join("ready.json"), self.dir.join("output.txt"));
        let _ = fs::remove_file(&ready_file);
        let said = fs::File::create(&output)?;
        let mut words = self.wrapper.iter().cloned().chain([OsString::from(binary()?)]);
        let mut command = Command::new(words.next().context("a command has a first word")?);
        command.args(words).args(["serve", "--listen", &local(port).to_string()]);
        command.arg("--data").arg(self.data()).arg("--ready-file").arg(&ready_file);
        command.args(&self.options).envs(self.variables.iter().cloned());
        command.stdin(Stdio::null()).stdout(said.try_clone()?).stderr(said).kill_on_drop(true);
        let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(bytes) = fs::read(&ready_file) {
                return Ok((child, serde_json::from_slice(&bytes)?));
            }
            if let Some(status) = child.try_wait()? {
                bail!("the server ended before it was ready ({status}): {}", tail(&output));
            }
            ensure!(Instant::now() < deadline, "the server did not get ready in {PATIENCE:?}: {}", tail(&output));
            sleep(LOOK_EVERY).await;
        }
    }
}

impl ServerProcess {
    /// How to get in.
    #[must_use]
    pub const fn door(&self) -> &Door {
        &self.door
    }

    /// Joins with the link of a role.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn join(&self, role: Role, name: &str) -> Result<Joined> {
        self.door.join(role, name).await
    }

    /// The number of the process.
    ///
    /// # Errors
    /// When it has ended.
    pub fn pid(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// What it uses now.
    ///
    /// # Errors
    /// When it has ended.
    pub fn usage(&self) -> Result<Usage> {
        Usage::of(self.pid()?)
    }

    /// Kills it at once, as a loss of power would, except that what the kernel was given is not lost.
    ///
    /// # Errors
    /// When it has ended by itself.
    pub async fn kill(mut self) -> Result<(Setup, Door)> {
        if let Some(status) = self.child.try_wait()? {
            bail!("the server ended by itself ({status}): {}", tail(&self.setup.dir.join("output.txt")));
        }
        self.child.kill().await?;
        Ok((self.setup, self.door))
    }

    /// Asks it to stop and waits until it has.
    ///
    /// # Errors
    /// When it does not, or says that something failed.
    pub async fn stop(mut self) -> Result<(Setup, Door)> {
        let pid = i32::try_from(self.pid()?).ok().and_then(rustix::process::Pid::from_raw).context("not a process id")?;
        rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.context("the server does not stop")??;
        ensure!(status.success(), "the server ended with {status}: {}", tail(&self.setup.dir.join("output.txt")));
        Ok((self.setup, self.door))
    }
}

/// Runs a command of `hamutuk` to its end, and gives what it said.
///
/// # Errors
/// When it fails; with what it said.
pub async fn hamutuk(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<String> {
    let output = Command::new(binary()?).args(arguments.into_iter().map(Into::into)).stdin(Stdio::null()).output().await?;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    ensure!(output.status.success(), "hamutuk ended with {}: {said}", output.status);
    Ok(said)
}

fn local(port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], port))
}

fn tail(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| format!("(nothing to read: {error})"))
}
