//! Spelling made comparable: without case, accents, apostrophes and invisible characters.

/// The text in lower case, without accents, apostrophes and invisible characters, any white space as one space, any dash as `-`.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            _ if is_invisible(c) || is_combining(c) => {}
            '\'' | '’' | '‘' | 'ʼ' | '`' | '´' => {}
            _ if c.is_whitespace() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            '‐' | '‑' | '‒' | '–' | '—' | '−' => folded.push('-'),
            _ => folded.push_str(base(c).unwrap_or(c.encode_utf8(&mut [0; 4]))),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Only the letters and digits of a folded text: two spellings that differ in spaces and hyphens are the same.
pub(super) fn squeeze(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A character that shows nothing and only says how the text runs or breaks.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}')
}

const fn base(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ē' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ī' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' => "u",
        'ý' | 'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_become_one() {
        for (text, expected) in [
            ("  Juñu\u{a0}\n2025 ", "junu 2025"),
            ("LIQUIÇÁ", "liquica"),
            ("Liquic\u{327}a\u{301}", "liquica"),
            ("to’o", "too"),
            ("Jan–Mar", "jan-mar"),
            ("\u{200f}Dili\u{feff}", "dili"),
            ("حوار", "حوار"),
            ("", ""),
        ] {
            assert_eq!(fold(text), expected, "{text:?}");
        }
        assert_eq!(squeeze("Oé-Cusse "), squeeze("oecusse"));
    }
}
