//! What an activity costs.

use super::choice::choice;
use super::{Archived, Cents, Quarter, Register, Thousandths};
use crate::id::BudgetLineId;
use crate::order::OrderKey;

choice! {
    /// What is paid for.
    BudgetCategory {
        /// People who work.
        Personnel = "personnel",
        /// Trainings.
        Training = "training",
        /// Travel.
        Travel = "travel",
        /// Rooms.
        Venue = "venue",
        /// Materials.
        Materials = "materials",
        /// Media.
        Media = "media",
        /// Grants to others.
        Grants = "grants",
        /// Monitoring.
        Monitoring = "monitoring",
        /// Administration.
        Admin = "admin",
        /// Anything else.
        #[default]
        Other = "other",
    }
}

/// A part of what an activity costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// Its id.
    pub id: BudgetLineId,
    /// What is paid for; none while nobody has said.
    pub category: Register<Option<BudgetCategory>>,
    /// What it is.
    pub description: String,
    /// What the quantity counts.
    pub unit: String,
    /// How much of it; none while nobody has said.
    pub quantity: Register<Option<Thousandths>>,
    /// What one costs; none while nobody has said.
    pub unit_cost: Register<Option<Cents>>,
    /// When it is paid.
    pub quarter: Register<Option<Quarter>>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among the lines of its activity.
    pub order: OrderKey,
}

impl BudgetLine {
    /// Quantity times unit cost. A missing quantity is one; without a unit cost it costs nothing yet.
    #[must_use]
    pub fn cost(&self) -> Cents {
        let quantity = self.quantity.value.unwrap_or(Thousandths(1000));
        self.unit_cost.value.map_or(Cents(0), |cost| cost.times(quantity))
    }
}
