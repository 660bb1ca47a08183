//! The log holds no secret and nothing that a person wrote, however much of it is asked for.

use hamutuk_shared::access::Role;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Request, token_of};
use hamutuk_tests::process::{Setup, hamutuk};
use serde_json::json;

const NAME: &str = "Filomena Xavier";
const ORGANISATION: &str = "Asosiasaun Kulu-Fatin";
const WORDS: &str = "rezerva ba feto iha Suai";
const LABEL: &str = "Grupu Maubisse";
const WRONG: &str = "d3JvbmctdG9rZW4td3JvbQ";

/// Everything that is nobody's business who reads a log, with what it is.
type Secrets = Vec<(&'static str, String)>;

/// The ways in which bytes may be written: as they are, in hexadecimal, and as numbers.
fn forms(text: &str) -> [String; 3] {
    let hexadecimal: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let numbers: Vec<String> = text.bytes().map(|byte| byte.to_string()).collect();
    [text.to_lowercase(), hexadecimal, numbers.join(", ")]
}

fn found<'a>(output: &str, secrets: &'a Secrets) -> Vec<&'a str> {
    let output = output.to_lowercase();
    let is_in = |text: &str| forms(text).iter().any(|form| output.contains(form));
    secrets.iter().filter(|(_, text)| is_in(text)).map(|(what, _)| *what).collect()
}

#[test]
fn what_is_looked_for_would_be_found() {
    let secrets = vec![("words", WORDS.to_owned()), ("a name", NAME.to_owned())];
    for (output, expected) in [
        ("", &[][..]),
        ("rezerva", &[]),
        ("read: Rezerva BA feto iha Suai!", &["words"]),
        (&forms(WORDS)[1], &["words"]),
        (&format!("[0, {}]", forms(NAME)[2]), &["a name"]),
    ] {
        assert_eq!(found(output, &secrets), expected, "{output}");
    }
}

#[tokio::test]
async fn a_log_of_everything_says_nothing_of_what_people_write() {
    let dir = tempfile::tempdir().unwrap();
    // The first start shows the links of the new plan: they are meant for whoever starts it.
    let (setup, door) = Setup::new(dir.path()).start().await.unwrap().stop().await.unwrap();
    let setup = setup.variable("HAMUTUK_LOG", "trace").variable("HAMUTUK_LOG_FORMAT", "json");
    let server = setup.clone().resume(door).await.unwrap();
    let door = server.door();

    let body = json!({ "token": door.editor, "name": NAME, "organisation": ORGANISATION }).to_string();
    let join = Request::post(format!("/api/plans/{}/join", door.plan), body).send(door.address).await.unwrap();
    let cookie = join.header("set-cookie").unwrap().split(';').next().unwrap().split_once('=').unwrap().1.to_owned();
    assert_eq!(door.ask_to_join(WRONG, NAME).await.unwrap().status, 403);
    let bearer = Request::get(format!("/api/plans/{}/me", door.plan)).header("authorization", &format!("Bearer {cookie}"));
    assert_eq!(bearer.send(door.address).await.unwrap().status, 200);

    let facilitator = server.join(Role::Facilitator, NAME).await.unwrap();
    let facilitator_cookie = facilitator.cookie.split_once('=').unwrap().1.to_owned();
    let mut writes = WireClient::open(facilitator).await.unwrap();
    let mut reads = WireClient::open(server.join(Role::Editor, NAME).await.unwrap()).await.unwrap();
    let field = writes.context();
    writes.write_acked(field, WORDS).await;
    reads.until("the words arrive", |reads| reads.text(field) == WORDS).await;
    let data = setup.data();
    let made = hamutuk(["link", "new", "--role", "editor", "--label", LABEL, "--data", data.to_str().unwrap()]).await.unwrap();

    let secrets: Secrets = vec![
        ("the facilitator's token", door.facilitator.clone()),
        ("the editors' token", door.editor.clone()),
        ("a wrong token", WRONG.to_owned()),
        ("the token of a new link", token_of(made.trim()).unwrap()),
        ("a cookie", cookie),
        ("the facilitator's cookie", facilitator_cookie),
        ("a name", NAME.to_owned()),
        ("an organisation", ORGANISATION.to_owned()),
        ("a label", LABEL.to_owned()),
        ("words", WORDS.to_owned()),
    ];
    server.stop().await.unwrap();
    let output = setup.output().unwrap();
    for level in ["TRACE", "DEBUG"] {
        assert!(output.contains(&format!("\"level\":\"{level}\"")), "everything was to be logged");
    }
    assert!(output.contains("\"status\":403"), "the wrong token was to be logged as an answer");
    assert_eq!(found(&output, &secrets), [""; 0], "in {} bytes of log", output.len());
}
