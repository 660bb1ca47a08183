//! What the core costs: a plan of 500 activities with histories of 1,000 and 10,000 changes. `cargo bench -p hamutuk-shared`.
//!
//! criterion keeps its own files in `target/criterion`; the means are also in `target/bench/core.json`.

#[path = "core/fixture.rs"]
mod fixture;
#[path = "core/summary.rs"]
mod summary;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Bencher, BenchmarkId, Criterion};
use hamutuk_shared::access::{Inspector, Role, States};
use hamutuk_shared::replica::{Replica, load_document};
use hamutuk_shared::sync::chunk;
use hamutuk_shared::text::splice;

use fixture::{Fixture, ME, OTHER, typing};

/// The lengths of the histories, in changes.
const HISTORIES: [usize; 2] = [1_000, 10_000];

/// How many changes are made before a fresh copy is taken, so that the history stays as long as it says.
const CHANGES_PER_COPY: u64 = 200;

/// How long a text gets that everybody writes into, in characters.
const LONG_TEXT_CHARS: usize = 25_000;

fn main() {
    let target = summary::target_dir();
    let mut criterion = Criterion::default().measurement_time(Duration::from_secs(3)).output_directory(&target.join("criterion"));
    criterion = criterion.configure_from_args();
    for changes in HISTORIES {
        of_a_history(&mut criterion, &Fixture::new(changes));
    }
    of_one_change(&mut criterion, &Fixture::new(HISTORIES[0]));
    of_a_long_text(&mut criterion);
    of_a_text(&mut criterion);
    criterion.final_summary();
    summary::write(&target).expect("the summary can be written");
}

fn of_a_history(criterion: &mut Criterion, fixture: &Fixture) {
    let changes = fixture.changes;
    let mut group = criterion.benchmark_group("history");
    group.sample_size(20);
    group.bench_function(BenchmarkId::new("load", changes), |bencher| bencher.iter(|| fixture.open(ME, Role::Editor)));
    group.bench_function(BenchmarkId::new("save", changes), |bencher| {
        let mut replica = fixture.open(ME, Role::Editor);
        bencher.iter(|| black_box(replica.save()));
    });
    group.bench_function(BenchmarkId::new("read the plan", changes), |bencher| {
        let replica = fixture.open(ME, Role::Editor);
        bencher.iter(|| black_box(replica.plan()));
    });
    group.bench_function(BenchmarkId::new("edit and commit", changes), |bencher| {
        on_copies(
            bencher,
            || fixture.open(ME, Role::Editor),
            |replica, number| {
                let edit = typing(fixture.description(number), "words ");
                black_box(replica.edit(&edit, 0).expect("the edit fits"));
                black_box(replica.commit(0));
            },
        );
    });
    group.bench_function(BenchmarkId::new("apply a remote change and tell of it", changes), |bencher| {
        let remote = fixture.more_changes(CHANGES_PER_COPY);
        on_copies(
            bencher,
            || fixture.open(ME, Role::Editor),
            |replica, number| {
                black_box(replica.import(vec![remote[number].clone()], 0));
            },
        );
    });
    group.bench_function(BenchmarkId::new("index the objects for permissions", changes), |bencher| {
        let doc = load_document(&fixture.saved).expect("a saved document can be loaded");
        bencher.iter(|| black_box(Inspector::of(&doc)));
    });
}

fn of_one_change(criterion: &mut Criterion, fixture: &Fixture) {
    let bytes = fixture.more_changes(1).remove(0);
    let change = chunk::read(&bytes).expect("a change can be read");
    let inspector = Inspector::of(&load_document(&fixture.saved).expect("a saved document can be loaded"));
    let grant = fixture.open(OTHER, Role::Editor).grant().clone();
    let states = States::default();
    let mut group = criterion.benchmark_group("change");
    group.bench_function("read with all bounds", |bencher| bencher.iter(|| chunk::read(black_box(&bytes))));
    group.bench_function("check the permission", |bencher| bencher.iter(|| black_box(inspector.check(&change, &grant, &states))));
}

/// Automerge applies a change to a text in a time in proportion to the text's length.
fn of_a_long_text(criterion: &mut Criterion) {
    let mut fixture = Fixture::new(HISTORIES[0]);
    fixture.lengthen(LONG_TEXT_CHARS);
    let remote = fixture.more_changes_in_one_text(CHANGES_PER_COPY);
    let mut group = criterion.benchmark_group("text");
    group.sample_size(20);
    group.bench_function(BenchmarkId::new("apply a remote change to one of length", LONG_TEXT_CHARS), |bencher| {
        on_copies(
            bencher,
            || fixture.open(ME, Role::Editor),
            |replica, number| {
                black_box(replica.import(vec![remote[number].clone()], 0));
            },
        );
    });
}

fn of_a_text(criterion: &mut Criterion) {
    let old = "Feto sira hotu-hotu iha lian. ".repeat(350);
    let (before, after) = old.split_at(5_010);
    let new = [before, "ida tan ", after].concat();
    criterion.bench_function("text/find what was typed in 10 KB", |bencher| {
        bencher.iter(|| splice::between(black_box(&old), black_box(&new), Some(5_018)));
    });
}

/// Measures something that makes the history longer, on one copy after the other; making the copies is not measured.
fn on_copies(bencher: &mut Bencher<'_>, copy: impl Fn() -> Replica, run: impl Fn(&mut Replica, usize)) {
    bencher.iter_custom(|count| {
        let (mut total, mut left) = (Duration::ZERO, count);
        while left > 0 {
            let mut replica = copy();
            let now = left.min(CHANGES_PER_COPY);
            let began = Instant::now();
            for number in 0..now {
                run(&mut replica, usize::try_from(number).expect("a small number"));
            }
            total += began.elapsed();
            left -= now;
        }
        total
    });
}
