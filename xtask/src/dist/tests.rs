//! Of each function alone; the whole is tested by building the client.

use super::*;

const TEMPLATE: &str = "const BUILD = \"__BUILD__\"; const FILES = __FILES__;";

fn trunk_output() -> tempfile::TempDir {
    let directory = tempfile::tempdir().expect("a directory");
    let write = |name: &str, content: &str| fs::write(directory.path().join(name), content).expect("written");
    write("index.html", "<meta name=\"hamutuk-build\" content=\"__BUILD__\">");
    write("app-0123456789abcdef.js", "export default 1;");
    directory
}

#[test]
fn the_worker_and_the_page_share_a_build_id() {
    let directory = trunk_output();
    let worker = stamp(directory.path(), TEMPLATE).expect("stamped");
    let page = fs::read_to_string(directory.path().join(INDEX)).expect("a page");
    let build = worker.split('"').nth(1).expect("an id");
    assert_eq!(build.len(), 16);
    assert!(page.contains(build));
    assert!(worker.ends_with("const FILES = [\"/app-0123456789abcdef.js\"];"), "{worker}");
}

#[test]
fn any_change_is_another_build() {
    let first = stamp(trunk_output().path(), TEMPLATE).expect("stamped");
    let changed = trunk_output();
    fs::write(changed.path().join("main.css"), "p {}").expect("written");
    assert_ne!(first, stamp(changed.path(), TEMPLATE).expect("stamped"));
    assert_eq!(first, stamp(trunk_output().path(), TEMPLATE).expect("stamped"));
}

#[test]
fn a_page_without_a_place_for_the_id_is_refused() {
    let directory = trunk_output();
    fs::write(directory.path().join(INDEX), "<html>").expect("written");
    assert!(stamp(directory.path(), TEMPLATE).is_err());
}

#[test]
fn a_hash_is_replaced_in_its_place() {
    let name = "hamutuk-client-21035f60ee0a02cf_bg.wasm";
    assert_eq!(renamed(name, "ffffffffffffffff").as_deref(), Some("hamutuk-client-ffffffffffffffff_bg.wasm"));
    let short = "hamutuk-client-217679d7c3085b7_bg.wasm";
    assert_eq!(renamed(short, "ffffffffffffffff").as_deref(), Some("hamutuk-client-ffffffffffffffff_bg.wasm"));
    assert_eq!(renamed("plain-name.wasm", "ffffffffffffffff"), None);
    assert_eq!(renamed("plain.wasm", "ffffffffffffffff"), None);
}

#[test]
fn only_what_shrinks_is_compressed() {
    let directory = tempfile::tempdir().expect("a directory");
    let long = directory.path().join("long.css");
    let tiny = directory.path().join("tiny.css");
    fs::write(&long, "a".repeat(1000)).expect("written");
    fs::write(&tiny, "a").expect("written");
    compress(&long).expect("compressed");
    compress(&tiny).expect("compressed");
    assert!(brotli_of(&long).is_file());
    assert!(!brotli_of(&tiny).exists());
}
