//! What a visit downloads: printed, and kept under its limits.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use crate::{dist, fingerprint, split, words};

/// What a first visit may download before somebody can write into the texts of the plan. Mobile data costs two dollars for a gigabyte, at a few megabits a second.
const FIRST_VISIT_BYTES_MAX: u64 = 600_000;

/// What the second program may be, which comes behind it while people read and write.
const LATER_BYTES_MAX: u64 = 300_000;

/// What the third may be, which comes behind the second.
const BESIDE_BYTES_MAX: u64 = 350_000;

/// Prints the size of each file and their sum.
///
/// # Errors
/// When a sum is above its limit, though wasm-opt has made the client as small as it can be.
pub(crate) fn report(dist: &Path, is_optimised: bool) -> Result<()> {
    let (mut first, mut later, mut beside, mut words) = (0, 0, 0, 0);
    println!("    {:<48} {:>10} {:>10}", "file", "bytes", "sent");
    for path in fingerprint::files(dist)? {
        if path.extension().is_some_and(|extension| extension == "br") {
            continue;
        }
        let bytes = fs::metadata(&path)?.len();
        let sent = fs::metadata(dist::brotli_of(&path)).map_or(bytes, |metadata| metadata.len());
        let name = path.strip_prefix(dist)?.display().to_string();
        println!("    {name:<48} {bytes:>10} {sent:>10}");
        if name.starts_with(words::PREFIX) {
            words = words.max(sent);
        } else if name.starts_with(split::SECOND) {
            later += sent;
        } else if name.starts_with(split::THIRD) {
            beside += sent;
        } else {
            first += sent;
        }
    }
    // A page has the words of one language.
    first += words;
    println!("    {:<48} {:>10} {first:>10}", "first visit, until one can type", "");
    println!("    {:<48} {:>10} {later:>10}", "behind it", "");
    println!("    {:<48} {:>10} {beside:>10}", "behind that", "");
    ensure!(first <= FIRST_VISIT_BYTES_MAX || !is_optimised, "a first visit downloads {first} bytes; the limit is {FIRST_VISIT_BYTES_MAX}");
    ensure!(later <= LATER_BYTES_MAX || !is_optimised, "the second program is {later} bytes; the limit is {LATER_BYTES_MAX}");
    ensure!(beside <= BESIDE_BYTES_MAX || !is_optimised, "the third program is {beside} bytes; the limit is {BESIDE_BYTES_MAX}");
    Ok(())
}
