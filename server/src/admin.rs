//! What an administrator orders on the command line. The same code does it, whether the command has the data itself or asks the server
//! that has it (`control`).

mod sections;

use std::sync::Arc;

use data_encoding::HEXLOWER;
use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{PlanId, Seq};
use hamutuk_shared::plan::{Language, template};
use serde::{Deserialize, Serialize};

use crate::audit::{self, Line, Names};
use crate::config::PublicUrl;
use crate::links::{self, LinkError, Links, NewLink, short};
use crate::plans::{self, PlanError};
use crate::records::{self, LinkRecord, PlanRecord};
use crate::store::{Store, StoreError};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Make a plan, with a link for each role.
    NewPlan {
        /// What it starts from.
        template: String,
        /// The language of its content.
        #[serde(with = "code")]
        language: Language,
        /// What the links begin with, if not as usual.
        public_url: Option<PublicUrl>,
    },
    /// List the plans.
    ListPlans,
    /// Make a link.
    NewLink(LinkOrder),
    /// List the links.
    ListLinks,
    /// Show a page of an audit log.
    Audit {
        /// Of which plan; not needed if there is only one.
        plan: Option<PlanId>,
        /// After which entry.
        after: Seq,
    },
    /// Revoke a link.
    RevokeLink {
        /// How its hash begins.
        hash: String,
    },
}

/// A link as it is ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkOrder {
    /// To which plan; not needed if there is only one.
    pub plan: Option<PlanId>,
    /// What whoever opens it may do.
    pub role: Role,
    /// The sections that it is for, by code or id; none for the whole plan.
    pub sections: Vec<String>,
    /// What the facilitator calls it.
    pub label: String,
    /// When it ends by itself, in milliseconds since 1970.
    pub expires_ms: Option<u64>,
    /// How many people may come by it.
    pub people_max: Option<u32>,
    /// What it begins with, if not as usual.
    pub public_url: Option<PublicUrl>,
}

/// A link as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// What is stored of it.
    pub link: LinkRecord,
    /// The codes of the sections that it is for.
    pub sections: Vec<String>,
    /// How many people have come by it.
    pub people: usize,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// There is a new plan.
    PlanMade {
        /// The plan.
        plan: PlanRecord,
        /// Its links.
        links: Vec<(Role, String)>,
    },
    /// These are the plans.
    Plans(Vec<PlanRecord>),
    /// There is a new link.
    LinkMade {
        /// The link, with its token.
        url: String,
    },
    /// These are the links.
    Links(Vec<Listed>),
    /// This is a page of the audit log.
    Audit {
        /// Its entries, in order.
        lines: Vec<Line>,
        /// After which entry to go on; none if this is the end.
        after: Option<Seq>,
    },
    /// The link opens nothing.
    Revoked {
        /// How its hash begins.
        hash: String,
        /// It did not before either.
        before: bool,
    },
}

/// Why something was not done. Each text is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OrderError {
    /// The template is not known.
    #[error("there is no template {name:?}; there is: {}", known_templates())]
    NoTemplate {
        /// What was asked for.
        name: String,
    },
    /// The plan is not known.
    #[error("there is no plan {0}: see `hamutuk plan list`")]
    NoPlan(PlanId),
    /// There is none at all.
    #[error("there is no plan yet: make one with `hamutuk plan new`")]
    NoPlanYet,
    /// It is not clear which.
    #[error("there are several plans: choose one with --plan; see `hamutuk plan list`")]
    SeveralPlans,
    /// The link is not known.
    #[error("no link begins with {0:?}: see `hamutuk link list`")]
    NoLink(String),
    /// It is not clear which.
    #[error("several links begin with {0:?}: give more of it")]
    SeveralLinks(String),
    /// A section is not known.
    #[error("the plan has no section {wanted:?}; it has: {}", known.join(", "))]
    NoSection {
        /// What was asked for.
        wanted: String,
        /// The codes that there are.
        known: Vec<String>,
    },
    /// A plan was not made.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A link was not made.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where orders are carried out.
#[derive(Clone)]
pub struct Admin {
    /// The data.
    pub store: Arc<dyn Store>,
    /// The links in it.
    pub links: Links,
    /// What links begin with, as usual.
    pub base_url: Arc<str>,
}

