//! The commands of `hamutuk`. Each says what it did on stdout, and fails with one line on stderr.

/// Prints a line. Where nobody reads any more (`| head`), that is no failure.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

pub mod audit;
pub mod backup;
mod expiry;
pub mod link;
pub mod plan;
pub mod restore;
pub mod serve;
pub mod verify;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Parser, Subcommand, ValueEnum};
use hamutuk_shared::plan::Language;

use crate::admin::{Admin, Order, Outcome};
use crate::control::{self, ControlError};
use crate::links::Links;
use crate::store::sled::{Purpose, SledSettings};
use crate::store::{SledStore, Store, StoreError};

/// Hamutuk: a workplan that a room full of organisations writes together.
#[derive(Debug, Parser)]
#[command(name = "hamutuk", version, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the plans to everybody who has a link. With no plan yet, make the first.
    Serve(serve::Args),
    /// Make plans, and list them.
    #[command(subcommand)]
    Plan(plan::Command),
    /// Make links to plans, list and revoke them.
    #[command(subcommand)]
    Link(link::Command),
    /// Show the audit log of a plan: who joined, what links were made and revoked, what was denied.
    Audit(audit::Args),
    /// Check all that is stored.
    Verify(verify::Args),
    /// Copy everything into one file.
    Backup(backup::Args),
    /// Fill a new directory from a backup.
    Restore(restore::Args),
}

/// Does what the command line asks for.
///
/// # Errors
/// When it cannot be done; the error is one line that says what to do.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve(args) => serve::run(args).await,
        Command::Plan(command) => plan::run(command).await,
        Command::Link(command) => link::run(command).await,
        Command::Audit(args) => audit::run(args).await,
        Command::Verify(args) => verify::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
    }
}

/// Where the plans are.
#[derive(Debug, Clone, clap::Args)]
pub struct DataArgs {
    /// The directory that holds the plans.
    #[arg(long, env = "HAMUTUK_DATA", value_name = "DIR", default_value = "hamutuk-data")]
    pub data: PathBuf,
}

/// The language of a plan's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ContentLanguage {
    /// English
    En,
    /// Tetum
    Tet,
    /// Portuguese
    Pt,
    /// Indonesian
    Id,
}

impl From<ContentLanguage> for Language {
    fn from(language: ContentLanguage) -> Self {
        match language {
            ContentLanguage::En => Self::En,
            ContentLanguage::Tet => Self::Tet,
            ContentLanguage::Pt => Self::Pt,
            ContentLanguage::Id => Self::Id,
        }
    }
}

/// Has something done: here, or by the server that has the data.
async fn carry_out(purpose: Purpose, data: &Path, base_url: String, order: Order) -> anyhow::Result<Outcome> {
    match open_for(purpose, data).await {
        Ok(store) => {
            let store: Arc<dyn Store> = Arc::new(store);
            let admin = Admin { links: Links::new(Arc::clone(&store), None), store, base_url: base_url.into() };
            Ok(admin.carry_out(order).await?)
        }
        Err(error) if matches!(error.downcast_ref(), Some(StoreError::InUse(_))) => match control::ask(data, order).await {
            Err(ControlError::Nobody) => Err(error),
            asked => Ok(asked?),
        },
        Err(error) => Err(error),
    }
}

/// What a server of the same version never answers.
fn unexpected() -> anyhow::Error {
    ControlError::Malformed.into()
}

/// Opens the data, off the threads that must not wait; makes it if it is not there.
async fn open(dir: &Path) -> anyhow::Result<SledStore> {
    open_for(Purpose::Serve, dir).await
}

async fn open_for(purpose: Purpose, dir: &Path) -> anyhow::Result<SledStore> {
    let dir = dir.to_owned();
    let opened = tokio::task::spawn_blocking(move || SledStore::open_for(purpose, &dir, &SledSettings::default()));
    Ok(opened.await.context("opening the data stopped")??)
}

/// An error and its causes as one line. A cause that the text before it names already is left out.
#[must_use]
pub fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if !line.contains(&cause) {
            line += if line.is_empty() { "" } else { ": " };
            line += &cause;
        }
    }
    line.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound_and_documented() {
        let command = Cli::command();
        command.clone().debug_assert();
        check_documented(&command);
    }

    fn check_documented(command: &clap::Command) {
        for argument in command.get_arguments().filter(|argument| argument.get_id() != "help" && argument.get_id() != "version") {
            assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
        }
        for inner in command.get_subcommands() {
            assert!(inner.get_about().is_some(), "{}", inner.get_name());
            check_documented(inner);
        }
    }

    #[test]
    fn an_error_is_one_line_that_says_nothing_twice() {
        let cause = std::io::Error::other("no\nspace");
        let error = anyhow::Error::new(cause).context("writing failed: no\nspace; free some").context("cannot start");
        assert_eq!(one_line(&error), "cannot start: writing failed: no space; free some");
    }
}
