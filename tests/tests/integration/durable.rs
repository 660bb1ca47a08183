//! No ack, and no change for others, leaves a socket before the change is synced to the disk. Shown with strace, which sees every write
//! and every sync of the real server.
//!
//! How it is judged, for each change by its hash, without guessing from the order of unrelated calls:
//!
//! - *written*: a write to the `db` file has returned whose bytes hold the hash (the store keeps it beside the change);
//! - *synced*: after that, an `fsync` or `fdatasync` of that file was begun, and has returned;
//! - *told*: a write to a socket was begun whose bytes hold the hash (an ack does, and later the change that builds on it) or the change
//!   itself (what others are sent).
//!
//! It must be written, synced, told. strace writes a line when a call begins and when it returns, and a thread goes on only when its line
//! is written; so whatever the server waited for stands in the right order. Calls in between that have nothing to do with a change
//! (other commits, compaction, presence) do not matter.

mod trace;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;

use hamutuk_shared::access::Role;
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame};
use hamutuk_tests::process::Setup;
use hamutuk_tests::socket::Opening;
use hamutuk_tests::wait::eventually;
use hamutuk_tests::writer::Writer;
use serde_bytes::ByteBuf;

use self::trace::{Event, hex};

const CHANGES: usize = 100;

/// Whether a change is part of what a call wrote: by so many of its first bytes, the checksum among them.
const CHUNK_BYTES: usize = 64;

#[tokio::test]
async fn no_ack_leaves_before_the_change_is_synced() {
    assert!(
        Command::new("strace").arg("--version").output().is_ok(),
        "strace is missing, and without it nobody looks whether an ack waits for the sync: please install it, on Debian with: sudo \
         apt-get install strace"
    );
    let dir = tempfile::tempdir().unwrap();
    let output = dir.path().join("trace.txt");
    let calls = "trace=fsync,fdatasync,sync_file_range,write,writev,pwrite64,pwritev,sendto,sendmsg";
    // -D: strace is not the server's parent, so that the test's child is the server. -xx: all bytes in hexadecimal. -s: all of them.
    let strace = ["strace", "-D", "-f", "-q", "-yy", "-xx", "-s", "1000000", "-e", calls, "-e", "signal=none", "-o"];
    let setup = Setup::new(dir.path()).wrapped(strace.iter().map(|word| (*word).into()).chain([output.clone().into_os_string()]));
    let server = setup.start().await.unwrap();
    let other = server.join(Role::Editor, "Other").await.unwrap();
    let mut other = Opening::of(&other).unwrap().open().await.unwrap();
    other.catch_up(None).await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let mut socket = Opening::of(&joined).unwrap().open().await.unwrap();
    let plan = socket.catch_up(None).await.unwrap();
    let mut writer = Writer::new(joined.participant, &plan, 0).unwrap();

    let mut changes = Vec::new();
    for number in 0..CHANGES {
        let change = writer.type_words(&format!("words {number} ")).unwrap();
        socket.send(&ClientFrame::Push { changes: vec![ByteBuf::from(change.raw_bytes())] }).await.unwrap();
        while !matches!(socket.next().await.unwrap().unwrap(), ServerFrame::Ack { .. }) {}
        while !matches!(other.next().await.unwrap().unwrap(), ServerFrame::Changes { .. }) {}
        changes.push(change);
    }
    let pid = server.pid().unwrap();
    let (setup, _) = server.stop().await.unwrap();
    let text = eventually("strace has written everything", async || {
        let text = fs::read_to_string(&output).unwrap();
        text.lines().any(|line| line.starts_with(&format!("{pid} ")) && line.contains("+++ exited")).then_some(text)
    })
    .await;

    let db = setup.data().canonicalize().unwrap().join("db");
    let events = trace::parse(&text);
    let syncs = events.iter().filter(|event| event.is_return && event.call.is_sync_of(&db)).count();
    for change in &changes {
        let (hash, chunk) = (hex(&change.hash().0), hex(&change.raw_bytes()[..CHUNK_BYTES]));
        check(&events, &db, &hash, &chunk).unwrap_or_else(|error| panic!("{error}: change {}", change.hash()));
    }
    println!("{CHANGES} changes, each synced before it was told; {syncs} syncs among {} events", events.len());
}

/// Checks the order for one change.
fn check(events: &[Event], db: &Path, hash: &str, chunk: &str) -> Result<(), String> {
    let is_written = |event: &Event| event.is_return && event.call.is_write_to(db) && event.call.holds(hash);
    let written = events.iter().position(is_written).ok_or("it was never written to the data")?;
    let mut after = events[written..].iter().filter(|event| event.call.is_sync_of(db));
    let sync = after.find(|event| !event.is_return).ok_or("nothing was synced after it was written")?;
    let is_synced = |event: &Event| event.is_return && Rc::ptr_eq(&event.call, &sync.call);
    let synced = events.iter().position(is_synced).ok_or("the sync after it failed")?;
    let tells = |event: &Event, bytes| !event.is_return && event.call.is_to_socket() && event.call.holds(bytes);
    let told = [hash, chunk].map(|bytes| events.iter().position(|event| tells(event, bytes)));
    let [Some(acked), Some(sent)] = told else { return Err("the writer's ack or the other's copy was not found".to_owned()) };
    if acked.min(sent) < synced {
        return Err(format!("synced at event {synced}, but acked at {acked} and sent on at {sent}"));
    }
    Ok(())
}

/// The check itself would notice.
#[test]
fn an_ack_before_the_sync_is_found() {
    let line = |call: &str| format!("7 {call}\n");
    let write = line(r#"pwrite64(9</data/db>, "\xaa\xbb\xcc", 3, 0) = 3"#);
    let (begin, end) = (line("fdatasync(9</data/db> <unfinished ...>"), line("<... fdatasync resumed>) = 0"));
    let other_sync = line("fdatasync(8</elsewhere/db>) = 0");
    let ack = line(r#"sendto(12<TCP:[127.0.0.1:1->127.0.0.1:2]>, "\x01\xaa\xbb", 3, MSG_NOSIGNAL, NULL, 0) = 3"#).replace("7 ", "8 ");
    let copy = ack.replace(r"\xbb", r"\xdd");
    let failed = line("fdatasync(9</data/db>) = -1 EIO (Input/output error)");
    let (bytes, chunk) = (hex(&[0xAA, 0xBB]), hex(&[0xAA, 0xDD]));
    for (lines, is_well) in [
        (vec![&write, &begin, &end, &ack, &copy], true),
        (vec![&write, &begin, &end, &begin, &ack, &copy, &end], true),
        (vec![&write, &begin, &ack, &end, &copy], false),
        (vec![&write, &begin, &copy, &end, &ack], false),
        (vec![&begin, &write, &end, &ack, &copy], false),
        (vec![&write, &other_sync, &ack, &copy], false),
        (vec![&write, &failed, &ack, &copy], false),
        (vec![&ack, &write, &begin, &end, &copy], false),
        (vec![&begin, &end, &ack, &copy], false),
    ] {
        let text: String = lines.iter().map(|line| line.as_str()).collect();
        let events = trace::parse(&text);
        assert_eq!(check(&events, Path::new("/data/db"), &bytes, &chunk).is_ok(), is_well, "{text}");
    }
}
