//! What is derived from a plan of 500 activities with 2,000 budget lines. `cargo bench -p hamutuk-shared --bench derive`.

#[path = "core/summary.rs"]
mod summary;

use std::hint::black_box;

use criterion::Criterion;
use hamutuk_shared::derive::{Completeness, Filter, Period, Totals, check, similar};
use hamutuk_shared::id::{ActivityId, BudgetLineId, FundingId, IndicatorId, OrganisationId, OutcomeId, SectionId, SourceId};
use hamutuk_shared::order::OrderKey;
use hamutuk_shared::plan::{
    Activity, Archived, BudgetCategory, BudgetLine, Cents, Certainty, Choice, ChoiceSet, Colour, Funding, Group, Indicator, Localised,
    Month, Municipality, Organisation, OrganisationKind, Outcome, Plan, Quarter, Register, Section, Theme, Thousandths,
};

const SECTIONS: u64 = 5;
const OUTCOMES_PER_SECTION: u64 = 4;
const ACTIVITIES: u64 = 500;
const LINES_PER_ACTIVITY: u64 = 4;
const ORGANISATIONS: u64 = 15;

/// The words of the titles: an activity takes five, as people do, who all write of the same things.
const WORDS: [&str; 24] = [
    "Formasaun",
    "Kampaña",
    "Diálogu",
    "Treinu",
    "Konsulta",
    "Atividade",
    "Aktividade",
    "Monitorizasaun",
    "feto",
    "joven",
    "komunidade",
    "lider",
    "polísia",
    "suku",
    "munisípiu",
    "dame",
    "direitu",
    "violénsia",
    "partisipasaun",
    "prevensaun",
    "servisu",
    "rede",
    "orsamentu",
    "klima",
];

fn main() {
    let target = summary::target_dir();
    let mut criterion = Criterion::default().output_directory(&target.join("criterion")).configure_from_args();
    let plan = plan();
    of_totals(&mut criterion, &plan);
    let mut group = criterion.benchmark_group("derive");
    group.bench_function("check one activity", |bencher| {
        let (at, activity) = plan.begun().nth(250).expect("there are 500");
        bencher.iter(|| check::activity(black_box(at), black_box(activity), Period::of(&plan)));
    });
    group.bench_function("check everything", |bencher| bencher.iter(|| check::whole(black_box(&plan))));
    group.bench_function("similar activities", |bencher| bencher.iter(|| similar::proposals(black_box(&plan))));
    group.bench_function("completeness of all sections", |bencher| {
        bencher.iter(|| plan.sections.iter().map(Completeness::of_section).fold(Completeness::default(), Completeness::and));
    });
    group.bench_function("filter by two words", |bencher| {
        let filter = Filter { words: "aktividade feto".to_owned(), ..Filter::default() };
        bencher.iter(|| {
            let matcher = filter.matcher(&plan);
            plan.begun().filter(|(at, activity)| matcher.matches(*at, activity)).count()
        });
    });
    group.finish();
    criterion.final_summary();
    summary::write(&target).expect("the summary can be written");
}

fn of_totals(criterion: &mut Criterion, plan: &Plan) {
    let mut group = criterion.benchmark_group("derive");
    group.bench_function("totals, whole", |bencher| bencher.iter(|| Totals::of(black_box(plan))));
    group.bench_function("totals, one activity", |bencher| {
        let mut totals = Totals::of(plan);
        let (at, before) = plan.begun().nth(250).expect("there are 500");
        let mut after = before.clone();
        after.budget[0].unit_cost = Register::settled(Some(Cents(1)));
        bencher.iter(|| totals.put(black_box(at), black_box(&after)) && totals.put(black_box(at), black_box(before)));
    });
    group.finish();
}

/// Ten bytes of a number, as an id.
fn id(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn index(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64)).expect("it is below a usize")
    }

    fn one<C: Choice>(&mut self) -> C {
        C::ALL[self.index(C::ALL.len())]
    }

    fn some<C: Choice>(&mut self) -> ChoiceSet<C> {
        (0..self.below(3)).map(|_| self.one()).collect()
    }

    fn words(&mut self, count: u64) -> String {
        (0..count).map(|_| WORDS[self.index(WORDS.len())]).collect::<Vec<_>>().join(" ")
    }

    fn organisation(&mut self) -> OrganisationId {
        OrganisationId::from_bytes(id(self.below(ORGANISATIONS)))
    }
}

