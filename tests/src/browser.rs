//! People at work: real browsers against the real server.
//!
//! A [`Stage`] is one test: a server of its own ([`Hamutuk`]) and as many [`Browser`]s as there are people, each with a profile
//! that outlives it, so that a browser can be closed and opened again. Nothing here sleeps to let something happen: everything
//! that is expected is waited for ([`wait`]), up to a deadline, and what was seen instead is written down ([`evidence`]).

mod chromium;
mod driver;
mod evidence;
mod hamutuk;
mod keyboard;
mod page;
mod plan;
mod size;
mod stage;
pub mod wait;
mod words;

pub use chromium::Browser;
pub use driver::Driver;
pub use hamutuk::Hamutuk;
pub use plan::Person;
pub use size::{LAPTOP, PHONE, PROJECTOR, Size, TABLET};
pub use stage::Stage;
pub use thirtyfour::Key;
pub use words::{LANGUAGES, word, word_in};

/// The variable that lets these tests run.
pub const SWITCH: &str = "HAMUTUK_BROWSER";

/// Whether these tests are to run: they need Chromium, its driver and a built server.
#[must_use]
pub fn is_wanted() -> bool {
    std::env::var_os(SWITCH).is_some_and(|value| value == "1")
}
