//! Where in Timor-Leste.

use super::choice::choice;

choice! {
    /// A municipality, or the whole country.
    Municipality {
        /// The whole country.
        #[default]
        National = "national",
        /// Aileu.
        Aileu = "aileu",
        /// Ainaro.
        Ainaro = "ainaro",
        /// Atauro.
        Atauro = "atauro",
        /// Baucau.
        Baucau = "baucau",
        /// Bobonaro.
        Bobonaro = "bobonaro",
        /// Covalima.
        Covalima = "covalima",
        /// Dili.
        Dili = "dili",
        /// Ermera.
        Ermera = "ermera",
        /// Lautém.
        Lautem = "lautem",
        /// Liquiçá.
        Liquica = "liquica",
        /// Manatuto.
        Manatuto = "manatuto",
        /// Manufahi.
        Manufahi = "manufahi",
        /// Oecusse, the Special Administrative Region.
        Oecusse = "oecusse",
        /// Viqueque.
        Viqueque = "viqueque",
    }
}
