//! Who asks: a cookie (or, from a program, the same secret as a bearer token) names a participant, and their link gives the role.

use axum::http::{HeaderMap, HeaderValue, header};
use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::id::{ParticipantId, PlanId};

use crate::config::PublicUrl;
use crate::error::ApiError;
use crate::grants::{self, Granted};
use crate::records::{self, CookieRecord, LinkRecord, LinkState, ParticipantRecord, PlanRecord};
use crate::secret::{self, Secret};
use crate::store::{Store, StoreError};

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

/// The participant of a request.
///
/// # Errors
/// [`ApiError::NotJoined`] without a valid cookie, [`ApiError::LinkRevoked`], or what the store says.
pub async fn of(store: &dyn Store, plan: PlanId, headers: &HeaderMap) -> Result<Identity, ApiError> {
    if records::load::<PlanRecord>(store, plan.as_bytes()).await?.is_none() {
        return Err(ApiError::PlanNotFound);
    }
    let secret = bearer(headers).or_else(|| cookie(headers, plan)).ok_or(ApiError::NotJoined)?;
    let cookie: CookieRecord = records::load(store, &secret.hash()).await?.ok_or(ApiError::NotJoined)?;
    if cookie.plan != plan {
        return Err(ApiError::NotJoined);
    }
    let Granted { grant, until_ms, participant } = grants::of(store, plan, cookie.participant).await?;
    Ok(Identity { grant, until_ms, participant })
}

/// The facilitator of a request.
///
/// # Errors
/// [`ApiError::NotAllowed`] if it is somebody else, or as [`of`].
pub(super) async fn facilitator(store: &dyn Store, plan: PlanId, headers: &HeaderMap) -> Result<ParticipantId, ApiError> {
    let grant = of(store, plan, headers).await?.grant;
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
    let record = CookieRecord { hash: secret.hash(), participant, plan, created_ms: secret::now_ms() };
    records::save(store, &record).await.map_err(|error: StoreError| ApiError::from(error))?;
    let secure = if public_url.is_some_and(PublicUrl::is_https) { "; Secure" } else { "" };
    let cookie = format!("{}={}; HttpOnly; SameSite=Strict; Path=/; Max-Age={COOKIE_SECONDS}{secure}", name_of(plan), secret.reveal());
    let mut value = HeaderValue::from_str(&cookie).expect("ids and secrets are ASCII letters and digits");
    value.set_sensitive(true);
    Ok(value)
}

fn name_of(plan: PlanId) -> String {
    format!("hamutuk_{plan}")
}

fn bearer(headers: &HeaderMap) -> Option<Secret> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { Secret::parse(secret.trim()) } else { None }
}

fn cookie(headers: &HeaderMap, plan: PlanId) -> Option<Secret> {
    let name = name_of(plan);
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).and_then(|(_, value)| Secret::parse(value))
}
