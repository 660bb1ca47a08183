//! What the server has noted, as it sends it: oldest first, in pieces.

use hamutuk_shared::id::ParticipantId;
use js_sys::{Array, Object};
use wasm_bindgen::JsCast;

use crate::api::{self, Answer, ApiError, Speaker};

/// A piece has an end; a server that always has more would never be done.
const PIECES_MAX: usize = 200;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Its number.
    pub(super) seq: u64,
    /// When, in milliseconds since 1970, by the server's clock.
    pub(super) at_ms: i64,
    /// Who did it; none for the administrator.
    pub(super) actor: Option<ParticipantId>,
    /// What, in a word of the server's.
    pub(super) what: String,
    /// What else the server says of it: names and values.
    pub(super) detail: Vec<(String, String)>,
}

impl Event {
    /// One of the details; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &str {
        self.detail.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn of(answer: &Answer) -> Result<Self, ApiError> {
        let number = |name: &str| answer.field(name).and_then(|value| value.as_f64()).ok_or(ApiError::Unreadable);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the server sends whole numbers far below 2^53")]
        let (seq, at_ms) = (number("seq")? as u64, number("at_ms")? as i64);
        Ok(Self { seq, at_ms, actor: answer.need("actor").ok(), what: answer.need("what")?, detail: detail(answer) })
    }
}

fn detail(answer: &Answer) -> Vec<(String, String)> {
    let mut all = Vec::new();
    if let Some(detail) = answer.field("detail").and_then(|detail| detail.dyn_into::<Object>().ok()) {
        read(&detail, "", &mut all);
    }
    all
}

/// Texts and numbers as they are, of a list its parts, and of what has parts with names each as `name.part`.
fn read(from: &Object, prefix: &str, all: &mut Vec<(String, String)>) {
    for pair in Object::entries(from).iter().map(|pair| Array::from(&pair)) {
        let (name, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
        let name = format!("{prefix}{name}");
        let list = value.dyn_ref::<Array>().map(|parts| parts.iter().filter_map(|one| one.as_string()).collect::<Vec<_>>().join(" "));
        if let Some(words) = value.as_string().or(list).or_else(|| value.as_f64().map(|number| number.to_string())) {
            all.push((name, words));
        } else if let Some(parts) = value.dyn_ref::<Object>() {
            read(parts, &format!("{name}."), all);
        }
    }
}

/// All of it, oldest first.
pub(super) async fn events(speaker: Speaker) -> Result<Vec<Event>, ApiError> {
    let mut all: Vec<Event> = Vec::new();
    for _ in 0..PIECES_MAX {
        let after = all.last().map_or(0, |event| event.seq);
        let answer = Answer(api::call("GET", &speaker.address(&format!("audit?after={after}")), None).await?);
        let piece = answer.all("events").iter().map(Event::of).collect::<Result<Vec<_>, _>>()?;
        let has_more = !piece.is_empty() && answer.field("more").is_some_and(|more| more.is_truthy());
        all.extend(piece);
        if !has_more {
            break;
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use js_sys::JSON;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn an_event_is_read_whatever_it_says() {
        let person = ParticipantId::from_bytes([3; 16]);
        let json = format!(
            r#"{{"seq":7,"at_ms":1733130000000,"actor":"{person}","what":"link_made",
            "detail":{{"label":"Group B","people_max":12,"expires_ms":null,"sections":["a","b"],"now":{{"label":"C"}}}}}}"#
        );
        let event = Event::of(&Answer(JSON::parse(&json).unwrap())).unwrap();
        assert_eq!((event.seq, event.at_ms, event.actor, event.what.as_str()), (7, 1_733_130_000_000, Some(person), "link_made"));
        for (name, value) in
            [("label", "Group B"), ("people_max", "12"), ("expires_ms", ""), ("sections", "a b"), ("now.label", "C"), ("other", "")]
        {
            assert_eq!(event.get(name), value, "{name}");
        }
        let bare = Event::of(&Answer(JSON::parse(r#"{"seq":1,"at_ms":2,"actor":null,"what":"x"}"#).unwrap())).unwrap();
        assert_eq!((bare.actor, bare.detail), (None, vec![]));
    }
}
