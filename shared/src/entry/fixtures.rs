//! What other programs put on the clipboard. How each file was made is in `fixtures/README.md`.

use scraper::{ElementRef, Html, Node, Selector};

use super::{Cell, Grid, table};

/// The first table of a page, read as the browser's parser and the client do: lines end at `<br>` and at paragraphs, other white space is one
/// space, and a row that is not shown is not there.
fn grid_of_html(html: &str) -> Grid {
    let page = Html::parse_document(html);
    let select = |selector: &str| Selector::parse(selector).unwrap();
    let table = page.select(&select("table")).next().unwrap();
    let is_shown = |row: &ElementRef<'_>| !row.attr("style").is_some_and(|style| style.replace(' ', "").contains("display:none"));
    let cell = |cell: ElementRef<'_>| {
        let span = |name: &str| cell.attr(name).and_then(|span| span.parse().ok()).unwrap_or(1);
        Cell { text: text(cell), row_span: span("rowspan"), col_span: span("colspan") }
    };
    let rows = table.select(&select("tr")).filter(is_shown).map(|row| row.select(&select("td, th")).map(cell).collect()).collect();
    Grid::from_cells(rows).unwrap()
}

fn text(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        match node.value() {
            Node::Text(words) => text.push_str(&words.replace(['\n', '\r', '\t'], " ")),
            Node::Element(element) if matches!(element.name(), "br" | "p" | "div" | "li") => text.push('\n'),
            _ => {}
        }
    }
    let lines = text.trim().lines().map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// The tables of the fixtures.
pub(super) mod tables {
    use super::{Grid, grid_of_html, table};

    pub(in super::super) fn calc_activities() -> Grid {
        grid_of_html(include_str!("fixtures/calc_activities.html"))
    }

    pub(in super::super) fn calc_activities_text() -> Grid {
        table::read_tsv(include_str!("fixtures/calc_activities.tsv")).unwrap()
    }

    pub(in super::super) fn calc_budget() -> Grid {
        grid_of_html(include_str!("fixtures/calc_budget.html"))
    }

    pub(in super::super) fn calc_budget_text() -> Grid {
        table::read_tsv(include_str!("fixtures/calc_budget.tsv")).unwrap()
    }

    pub(in super::super) fn calc_merged() -> Grid {
        grid_of_html(include_str!("fixtures/calc_merged.html"))
    }

    pub(in super::super) fn writer_activities() -> Grid {
        grid_of_html(include_str!("fixtures/writer_activities.html"))
    }

    pub(in super::super) fn writer_merged() -> Grid {
        grid_of_html(include_str!("fixtures/writer_merged.html"))
    }

    pub(in super::super) fn writer_text() -> Grid {
        table::read_tsv(include_str!("fixtures/writer_activities.txt")).unwrap()
    }

    pub(in super::super) fn excel() -> Grid {
        grid_of_html(include_str!("fixtures/excel_budget.html"))
    }

    pub(in super::super) fn excel_text() -> Grid {
        table::read_tsv(include_str!("fixtures/excel_budget.tsv")).unwrap()
    }

    pub(in super::super) fn sheets() -> Grid {
        grid_of_html(include_str!("fixtures/sheets_activities.html"))
    }
}

fn rows(grid: &Grid) -> Vec<String> {
    grid.rows().iter().map(|row| row.join(" | ").replace('\n', "⏎")).collect()
}

#[test]
fn the_sheets_of_libreoffice() {
    let activities = tables::calc_activities();
    assert_eq!(
        rows(&activities),
        [
            "Atividade | Organizasaun | Fulan | Munisípiu | Feto | Mane | Data",
            "Treinu ba mediadora sira 🕊️ | FOKUPERS | Jan-Mar | Dili, Kovalima | 25 | 5 | 01/02/2025",
            "Diálogu ho lia-na'in⏎«primeiru» \"loron\" | Rede Feto | Janeiru–Marsu 2025 | Likisá & Oe-Cusse | 40 |  | ",
            "حوار مجتمعي | JSMP | Q1, Q3 | Nasionál |  |  | 15/03/2025",
            "Kampaña mídia | Belun | 01/06/2025 | Lospalos | 1000 | 12 | ",
        ]
    );
    // The text has the same cells, each on one line.
    let one_line: Vec<String> = rows(&activities).iter().map(|row| row.replace('⏎', " ")).collect();
    assert_eq!(rows(&tables::calc_activities_text()), one_line);
    assert_eq!(rows(&tables::calc_budget())[1], "Formação | Sala <grande> & som | dia | 2.5 | US$ 1,250.50 | T1");
    assert_eq!(rows(&tables::calc_budget_text())[1], rows(&tables::calc_budget())[1]);
    assert!(!activities.has_merged());
}

#[test]
fn merged_cells_of_libreoffice() {
    let calc = tables::calc_merged();
    assert!(calc.has_merged());
    assert_eq!(
        rows(&calc)[1..],
        [
            "Formação | Sala <grande> & som | dia | 2.5 | US$ 1,250.50 | T1",
            " |  | pessoa | 30 | US$ 12.00 | T2 2025",
            "Materiais | linha 1⏎linha 2 |  | 1000 | US$ 10,262.85 | T4",
        ]
    );
    // A word processor keeps the words of all cells that it merges.
    let writer = tables::writer_merged();
    assert!(writer.has_merged());
    assert_eq!(rows(&writer)[1], "Formação⏎Viagens | Sala <grande> & som | dia | 2.5 | US$ 1,250.50 | T1");
    assert_eq!(rows(&writer)[3], "Materiais | linha 1⏎linha 2⏎kit |  | 1000 | US$ 10,262.85 | T4");
}

#[test]
fn a_table_of_a_word_processor_is_whole_only_in_html() {
    assert_eq!(rows(&tables::writer_activities()), rows(&tables::calc_activities()));
    let text = tables::writer_text();
    assert!(text.rows().len() > 30, "one cell a line");
}

#[test]
fn excel_and_google_sheets() {
    assert_eq!(
        rows(&tables::excel()),
        [
            "Kategori | Deskripsi | Jumlah | Biaya satuan | Triwulan",
            "Pelatihan | Sewa gedung⏎dan \"sound system\" | 2,5 | $1.250,50 | TW I",
            "Perjalanan | Bensin | 30 | $ 12,00 | Jan-25",
        ]
    );
    assert_eq!(rows(&tables::excel_text()), rows(&tables::excel()));
    assert_eq!(
        rows(&tables::sheets()),
        [
            "Activity | Lead | Months | Municipalities | Women",
            "Train mediators⏎(two days) | FOKUPERS | Feb–Apr | Dili, Likisa | 1,200",
            "Radio | Caritas | all year | National | ",
        ]
    );
}

#[test]
fn what_is_written_as_html_is_read_back() {
    for grid in [tables::calc_activities(), tables::calc_budget_text(), tables::excel()] {
        for has_header in [true, false] {
            assert_eq!(rows(&grid_of_html(&super::html::write(&grid, has_header))), rows(&grid));
        }
    }
    let hostile = Grid::new(vec![vec!["<script>&\"'</td>".to_owned(), "=1+1".to_owned()]]).unwrap();
    assert_eq!(rows(&grid_of_html(&super::html::write(&hostile, false))), rows(&hostile));
}
