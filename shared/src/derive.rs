//! What follows from a plan and is never stored: sums, counts, what is missing, what resembles what, and what a filter lets through.
//!
//! Everything is a pure function of the plain [`Plan`](crate::plan::Plan). What is archived never counts, and neither does a row that
//! nobody has begun to write ([`Activity::is_blank`](crate::plan::Activity::is_blank)). Whatever depends on one activity alone can be had
//! for one activity alone, so that a screen that keeps up with edits does not go through the whole plan.

pub mod check;
pub mod completeness;
pub mod filter;
pub mod fold;
pub mod plenary;
pub mod similar;
pub mod sums;
pub mod tables;
pub mod timer;
pub mod total;
pub mod votes;

#[cfg(test)]
mod sample;

pub use check::{Finding, Period, Problem};
pub use completeness::Completeness;
pub use filter::{Filter, Matcher};
pub use plenary::Shown;
pub use similar::Proposal;
pub use sums::Sums;
pub use tables::{Device, Table};
pub use timer::Timer;
pub use total::{Bucket, Figure, Totals};
pub use votes::Votes;
