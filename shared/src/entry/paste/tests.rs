use proptest::prelude::*;

use super::*;
use crate::entry::fixtures::tables;
use crate::plan::model::{ActivityStatus, BudgetCategory, Month, Municipality};
use crate::plan::schema::{Kind, Members};

const YEAR: Period = Period { first: Month::new(2025, 1).unwrap(), last: Month::new(2025, 12).unwrap() };

fn column(of: Kind, name: Name, titles: &[&str], candidates: Candidates) -> Column {
    Column { name, content: name.content(of).unwrap(), titles: titles.iter().map(|title| (*title).to_owned()).collect(), candidates }
}

fn activity_columns() -> Vec<Column> {
    let organisations = Candidates::of([("o1", ["FOKUPERS"]), ("o2", ["Rede Feto"]), ("o3", ["JSMP"]), ("o4", ["Belun"])]);
    let of = |name, titles: &[&str], candidates| column(Kind::Activity, name, titles, candidates);
    vec![
        of(Name::Title, &["Activity", "Atividade", "Kegiatan"], Candidates::default()),
        of(Name::Lead, &["Lead", "Organizasaun"], organisations.clone()),
        of(Name::Partners, &["Partners", "Parseiru"], organisations),
        of(Name::Months, &["Months", "Fulan", "Meses", "Bulan"], Candidates::default()),
        of(Name::Municipalities, &["Municipalities", "Munisípiu"], Candidates::of(Municipality::WORDS.iter().map(|word| (*word, [*word])))),
        of(Name::Women, &["Women", "Feto", "Mulheres", "Perempuan"], Candidates::default()),
        of(Name::Men, &["Men", "Mane", "Homens", "Laki-laki"], Candidates::default()),
        of(Name::Status, &["Status"], Candidates::of([("on_track", ["On track"]), ("at_risk", ["At risk"])])),
        of(Name::Order, &["Order"], Candidates::default()),
    ]
}

fn budget_columns() -> Vec<Column> {
    let categories = Candidates::of([
        ("training", ["Training", "Formação", "Pelatihan"]),
        ("travel", ["Travel", "Viagens", "Perjalanan"]),
        ("materials", ["Materials", "Materiais", "Bahan"]),
    ]);
    assert!(["training", "travel", "materials"].iter().all(|key| BudgetCategory::WORDS.contains(key)));
    let of = |name, titles: &[&str], candidates| column(Kind::BudgetLine, name, titles, candidates);
    vec![
        of(Name::Category, &["Category", "Categoria", "Kategori"], categories),
        of(Name::Description, &["Description", "Descrição", "Deskripsi"], Candidates::default()),
        of(Name::Unit, &["Unit", "Unidade", "Satuan"], Candidates::default()),
        of(Name::Quantity, &["Quantity", "Quantidade", "Jumlah"], Candidates::default()),
        of(Name::UnitCost, &["Unit cost", "Custo unitário", "Biaya satuan"], Candidates::default()),
        of(Name::Quarter, &["Quarter", "Trimestre", "Triwulan"], Candidates::default()),
    ]
}

fn context(language: Language) -> Context {
    Context { period: YEAR, language }
}

fn told(reading: &CellReading) -> String {
    let written = |value: &Written| match value {
        Written::Text(words) => words.replace('\n', "⏎"),
        Written::Value(Value::Nothing) => "nothing".to_owned(),
        Written::Value(Value::Word(word)) => word.clone(),
        Written::Value(Value::Number(number)) => number.to_string(),
        Written::Set(members) => format!("{{{}}}", members.join(" ").replace("2025-", "")),
    };
    match reading {
        CellReading::Empty => String::new(),
        CellReading::Read(value) => written(value),
        CellReading::Guessed { value, shown } => format!("{}~{shown}", written(value)),
        CellReading::Ambiguous { value, shown } => format!("{}?{shown}", written(value)),
        CellReading::Unknown { value, names } => format!("{}!{}", value.as_ref().map(written).unwrap_or_default(), names.join(",")),
        CellReading::Refused(refusal) => format!("✗{refusal:?}"),
    }
}