fn plan() -> Plan {
    let mut dice = Dice(1325);
    let mut sections: Vec<Section> = (0..SECTIONS).map(section).collect();
    for number in 0..ACTIVITIES {
        let section = number % SECTIONS;
        sections[usize::try_from(section).expect("it is small")].activities.push(activity(&mut dice, section, number));
    }
    let organisation = |number| Organisation {
        id: OrganisationId::from_bytes(id(number)),
        acronym: format!("ORG {number}"),
        name: format!("Organizasaun {number}"),
        kind: OrganisationKind::Cso,
        focal_point: String::new(),
        colour: Colour::Plain,
    };
    let organisations = (0..ORGANISATIONS).map(organisation).collect();
    let last = Month::new(2025, 12).expect("it is a month");
    Plan { last, sections, organisations, ..Plan::default() }
}

fn section(number: u64) -> Section {
    let outcome = |at| Outcome {
        id: OutcomeId::from_bytes(id(number * OUTCOMES_PER_SECTION + at)),
        code: String::new(),
        statement: String::new(),
        reference: String::new(),
        provenance: Register::default(),
        indicators: Vec::new(),
        reports: Vec::new(),
        order: OrderKey::default(),
    };
    Section {
        id: SectionId::from_bytes(id(number)),
        code: String::new(),
        name: Localised::default(),
        prompt: Localised::default(),
        context: String::new(),
        state: Register::default(),
        group: Group::default(),
        order: OrderKey::default(),
        outcomes: (0..OUTCOMES_PER_SECTION).map(outcome).collect(),
        activities: Vec::new(),
        suggestions: Vec::new(),
    }
}

fn activity(dice: &mut Dice, section: u64, number: u64) -> Activity {
    Activity {
        id: ActivityId::from_bytes(id(number)),
        outcome: OutcomeId::from_bytes(id(section * OUTCOMES_PER_SECTION + dice.below(OUTCOMES_PER_SECTION))),
        title: dice.words(5),
        description: dice.words(60),
        expected_output: dice.words(20),
        kind: Register::settled(Some(dice.one())),
        lead: Register::settled((dice.below(10) > 0).then(|| dice.organisation())),
        partners: (0..dice.below(4)).map(|_| dice.organisation()).collect(),
        counterparts: (0..dice.below(2)).map(|_| dice.organisation()).collect(),
        responsible: dice.words(2),
        months: (0..dice.below(4)).filter_map(|_| Month::new(2025, 1 + u8::try_from(dice.below(12)).ok()?)).collect(),
        municipalities: dice.some::<Municipality>(),
        location: String::new(),
        target_groups: dice.some(),
        women: Register::default(),
        men: Register::default(),
        others: Register::default(),
        themes: dice.some::<Theme>(),
        priority: Register::settled(Some(dice.one())),
        status: Register::settled(dice.one()),
        risks: dice.words(20),
        assumptions: dice.words(20),
        budget: (0..LINES_PER_ACTIVITY).map(|line| budget_line(dice, number * LINES_PER_ACTIVITY + line)).collect(),
        funding: (0..2).map(|funding| money(dice, number * 2 + funding)).collect(),
        indicators: (0..2).map(|indicator| measure(dice, number * 2 + indicator)).collect(),
        reports: Vec::new(),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

fn budget_line(dice: &mut Dice, number: u64) -> BudgetLine {
    let quarter = Quarter { year: 2025, quarter: 1 + u8::try_from(dice.below(4)).expect("it is small") };
    BudgetLine {
        id: BudgetLineId::from_bytes(id(number)),
        category: Register::settled(Some(dice.one::<BudgetCategory>())),
        description: dice.words(3),
        unit: String::new(),
        quantity: Register::settled(i64::try_from(dice.below(100_000)).ok().map(Thousandths)),
        unit_cost: Register::settled(i64::try_from(dice.below(100_000)).ok().map(Cents)),
        quarter: Register::settled((dice.below(5) > 0).then_some(quarter)),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

fn money(dice: &mut Dice, number: u64) -> Funding {
    Funding {
        id: FundingId::from_bytes(id(number)),
        source: Register::settled((dice.below(5) > 0).then_some(SourceId::from_bytes(id(number % 8)))),
        amount: Register::settled(i64::try_from(dice.below(5_000_000)).ok().map(Cents)),
        certainty: Register::settled(dice.one::<Certainty>()),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

fn measure(dice: &mut Dice, number: u64) -> Indicator {
    Indicator {
        id: IndicatorId::from_bytes(id(number)),
        text: dice.words(8),
        unit: Register::default(),
        baseline: Register::settled((dice.below(2) > 0).then(|| "0".to_owned())),
        baseline_year: Register::default(),
        target: Register::settled((dice.below(2) > 0).then(|| "40".to_owned())),
        milestones: Default::default(),
        disaggregation: dice.some(),
        verification: String::new(),
        collector: String::new(),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}
