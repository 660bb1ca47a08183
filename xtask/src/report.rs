//! What a test run did: counted, timed and summed up in a last line.

use std::fmt;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::command::shown;

/// How many tests passed, failed or were left out.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// Those that passed; a step without tests counts as one.
    pub(crate) passed: usize,
    /// Those that failed.
    pub(crate) failed: usize,
    /// Those marked `#[ignore]`.
    pub(crate) ignored: usize,
}

impl Count {
    /// A step that has no tests and went well.
    pub(crate) const ONE: Self = Self { passed: 1, failed: 0, ignored: 0 };

    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// What became of a step.
pub(crate) struct Outcome {
    /// Its name.
    pub(crate) step: &'static str,
    /// How long it took; none when it did not run, because an earlier one failed.
    pub(crate) time: Option<Duration>,
    /// What it counted.
    pub(crate) count: Count,
}

/// All steps, in order. Its text is a table whose last line is the sum.
pub(crate) struct Report(pub(crate) Vec<Outcome>);

impl Report {
    fn total(&self) -> Count {
        let mut total = Count::default();
        for outcome in &self.0 {
            total.add(outcome.count);
        }
        total
    }

    /// Whether nothing failed.
    pub(crate) fn is_success(&self) -> bool {
        self.total().failed == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<14} {:>8} {:>8} {:>8} {:>9}", "step", "passed", "failed", "ignored", "seconds")?;
        for Outcome { step, time, count } in &self.0 {
            let Some(time) = time else {
                writeln!(f, "{step:<14} {:>36}", "not run")?;
                continue;
            };
            writeln!(f, "{step:<14} {:>8} {:>8} {:>8} {:>9.1}", count.passed, count.failed, count.ignored, time.as_secs_f64())?;
        }
        let total = self.total();
        let failed = self.0.iter().filter(|outcome| outcome.count.failed > 0).count();
        let passed = self.0.iter().filter(|outcome| outcome.time.is_some()).count() - failed;
        writeln!(f, "{passed} steps passed, {failed} failed")?;
        write!(f, "{} passed, {} failed", total.passed, total.failed)
    }
}

/// Runs a `cargo test`, shows what it prints, and counts its tests into `count`.
///
/// # Errors
/// When it does not succeed, or ran no test at all.
pub(crate) fn tests(command: &mut Command, count: &mut Count) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn().with_context(|| format!("cannot start {}", shown(command)))?;
    let stdout = child.stdout.take().context("the output is piped")?;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        if let Some(counted) = parse(&line) {
            count.add(counted);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    ensure!(count.passed > 0, "{} ran no test", shown(command));
    Ok(())
}

/// `test result: ok. 3 passed; 0 failed; 1 ignored; …`
fn parse(line: &str) -> Option<Count> {
    let (_, counts) = line.trim().strip_prefix("test result: ")?.split_once(". ")?;
    let number = |name: &str| {
        let part = counts.split(';').find_map(|part| part.trim().strip_suffix(name))?;
        part.trim().parse().ok()
    };
    Some(Count { passed: number("passed")?, failed: number("failed")?, ignored: number("ignored")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(parse(line), Some(Count { passed: 12, failed: 3, ignored: 1 }));
        assert_eq!(parse("test result: ok. 1 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.00s"), Some(Count::ONE));
        assert_eq!(parse("test result::parses ... ok"), None);
        assert_eq!(parse("running 3 tests"), None);
    }

    #[test]
    fn the_last_line_is_the_sum() {
        let time = Some(Duration::from_millis(1500));
        let report = Report(vec![
            Outcome { step: "format", time, count: Count::ONE },
            Outcome { step: "test", time, count: Count { passed: 40, failed: 2, ignored: 0 } },
            Outcome { step: "browser", time: None, count: Count::default() },
        ]);
        assert!(!report.is_success());
        let text = report.to_string();
        assert_eq!(text.lines().last(), Some("41 passed, 2 failed"));
        assert!(text.contains("1 steps passed, 1 failed"));
        assert!(text.contains("not run"));
    }
}
