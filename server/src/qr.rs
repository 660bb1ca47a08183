//! A QR code, for a terminal and for a page.

use qrcode::render::unicode::Dense1x2;
use qrcode::{Color, EcLevel, QrCode};
use serde::Serialize;

/// How the dots get their darkness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Black on white by escape codes, whatever the terminal's colours.
    Escapes,
    /// The terminal's own colours, which are mostly light on dark: dark dots are where nothing is printed.
    Plain,
}

/// The code in half blocks, two rows of dots a line, with a quiet border; none if the text is too long for one.
#[must_use]
pub fn half_blocks(text: &str, ink: Ink) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let (dark, light) = match ink {
        Ink::Escapes => (Dense1x2::Dark, Dense1x2::Light),
        Ink::Plain => (Dense1x2::Light, Dense1x2::Dark),
    };
    let drawn = code.render::<Dense1x2>().dark_color(dark).light_color(light).quiet_zone(true).build();
    Some(match ink {
        Ink::Escapes => drawn.lines().map(|line| format!("\x1b[30;107m{line}\x1b[0m")).collect::<Vec<_>>().join("\n"),
        Ink::Plain => drawn,
    })
}

/// How wide the light border is that a reader needs around a code, in modules.
const QUIET_MODULES: usize = 4;

/// A code to be drawn as SVG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawing {
    /// How many modules a side has, the quiet border included: the view box is `0 0 size size`.
    pub size: usize,
    /// The dark modules, as the data of one path.
    pub path: String,
}

/// The code as a path; none if the text is too long for one. It is read also where a fold or a stain covers a seventh of the paper.
#[must_use]
pub fn drawing(text: &str) -> Option<Drawing> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let colours = code.to_colors();
    let path = colours.chunks(width).zip(QUIET_MODULES..).map(|(row, y)| row_path(row, y)).collect();
    Some(Drawing { size: width + 2 * QUIET_MODULES, path })
}

/// A rectangle for each run of dark modules.
fn row_path(row: &[Color], y: usize) -> String {
    let mut x = QUIET_MODULES;
    let runs = row.chunk_by(|one, next| one == next).map(|run| {
        let (start, length) = (x, run.len());
        x += length;
        if run[0] == Color::Dark { format!("M{start} {y}h{length}v1h-{length}z") } else { String::new() }
    });
    runs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_fits_into_a_terminal() {
        let link = format!("http://192.168.100.100:8080/p/{}#{}", "a".repeat(26), "b".repeat(22));
        let code = half_blocks(&link, Ink::Plain).unwrap();
        assert!(code.lines().count() <= 24, "{} lines", code.lines().count());
        assert!(code.lines().all(|line| line.chars().count() <= 80));
        assert!(code.starts_with('█'), "the border is light, and light is printed");
        assert!(half_blocks(&link, Ink::Escapes).unwrap().starts_with("\x1b[30;107m "));
        assert_eq!(half_blocks(&"a".repeat(10_000), Ink::Plain), None);
    }

    /// The dark modules that a path draws.
    fn painted(drawing: &Drawing) -> Vec<Vec<bool>> {
        let mut modules = vec![vec![false; drawing.size]; drawing.size];
        for run in drawing.path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let (length, rest) = rest.split_once('v').unwrap();
            assert_eq!(rest, format!("1h-{length}z"));
            modules[y][x..x + length.parse::<usize>().unwrap()].fill(true);
        }
        modules
    }

    #[test]
    fn a_drawing_has_the_modules_of_the_code_and_a_quiet_border() {
        let link = format!("http://192.168.100.100:8080/p/{}#{}", "a".repeat(26), "b".repeat(22));
        let drawing = drawing(&link).unwrap();
        let code = QrCode::with_error_correction_level(&link, EcLevel::M).unwrap();
        assert_eq!(drawing.size, code.width() + 8);
        for (y, row) in painted(&drawing).iter().enumerate() {
            for (x, dark) in row.iter().enumerate() {
                let inside = (4..4 + code.width()).contains(&x) && (4..4 + code.width()).contains(&y);
                let expected = inside && code[(x - 4, y - 4)] == Color::Dark;
                assert_eq!(*dark, expected, "{x} {y}");
            }
        }
        assert!(super::drawing(&"a".repeat(10_000)).is_none());
    }
}
