//! On what it was measured, and when.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result};
use serde::Serialize;

/// This machine, now.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    pub(crate) cores: usize,
    pub(crate) processor: String,
    pub(crate) kernel: String,
    pub(crate) date_utc: String,
}

impl Machine {
    pub(crate) fn of_this() -> Result<Self> {
        let cpuinfo = fs::read_to_string("/proc/cpuinfo")?;
        let model = cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
        let date = Command::new("date").args(["-u", "+%Y-%m-%dT%H:%M:%SZ"]).output().context("there is no date command")?;
        Ok(Self {
            cores: std::thread::available_parallelism()?.get(),
            processor: model.map(|(_, model)| model.trim().to_owned()).unwrap_or_default(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")?.trim().to_owned(),
            date_utc: String::from_utf8_lossy(&date.stdout).trim().to_owned(),
        })
    }
}
