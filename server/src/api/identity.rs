//! Who asks: a cookie (or, from a program, the same secret as a bearer token) names a participant, and their link gives the role.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::id::{ParticipantId, PlanId};
use hamutuk_shared::limits::COMPANIONS_MAX;
use serde::Deserialize;

use crate::config::PublicUrl;
use crate::error::ApiError;
use crate::grants::{self, GrantError, Granted};
use crate::live::room::core::Companion;
use crate::records::{self, CookieRecord, LinkRecord, LinkState, ParticipantRecord, PlanRecord};
use crate::secret::{self, Secret};
use crate::store::{Store, StoreError};

/// How many cookies of a plan are looked up for a request.
const COOKIES_MAX: usize = 4 * COMPANIONS_MAX;

const COOKIE_SECONDS: u32 = 365 * 24 * 60 * 60;

/// Somebody who has joined a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// As whom they write, and what they may do.
    pub grant: Grant,
    /// Until when, in milliseconds since 1970, if their link ends by itself.
    pub until_ms: Option<u64>,
    /// What is known of them.
    pub participant: ParticipantRecord,
}

impl Identity {
    /// Whether they have what they have by the link that they came by, also when they open this one: it is the same, or gives less.
    pub(super) fn keeps_to_own(&self, link: &LinkRecord) -> bool {
        let gives_less = self.grant.role == link.role && self.grant.scope.is_more_than(&link.scope);
        self.participant.link == link.hash || self.grant.role.is_more_than(link.role) || gives_less
    }
}

/// Whom a request says that it comes from, and what may prove it. Several people may have joined with one browser, each with a cookie.
pub struct Asker {
    headers: HeaderMap,
    /// `?as=` and a participant's id. Without it, it is whoever joined last with that browser.
    claimed: Option<ParticipantId>,
}

#[derive(Deserialize)]
struct Claim {
    #[serde(default, rename = "as")]
    participant: Option<ParticipantId>,
}

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Query(claim) = Query::<Claim>::try_from_uri(&parts.uri).map_err(|_| ApiError::Malformed)?;
        Ok(Self::of(parts.headers.clone(), claim.participant))
    }
}

impl Asker {
    /// Whoever sends these headers, and says that they are this participant.
    pub(super) const fn of(headers: HeaderMap, claimed: Option<ParticipantId>) -> Self {
        Self { headers, claimed }
    }

    /// The same browser, speaking for this participant.
    pub(super) fn claiming(&self, participant: ParticipantId) -> Self {
        Self::of(self.headers.clone(), Some(participant))
    }

    /// The records of its secrets for a plan, those of who joined last first.
    async fn records(&self, store: &dyn Store, plan: PlanId) -> Result<Vec<CookieRecord>, StoreError> {
        let secrets = match bearer(&self.headers) {
            Some(secret) => vec![secret],
            None => cookies(&self.headers, plan, self.claimed),
        };
        let mut found: Vec<CookieRecord> = Vec::new();
        for secret in secrets {
            let record: Option<CookieRecord> = records::load(store, &secret.hash()).await?;
            found.extend(record.filter(|record| record.plan == plan && record.left_ms.is_none()));
        }
        found.sort_by_key(|record| std::cmp::Reverse(record.created_ms));
        Ok(found)
    }
}

/// The participant of a request.
///
/// # Errors
/// [`ApiError::NotJoined`] without a valid cookie, [`ApiError::LinkRevoked`], or what the store says.
pub async fn of(store: &dyn Store, plan: PlanId, asker: &Asker) -> Result<Identity, ApiError> {
    if records::load::<PlanRecord>(store, plan.as_bytes()).await?.is_none() {
        return Err(ApiError::PlanNotFound);
    }
    let records = asker.records(store, plan).await?;
    let is_they = |record: &&CookieRecord| asker.claimed.is_none_or(|claimed| record.participant == claimed);
    let cookie = records.iter().find(is_they).ok_or(ApiError::NotJoined)?;
    let Granted { grant, until_ms, participant } = grants::of(store, plan, cookie.participant).await?;
    Ok(Identity { grant, until_ms, participant })
}

