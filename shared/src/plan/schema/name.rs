//! The names of what can be written of things.

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// The name of a field. The same name means the same wherever it stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Name {
            $($(#[$doc])* $name),+
        }

        impl Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its key in the object of the thing, or the two keys to it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key),+
                }
            }
        }
    };
}

names! {
    /// What it is called.
    Title = "title",
    /// Where the plan leads.
    Vision = "vision",
    /// The first month of the plan.
    FirstMonth = "period_first",
    /// The last month of the plan.
    LastMonth = "period_last",
    /// How far the workshop is.
    Phase = "phase",
    /// The language of the content.
    Language = "language",
    /// What a section starts from.
    Context = "context",
    /// What may be done with a section.
    State = "state",
    /// What a breakout group is called.
    GroupName = "group/name",
    /// Who speaks for a breakout group.
    Rapporteur = "group/rapporteur",
    /// Who is in a breakout group.
    GroupMembers = "group/members",
    /// What an outcome says.
    Statement = "statement",
    /// Where in the NAP an outcome stands.
    Reference = "reference",
    /// Where the words of an outcome come from.
    Provenance = "provenance",
    /// Where it stands among its siblings.
    Order = "order",
    /// Whether it is archived.
    Archived = "archived",
    /// The outcome that an activity serves.
    Outcome = "outcome",
    /// What it is about.
    Description = "description",
    /// What an activity brings forth.
    ExpectedOutput = "expected_output",
    /// What kind of thing it is.
    Kind = "kind",
    /// Who leads an activity.
    Lead = "lead",
    /// Who takes part in an activity.
    Partners = "partners",
    /// Who in the government takes part in an activity.
    Counterparts = "counterparts",
    /// The person who sees to an activity.
    Responsible = "responsible",
    /// When an activity happens.
    Months = "months",
    /// Where an activity happens.
    Municipalities = "municipalities",
    /// Where exactly.
    Location = "location",
    /// Whom an activity is for.
    TargetGroups = "target_groups",
    /// How many women are expected.
    Women = "women",
    /// How many men are expected.
    Men = "men",
    /// How many others are expected.
    Others = "others",
    /// What an activity also touches.
    Themes = "themes",
    /// How important an activity is.
    Priority = "priority",
    /// How far an activity is.
    Status = "status",
    /// What threatens an activity.
    Risks = "risks",
    /// What an activity takes for granted.
    Assumptions = "assumptions",
    /// What is paid for.
    Category = "category",
    /// What a quantity counts, or how an indicator is measured.
    Unit = "unit",
    /// How much of it.
    Quantity = "quantity",
    /// What one costs.
    UnitCost = "unit_cost",
    /// In which quarter.
    Quarter = "quarter",
    /// Where money comes from.
    Source = "source",
    /// How much money.
    Amount = "amount",
    /// How sure money is.
    Certainty = "certainty",
    /// What it is called, of an organisation, a source or a person.
    OwnName = "name",
    /// The short name of an organisation.
    Acronym = "acronym",
    /// Whom to ask in an organisation.
    FocalPoint = "focal_point",
    /// For whom somebody writes or reports.
    Organisation = "organisation",
    /// What an indicator or a note says.
    Text = "text",
    /// Where an indicator stands before.
    Baseline = "baseline",
    /// When the baseline was taken.
    BaselineYear = "baseline_year",
    /// Where an indicator should arrive.
    Target = "target",
    /// Where it should be after the first quarter.
    MilestoneQ1 = "q1",
    /// Where it should be after the second quarter.
    MilestoneQ2 = "q2",
    /// Where it should be after the third quarter.
    MilestoneQ3 = "q3",
    /// Where it should be after the fourth quarter.
    MilestoneQ4 = "q4",
    /// By what an indicator is split.
    Disaggregation = "disaggregation",
    /// How an indicator is verified.
    Verification = "verification",
    /// Who collects an indicator.
    Collector = "collector",
    /// The indicator that a report is about.
    Indicator = "indicator",
    /// What was reached.
    Value = "value",
    /// How it goes, as a traffic light.
    Rating = "rating",
    /// What was spent.
    Expenditure = "expenditure",
    /// What was done.
    Narrative = "narrative",
    /// What was in the way.
    Challenges = "challenges",
    /// Where that can be seen.
    Evidence = "evidence",
    /// Who reports.
    SubmittedBy = "submitted_by",
    /// Who has checked the report.
    VerifiedBy = "verified_by",
    /// The first of two activities.
    First = "first",
    /// The second of two activities.
    Second = "second",
    /// What two activities have to do with each other.
    Relation = "relation",
    /// What a group reports back in plenary.
    Highlights = "group/highlights",
    /// The colour by which an organisation is known.
    Colour = "colour",
    /// The person whom somebody also is: they joined twice.
    SameAs = "same_as",
    /// The path of what a suggestion or a comment is about.
    About = "about",
    /// What stood there when a suggestion was made.
    Was = "was",
    /// What is suggested for a field that is no text.
    Proposed = "proposed",
    /// Why it is suggested.
    Note = "note",
    /// What became of a suggestion or a comment.
    Decision = "decision",
    /// The state of the plan that a version names.
    Heads = "heads",
    /// What the facilitator says to all.
    Message = "message",
    /// When the countdown ends.
    TimerEnds = "timer_ends",
    /// What is left of a countdown that was stopped, in seconds.
    TimerRest = "timer_rest",
    /// How many dots each person has.
    Dots = "dots",
    /// Whether dots are given.
    Voting = "voting",
    /// Where the first dot of a person is.
    Dot1 = "1",
    /// Where the second is.
    Dot2 = "2",
    /// Where the third is.
    Dot3 = "3",
    /// Where the fourth is.
    Dot4 = "4",
    /// Where the fifth is.
    Dot5 = "5",
    /// Where the sixth is.
    Dot6 = "6",
    /// Where the seventh is.
    Dot7 = "7",
    /// Where the eighth is.
    Dot8 = "8",
    /// Where the ninth is.
    Dot9 = "9",
    /// Where the tenth is.
    Dot10 = "10",
}

impl Name {
    /// The dots of a person, each a field of its own: so nobody has more of them than there are, however many devices they vote on.
    pub const DOTS: [Self; 10] =
        [Self::Dot1, Self::Dot2, Self::Dot3, Self::Dot4, Self::Dot5, Self::Dot6, Self::Dot7, Self::Dot8, Self::Dot9, Self::Dot10];
}
