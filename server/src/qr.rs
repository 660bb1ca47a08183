//! A QR code for a terminal.

use qrcode::render::unicode::Dense1x2;
use qrcode::{EcLevel, QrCode};

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
}
