//! How somebody gets into a plan: the address, the links, and what joining gives.

mod http;

use std::net::SocketAddr;

use anyhow::{Context as _, Result, bail};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{ParticipantId, PlanId};
use serde::Deserialize;
use serde_json::json;

pub use http::{Answer, Request};

/// Where a server is, and the tokens that open its plan.
#[derive(Debug, Clone)]
pub struct Door {
    /// Where it listens.
    pub address: SocketAddr,
    /// The plan.
    pub plan: PlanId,
    /// The facilitator's token.
    pub facilitator: String,
    /// The editors' token.
    pub editor: String,
}

/// Somebody who joined: what their browser holds.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Where the server is.
    pub address: SocketAddr,
    /// The plan.
    pub plan: PlanId,
    /// Who they are.
    pub participant: ParticipantId,
    /// What they may do.
    pub role: Role,
    /// What the browser sends back: name and value.
    pub cookie: String,
    /// The whole header that set it.
    pub set_cookie: String,
}

#[derive(Deserialize)]
struct JoinAnswer {
    participant: ParticipantId,
    role: Role,
}

impl Door {
    /// Joins with the link of a role.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn join(&self, role: Role, name: &str) -> Result<Joined> {
        let token = match role {
            Role::Facilitator => &self.facilitator,
            Role::Editor => &self.editor,
            role => panic!("there is no link for a {} from the start", role.as_str()),
        };
        self.join_by(token, name).await
    }

    /// Joins with any token.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn join_by(&self, token: &str, name: &str) -> Result<Joined> {
        let answer = self.ask_to_join(token, name).await?;
        if answer.status != 200 {
            bail!("joining was answered {}: {}", answer.status, answer.body);
        }
        let set_cookie = answer.header("set-cookie").context("joining gave no cookie")?.to_owned();
        let cookie = set_cookie.split(';').next().unwrap_or_default().to_owned();
        let JoinAnswer { participant, role } = serde_json::from_str(&answer.body)?;
        Ok(Joined { address: self.address, plan: self.plan, participant, role, cookie, set_cookie })
    }

    /// Asks to join with a token, and gives the answer as it came.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn ask_to_join(&self, token: &str, name: &str) -> Result<Answer> {
        let body = json!({ "token": token, "name": name, "organisation": "" });
        Request::post(format!("/api/plans/{}/join", self.plan), body.to_string()).send(self.address).await
    }
}

impl Joined {
    /// Makes a link of a role, as a facilitator; its token.
    ///
    /// # Errors
    /// When the server makes none.
    pub async fn make_link(&self, role: Role) -> Result<String> {
        let ask = Request::post(format!("/api/plans/{}/links", self.plan), json!({ "role": role }).to_string());
        let answer = ask.header("cookie", &self.cookie).send(self.address).await?;
        if answer.status != 200 {
            bail!("making a link was answered {}: {}", answer.status, answer.body);
        }
        let answer: serde_json::Value = serde_json::from_str(&answer.body)?;
        token_of(answer["url"].as_str().context("a link has an address")?)
    }
}

/// The token of a link: what stands behind its `#`.
///
/// # Errors
/// When there is none.
pub fn token_of(link: &str) -> Result<String> {
    Ok(link.split_once('#').context("a link without a token")?.1.to_owned())
}