/// Who else has joined with the same browser and may do something, besides `participant`.
///
/// # Errors
/// What the store says.
pub async fn companions(store: &dyn Store, plan: PlanId, asker: &Asker, participant: ParticipantId) -> Result<Vec<Companion>, StoreError> {
    let mut found: Vec<Companion> = Vec::new();
    for CookieRecord { participant: other, .. } in asker.records(store, plan).await? {
        if other == participant || found.iter().any(|known| known.grant.participant == other) {
            continue;
        }
        match grants::of(store, plan, other).await {
            Ok(Granted { grant, until_ms, .. }) => found.push(Companion { grant, until_ms }),
            Err(GrantError::NotJoined | GrantError::LinkRevoked | GrantError::LinkExpired) => {}
            Err(GrantError::Store(error)) => return Err(error),
        }
        if found.len() == COMPANIONS_MAX {
            break;
        }
    }
    Ok(found)
}

/// The browser of a request keeps nothing of its participant any more. The header that takes its cookie away.
///
/// # Errors
/// What the store says.
pub(super) async fn forget(store: &dyn Store, plan: PlanId, asker: &Asker, participant: ParticipantId) -> Result<HeaderValue, ApiError> {
    for record in asker.claiming(participant).records(store, plan).await?.into_iter().filter(|record| record.participant == participant) {
        records::save(store, &CookieRecord { left_ms: Some(secret::now_ms()), ..record }).await?;
    }
    let gone = format!("{}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0", name_of(plan, participant));
    Ok(HeaderValue::from_str(&gone).expect("ids are ASCII letters and digits"))
}

/// The facilitator of a request.
///
/// # Errors
/// [`ApiError::NotAllowed`] if it is somebody else, or as [`of`].
pub(super) async fn facilitator(store: &dyn Store, plan: PlanId, asker: &Asker) -> Result<ParticipantId, ApiError> {
    let grant = of(store, plan, asker).await?.grant;
    if grant.role == Role::Facilitator { Ok(grant.participant) } else { Err(ApiError::NotAllowed) }
}

/// The link of a token, if it opens this plan.
pub(super) async fn link_of(store: &dyn Store, plan: PlanId, token: &str) -> Result<LinkRecord, ApiError> {
    if records::load::<PlanRecord>(store, plan.as_bytes()).await?.is_none() {
        return Err(ApiError::PlanNotFound);
    }
    let token = Secret::parse(token).ok_or(ApiError::LinkWrong)?;
    let link: LinkRecord = records::load(store, &token.hash()).await?.ok_or(ApiError::LinkWrong)?;
    match link.state(secret::now_ms()) {
        _ if link.plan != plan => Err(ApiError::LinkWrong),
        LinkState::Valid => Ok(link),
        LinkState::Expired => Err(ApiError::LinkExpired),
        LinkState::Revoked => Err(ApiError::LinkRevoked),
    }
}

/// Stores a new cookie for a participant, and gives the header that sets it.
pub(super) async fn give_cookie(
    store: &dyn Store,
    plan: PlanId,
    participant: ParticipantId,
    public_url: Option<&PublicUrl>,
) -> Result<HeaderValue, ApiError> {
    let secret = Secret::new()?;
    let record = CookieRecord { hash: secret.hash(), participant, plan, created_ms: secret::now_ms(), left_ms: None };
    records::save(store, &record).await.map_err(|error: StoreError| ApiError::from(error))?;
    let secure = if public_url.is_some_and(PublicUrl::is_https) { "; Secure" } else { "" };
    let cookie =
        format!("{}={}; HttpOnly; SameSite=Strict; Path=/; Max-Age={COOKIE_SECONDS}{secure}", name_of(plan, participant), secret.reveal());
    let mut value = HeaderValue::from_str(&cookie).expect("ids and secrets are ASCII letters and digits");
    value.set_sensitive(true);
    Ok(value)
}

fn name_of(plan: PlanId, participant: ParticipantId) -> String {
    format!("hamutuk_{plan}_{participant}")
}

fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Secret::parse(secret.trim()) } else { None }
}

/// The secrets that a browser has for a plan, first that of who it says that it is. Some may be worth nothing any more; more than a
/// browser keeps for us are not looked up.
fn cookies(headers: &HeaderMap, plan: PlanId, claimed: Option<ParticipantId>) -> Vec<Secret> {
    let (plain, wanted) = (format!("hamutuk_{plan}"), claimed.map(|claimed| name_of(plan, claimed)));
    // Before a laptop could be shared, a plan had one cookie, without the participant's id.
    let is_own = |name: &str| name.strip_prefix(&plain).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'));
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut own: Vec<(&str, Secret)> =
        pairs.filter(|(name, _)| is_own(name)).filter_map(|(name, value)| Some((name, Secret::parse(value)?))).collect();
    own.sort_by_key(|(name, _)| Some(*name) != wanted.as_deref());
    own.into_iter().map(|(_, secret)| secret).take(COOKIES_MAX).collect()
}
