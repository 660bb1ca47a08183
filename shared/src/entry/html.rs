//! A grid as an HTML table for the clipboard, as spreadsheets and word processors take it in.

use super::Grid;

/// Writes the table. The words are escaped; they stay words in a spreadsheet, and the lines of a cell stay in one cell.
#[must_use]
pub fn write(grid: &Grid, has_header: bool) -> String {
    let mut out = String::from("<meta charset=\"utf-8\"><table>");
    for (at, row) in grid.rows().iter().enumerate() {
        let tag = if has_header && at == 0 { "th" } else { "td" };
        out.push_str("<tr>");
        for cell in row {
            let format = if is_number(cell) { "" } else { " style=\"mso-number-format:'\\@'\"" };
            out.extend(["<", tag, format, ">", &escape(cell), "</", tag, ">"]);
        }
        out.push_str("</tr>");
    }
    out.push_str("</table>");
    out
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// The words with what means something in HTML escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br style=\"mso-data-placement:same-cell\">"),
            _ => out.push(c),
        }
    }
    out
}
