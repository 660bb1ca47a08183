//! Opens a link in this machine's browser, if it has one.

use std::process::{Command, Stdio};

/// Tries; if it does not work, the link is on the screen.
pub(super) fn open(link: &str) {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program).args(arguments).arg(link).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        eprintln!("hamutuk: cannot open a browser with {program}; open the link above yourself");
    }
}
