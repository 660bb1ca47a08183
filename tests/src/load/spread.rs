//! How times are spread.

use std::time::Duration;

use serde::Serialize;

/// The middle and the ends of many times, in milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Spread {
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) max_ms: f64,
}

impl Spread {
    pub(crate) fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |share: usize| times.get((times.len() * share / 1_000).min(times.len().saturating_sub(1))).copied().unwrap_or_default();
        Self { p50_ms: ms(at(500)), p99_ms: ms(at(990)), max_ms: ms(at(1_000)) }
    }
}

/// Milliseconds, to the hundredth.
pub(crate) fn ms(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_and_the_ends_are_found() {
        let spread = Spread::of((1..=1_000).rev().map(Duration::from_millis).collect());
        assert_eq!((spread.p50_ms, spread.p99_ms, spread.max_ms), (501.0, 991.0, 1_000.0));
        assert_eq!(Spread::of(vec![]).max_ms, 0.0);
    }
}
