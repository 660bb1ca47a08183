//! Waiting for what must come, with a limit on how long.

use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior};

/// After this long something that should have happened will not happen any more. Long, for a slow machine with much else to do.
pub const PATIENCE: Duration = Duration::from_secs(60);

const LOOK_EVERY: Duration = Duration::from_millis(5);

/// Waits until `look` finds something.
///
/// # Panics
/// When it does not in [`PATIENCE`].
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Some(found) = look().await {
            return found;
        }
        assert!(Instant::now() < deadline, "in {PATIENCE:?} it did not happen: {what}");
    }
}