fn check(preview: &Preview, expected: &[&str]) {
    let rows: Vec<String> = preview.rows.iter().map(|row| row.iter().map(told).collect::<Vec<_>>().join(" | ")).collect();
    assert_eq!(rows, expected);
}

/// What would be written: the row of the preview, the field, and what it is to hold.
fn writes(preview: &Preview) -> Vec<(usize, Name, Written)> {
    let cells = preview.rows.iter().enumerate().flat_map(|(row, cells)| cells.iter().zip(&preview.placed).map(move |cell| (row, cell)));
    cells.filter_map(|(row, (reading, placed))| Some((row, (*placed)?.0, reading.value()?.clone()))).collect()
}

#[test]
fn the_activities_of_a_sheet_and_of_a_document() {
    for grid in [tables::calc_activities(), tables::writer_activities()] {
        let preview = preview(&grid, &activity_columns(), 3, context(Language::Tet));
        assert!(preview.has_header && !preview.has_merged);
        assert_eq!(preview.left_out, [LeftOut { column: 6, title: "Data".to_owned() }]);
        check(
            &preview,
            &[
                "Treinu ba mediadora sira 🕊️ | o1 | {01 02 03} | {dili covalima} | 25 | 5 | ",
                "Diálogu ho lia-na'in⏎«primeiru» \"loron\" | o2 | {01 02 03} | {liquica oecusse} | 40 |  | ",
                "حوار مجتمعي | o3 | {01 02 03 07 08 09} | {national} |  |  | ",
                "Kampaña mídia | o4 | {06}?Jun | {lautem} | 1000 | 12 | ",
            ],
        );
        assert_eq!(writes(&preview).len(), 6 + 5 + 4 + 6);
    }
}

#[test]
fn the_budget_of_a_sheet() {
    let grid = tables::calc_budget();
    check(
        &preview(&grid, &budget_columns(), 0, context(Language::Pt)),
        &[
            "training | Sala <grande> & som | dia | 2500 | 125050 | 2025-Q1",
            "travel |  | pessoa | 30000 | 1200 | 2025-Q2",
            "materials | linha 1⏎linha 2 | kit | 1000000 | 1026285 | 2025-Q4",
        ],
    );
    check(
        &preview(&tables::excel(), &budget_columns(), 0, context(Language::Id)),
        &["training | Sewa gedung⏎dan \"sound system\" | 2500 | 125050 | 2025-Q1", "travel | Bensin | 30000 | 1200 | 2025-Q1?Q1 2025"],
    );
}

#[test]
fn unknown_organisations_and_guesses_are_told() {
    check(
        &preview(&tables::sheets(), &activity_columns(), 0, context(Language::En)),
        &[
            "Train mediators⏎(two days) | o1 | {02 03 04} | {dili liquica} | 1200",
            "Radio | !Caritas | {01 02 03 04 05 06 07 08 09 10 11 12} | {national} | ",
        ],
    );
}

#[test]
fn a_merged_cell_is_written_in_its_first_row_only() {
    let preview = preview(&tables::calc_merged(), &budget_columns(), 0, context(Language::Pt));
    assert!(preview.has_merged);
    assert_eq!(writes(&preview)[6], (1, Name::Unit, Written::Text("pessoa".to_owned())));
}

/// A table without a header, pasted at a column of the activities.
fn check_at(start: usize, rows: &[&[&str]], expected: &[&str]) {
    let rows = rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
    let preview = preview(&Grid::new(rows).unwrap(), &activity_columns(), start, context(Language::En));
    assert!(!preview.has_header);
    check(&preview, expected);
}

