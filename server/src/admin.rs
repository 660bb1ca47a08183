//! What an administrator orders on the command line. The same code does it, whether the command has the data itself or asks the server
//! that has it (`control`).

use std::sync::Arc;

use data_encoding::HEXLOWER;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{PlanId, Seq};
use hamutuk_shared::plan::{Language, template};
use serde::{Deserialize, Serialize};

use crate::audit::{self, Event, Line, LinkTerms, Names};
use crate::config::PublicUrl;
use crate::links::{self, LinkError};
use crate::live::Registry;
use crate::plans::{self, PlanError};
use crate::records::{self, LinkRecord, PlanRecord};
use crate::secret;
use crate::store::{Store, StoreError};

/// How much of a link's hash is shown; enough to name one.
const PREFIX_DIGITS: usize = 12;

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
    NewLink {
        /// To which plan; not needed if there is only one.
        plan: Option<PlanId>,
        /// What whoever opens it may do.
        role: Role,
        /// What the facilitator calls it.
        label: String,
        /// What it begins with, if not as usual.
        public_url: Option<PublicUrl>,
    },
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
    Links(Vec<LinkRecord>),
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
    /// The open rooms, in a server.
    pub registry: Option<Arc<Registry>>,
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
            Order::NewLink { plan, role, label, public_url } => {
                let plan = self.choose(plan).await?;
                let url = self.new_link(plan, role, &label, public_url.as_ref()).await?;
                Ok(Outcome::LinkMade { url })
            }
            Order::ListLinks => Ok(Outcome::Links(records::list(&*self.store, b"").await?)),
            Order::Audit { plan, after } => self.audit(self.choose(plan).await?, after).await,
            Order::RevokeLink { hash } => self.revoke(hash).await,
        }
    }

    async fn new_plan(&self, name: String, language: Language, public_url: Option<PublicUrl>) -> Result<Outcome, OrderError> {
        let Some(template) = template::find(&name) else { return Err(OrderError::NoTemplate { name }) };
        let plan = plans::create(&*self.store, &template, &name, language).await?;
        let mut links = Vec::new();
        for role in [Role::Facilitator, Role::Editor] {
            links.push((role, self.new_link(plan.id, role, "", public_url.as_ref()).await?));
        }
        Ok(Outcome::PlanMade { plan, links })
    }

    async fn new_link(&self, plan: PlanId, role: Role, label: &str, base: Option<&PublicUrl>) -> Result<String, OrderError> {
        let token = links::create(&*self.store, plan, role, label).await?;
        Ok(links::url(base.map_or(&self.base_url, PublicUrl::origin), plan, &token))
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
        let names = Names::of(&self.store, self.registry.as_ref(), plan).await?;
        let last = entries.last().map(|entry| entry.seq).filter(|_| more);
        Ok(Outcome::Audit { lines: entries.iter().map(|entry| Line::of(entry, &names)).collect(), after: last })
    }

    /// Revokes a link, and tells the room of its plan.
    async fn revoke(&self, wanted: String) -> Result<Outcome, OrderError> {
        let begins = wanted.to_ascii_lowercase();
        let links: Vec<LinkRecord> = records::list(&*self.store, b"").await?;
        let mut matching = links.into_iter().filter(|link| !begins.is_empty() && HEXLOWER.encode(&link.hash).starts_with(&begins));
        let Some(link) = matching.next() else { return Err(OrderError::NoLink(wanted)) };
        if matching.next().is_some() {
            return Err(OrderError::SeveralLinks(wanted));
        }
        let (hash, plan, before) = (short(&link.hash), link.plan, link.revoked_ms.is_some());
        if !before {
            audit::note(&*self.store, plan, None, Event::LinkRevoked(LinkTerms::of(&link))).await?;
            records::save(&*self.store, &LinkRecord { revoked_ms: Some(secret::now_ms()), ..link }).await?;
        }
        if let Some(registry) = &self.registry {
            registry.refresh(plan).await;
        }
        Ok(Outcome::Revoked { hash, before })
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

/// A link's hash as people are shown it.
#[must_use]
pub fn short(hash: &[u8; 32]) -> String {
    HEXLOWER.encode(&hash[..PREFIX_DIGITS / 2])
}
