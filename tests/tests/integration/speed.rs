//! The benchmark of the client, as far as it needs no browser.

use clap::Parser as _;
use hamutuk_tests::speed::{Settings, run};

#[tokio::test]
async fn the_plan_that_is_measured_can_be_made() {
    let settings = Settings::parse_from(["speed", "--activities", "50", "--lines", "1", "--changes", "1000", "--only", "native"]);
    let report = run(&settings).await.unwrap().to_string();
    assert!(report.contains("50 activities, 50 budget lines, 1000 changes"), "{report}");
}
