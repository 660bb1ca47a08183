//! The server of a stage: a process that several people's browsers share, and that a test can kill and start again.

use std::fs;

use anyhow::{Context, Result, ensure};
use hamutuk_shared::access::Role;
use tempfile::TempDir;
use tokio::sync::Mutex;

use crate::door::Door;
use crate::process::{ServerProcess, Setup, hamutuk};

/// A server, its data and its first plan. It ends when this is dropped.
pub struct Hamutuk {
    home: TempDir,
    door: Door,
    running: Mutex<Option<ServerProcess>>,
}

impl Hamutuk {
    /// Starts one with a new plan, and waits until people can connect.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let process = Setup::new(home.path()).start().await?;
        Ok(Self { home, door: process.door().clone(), running: Mutex::new(Some(process)) })
    }

    /// The address of its pages: one that a browser trusts with a service worker, also without https.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.door.address)
    }

    /// The way in for who comes without a browser.
    #[must_use]
    pub const fn door(&self) -> &Door {
        &self.door
    }

    /// The first plan.
    #[must_use]
    pub fn plan(&self) -> String {
        self.door.plan.to_string()
    }

    /// The address of the first plan, without a token.
    #[must_use]
    pub fn plan_url(&self) -> String {
        format!("{}/p/{}", self.url(), self.door.plan)
    }

    /// The link that makes somebody this.
    #[must_use]
    pub fn link(&self, role: Role) -> String {
        let token = match role {
            Role::Facilitator => &self.door.facilitator,
            Role::Editor => &self.door.editor,
            role => panic!("there is no link for a {} from the start", role.as_str()),
        };
        format!("{}#{token}", self.plan_url())
    }

    /// The link of the facilitator.
    #[must_use]
    pub fn facilitator_link(&self) -> String {
        self.link(Role::Facilitator)
    }

    /// The link of everybody who writes.
    #[must_use]
    pub fn editor_link(&self) -> String {
        self.link(Role::Editor)
    }

    /// What it has printed and logged since it was last started.
    #[must_use]
    pub fn log(&self) -> String {
        fs::read_to_string(self.home.path().join("output.txt")).unwrap_or_default()
    }

    /// Ends it with SIGKILL: it has no time for anything.
    ///
    /// # Errors
    /// When it is not running.
    pub async fn kill(&self) -> Result<()> {
        let process = self.running.lock().await.take().context("the server is not running")?;
        process.kill().await?;
        Ok(())
    }

    /// Starts it again, on the same port and the same data.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn restart(&self) -> Result<()> {
        let process = Setup::new(self.home.path()).resume(self.door.clone()).await?;
        self.running.lock().await.replace(process);
        Ok(())
    }

    /// Makes another link to the first plan. The server may run.
    ///
    /// # Errors
    /// When the command fails.
    pub async fn new_link(&self, role: Role) -> Result<String> {
        let data = Setup::new(self.home.path()).data();
        let data = data.to_str().context("the data is in a directory with a plain name")?;
        let said = hamutuk(["link", "new", "--role", role.as_str(), "--data", data]).await?;
        let token = said.split_whitespace().find_map(|word| Some(word.split_once('#')?.1)).with_context(|| format!("no link in {said}"))?;
        Ok(format!("{}#{token}", self.plan_url()))
    }

    /// Revokes the editors' link. The server must be stopped.
    ///
    /// # Errors
    /// When the commands fail.
    pub async fn revoke_editor_link(&self) -> Result<()> {
        let data = Setup::new(self.home.path()).data();
        let data = data.to_str().context("the data is in a directory with a plain name")?;
        let list = hamutuk(["link", "list", "--data", data]).await?;
        let editors: Vec<&str> = list.lines().filter(|line| line.contains(Role::Editor.as_str())).collect();
        ensure!(editors.len() == 1, "the editors' link is not plain from:\n{list}");
        let hash = editors[0].split_whitespace().next().context("a line begins with a hash")?;
        hamutuk(["link", "revoke", hash, "--data", data]).await.map(drop)
    }
}
