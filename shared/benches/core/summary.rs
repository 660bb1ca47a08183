//! The means of all benchmarks in one file, with the unit in the name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// The directory that cargo builds into: the program is in its `release/deps`.
pub(crate) fn target_dir() -> PathBuf {
    let own = std::env::current_exe().expect("a program knows where it is");
    own.ancestors().nth(3).expect("cargo builds into a target directory").to_owned()
}

/// Gathers what criterion has written below `target/criterion` into `target/bench/core.json`.
pub(crate) fn write(target: &Path) -> io::Result<()> {
    let mut found = Vec::new();
    gather(&target.join("criterion"), &mut found)?;
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let rows: Vec<Value> = found.into_iter().map(|(name, mean_us)| json!({ "name": name, "mean_us": mean_us })).collect();
    fs::create_dir_all(target.join("bench"))?;
    fs::write(target.join("bench/core.json"), format!("{:#}\n", json!({ "benchmarks": rows })))
}

fn gather(dir: &Path, found: &mut Vec<(String, f64)>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        if path.ends_with("new") {
            let name = read(&path.join("benchmark.json"), "/full_id").and_then(|name| Some(name.as_str()?.to_owned()));
            let mean_ns = read(&path.join("estimates.json"), "/mean/point_estimate").and_then(|mean| mean.as_f64());
            found.extend(name.zip(mean_ns.map(|mean| (mean / 10.0).round() / 100.0)));
        } else if path.is_dir() {
            gather(&path, found)?;
        }
    }
    Ok(())
}

fn read(path: &Path, pointer: &str) -> Option<Value> {
    serde_json::from_slice::<Value>(&fs::read(path).ok()?).ok()?.pointer(pointer).cloned()
}
