//! How often something may be done, for each address: a leaky bucket from `governor`.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use hamutuk_shared::limits;

use super::Visitor;
use crate::error::ApiError;

/// So often in the long run, and so often at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate(Quota);

impl Rate {
    pub(super) const fn per_second(count: u32, burst: u32) -> Self {
        Self(Quota::per_second(not_none(count)).allow_burst(not_none(burst)))
    }

    pub(super) const fn per_minute(count: u32) -> Self {
        Self(Quota::per_minute(not_none(count)))
    }
}

const fn not_none(count: u32) -> NonZeroU32 {
    NonZeroU32::new(count).expect("a limit of nothing would let nobody in")
}

/// What has been done from every address.
///
/// An address is counted in one of a fixed number of slots, chosen with a key that nobody outside knows. So memory is bounded by that
/// number, and needs no clearing. Two addresses may share a slot, which costs nothing: a slot holds a workshop.
pub(super) struct Rates {
    slots: RandomState,
    limiter: DefaultKeyedRateLimiter<u16>,
    clock: DefaultClock,
}

impl Rates {
    pub(super) fn new(Rate(quota): Rate) -> Self {
        Self { slots: RandomState::new(), limiter: DefaultKeyedRateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts it, or says when to try again.
    pub(super) fn take(&self, visitor: Visitor) -> Result<(), ApiError> {
        let slot = self.slots.hash_one(visitor) % u64::from(limits::ADDRESS_SLOTS);
        let slot = u16::try_from(slot).expect("less than the number of slots");
        self.limiter.check_key(&slot).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let again_s = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
            ApiError::TooOften { again_s }
        })
    }

    #[cfg(test)]
    pub(super) fn slots_used(&self) -> usize {
        self.limiter.len()
    }
}
