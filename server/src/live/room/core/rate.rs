//! A bound on how often something may happen.

use std::time::Duration;

/// A token bucket: on average so many a second, and a burst of as many as fit into the bucket.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    per_second: f64,
    capacity: f64,
    tokens: f64,
    filled_at: Duration,
}

impl Bucket {
    /// A full bucket that allows `per_second` events, averaged over `window`.
    pub(super) fn new(per_second: u32, window: Duration) -> Self {
        let per_second = f64::from(per_second);
        let capacity = per_second * window.as_secs_f64();
        Self { per_second, capacity, tokens: capacity, filled_at: Duration::ZERO }
    }

    /// Whether one more event is allowed at `now`.
    pub(super) fn take(&mut self, now: Duration) -> bool {
        let elapsed = now.saturating_sub(self.filled_at).as_secs_f64();
        self.filled_at = self.filled_at.max(now);
        self.tokens = elapsed.mul_add(self.per_second, self.tokens).min(self.capacity);
        let allowed = self.tokens >= 1.0;
        if allowed {
            self.tokens -= 1.0;
        }
        allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_allowed_and_then_the_average() {
        let mut bucket = Bucket::new(8, Duration::from_secs(1));
        let at = Duration::from_secs(100);
        assert_eq!((0..20).filter(|_| bucket.take(at)).count(), 8);
        assert!(bucket.take(at + Duration::from_millis(125)));
        assert!(!bucket.take(at + Duration::from_millis(125)));
        assert!(!bucket.take(at), "time that goes back gives nothing");
        assert_eq!((0..99).filter(|_| bucket.take(at + Duration::from_secs(60))).count(), 8);
    }
}
