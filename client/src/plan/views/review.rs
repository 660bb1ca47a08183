//! What is to be settled: what was chosen twice or does not go together, what is missing, and what may belong together.

mod checks;
mod conflicts;
mod found;
mod jump;
mod rules;
mod sentence;
mod synergies;

use std::sync::Arc;

use hamutuk_shared::derive::{Finding, Proposal, similar};
use hamutuk_shared::plan::dispute::Dispute;
use leptos::prelude::*;

use self::checks::Checks;
use self::conflicts::Conflicts;
use self::rules::Rules;
use self::synergies::Synergies;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::room::talk;
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag};
use crate::words::I18n;

/// A part of the view. Its name is its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Conflicts,
    Checks,
    Synergies,
}

impl Part {
    const ALL: [Self; 3] = [Self::Conflicts, Self::Checks, Self::Synergies];

    const fn anchor(self) -> &'static str {
        match self {
            Self::Conflicts => "conflicts",
            Self::Checks => "checks",
            Self::Synergies => "synergies",
        }
    }

    fn heading(self, i18n: I18n, count: usize) -> String {
        match self {
            Self::Conflicts => t_string!(i18n, review_conflicts, count = count),
            Self::Checks => t_string!(i18n, review_checks, count = count),
            Self::Synergies => t_string!(i18n, review_synergies, count = count),
        }
    }
}

/// What is to be settled, as far as the filter lets it through.
#[derive(Clone, Copy)]
struct Open {
    disputes: Memo<Arc<Vec<Dispute>>>,
    /// What edits of several people broke together.
    rules: Memo<Arc<Vec<Finding>>>,
    checks: Memo<Arc<Vec<Finding>>>,
    proposals: Memo<Arc<Vec<Proposal>>>,
}

impl Open {
    fn new() -> Self {
        let session = use_session();
        let derived = use_derived();
        let (plan, filter) = (derived.plan, derived.filter);
        let proposed = Memo::new(move |_| Arc::new(plan.with(|plan| similar::proposals(plan))));
        let found = Memo::new(move |_| Arc::new(found::all(&plan.get(), &filter.get(), &proposed.get())));
        let of = move |is_rule: bool| found.with(|all| all.iter().filter(|one| found::is_rule(one.problem) == is_rule).copied().collect());
        let disputes = move || {
            let (plan, filter) = (plan.get(), filter.get());
            let mut all = session.disputes();
            found::retain(&plan, &filter, &mut all, |dispute| vec![dispute.field.item]);
            all
        };
        let proposals = move || {
            let mut all = proposed.get().to_vec();
            let both = |one: &Proposal| [one.first, one.second].map(hamutuk_shared::plan::Item::Activity).to_vec();
            found::retain(&plan.get(), &filter.get(), &mut all, both);
            all
        };
        Self {
            disputes: Memo::new(move |_| Arc::new(disputes())),
            rules: Memo::new(move |_| Arc::new(of(true))),
            checks: Memo::new(move |_| Arc::new(of(false))),
            proposals: Memo::new(move |_| Arc::new(proposals())),
        }
    }

    /// How much of a part is open. Reactive.
    fn count(self, part: Part) -> usize {
        match part {
            Part::Conflicts => self.disputes.with(|all| all.len()) + self.rules.with(|all| all.len()),
            Part::Checks => self.checks.with(|all| all.len()),
            Part::Synergies => self.proposals.with(|all| all.len()),
        }
    }
}

/// The view.
#[component]
pub(crate) fn Review() -> impl IntoView {
    let i18n = use_i18n();
    let open = Open::new();
    let link = move |part: Part| {
        view! { <a href=format!("#{}", part.anchor())>{dynamic(move || part.heading(i18n, open.count(part)))}</a> }
    };
    Effect::new(|_| request_animation_frame(to_anchor));
    view! {
        <div class="review">
            <nav class="review-parts" aria-label=label!(i18n, review_parts)>
                {talk::links()}
                {Part::ALL.map(link).into_iter().collect_view()}
            </nav>
            {talk::lists()}
            <Heading part=Part::Conflicts open />
            <Show when=flag(move || open.count(Part::Conflicts) == 0)>
                <p class="note">{t!(i18n, review_no_conflicts)}</p>
            </Show>
            <Conflicts disputes=open.disputes />
            <Rules findings=open.rules />
            <Heading part=Part::Checks open />
            <Show when=flag(move || open.count(Part::Checks) == 0)>
                <p class="note">{t!(i18n, review_no_checks)}</p>
            </Show>
            <Checks findings=open.checks />
            <Heading part=Part::Synergies open />
            <Synergies proposals=open.proposals />
        </div>
    }
}

#[component]
fn Heading(part: Part, open: Open) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <h2 id=part.anchor() tabindex="-1" data-count=crate::ui::text(move || open.count(part).to_string())>
            {dynamic(move || part.heading(i18n, open.count(part)))}
        </h2>
    }
}

/// The address may name a part, which was not there when the page came.
fn to_anchor() {
    let anchor = window().location().hash().unwrap_or_default();
    let element = anchor.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
    if let Some(element) = element {
        element.scroll_into_view();
    }
}

#[cfg(test)]
mod tests;
