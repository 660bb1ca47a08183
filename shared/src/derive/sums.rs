//! What something costs and who pays for it.

use crate::plan::{Activity, Cents, Certainty};

/// Cost and funding, added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// What it costs.
    pub cost: Cents,
    /// What is promised in writing.
    pub confirmed: Cents,
    /// What is asked for. It closes no gap.
    pub requested: Cents,
    /// What comes as goods or work.
    pub in_kind: Cents,
}

impl Sums {
    /// Of one activity, without what is archived in it.
    #[must_use]
    pub fn of(activity: &Activity) -> Self {
        Exact::of(activity).sums()
    }

    /// Cost less what is confirmed and what comes in kind. Below zero where there is more money than the work costs.
    #[must_use]
    pub fn gap(&self) -> Cents {
        let gap = i128::from(self.cost.0) - i128::from(self.confirmed.0) - i128::from(self.in_kind.0);
        clamp(gap)
    }

    /// The money that is still to be found; never below zero.
    #[must_use]
    pub fn unfunded(&self) -> Cents {
        self.gap().max(Cents(0))
    }

    /// The money that is there beyond the cost; zero where there is none.
    #[must_use]
    pub fn over_funded(&self) -> Cents {
        (Cents(0) - self.gap()).max(Cents(0))
    }
}

/// Sums that are too wide to overflow, so that what was added can be taken off again, in any order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Exact {
    pub(super) cost: i128,
    /// By certainty, in the order in which these are declared.
    pub(super) funding: [i128; 3],
}

impl Exact {
    pub(super) fn of(activity: &Activity) -> Self {
        let mut exact = Self::default();
        for line in activity.kept_budget() {
            exact.cost += i128::from(line.cost().0);
        }
        for funding in activity.kept_funding() {
            exact.fund(funding.certainty.value, funding.amount.value);
        }
        exact
    }

    pub(super) fn of_cost(cost: Cents) -> Self {
        Self { cost: i128::from(cost.0), ..Self::default() }
    }

    pub(super) fn of_funding(certainty: Certainty, amount: Option<Cents>) -> Self {
        let mut exact = Self::default();
        exact.fund(certainty, amount);
        exact
    }

    fn fund(&mut self, certainty: Certainty, amount: Option<Cents>) {
        self.funding[certainty as usize] += amount.map_or(0, |amount| i128::from(amount.0));
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.cost += other.cost;
        for (own, other) in self.funding.iter_mut().zip(other.funding) {
            *own += other;
        }
    }

    /// Takes off what was added.
    pub(super) fn take(&mut self, other: &Self) {
        self.cost -= other.cost;
        for (own, other) in self.funding.iter_mut().zip(other.funding) {
            *own -= other;
        }
    }

    /// As amounts. What is too much to count is the most there is.
    pub(super) fn sums(&self) -> Sums {
        let of = |certainty: Certainty| clamp(self.funding[certainty as usize]);
        Sums {
            cost: clamp(self.cost),
            confirmed: of(Certainty::Confirmed),
            requested: of(Certainty::Requested),
            in_kind: of(Certainty::InKind),
        }
    }
}

fn clamp(amount: i128) -> Cents {
    Cents(i64::try_from(amount).unwrap_or(if amount < 0 { i64::MIN } else { i64::MAX }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check([cost, confirmed, requested, in_kind]: [i64; 4], [gap, unfunded, over_funded]: [i64; 3]) {
        let sums = Sums { cost: Cents(cost), confirmed: Cents(confirmed), requested: Cents(requested), in_kind: Cents(in_kind) };
        assert_eq!([sums.gap(), sums.unfunded(), sums.over_funded()].map(|amount| amount.0), [gap, unfunded, over_funded], "{sums:?}");
    }

    #[test]
    fn a_gap_is_open_closed_or_more_than_closed() {
        check([0; 4], [0; 3]);
        check([1_000, 0, 5_000, 0], [1_000, 1_000, 0]);
        check([1_000, 600, 0, 400], [0; 3]);
        check([1_000, 900, 0, 400], [-300, 0, 300]);
        check([0, i64::MAX, 0, i64::MAX], [i64::MIN, 0, i64::MAX]);
    }
}