#[test]
fn without_a_header_the_position_counts() {
    check_at(
        1,
        &[&["Fokupres", "Belun e Caritas", "Nov-Feb", "Dili, Man", "1.200"], &["JSMP, Belun", "JSMP; Rede", "soon", " ", "-3"]],
        &[
            "o1~FOKUPERS | {o4}!Caritas | ✗Outside { inside: {Month { year: 2025, month: 11 }, Month { year: 2025, month: 12 }}, outside: \
             {Month { year: 2026, month: 1 }, Month { year: 2026, month: 2 }} } | ✗Several { written: \"Man\", keys: [\"manatuto\", \
             \"manufahi\"] } | 1200?1,200",
            "✗Several { written: \"JSMP, Belun\", keys: [\"o3\", \"o4\"] } | {o3 o2}~JSMP, Rede Feto | ✗Months(Unclear(\"soon\")) |  | \
             ✗Number(Negative)",
        ],
    );
    // One cell that says what a column is called is not a header.
    check_at(0, &[&["Status", "JSMP"]], &["Status | o3"]);
    check_at(0, &[&["Activity"]], &["Activity"]);
    check_at(0, &[], &[]);
}

#[test]
fn what_has_no_place_is_left_out() {
    let grid = Grid::new(vec![vec!["on track".to_owned(), "7".to_owned(), "x".to_owned(), String::new()]]).unwrap();
    let preview = preview(&grid, &activity_columns(), 7, context(Language::En));
    assert_eq!(preview.left_out.iter().map(|left| left.column).collect::<Vec<_>>(), [1, 2], "the order and what is past the last column");
    let status = Written::Value(Value::Word("on_track".to_owned()));
    assert_eq!(writes(&preview), [(0, Name::Status, status)]);
    assert!(ActivityStatus::WORDS.contains(&"on_track"));
}

#[test]
fn a_table_of_one_column_may_have_a_header() {
    let grid = Grid::new(vec![vec!["fulan".to_owned()], vec!["Q2".to_owned()]]).unwrap();
    let preview = preview(&grid, &activity_columns(), 0, context(Language::En));
    assert!(preview.has_header);
    check(&preview, &["{04 05 06}"]);
}

#[test]
fn every_kind_of_content_reads_a_cell() {
    for (kind, name, cell, expected) in [
        (Kind::Plan, Name::FirstMonth, "Marsu 2025", "2025-03"),
        (Kind::Plan, Name::FirstMonth, "Jan-Mar", "✗Months(Several)"),
        (Kind::Indicator, Name::BaselineYear, "2024", "2024"),
        (Kind::Indicator, Name::BaselineYear, "24", "✗Number(NotAYear)"),
        (Kind::Indicator, Name::Target, " 30 %\n", "30 %"),
        (Kind::Funding, Name::Amount, "Rp 1.000", "✗Number(OtherCurrency)"),
        (Kind::Funding, Name::Amount, "-", ""),
        (Kind::Funding, Name::Source, "EU", "!EU"),
        (Kind::BudgetLine, Name::Quantity, "1,000", "1000000?1,000"),
        (Kind::BudgetLine, Name::Quarter, "2", "2025-Q2"),
        (Kind::Synergy, Name::First, "1.1", "!1.1"),
    ] {
        let columns = [column(kind, name, &[], Candidates::default())];
        let preview = preview(&Grid::new(vec![vec![cell.to_owned()]]).unwrap(), &columns, 0, context(Language::En));
        assert_eq!(told(&preview.rows[0][0]), expected, "{name:?} {cell:?}");
    }
}

proptest! {
    #[test]
    fn any_table_is_read(rows in prop::collection::vec(prop::collection::vec("\\PC{0,6}|jan|q1|dili|[0-9.,]{1,6}", 0..10), 0..4), start in 0..12_usize) {
        let grid = Grid::new(rows).unwrap();
        let preview = preview(&grid, &activity_columns(), start, context(Language::Tet));
        prop_assert_eq!(preview.rows.len() + usize::from(preview.has_header), grid.rows().len());
        for (_, name, what) in writes(&preview) {
            match (name.content(Kind::Activity).unwrap(), &what) {
                (Content::Text, Written::Text(_)) => {}
                (Content::Set(Members::Months), Written::Set(months)) => {
                    prop_assert!(months.iter().all(|month| YEAR.contains(month.parse().unwrap())));
                }
                (Content::Set(_), Written::Set(_)) => {}
                (Content::Text | Content::Set(_) | Content::Own, _) => prop_assert!(false, "{:?} {:?}", name, what),
                (_, Written::Value(_)) => {}
                _ => prop_assert!(false, "{:?} {:?}", name, what),
            }
        }
    }
}
