//! Many seeded workshops in memory. A failing seed is printed; `HAMUTUK_SEED=<seed> cargo test -p hamutuk-tests --test simulation` plays
//! it again, and `HAMUTUK_SEEDS=<count>` runs more of them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hamutuk_server::live::room::core::Retention;
use hamutuk_tests::simulation::{Report, Rules, World};

/// So little that a run of some hundred changes goes through all that a long workshop does.
const SHORT_MEMORY: Retention = Retention { snapshot_every_changes: 40, log_tail_changes: 30, ring_entries_max: 10 };
const LONG_MEMORY: Retention = Retention { snapshot_every_changes: 500, log_tail_changes: 5_000, ring_entries_max: 1_000 };

const NOTHING: Rules =
    Rules { people: 3, steps: 150, drops: 0, browser_crashes: 0, server_crashes: 0, role_changes: 0, rejoins: 0, retention: LONG_MEMORY };
const CALM: Rules = Rules { drops: 5, ..NOTHING };
const WEAK_WIFI: Rules = Rules { people: 5, steps: 250, drops: 80, browser_crashes: 10, server_crashes: 3, ..NOTHING };
const POWER_CUTS: Rules = Rules { people: 4, steps: 250, drops: 30, browser_crashes: 40, server_crashes: 40, ..NOTHING };
const CHANGING_ROLES: Rules =
    Rules { people: 4, steps: 200, drops: 40, browser_crashes: 10, server_crashes: 5, role_changes: 30, ..NOTHING };
const LONG_WORKSHOP: Rules =
    Rules { people: 5, steps: 300, drops: 80, browser_crashes: 10, server_crashes: 20, retention: SHORT_MEMORY, ..NOTHING };
const NEW_LINKS: Rules =
    Rules { people: 4, steps: 200, drops: 60, browser_crashes: 10, server_crashes: 20, rejoins: 25, retention: SHORT_MEMORY, ..NOTHING };

/// Runs the seeds, each in one world; prints how to play a failing one again. Answers the sum of what happened.
fn check(name: &str, rules: Rules, seeds: u64) -> Report {
    let chosen = std::env::var("HAMUTUK_SEED").ok().and_then(|seed| seed.parse::<u64>().ok());
    let count = std::env::var("HAMUTUK_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(seeds);
    let mut total = Report::default();
    for seed in chosen.map_or(0..count, |seed| seed..seed + 1) {
        match catch_unwind(AssertUnwindSafe(|| World::new(seed, rules).run())) {
            Ok(report) => add(&mut total, report),
            Err(_) => panic!("play it again with: HAMUTUK_SEED={seed} cargo test -p hamutuk-tests --test simulation {name}"),
        }
    }
    println!("{name}: {total:?}");
    total
}

fn add(total: &mut Report, report: Report) {
    total.edits += report.edits;
    total.acked += report.acked;
    total.drops += report.drops;
    total.browser_crashes += report.browser_crashes;
    total.server_crashes += report.server_crashes;
    total.rejoins += report.rejoins;
    total.snapshots += report.snapshots;
    total.reads += report.reads;
    total.refused += report.refused;
    total.log += report.log;
}

#[test]
fn calm() {
    let total = check("calm", CALM, 20);
    assert!(total.edits > 0 && total.acked > 0, "{total:?}");
}

#[test]
fn weak_wifi() {
    let total = check("weak_wifi", WEAK_WIFI, 20);
    assert!(total.drops > 0 && total.acked > 0, "{total:?}");
}

#[test]
fn power_cuts() {
    let total = check("power_cuts", POWER_CUTS, 20);
    assert!(total.server_crashes > 0 && total.browser_crashes > 0, "{total:?}");
}

#[test]
fn changing_roles() {
    let total = check("changing_roles", CHANGING_ROLES, 20);
    assert!(total.refused > 0, "nothing was ever refused: {total:?}");
}

#[test]
fn long_workshop() {
    let total = check("long_workshop", LONG_WORKSHOP, 20);
    assert!(total.snapshots > 0 && total.reads > 0, "{total:?}");
}

#[test]
fn new_links() {
    let total = check("new_links", NEW_LINKS, 20);
    assert!(total.rejoins > 0 && total.acked > 0, "{total:?}");
}
