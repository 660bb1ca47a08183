//! Every word on the screen, as keys that the compiler checks. `build.rs` makes this from `locales/*.json`.

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

pub(crate) use self::i18n::*;
