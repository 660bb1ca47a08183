//! Browsers against the real server, each test at the sizes of screen where it makes sense.
//!
//! They need Chromium, its driver and a built server: `cargo xtask test --only browser` gets all three. Whatever else runs the
//! tests lists them as ignored.

mod choices;
mod comment;
mod desk;
mod errors;
mod grid;
mod joining;
mod language;
mod locked;
mod looks;
mod offline;
mod opening;
mod people;
mod plenary;
mod reach;
mod share;
mod shared_laptop;
mod suggest;
mod vote;
mod whole;
mod writing;

use std::process::ExitCode;
use std::sync::{Arc, LazyLock, Mutex};

use anyhow::{Context, Result};
use futures_util::future::LocalBoxFuture;
use hamutuk_tests::browser::{Driver, LAPTOP, PHONE, Person, SWITCH, Size, Stage, is_wanted};
use libtest_mimic::{Arguments, Trial};

/// A test and the screens that it is played on.
struct Scenario {
    name: &'static str,
    sizes: &'static [Size],
    play: fn(Stage) -> LocalBoxFuture<'static, Result<()>>,
}

/// The two screens that most people have.
const BOTH: &[Size] = &[PHONE, LAPTOP];
const WIDE: &[Size] = &[LAPTOP];

const ANA: Person = Person { name: "Ana", organisation: "Rede Feto" };
const BEA: Person = Person { name: "Bea", organisation: "Belun" };

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    if !is_wanted() {
        eprintln!(
            "the browser tests are left out; to run them: cargo xtask test --only browser (or set {SWITCH}=1, with the server built)"
        );
    }
    // Every test has two browsers, which share the machine: more at once would only be slower.
    arguments.test_threads.get_or_insert(2);
    let all = [
        choices::ALL,
        comment::ALL,
        desk::ALL,
        errors::ALL,
        grid::ALL,
        joining::ALL,
        language::ALL,
        locked::ALL,
        looks::ALL,
        offline::ALL,
        opening::ALL,
        people::ALL,
        plenary::ALL,
        reach::ALL,
        share::ALL,
        shared_laptop::ALL,
        suggest::ALL,
        vote::ALL,
        whole::ALL,
        writing::ALL,
    ];
    let trials = all.into_iter().flatten().flat_map(|scenario| scenario.sizes.iter().map(|&size| trial(scenario, size))).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    // Statics are never dropped, and the driver must end.
    drop(DRIVER.lock().map(|mut driver| driver.take()));
    conclusion.exit_code()
}

static DRIVER: LazyLock<Mutex<Option<Arc<Driver>>>> = LazyLock::new(Mutex::default);

/// The driver of this run, started by the first test that needs it.
fn driver() -> Result<Arc<Driver>> {
    let mut driver = DRIVER.lock().ok().context("the driver could not be started")?;
    if let Some(driver) = &*driver {
        return Ok(Arc::clone(driver));
    }
    Ok(Arc::clone(driver.insert(Arc::new(Driver::start()?))))
}

/// Every part of an error on a line of its own; where in this program it came up says nothing.
fn said(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n  ")
}

fn trial(scenario: &'static Scenario, size: Size) -> Trial {
    let name = format!("{}::{}", scenario.name, size.name);
    let play = {
        let name = name.clone();
        move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(Stage::play(driver()?, &name, size, scenario.play)).map_err(|error| said(&error).into())
        }
    };
    Trial::test(name, play).with_ignored_flag(!is_wanted())
}
