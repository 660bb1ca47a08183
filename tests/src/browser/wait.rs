//! Waiting for what must come, and for how long.

use std::time::Duration;

use anyhow::{Result, anyhow};
use tokio::time::Instant;

/// By then it has come, or never will. Generous, because a busy machine runs several browsers at once.
pub const DEADLINE: Duration = Duration::from_secs(40);
/// Between two looks.
const POLL: Duration = Duration::from_millis(20);

/// Looks again and again until there is something, or until the deadline. An error is "not yet": pages come and go.
///
/// # Errors
/// At the deadline: what was waited for, and the last error.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let end = Instant::now() + DEADLINE;
    loop {
        let seen = look().await;
        if let Ok(Some(found)) = seen {
            return Ok(found);
        }
        if Instant::now() >= end {
            let why = seen.err().map_or_else(String::new, |error| format!("; the last look: {error:#}"));
            return Err(anyhow!("waited {} s for: {what}{why}", DEADLINE.as_secs()));
        }
        tokio::time::sleep(POLL).await;
    }
}
