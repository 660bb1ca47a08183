//! Copying cells, and reading what was copied elsewhere.

use hamutuk_shared::derive::Sums;
use hamutuk_shared::entry::table::{Cell, Grid, TableError, read_tsv, write_tsv};
use hamutuk_shared::entry::{html, money};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DomParser, Element, Node, SupportedType};

use super::columns::{Column, Shows};
use super::cursor::Block;
use super::write;
use crate::session::Session;
use crate::view_model::{ActivityView, PlanView};
use crate::words::{self, I18n};

/// Puts the cells of a block on the clipboard, as a table and as text. Whether the browser took them.
pub(super) fn copy(
    event: &ClipboardEvent,
    (i18n, session, view): (I18n, Session, PlanView),
    rows: &[ActivityView],
    columns: &[Column],
    block: &Block,
) -> bool {
    let (first, last) = block.columns;
    let columns = columns.get(first..=last).unwrap_or_default();
    let cell = |row: &ActivityView, column: &Column| match column.shows {
        Shows::Field(name) => write::plain(i18n, view, row.field(name), &write::held(session, row.field(name))),
        Shows::Cost => money::plain(row.whole.with_untracked(Sums::of).cost, words::language(i18n)),
        Shows::Gap => money::plain(row.whole.with_untracked(Sums::of).unfunded(), words::language(i18n)),
    };
    let rows = rows.iter().filter(|row| block.rows.contains(&row.at.activity));
    let cells = untrack(|| rows.map(|row| columns.iter().map(|column| cell(row, column)).collect()).collect());
    let (Ok(grid), Some(data)) = (Grid::new(cells), event.clipboard_data()) else { return false };
    data.set_data("text/plain", &write_tsv(&grid)).is_ok() && data.set_data("text/html", &html::write(&grid, false)).is_ok()
}

/// The table on the clipboard: from Excel, Calc, Sheets or Word as HTML, else as text. None where there is nothing.
pub(super) fn read(event: &ClipboardEvent) -> Option<Result<Grid, TableError>> {
    let data = event.clipboard_data()?;
    let html = data.get_data("text/html").unwrap_or_default();
    if html.len() > hamutuk_shared::limits::PASTE_BYTES_MAX {
        let text = data.get_data("text/plain").unwrap_or_default();
        return Some(read_tsv(&text));
    }
    if let Some(table) = table_of(&html) {
        return Some(Grid::from_cells(table));
    }
    let text = data.get_data("text/plain").ok().filter(|text| !text.is_empty())?;
    Some(read_tsv(&text))
}

/// The first table in some HTML. The document that it is parsed into runs nothing and loads nothing.
fn table_of(html: &str) -> Option<Vec<Vec<Cell>>> {
    let page = DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok()?;
    let table = page.query_selector("table").ok().flatten()?;
    let rows = elements(&table, "tr").into_iter().filter(|row| !is_hidden(row));
    Some(rows.map(|row| elements(&row, "td, th").iter().map(cell_of).collect()).collect())
}

fn elements(of: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = of.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn is_hidden(row: &Element) -> bool {
    row.get_attribute("style").is_some_and(|style| style.replace(' ', "").contains("display:none"))
}

fn cell_of(cell: &Element) -> Cell {
    let span = |name: &str| cell.get_attribute(name).and_then(|span| span.parse().ok()).unwrap_or(1);
    let mut text = String::new();
    gather(cell, &mut text);
    let lines = text.trim().lines().map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    let text = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
    Cell { text, row_span: span("rowspan"), col_span: span("colspan") }
}

/// The words of an element, a line for each line.
fn gather(element: &Node, text: &mut String) {
    let children = element.child_nodes();
    for child in (0..children.length()).filter_map(|index| children.get(index)) {
        match child.node_type() {
            Node::TEXT_NODE => text.push_str(&child.node_value().unwrap_or_default().replace(['\n', '\r', '\t'], " ")),
            Node::ELEMENT_NODE => {
                if matches!(child.node_name().as_str(), "BR" | "P" | "DIV" | "LI") {
                    text.push('\n');
                }
                gather(&child, text);
            }
            _ => {}
        }
    }
}
