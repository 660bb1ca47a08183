//! The plan that is measured: as a workshop leaves it, with a history by many hands. One seed gives one plan, but for the ids that
//! the server gives.

use anyhow::{Context as _, Result};
use automerge::Change;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{ActivityId, BudgetLineId, OrganisationId};
use hamutuk_shared::plan::{
    ActivityRef, ActivityStatus, BudgetCategory, Edit, Field, Item, Municipality, Name, OrganisationKind, Place, Plan, Value,
};
use hamutuk_shared::text::Splice;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;

use super::Settings;
use super::pen::Pen;
use crate::door::Door;
use crate::load::person::Person;
use crate::writer;

const PEOPLE: usize = 24;
const ORGANISATIONS: usize = 15;
/// So many changes go to the server at a time.
const CHANGES_AT_ONCE: usize = 4_096;
const CHANGES_PER_PUSH: usize = 256;

const WORDS: [&str; 16] = [
    "Formasaun",
    "Kampaña",
    "Diálogu",
    "Treinu",
    "Konsulta",
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
];
const TYPED: [&str; 12] = ["women ", "peace ", "train ", "and ", "the ", "suku ", "in ", "with ", "feto ", "report ", "of ", "2025 "];

/// What there is now.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Planted {
    pub(super) sections: usize,
    pub(super) activities: usize,
    pub(super) budget_lines: usize,
    pub(super) changes: usize,
    pub(super) saved_mb: f64,
    pub(super) seconds: f64,
    /// The code of the section that is opened: the one with the most activities.
    pub(super) section: String,
    pub(super) section_activities: usize,
}

struct Planter {
    random: ChaCha8Rng,
    pen: Pen,
    person: Person,
    waiting: Vec<Change>,
    /// Texts that may be typed on, and their lengths in UTF-16 units.
    texts: Vec<(Field, usize)>,
    /// Activities, and the lines of each.
    activities: Vec<(ActivityRef, Vec<BudgetLineId>)>,
    organisations: Vec<OrganisationId>,
}

/// Makes the plan of `door` into such a one, over a socket. It comes as from another server, which hands on
/// what all wrote.
pub(super) async fn plant(door: &Door, settings: &Settings) -> Result<Planted> {
    let began = std::time::Instant::now();
    let mut people = Vec::new();
    for number in 0..PEOPLE {
        people.push(door.join(Role::Editor, &format!("Writer {number}")).await?.participant);
    }
    let link = door.join(Role::Facilitator, "Facilitator").await?.make_link(Role::Replica).await?;
    let (person, plan) = Person::enter_again(door.join_by(&link, "Another server").await?).await?;
    let mut planter = Planter {
        random: ChaCha8Rng::seed_from_u64(settings.seed),
        pen: Pen::new(&plan.chunks, people)?,
        person,
        waiting: Vec::new(),
        texts: Vec::new(),
        activities: Vec::new(),
        organisations: Vec::new(),
    };
    planter.build(settings).await?;
    while planter.pen.written() < settings.changes {
        let edit = planter.revision();
        planter.write(&[edit]).await?;
    }
    planter.push().await?;
    let saved_mb = (planter.pen.save().len() as f64 / 1e4).round() / 100.0;
    planter.person.socket.close().await;
    let plan = planter.pen.plan();
    let lines = plan.sections.iter().flat_map(|section| &section.activities).map(|activity| activity.budget.len()).sum();
    let section = plan.sections.iter().max_by_key(|section| section.activities.len()).context("the plan has sections")?;
    Ok(Planted {
        sections: plan.sections.len(),
        activities: plan.sections.iter().map(|section| section.activities.len()).sum(),
        budget_lines: lines,
        changes: planter.pen.written(),
        saved_mb,
        seconds: began.elapsed().as_secs_f64().round(),
        section: section.code.clone(),
        section_activities: section.activities.len(),
    })
}

impl Planter {
    async fn write(&mut self, edits: &[Edit]) -> Result<()> {
        let change = self.pen.write(&mut self.random, edits)?;
        self.waiting.push(change);
        if self.waiting.len() >= CHANGES_AT_ONCE {
            self.push().await?;
        }
        Ok(())
    }

    async fn push(&mut self) -> Result<()> {
        self.person.push_all(&std::mem::take(&mut self.waiting), CHANGES_PER_PUSH).await.map(drop)
    }

    /// Everything that stands in the plan in the end, but for the words.
    async fn build(&mut self, settings: &Settings) -> Result<()> {
        for number in 0..ORGANISATIONS {
            let id = OrganisationId::from_bytes(self.random.random());
            self.organisations.push(id);
            let name = format!("Organizasaun {number}");
            self.write(&[Edit::AddOrganisation { id, acronym: format!("ORG{number}"), name, kind: OrganisationKind::default() }]).await?;
        }
        let plan = self.pen.plan();
        let mut places: Vec<ActivityRef> = writer::activities(&plan);
        places.truncate(settings.activities);
        for number in places.len()..settings.activities {
            places.push(self.add_activity(&plan, number).await?);
        }
        for (number, at) in places.into_iter().enumerate() {
            self.fill(at, number, settings.lines).await?;
        }
        Ok(())
    }

