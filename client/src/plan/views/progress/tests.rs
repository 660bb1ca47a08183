use hamutuk_shared::id::IndicatorId;
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::Home;
use hamutuk_shared::plan::{Archived, Edit, Item, Name};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::super::test_screen::{screen, settle};
use crate::plan::view::View;
use crate::session::new_id;

#[wasm_bindgen_test]
async fn an_organisation_has_one_report_a_quarter() {
    let screen = screen(View::Progress).await;
    let me = screen.session.me();
    let organisation = screen.view.organisations.with_untracked(|all| all[0].id);
    assert!(screen.session.edit(Edit::SetPerson { id: me, name: "Maria".into(), organisation: Some(organisation) }));
    let at = screen.titled(0, "Training of mediators");
    let indicator: IndicatorId = new_id();
    assert!(screen.session.edit(Edit::Add { item: Item::Indicator(Home::Activity(at), indicator) }));
    settle().await;
    let reports = || screen.activity(0).whole.with_untracked(|activity| activity.reports.clone());

    // What is opened and closed again is no report.
    for _ in 0..2 {
        screen.find("[data-action=report]").click();
        settle().await;
        let made = reports();
        assert_eq!(made.len(), 1);
        assert_eq!(made[0].quarter.value.map(|quarter| quarter.to_string()).as_deref(), Some("2025-Q1"));
        assert_eq!((made[0].organisation.value, made[0].submitted_by.value), (Some(organisation), Some(me)));
        assert_eq!(made[0].indicator.value, Some(indicator));
        assert_eq!((made[0].archived.is_kept(), screen.count("dialog[open] .report-form")), (true, 1));
        screen.find("dialog [data-action=done]").click();
        settle().await;
        assert_eq!(reports()[0].archived, Archived::Yes);
    }

    screen.find("[data-action=report]").click();
    settle().await;
    let report = Item::Report(Home::Activity(at), reports()[0].id);
    screen.set(report, Name::Rating, Value::Word("amber".into()));
    screen.set(report, Name::Value, Value::Word("12".into()));
    screen.set(report, Name::Expenditure, Value::Number(1_000));
    screen.find("dialog [data-action=done]").click();
    settle().await;
    assert_eq!(screen.count("[data-quarter=\"2025-Q1\"] [data-rating=amber]"), 1);
    assert_eq!(screen.count(".reports li"), 1);
    assert!(screen.find("[data-reached]").inner_text().starts_with("12"));
    screen.find("[data-action=report]").click();
    settle().await;
    assert_eq!((reports().len(), screen.count("dialog[open] .report-form")), (1, 1));
}
