//! The phrases by their keys, as `build.rs` names them: a constant, or a struct whose fields are the places to fill.
#![expect(non_camel_case_types, non_upper_case_globals, reason = "a phrase is named as in the locales")]

use std::fmt::Display;

use hamutuk_shared::plan::Language;

use super::Phrase;
use super::fill::filled;

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
