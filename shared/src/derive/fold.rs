//! Words as they are looked for: without case, accents, apostrophes and the rest of what people write in different ways.
//!
//! A small table of the Latin letters of Tetum, Portuguese, Indonesian and English; a letter of another script stays as it is.

/// Below this length a word is not loosened: too little of it would be left to mean anything.
const LOOSE_BYTES_MIN: usize = 5;

/// `text` in lowercase ASCII as far as its letters allow, without apostrophes, with one space between words and none at the ends.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match Shape::of(letter) {
            Shape::Plain(plain) => folded.push(plain),
            Shape::Written(plain) => folded.push_str(plain),
            Shape::Gap => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            Shape::Nothing => {}
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// A folded text with the spellings made one that differ in the wild: aktividade, actividade and atividade.
#[must_use]
pub fn loosen(folded: &str) -> String {
    folded.replace("kt", "t").replace("ct", "t")
}

/// What somebody looks for: words, each of which must be somewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<(String, Option<String>)>,
}

impl Wanted {
    /// What these words look for.
    #[must_use]
    pub fn new(words: &str) -> Self {
        let folded = fold(words);
        let loose = |word: &str| (word.len() >= LOOSE_BYTES_MIN).then(|| loosen(word));
        Self { words: folded.split(' ').filter(|word| !word.is_empty()).map(|word| (word.to_owned(), loose(word))).collect() }
    }

    /// Whether it looks for nothing, and everything will do.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word, or its beginning, middle or end, is in some of the texts.
    #[must_use]
    pub fn is_in(&self, texts: &[&str]) -> bool {
        if self.is_empty() {
            return true;
        }
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        self.words.iter().all(|(word, loose)| {
            folded.iter().any(|text| text.contains(word.as_str()))
                || loose.as_ref().is_some_and(|loose| folded.iter().any(|text| loosen(text).contains(loose.as_str())))
        })
    }
}

/// What is left of a letter.
enum Shape {
    Plain(char),
    Written(&'static str),
    Gap,
    Nothing,
}

impl Shape {
    const fn of(letter: char) -> Self {
        match letter {
            'a'..='z' | '0'..='9' => Self::Plain(letter),
            'A'..='Z' => Self::Plain(letter.to_ascii_lowercase()),
            // Apostrophes, the marks that are taken for them, and accents that stand alone.
            '\'' | '`' | '´' | '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' | '\u{ff07}' => Self::Nothing,
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => Self::Nothing,
            'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'ª' => Self::Plain('a'),
            'Ç' | 'ç' | 'Ć'..='č' => Self::Plain('c'),
            'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => Self::Plain('e'),
            'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' => Self::Plain('i'),
            'Ñ' | 'ñ' | 'Ń'..='ň' => Self::Plain('n'),
            'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'º' => Self::Plain('o'),
            'Ś'..='š' => Self::Plain('s'),
            'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => Self::Plain('u'),
            'Ý' | 'ý' | 'ÿ' | 'Ÿ' => Self::Plain('y'),
            'Ź'..='ž' => Self::Plain('z'),
            'ß' => Self::Written("ss"),
            'Æ' | 'æ' => Self::Written("ae"),
            'Œ' | 'œ' => Self::Written("oe"),
            '\0'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => Self::Gap,
            other => Self::Plain(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected, "{text:?}");
    }

    #[test]
    fn case_accents_and_apostrophes_go() {
        check("", "");
        check("  Orsamentu\n", "orsamentu");
        check("Lautém, LIQUIÇÁ", "lautem liquica");
        check("Lei ba ema hotu-hotu", "lei ba ema hotu hotu");
        check("ne'e ne’e ne`e neʼe", "nee nee nee nee");
        // The same letters with the accents apart.
        check("Konstrusau\u{303} Pa\u{301}s; Ação", "konstrusau pas acao");
        check("Œuvre, straße", "oeuvre strasse");
        check("“Junu” — Juñu…", "junu junu");
        check("平和 и мир", "平和 и мир");
    }

    fn check_wanted(words: &str, texts: &[&str], is_in: bool) {
        assert_eq!(Wanted::new(words).is_in(texts), is_in, "{words:?} in {texts:?}");
    }

    #[test]
    fn words_are_found_however_they_are_spelt() {
        check_wanted("", &[], true);
        check_wanted(" '’ ", &["Formasaun"], true);
        check_wanted("formasaun dili", &["Formasaun ba feto", "Díli"], true);
        check_wanted("formasaun dili", &["Formasaun ba feto"], false);
        check_wanted("aktividade", &["Atividade joven"], true);
        check_wanted("ATIVIDADE", &["aktividade"], true);
        check_wanted("actividade", &["Aktividade"], true);
        // A short word is taken as it is.
        check_wanted("act", &["Atauro"], false);
        check_wanted("act", &["Action plan"], true);
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert!(!folded.starts_with(' ') && !folded.ends_with(' ') && !folded.contains("  "), "{:?}", folded);
        }

        #[test]
        fn every_part_of_a_text_is_found_in_it(text in "[a-zA-ZçãéÉ' -]{1,30}", from in 0usize..30, count in 1usize..30) {
            let part: String = text.chars().skip(from).take(count).collect();
            prop_assert!(Wanted::new(&part).is_in(&[&text]), "{:?} in {:?}", part, text);
        }
    }
}