impl Admin {
    /// Does what is ordered.
    ///
    /// # Errors
    /// When it cannot be done.
    pub async fn carry_out(&self, order: Order) -> Result<Outcome, OrderError> {
        match order {
            Order::NewPlan { template, language, public_url } => self.new_plan(template, language, public_url).await,
            Order::ListPlans => Ok(Outcome::Plans(records::list(&*self.store, b"").await?)),
            Order::NewLink(order) => self.new_link(order).await,
            Order::ListLinks => self.list_links().await,
            Order::Audit { plan, after } => self.audit(self.choose(plan).await?, after).await,
            Order::RevokeLink { hash } => self.revoke(hash).await,
        }
    }

    async fn new_plan(&self, name: String, language: Language, public_url: Option<PublicUrl>) -> Result<Outcome, OrderError> {
        let Some(template) = template::find(&name) else { return Err(OrderError::NoTemplate { name }) };
        let plan = plans::create(&*self.store, &template, &name, language).await?;
        let mut links = Vec::new();
        for role in [Role::Facilitator, Role::Editor] {
            let (_, token) = self.links.make(plan.id, NewLink::of(role)).await?;
            links.push((role, links::url(self.base(public_url.as_ref()), plan.id, &token)));
        }
        Ok(Outcome::PlanMade { plan, links })
    }

    async fn new_link(&self, order: LinkOrder) -> Result<Outcome, OrderError> {
        let LinkOrder { plan, role, sections, label, expires_ms, people_max, public_url } = order;
        let plan = self.choose(plan).await?;
        let scope = if sections.is_empty() { Scope::Plan } else { self.scope(plan, sections).await? };
        let new = NewLink { role, scope, label, expires_ms, people_max, created_by: None };
        let (_, token) = self.links.make(plan, new).await?;
        Ok(Outcome::LinkMade { url: links::url(self.base(public_url.as_ref()), plan, &token) })
    }

    async fn list_links(&self) -> Result<Outcome, OrderError> {
        let mut listed = Vec::new();
        for (plan, links) in self.links.all().await? {
            let (people, codes) = (self.links.people(plan).await?, self.codes(plan, &links).await);
            listed.extend(links.into_iter().map(|link| {
                let people = people.of(&link).len();
                Listed { sections: sections::names(&link.scope, &codes), people, link }
            }));
        }
        Ok(Outcome::Links(listed))
    }

    fn base<'a>(&'a self, public_url: Option<&'a PublicUrl>) -> &'a str {
        public_url.map_or(&self.base_url, PublicUrl::origin)
    }

    async fn choose(&self, wanted: Option<PlanId>) -> Result<PlanId, OrderError> {
        if let Some(wanted) = wanted {
            let found: Option<PlanRecord> = records::load(&*self.store, wanted.as_bytes()).await?;
            return Ok(found.ok_or(OrderError::NoPlan(wanted))?.id);
        }
        let plans: Vec<PlanRecord> = records::list(&*self.store, b"").await?;
        match plans.as_slice() {
            [plan] => Ok(plan.id),
            [] => Err(OrderError::NoPlanYet),
            _ => Err(OrderError::SeveralPlans),
        }
    }

    async fn audit(&self, plan: PlanId, after: Seq) -> Result<Outcome, OrderError> {
        let audit::Page { entries, more } = audit::page(&*self.store, plan, after).await?;
        let names = Names::of(&self.store, self.links.registry(), plan).await?;
        let last = entries.last().map(|entry| entry.seq).filter(|_| more);
        Ok(Outcome::Audit { lines: entries.iter().map(|entry| Line::of(entry, &names)).collect(), after: last })
    }

    async fn revoke(&self, wanted: String) -> Result<Outcome, OrderError> {
        let begins = wanted.to_ascii_lowercase();
        let links: Vec<LinkRecord> = records::list(&*self.store, b"").await?;
        let mut matching = links.into_iter().filter(|link| !begins.is_empty() && HEXLOWER.encode(&link.hash).starts_with(&begins));
        let Some(link) = matching.next() else { return Err(OrderError::NoLink(wanted)) };
        if matching.next().is_some() {
            return Err(OrderError::SeveralLinks(wanted));
        }
        let (link, before) = self.links.revoke(link.hash, None).await?;
        Ok(Outcome::Revoked { hash: short(&link.hash), before })
    }
}

/// A language as its code.
mod code {
    use hamutuk_shared::plan::{Choice, Language};
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(language: &Language, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(language.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
        let code = String::deserialize(deserializer)?;
        Language::parse(&code).ok_or_else(|| de::Error::custom("not a language"))
    }
}

fn known_templates() -> String {
    template::names().collect::<Vec<_>>().join(", ")
}
