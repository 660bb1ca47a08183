//! What the server says of links, and is asked about them. Facilitators only.

use hamutuk_shared::access::Role;
use hamutuk_shared::id::{ParticipantId, SectionId};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::api::{self, Answer, ApiError, Speaker};

/// A link, as the facilitators see it: without its token, which only its maker saw.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    /// What the server calls it.
    pub(super) id: String,
    /// What the facilitator calls it; may be empty.
    pub(super) label: String,
    /// What it makes of whoever opens it.
    pub(super) role: Role,
    /// The sections that it is for; none for the whole plan.
    pub(super) sections: Option<Vec<SectionId>>,
    /// When it was made, in milliseconds since 1970, by the server's clock, as all times here.
    pub(super) created_ms: f64,
    /// By whom; none on the command line.
    pub(super) created_by: Option<ParticipantId>,
    /// Until when it is good; none for ever.
    pub(super) expires_ms: Option<f64>,
    /// How many people may join by it; none for any number.
    pub(super) people_max: Option<u32>,
    /// When it was revoked.
    pub(super) revoked_ms: Option<f64>,
    /// Who joined by it, and when.
    pub(super) people: Vec<(ParticipantId, f64)>,
}

/// Whether a link lets people in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It does.
    Valid,
    /// Its time is over.
    Expired,
    /// As many joined by it as may. They stay in.
    Full,
    /// It was revoked, and whoever joined by it is out.
    Revoked,
}

impl Link {
    /// Whether it lets people in at a time.
    pub(super) fn state(&self, now_ms: f64) -> State {
        let is_full = self.people_max.is_some_and(|max| self.people.len() >= max as usize);
        if self.revoked_ms.is_some() {
            State::Revoked
        } else if self.expires_ms.is_some_and(|end| end <= now_ms) {
            State::Expired
        } else if is_full {
            State::Full
        } else {
            State::Valid
        }
    }

    fn of(answer: &Answer) -> Result<Self, ApiError> {
        let number = |name: &str| answer.field(name).and_then(|value| value.as_f64());
        let person = |one: &Answer| Some((one.need("participant").ok()?, one.field("joined_ms")?.as_f64()?));
        let sections = answer.all("sections").into_iter().filter_map(|one| one.0.as_string()?.parse().ok());
        Ok(Self {
            id: answer.need("id")?,
            label: answer.text("label").unwrap_or_default(),
            role: answer.role()?,
            sections: answer.field("sections").map(|_| sections.collect()),
            created_ms: number("created_ms").unwrap_or_default(),
            created_by: answer.need("created_by").ok(),
            expires_ms: number("expires_ms"),
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the server sends a number of people")]
            people_max: number("people_max").map(|max| max as u32),
            revoked_ms: number("revoked_ms"),
            people: answer.all("people").iter().filter_map(person).collect(),
        })
    }
}

/// What a facilitator says of a link.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    pub(super) label: String,
    pub(super) role: Role,
    pub(super) sections: Option<Vec<SectionId>>,
    pub(super) expires_ms: Option<f64>,
    pub(super) people_max: Option<u32>,
}

impl Wanted {
    /// A link for those who write in one section.
    pub(super) fn for_group(section: SectionId, label: String) -> Self {
        Self { label, role: Role::Editor, sections: Some(vec![section]), expires_ms: None, people_max: None }
    }

    /// What the link is now.
    pub(super) fn of(link: &Link) -> Self {
        let Link { label, role, sections, expires_ms, people_max, .. } = link.clone();
        Self { label, role, sections, expires_ms, people_max }
    }

    fn body(&self) -> Object {
        let sections = self.sections.as_ref().map(|all| all.iter().map(|id| JsValue::from(id.to_string())).collect::<Array>());
        let body = Object::new();
        for (name, value) in [
            ("label", self.label.as_str().into()),
            ("role", self.role.as_str().into()),
            ("sections", sections.map_or(JsValue::NULL, Into::into)),
            ("expires_ms", self.expires_ms.map_or(JsValue::NULL, JsValue::from_f64)),
            ("people_max", self.people_max.map_or(JsValue::NULL, JsValue::from)),
        ] {
            // This cannot fail: it is a plain object.
            let _ = Reflect::set(&body, &name.into(), &value);
        }
        body
    }
}

