//! What a process uses, from `/proc`.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// How much a process has used up to now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// The memory that it holds now.
    pub rss_bytes: u64,
    /// The time that it has computed, in user and system mode.
    pub cpu: Duration,
}

impl Usage {
    /// Of a process.
    ///
    /// # Errors
    /// When there is no such process.
    pub fn of(pid: u32) -> Result<Self> {
        Ok(Self { rss_bytes: rss_bytes(pid)?, cpu: cpu(pid)? })
    }
}

/// The memory that a process holds now.
///
/// # Errors
/// When there is no such process.
pub fn rss_bytes(pid: u32) -> Result<u64> {
    status_bytes(pid, "VmRSS:")
}

/// The most memory that a process has held since [`reset_peak`].
///
/// # Errors
/// When there is no such process.
pub fn peak_bytes(pid: u32) -> Result<u64> {
    status_bytes(pid, "VmHWM:")
}

/// From now on, [`peak_bytes`] counts anew.
///
/// # Errors
/// When there is no such process.
pub fn reset_peak(pid: u32) -> Result<()> {
    Ok(fs::write(format!("/proc/{pid}/clear_refs"), "5")?)
}

fn status_bytes(pid: u32, name: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).with_context(|| format!("a process has {name}"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}

/// Of all threads, those that have ended too. In ticks of 10 ms, so measure for some seconds.
fn cpu(pid: u32) -> Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name of the program, in brackets, may hold anything.
    let (_, fields) = text.rsplit_once(')').context("a process has a name")?;
    // From the third field on: user time is the fourteenth, system time the fifteenth.
    let ticks: u64 = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>).sum::<Result<_, _>>()?;
    Ok(Duration::from_millis(ticks * 1000 / rustix::param::clock_ticks_per_second()))
}
