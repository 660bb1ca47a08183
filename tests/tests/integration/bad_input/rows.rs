//! The table: what is sent, and what the sender may be told.

use automerge::Change;
use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::{LogId, ParticipantId, SERVER, Seq};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, Hash, LogPoint, Presence, encode};
use hamutuk_tests::socket::CaughtUp;
use hamutuk_tests::writer::Writer;
use serde_bytes::ByteBuf;
use tokio_tungstenite::tungstenite::Message;

use super::{Told, bomb};

/// When it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// As the first thing.
    Fresh,
    /// After the hello and all that it brings.
    Welcomed,
}

pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) start: Start,
    pub(super) messages: Vec<Message>,
    pub(super) expected: &'static [Told],
}

const MALFORMED: &[Told] = &[Told::Goodbye(Goodbye::Malformed)];
/// The server closes before all is read, and the reset may overtake the goodbye.
const CUT_OFF: &[Told] = &[Told::Goodbye(Goodbye::Malformed), Told::End];
const NOTHING: &[Told] = &[Told::Nothing];

/// Every row, sent as this participant, who knows the plan.
pub(super) fn all(participant: ParticipantId, plan: &CaughtUp) -> Vec<Row> {
    let mut rows = frames();
    rows.extend(out_of_turn());
    rows.extend(no_changes(participant, plan));
    rows.extend(refused_changes(participant, plan));
    rows
}

