//! Turns `locales/*.json` into the module `i18n`: an enum of languages and a type-checked key for every word on the screen.
//!
//! `leptos_i18n_build` does the same but brings the whole Unicode data exporter, a WebAssembly runtime included, for formatters that
//! Hamutuk does not use. So this calls the two crates below it, which the `t!` macros need anyway.

use std::error::Error;
use std::path::PathBuf;
use std::{env, fs};

use leptos_i18n_parser::parse_locales::options::{Config, ParseOptions};
use leptos_i18n_parser::parse_locales::parse_locales;

/// The first is the fallback for a device that asks for none of them.
const LANGUAGES: [&str; 4] = ["en", "tet", "pt", "id"];

/// What the lints of this workspace would say about code that nobody wrote.
const ATTRIBUTES: &str = "#![allow(missing_docs, unreachable_pub, unused, unused_qualifications, clippy::all, clippy::pedantic, \
                          clippy::restriction, reason = \"generated code\")]";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    // `t_string!` with arguments needs `Display` builders as well as views.
    let options = ParseOptions::new().interpolate_display(true);
    let config = Config::new(LANGUAGES[0])?.add_locales(&LANGUAGES[1..])?.parse_options(options);
    let parsed = parse_locales(None, config)?;

    // A word that a language lacks would silently be shown in English, and a surplus one is a misspelt key: both stop the build.
    for fault in parsed.diag.warnings().iter() {
        println!("cargo::error={fault}");
    }
    for fault in parsed.diag.errors().iter() {
        println!("cargo::error={fault}");
    }

    let attributes = ATTRIBUTES.parse()?;
    let code = leptos_i18n_codegen::gen_code(&parsed, None, false, Some(&attributes), true)?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("i18n.rs");
    // In one line of half a megabyte, every message of the compiler about a key would be as long.
    fs::write(out, prettyplease::unparse(&syn::parse2(code)?))?;
    Ok(())
}
