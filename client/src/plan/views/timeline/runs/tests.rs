use wasm_bindgen_test::wasm_bindgen_test;

use super::*;

/// "2025-03", or "2025-03 2025-05" for a run of more.
fn run(text: &str) -> Run {
    let mut months = text.split(' ').map(|month| month.parse().unwrap());
    let first = months.next().unwrap();
    Run { first, last: months.next().unwrap_or(first) }
}

fn set(text: &str) -> MonthSet {
    text.split_whitespace().map(|month| month.parse().unwrap()).collect()
}

/// A set after some of it changed.
fn changed(months: &MonthSet, from: Option<Run>, to: Option<Run>) -> MonthSet {
    let mut after = months.clone();
    for (month, included) in changes(months, from, to) {
        let is_news = if included { after.insert(month) } else { after.remove(&month) };
        assert!(is_news, "{month} is written although nothing changes");
    }
    after
}

#[wasm_bindgen_test]
fn a_set_is_as_many_runs_as_it_has_gaps() {
    let check = |months: &str, expected: &[&str]| {
        let expected: Vec<Run> = expected.iter().map(|text| run(text)).collect();
        assert_eq!(runs(&set(months), run("2025-01 2026-03")), expected, "{months}");
    };
    check("", &[]);
    check("2025-04", &["2025-04"]);
    check("2025-01 2025-02 2025-03", &["2025-01 2025-03"]);
    check("2025-01 2025-03 2025-04", &["2025-01", "2025-03 2025-04"]);
    check("2025-11 2025-12 2026-01", &["2025-11 2026-01"]);
    check("2024-11 2024-12 2025-01 2026-03 2026-04", &["2025-01", "2026-03"]);
}

#[wasm_bindgen_test]
fn a_run_moves_and_stretches_within_the_period() {
    let check = |from: &str, part: Part, by: i32, expected: &str| {
        assert_eq!(run(from).moved(part, by, run("2025-01 2025-12")), run(expected), "{from} {part:?} {by}");
    };
    check("2025-03 2025-05", Part::Whole, 2, "2025-05 2025-07");
    check("2025-03 2025-05", Part::Whole, -9, "2025-01 2025-03");
    check("2025-03 2025-05", Part::Whole, i32::MAX, "2025-10 2025-12");
    check("2025-03 2025-05", Part::Whole, i32::MIN, "2025-01 2025-03");
    check("2025-03 2025-05", Part::Start, -1, "2025-02 2025-05");
    check("2025-03 2025-05", Part::Start, -7, "2025-01 2025-05");
    check("2025-03 2025-05", Part::Start, 9, "2025-05");
    check("2025-03 2025-05", Part::End, 1, "2025-03 2025-06");
    check("2025-03 2025-05", Part::End, 99, "2025-03 2025-12");
    check("2025-03 2025-05", Part::End, -9, "2025-03");
    check("2025-12", Part::Whole, 1, "2025-12");
}

#[wasm_bindgen_test]
fn a_change_writes_only_what_changes() {
    let check = |months: &str, from: Option<&str>, to: Option<&str>, expected: &[(&str, bool)]| {
        let expected: Vec<(Month, bool)> = expected.iter().map(|(month, included)| (month.parse().unwrap(), *included)).collect();
        assert_eq!(changes(&set(months), from.map(run), to.map(run)), expected, "{months} {from:?} {to:?}");
    };
    check("2025-03 2025-04", Some("2025-03 2025-04"), Some("2025-04 2025-05"), &[("2025-03", false), ("2025-05", true)]);
    check("2025-03 2025-04", Some("2025-03 2025-04"), Some("2025-03 2025-04"), &[]);
    check("2025-03", None, Some("2025-06"), &[("2025-06", true)]);
    check("2025-03", None, Some("2025-03"), &[]);
    check("2025-03 2025-04 2025-09", Some("2025-03 2025-04"), None, &[("2025-03", false), ("2025-04", false)]);
    // The run meets another, whose month is there already.
    check("2025-03 2025-05", Some("2025-03"), Some("2025-04 2025-05"), &[("2025-03", false), ("2025-04", true)]);
    // Somebody else took a month out while the bar was dragged.
    check("2025-04", Some("2025-03 2025-04"), Some("2025-07 2025-08"), &[("2025-04", false), ("2025-07", true), ("2025-08", true)]);
}

/// Every set of nine months, every run in it, and every way to move it.
#[wasm_bindgen_test]
fn other_runs_are_never_touched() {
    let period = run("2025-10 2026-06");
    let all: Vec<Month> = period.months().collect();
    for bits in 0u32..1 << all.len() {
        let months: MonthSet = all.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, month)| *month).collect();
        let runs = runs(&months, period);
        assert_eq!(runs.iter().copied().flat_map(Run::months).collect::<MonthSet>(), months);
        for from in runs {
            let others: MonthSet = months.iter().copied().filter(|month| !from.contains(*month)).collect();
            assert_eq!(changed(&months, Some(from), None), others);
            for part in [Part::Whole, Part::Start, Part::End] {
                for by in -9..=9 {
                    let to = from.moved(part, by, period);
                    assert!(period.first <= to.first && to.first <= to.last && to.last <= period.last, "{from:?} {part:?} {by}");
                    let expected: MonthSet = others.iter().copied().chain(to.months()).collect();
                    assert_eq!(changed(&months, Some(from), Some(to)), expected, "{from:?} {part:?} {by}");
                }
            }
        }
    }
}

#[wasm_bindgen_test]
fn a_place_in_the_period_is_a_month() {
    let period = run("2025-10 2026-06");
    for (at, month) in period.months().enumerate() {
        let place = i32::try_from(at).unwrap() + 1;
        assert_eq!((period.place(month), period.nth(place)), (place, month));
    }
    assert_eq!((period.nth(-3), period.nth(99)), (period.first, period.last));
}