/// Small frames that are fine one by one.
pub(super) fn tiny() -> [(&'static str, Vec<u8>); 3] {
    let presence = Presence { path: Some("meta/vision".to_owned()), selection: None, ..Presence::default() };
    [
        ("pings", encode(&ClientFrame::Ping)),
        ("presence", encode(&ClientFrame::Presence(presence))),
        ("empty pushes", encode(&ClientFrame::Push { changes: Vec::new() })),
    ]
}

fn binary(bytes: impl Into<Vec<u8>>) -> Message {
    Message::Binary(bytes.into().into())
}

fn push(changes: &[Vec<u8>]) -> Message {
    binary(encode(&ClientFrame::Push { changes: changes.iter().cloned().map(ByteBuf::from).collect() }))
}

fn row(name: &'static str, start: Start, message: Message, expected: &'static [Told]) -> Row {
    Row { name, start, messages: vec![message], expected }
}

/// What is no frame.
fn frames() -> Vec<Row> {
    use Start::{Fresh, Welcomed};
    let ping = encode(&ClientFrame::Ping);
    let hello = encode(&ClientFrame::Hello { after: None });
    let noise: Vec<u8> = [1].into_iter().chain((0..5_000).map(|_| rand::random())).collect();
    let other_version: Vec<u8> = [&[9], &ping[1..]].concat();
    // A list in a list in a list, and a list that says it has 2^60 entries.
    let nested: Vec<u8> = [1].into_iter().chain(std::iter::repeat_n(0x81, 100_000)).collect();
    let endless = [&[1, 0xA1, 0x64][..], b"Push", &[0xA1, 0x67], b"changes", &[0x9B, 0x10, 0, 0, 0, 0, 0, 0, 0]].concat();
    let long_words = [&[1, 0xA1, 0x64][..], b"Push", &[0xA1, 0x67], b"changes", &[0x81, 0x5B, 0x10, 0, 0, 0, 0, 0, 0, 0]].concat();
    vec![
        row("half a frame", Fresh, binary(&hello[..hello.len() / 2]), MALFORMED),
        row("an empty frame", Welcomed, binary([]), MALFORMED),
        row("a frame and a byte", Welcomed, binary([&ping[..], &[0]].concat()), MALFORMED),
        row("noise", Welcomed, binary(noise.clone()), MALFORMED),
        row("noise at first", Fresh, binary(noise), MALFORMED),
        row("another version", Welcomed, binary(other_version.clone()), &[Told::Goodbye(Goodbye::Version)]),
        row("another version at first", Fresh, binary(other_version), &[Told::Goodbye(Goodbye::Version)]),
        row("text", Welcomed, Message::Text("hello".into()), MALFORMED),
        row("a frame that is too long", Welcomed, binary(vec![1; limits::FRAME_BYTES_MAX + 1]), CUT_OFF),
        row("a frame that is far too long", Fresh, binary(vec![1; 16 * limits::FRAME_BYTES_MAX]), CUT_OFF),
        row("lists in lists", Welcomed, binary(nested), MALFORMED),
        row("a list without an end", Welcomed, binary(endless), MALFORMED),
        row("a change of 2^60 bytes", Welcomed, binary(long_words), MALFORMED),
    ]
}

/// Frames that mean nothing where they come.
fn out_of_turn() -> Vec<Row> {
    use Start::{Fresh, Welcomed};
    let hello = |after| binary(encode(&ClientFrame::Hello { after }));
    let presence = |path: Option<String>| {
        binary(encode(&ClientFrame::Presence(Presence { path, selection: Some((u32::MAX, 0)), ..Presence::default() })))
    };
    let nowhere = LogPoint { log: LogId::from_bytes([3; 16]), seq: Seq(u64::MAX), hash: Hash([3; 32]) };
    vec![
        row("a push before the hello", Fresh, push(&[bomb::operations()]), MALFORMED),
        row("presence before the hello", Fresh, presence(None), MALFORMED),
        row("a second hello", Welcomed, hello(None), MALFORMED),
        row("a place that no log has", Fresh, hello(Some(nowhere)), NOTHING),
        row("presence on a path that is too long", Welcomed, presence(Some("a".repeat(900_000))), NOTHING),
    ]
}

/// Pushes of what is no change.
fn no_changes(participant: ParticipantId, plan: &CaughtUp) -> Vec<Row> {
    use Start::Welcomed;
    let mut writer = Writer::new(participant, plan, 0).unwrap();
    let (first, second) = (writer.type_words("one ").unwrap(), writer.type_words("two ").unwrap());
    let (first, second) = (first.raw_bytes(), second.raw_bytes());
    let mut long = Writer::new(participant, plan, 0).unwrap();
    let long = long.type_words(&"a".repeat(limits::CHANGE_OPERATIONS_MAX + 1)).unwrap();
    assert!(long.raw_bytes().len() < limits::CHANGE_BYTES_MAX, "too many operations in few enough bytes");
    vec![
        row("nothing for a change", Welcomed, push(&[vec![]]), MALFORMED),
        row("noise for a change", Welcomed, push(&[(0..500).map(|_| rand::random()).collect()]), MALFORMED),
        row("half a change", Welcomed, push(&[first[..first.len() / 2].to_vec()]), MALFORMED),
        row("a damaged change", Welcomed, push(&[bomb::damaged(first)]), MALFORMED),
        row("two changes in one", Welcomed, push(&[[first, second].concat()]), MALFORMED),
        row("more changes than a push has", Welcomed, push(&vec![vec![0]; limits::PUSH_CHANGES_MAX + 1]), MALFORMED),
        row("a change that is too long", Welcomed, push(&[vec![0; limits::CHANGE_BYTES_MAX + 1]]), MALFORMED),
        row("a change of too many operations", Welcomed, push(&[long.raw_bytes().to_vec()]), MALFORMED),
        row("inflates to 200 MB", Welcomed, push(&[bomb::deflate()]), MALFORMED),
        row("inflates to 200 MB, four times", Welcomed, push(&vec![bomb::deflate(); 4]), MALFORMED),
        row("68 billion operations", Welcomed, push(&[bomb::operations()]), MALFORMED),
    ]
}

/// Pushes of changes that are well made, and that this participant may not make.
fn refused_changes(participant: ParticipantId, plan: &CaughtUp) -> Vec<Row> {
    let stranger = ParticipantId::from_bytes([5; 16]);
    let change = |author, write: &dyn Fn(&mut Writer) -> anyhow::Result<Change>| {
        let mut writer = Writer::new(author, plan, 0).unwrap();
        push(&[write(&mut writer).unwrap().raw_bytes().to_vec()])
    };
    let without_first = |writer: &mut Writer| writer.type_words("one ").and_then(|_| writer.type_words("two "));
    let row = |name, message, expected| row(name, Start::Welcomed, message, expected);
    vec![
        row("a change without what it builds on", change(participant, &without_first), &[Told::Missing]),
        row(
            "another person's change",
            change(stranger, &|writer| writer.type_words("I am somebody else")),
            &[Told::Denied(Refusal::Forged)],
        ),
        row("the server's change", change(SERVER, &|writer| writer.type_words("I am the server")), &[Told::Denied(Refusal::Forged)]),
        row("the plan's title", change(participant, &|writer| writer.type_into_title("mine ")), &[Told::Denied(Refusal::NotAllowed)]),
        row("all sections at once", change(participant, &Writer::delete_sections), &[Told::Denied(Refusal::Destroys)]),
    ]
}
