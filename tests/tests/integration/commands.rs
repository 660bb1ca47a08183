//! The commands of the real binary: what cannot be done is one clear line that says what to do, and an exit code that is not 0.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use hamutuk_tests::process::{Setup, binary, hamutuk};

/// Runs a command that must fail, and answers what it said.
async fn refused(arguments: &[&str]) -> String {
    let said = hamutuk(arguments).await.expect_err("the command must fail").to_string();
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    assert_eq!(lines.len(), 1, "one line says it all: {said}");
    said
}

async fn check(arguments: &[&str], parts: &[&str]) {
    let said = refused(arguments).await;
    for part in parts {
        assert!(said.contains(part), "{arguments:?}: {part:?} is not in {said:?}");
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[tokio::test]
async fn what_cannot_be_done_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (data, file, new) = (dir.path().join("data"), dir.path().join("file"), dir.path().join("new"));
    check(&["serve", "--listen", &address, "--data", text(&data)], &["taken", "--listen"]).await;

    fs::write(&file, "not a directory").unwrap();
    check(&["serve", "--listen", "127.0.0.1:0", "--data", text(&file)], &[text(&file)]).await;
    check(&["verify", "--data", text(&new)], &[text(&new)]).await;
    check(&["plan", "list", "--data", text(&new)], &[text(&new)]).await;
    check(&["plan", "new", "--template", "nothing", "--data", text(&data)], &["nap1325-2025"]).await;

    fs::create_dir(&new).unwrap();
    fs::write(new.join("format"), "hamutuk-data 9999\n").unwrap();
    check(&["serve", "--listen", "127.0.0.1:0", "--data", text(&new)], &["newer", "9999"]).await;
}

#[tokio::test]
async fn data_in_use_or_damaged_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    let data = dir.path().join("data");
    for command in [&["verify"][..], &["backup", text(&dir.path().join("copy"))]] {
        check(&[command, &["--data", text(&data)]].concat(), &[text(&data), "in use by another Hamutuk"]).await;
    }
    server.stop().await.unwrap();
    hamutuk(["verify", "--data", text(&data)]).await.unwrap();
    let copy = dir.path().join("copy.backup");
    hamutuk(["backup", text(&copy), "--data", text(&data)]).await.unwrap();
    check(&["backup", text(&copy), "--data", text(&data)], &[text(&copy)]).await;
    check(&["restore", text(&copy), "--data", text(&data)], &[text(&data)]).await;

    // One byte of what is stored is another one.
    let database = data.join("db");
    let mut bytes = fs::read(&database).unwrap();
    let title = b"NAP 1325 joint action plan";
    let at = bytes.windows(title.len()).position(|window| window == title).expect("the plan's record holds its title");
    bytes[at] ^= 1;
    fs::write(&database, bytes).unwrap();
    let said = hamutuk(["verify", "--data", text(&data)]).await.expect_err("what is damaged is found").to_string();
    assert!(said.contains("damaged") || said.contains("corrupt"), "{said}");
}

#[tokio::test]
async fn nobody_has_to_read_what_a_command_prints() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut command = Command::new(binary().unwrap());
    command.args(["plan", "new", "--template", "nap1325-2025", "--data", text(&data)]).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}
