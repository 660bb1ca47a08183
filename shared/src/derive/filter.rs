//! Which activities a view shows, in a form that fits into its address.

mod query;

use super::Sums;
use super::check::{self, Period};
use super::fold::Wanted;
use crate::id::{OrganisationId, SectionId};
use crate::plan::{Activity, ActivityRef, ActivityStatus, Cents, Month, Municipality, Plan, Quarter, Theme};

/// What an activity must be for a view to show it. The default lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// All these words are in it: in its texts, or in the names of those who take part. However they are spelt; see [`super::fold`].
    pub words: String,
    /// The section that holds it.
    pub section: Option<SectionId>,
    /// Who leads it.
    pub lead: Option<OrganisationId>,
    /// Who leads it or takes part in it.
    pub organisation: Option<OrganisationId>,
    /// Where it happens.
    pub municipality: Option<Municipality>,
    /// A quarter in which it happens.
    pub quarter: Option<Quarter>,
    /// A month in which it happens.
    pub month: Option<Month>,
    /// How far it is.
    pub status: Option<ActivityStatus>,
    /// What it also touches.
    pub theme: Option<Theme>,
    /// It costs more than is confirmed and comes in kind.
    pub has_gap: bool,
    /// Something is found in it; see [`super::check::activity`].
    pub needs_attention: bool,
}

impl Filter {
    /// Whether it lets everything through that is in the plan.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { words: self.words.clone(), ..Self::default() } && self.words.trim().is_empty()
    }

    /// The filter, made ready for a plan whose activities it is to look at one by one.
    #[must_use]
    pub fn matcher<'a>(&'a self, plan: &'a Plan) -> Matcher<'a> {
        Matcher { filter: self, wanted: Wanted::new(&self.words), plan, period: Period::of(plan) }
    }
}

/// A filter that looks at the activities of one plan.
#[derive(Debug, Clone)]
pub struct Matcher<'a> {
    filter: &'a Filter,
    wanted: Wanted,
    plan: &'a Plan,
    period: Period,
}

impl Matcher<'_> {
    /// Whether it lets an activity through. Nothing that is archived; a blank row like any other: it says nothing, and has no month.
    #[must_use]
    pub fn matches(&self, at: ActivityRef, activity: &Activity) -> bool {
        activity.is_kept() && self.is_chosen(at, activity) && self.is_in_need(at, activity) && self.says(activity)
    }

    /// What can be told by a look at single values.
    fn is_chosen(&self, at: ActivityRef, activity: &Activity) -> bool {
        let filter = self.filter;
        filter.section.is_none_or(|section| section == at.section)
            && filter.lead.is_none_or(|lead| activity.lead.value == Some(lead))
            && filter.organisation.is_none_or(|wanted| activity.organisations().any(|organisation| organisation == wanted))
            && filter.municipality.is_none_or(|municipality| activity.municipalities.contains(municipality))
            && filter.quarter.is_none_or(|quarter| activity.months.iter().any(|month| Quarter::of(*month) == quarter))
            && filter.month.is_none_or(|month| activity.months.contains(&month))
            && filter.status.is_none_or(|status| activity.status.value == status)
            && filter.theme.is_none_or(|theme| activity.themes.contains(theme))
    }

    fn is_in_need(&self, at: ActivityRef, activity: &Activity) -> bool {
        (!self.filter.has_gap || Sums::of(activity).gap() > Cents(0))
            && (!self.filter.needs_attention || !check::activity(at, activity, self.period).is_empty())
    }

    fn says(&self, activity: &Activity) -> bool {
        if self.wanted.is_empty() {
            return true;
        }
        let own = [&activity.title, &activity.description, &activity.expected_output, &activity.responsible, &activity.location];
        let mut texts: Vec<&str> = own.iter().map(|text| text.as_str()).collect();
        for organisation in activity.organisations().filter_map(|id| self.plan.organisation(id)) {
            texts.extend([organisation.acronym.as_str(), organisation.name.as_str()]);
        }
        self.wanted.is_in(&texts)
    }
}

#[cfg(test)]
mod tests;