/// A link that was just made. The server tells its address this one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewLink {
    pub(super) url: String,
    pub(super) code: Code,
}

/// A QR code: a path in a box of so many modules, the quiet zone included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) size: u32,
    pub(super) path: String,
}

/// All links of a plan, the newest first.
pub(super) async fn list(speaker: Speaker) -> Result<Vec<Link>, ApiError> {
    let answer = api::call("GET", &speaker.address("links"), None).await?;
    let all: Array = Array::from(&answer);
    let mut links = all.iter().map(|one| Link::of(&Answer(one))).collect::<Result<Vec<_>, _>>()?;
    links.sort_by(|one, other| other.created_ms.total_cmp(&one.created_ms));
    Ok(links)
}

/// Makes a link.
pub(super) async fn make(speaker: Speaker, wanted: &Wanted) -> Result<NewLink, ApiError> {
    let answer = Answer(api::call("POST", &speaker.address("links"), Some(&wanted.body())).await?);
    let code = answer.field("qr").map(Answer).ok_or(ApiError::Unreadable)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a QR code has at most some hundred modules")]
    let size = code.field("size").and_then(|size| size.as_f64()).ok_or(ApiError::Unreadable)? as u32;
    Ok(NewLink { url: answer.need("url")?, code: Code { size, path: code.need("path")? } })
}

/// Changes what a link is.
pub(super) async fn change(speaker: Speaker, id: &str, wanted: &Wanted) -> Result<(), ApiError> {
    api::call("PATCH", &speaker.address(&format!("links/{id}")), Some(&wanted.body())).await.map(drop)
}

/// Revokes a link.
pub(super) async fn revoke(speaker: Speaker, id: &str) -> Result<(), ApiError> {
    api::call("DELETE", &speaker.address(&format!("links/{id}")), None).await.map(drop)
}

#[cfg(test)]
mod tests {
    use js_sys::JSON;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn link(json: &str) -> Link {
        Link::of(&Answer(JSON::parse(json).unwrap())).unwrap()
    }

    #[wasm_bindgen_test]
    fn a_link_is_read_as_the_server_writes_it() {
        let section = SectionId::from_bytes([7; 10]);
        let person = ParticipantId::from_bytes([3; 16]);
        let read = link(&format!(
            r#"{{"id":"ab12","label":"Group B","role":"editor","sections":["{section}"],"created_ms":5,"created_by":"{person}",
            "expires_ms":null,"people_max":2,"revoked_ms":null,"people":[{{"participant":"{person}","joined_ms":9}}]}}"#
        ));
        assert_eq!(read.sections, Some(vec![section]));
        assert_eq!((read.created_by, read.expires_ms, read.people_max), (Some(person), None, Some(2)));
        assert_eq!(read.people, [(person, 9.0)]);
        let whole = link(r#"{"id":"x","role":"viewer","sections":null,"created_by":null,"people":[],"later":1}"#);
        assert_eq!((whole.sections, whole.created_by, whole.label), (None, None, String::new()));
    }

    #[wasm_bindgen_test]
    fn the_gravest_reason_is_told() {
        let of = |expires: &str, max: &str, revoked: &str| {
            let json = format!(
                r#"{{"id":"x","role":"editor","sections":null,"expires_ms":{expires},"people_max":{max},"revoked_ms":{revoked},
                "people":[{{"participant":"{}","joined_ms":1}}]}}"#,
                ParticipantId::from_bytes([3; 16])
            );
            link(&json).state(100.0)
        };
        for (expires, max, revoked, expected) in [
            ("null", "null", "null", State::Valid),
            ("101", "2", "null", State::Valid),
            ("100", "null", "null", State::Expired),
            ("null", "1", "null", State::Full),
            ("99", "1", "null", State::Expired),
            ("99", "1", "5", State::Revoked),
        ] {
            assert_eq!(of(expires, max, revoked), expected, "{expires} {max} {revoked}");
        }
    }

    #[wasm_bindgen_test]
    fn what_is_wanted_is_said_in_full() {
        let section = SectionId::from_bytes([7; 10]);
        let said = JSON::stringify(&Wanted::for_group(section, "A".into()).body()).unwrap();
        let expected = format!(r#"{{"label":"A","role":"editor","sections":["{section}"],"expires_ms":null,"people_max":null}}"#);
        assert_eq!(String::from(said), expected);
    }
}