    async fn add_activity(&mut self, plan: &Plan, number: usize) -> Result<ActivityRef> {
        let section = &plan.sections[number % plan.sections.len()];
        let outcome = section.outcomes[number / plan.sections.len() % section.outcomes.len()].id;
        let at = ActivityRef { section: section.id, activity: ActivityId::from_bytes(self.random.random()) };
        self.write(&[Edit::AddActivity { at, outcome, place: Place::Last }]).await?;
        Ok(at)
    }

    async fn fill(&mut self, at: ActivityRef, number: usize, lines: usize) -> Result<()> {
        let title: Vec<&str> = (0..5).filter_map(|_| WORDS.choose(&mut self.random).copied()).collect();
        self.type_new(Field::of_activity(at, Name::Title), &format!("{} {number}", title.join(" "))).await?;
        self.type_new(Field::of_activity(at, Name::Description), "Ami sei halo ").await?;
        let lead = self.organisations.choose(&mut self.random).copied();
        self.write(&[Edit::lead(at, lead)]).await?;
        let first = self.random.random_range(1..=9);
        let months = (first..first + 4).map(|month| include(at, Name::Months, &format!("2025-{month:02}"), true));
        self.write(&months.collect::<Vec<_>>()).await?;
        let places: Vec<&str> = Municipality::WORDS.choose_multiple(&mut self.random, 2).copied().collect();
        for place in places {
            self.write(&[include(at, Name::Municipalities, place, true)]).await?;
        }
        let mut ids = Vec::new();
        for _ in 0..lines {
            ids.push(self.add_line(at).await?);
        }
        self.activities.push((at, ids));
        Ok(())
    }

    async fn add_line(&mut self, at: ActivityRef) -> Result<BudgetLineId> {
        let id = BudgetLineId::from_bytes(self.random.random());
        let item = Item::BudgetLine(at, id);
        self.write(&[Edit::Add { item }]).await?;
        let category = BudgetCategory::WORDS.choose(&mut self.random).copied().unwrap_or_default();
        self.write(&[set(item, Name::Category, Value::Word(category.to_owned()))]).await?;
        let words: Vec<&str> = (0..2).filter_map(|_| WORDS.choose(&mut self.random).copied()).collect();
        self.write(&[insert(Field { item, name: Name::Description }, 0, &words.join(" "))]).await?;
        let quantity = self.random.random_range(1..50) * 1_000;
        self.write(&[set(item, Name::Quantity, Value::Number(quantity))]).await?;
        let cost = self.random.random_range(1..500) * 100;
        self.write(&[set(item, Name::UnitCost, Value::Number(cost))]).await?;
        let quarter = format!("2025-Q{}", self.random.random_range(1..=4));
        self.write(&[set(item, Name::Quarter, Value::Word(quarter))]).await?;
        Ok(id)
    }

    async fn type_new(&mut self, field: Field, words: &str) -> Result<()> {
        if field.name == Name::Description {
            self.texts.push((field, words.encode_utf16().count()));
        }
        self.write(&[insert(field, 0, words)]).await
    }

    /// Something that somebody does later: mostly they type, and sometimes they take back, or think better of a figure.
    fn revision(&mut self) -> Edit {
        let random = &mut self.random;
        if random.random_bool(0.8) {
            let index = random.random_range(0..self.texts.len());
            let (field, length) = &mut self.texts[index];
            if *length > 20 && random.random_bool(0.15) {
                let delete = random.random_range(1..=8);
                *length -= delete;
                return Edit::Text { field: *field, splice: Splice { at: *length, delete, insert: String::new() } };
            }
            let word = TYPED.choose(random).copied().unwrap_or_default();
            let at = if random.random_bool(0.2) { random.random_range(0..=*length) } else { *length };
            *length += word.len();
            return insert(*field, at, word);
        }
        let (at, lines) = self.activities.choose(random).cloned().unwrap_or_else(|| unreachable!("there are activities"));
        match (random.random_range(0..3), lines.choose(random)) {
            (0, Some(line)) => set(Item::BudgetLine(at, *line), Name::UnitCost, Value::Number(random.random_range(1..500) * 100)),
            (1, Some(line)) => set(Item::BudgetLine(at, *line), Name::Quantity, Value::Number(random.random_range(1..50) * 1_000)),
            _ => {
                let status = ActivityStatus::WORDS.choose(random).copied().unwrap_or_default();
                set(Item::Activity(at), Name::Status, Value::Word(status.to_owned()))
            }
        }
    }
}

fn set(item: Item, name: Name, value: Value) -> Edit {
    Edit::Set { field: Field { item, name }, value }
}

fn insert(field: Field, at: usize, words: &str) -> Edit {
    Edit::Text { field, splice: Splice { at, delete: 0, insert: words.to_owned() } }
}

fn include(at: ActivityRef, name: Name, member: &str, included: bool) -> Edit {
    Edit::Include { field: Field::of_activity(at, name), member: member.to_owned(), included }
}
