//! What a first visit downloads: printed, and kept under a limit.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::{dist, fingerprint};

/// What a first visit may download. Mobile data costs two dollars for a gigabyte, at a few megabits a second.
const FIRST_VISIT_BYTES_MAX: u64 = 600_000;

/// Prints the size of each file and their sum.
///
/// # Errors
/// When the sum is above the limit, though wasm-opt has made the client as small as it can be.
pub(crate) fn report(dist: &Path, is_optimised: bool) -> Result<()> {
    let mut total = 0;
    println!("    {:<48} {:>10} {:>10}", "file", "bytes", "sent");
    for path in fingerprint::files(dist)? {
        if path.extension().is_some_and(|extension| extension == "br") {
            continue;
        }
        let bytes = fs::metadata(&path)?.len();
        let sent = fs::metadata(dist::brotli_of(&path)).map_or(bytes, |metadata| metadata.len());
        println!("    {:<48} {bytes:>10} {sent:>10}", path.strip_prefix(dist)?.display());
        total += sent;
    }
    println!("    {:<48} {:>10} {total:>10}", "first visit, in total", "");
    ensure!(total <= FIRST_VISIT_BYTES_MAX || !is_optimised, "a first visit downloads {total} bytes; the limit is {FIRST_VISIT_BYTES_MAX}");
    Ok(())
}
