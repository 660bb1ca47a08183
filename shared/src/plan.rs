//! The plan: its shape in the document, and as plain Rust.
//!
//! Only [`schema`] names the document's keys. [`read`] turns the document into [`Plan`], [`edit`] writes one [`Edit`] into it,
//! [`change`] turns what Automerge reports into [`PlanChange`], [`difference`] finds the edits between two plans, and [`dispute`] what
//! people chose differently at the same time. [`suggestion`] and [`remark`] are what people would write and what they say.
//! Each entity of the plan has its own file below `model`; those still to come (comments, suggestions, votes, versions, endorsements)
//! have their containers in the schema already and get a file there.

pub mod change;
pub mod difference;
pub mod dispute;
pub mod edit;
pub mod flat;
pub mod migrate;
pub mod model;
pub mod read;
pub mod remark;
pub mod same;
pub mod schema;
pub mod suggestion;
pub mod template;

#[cfg(test)]
mod tests;

pub use change::PlanChange;
pub use dispute::{Contender, Dispute, Origin};
pub use edit::{Edit, EditError, Place, Value};
pub use model::*;
pub use schema::{ActivityRef, Field, Item, Name, OutcomeRef};
