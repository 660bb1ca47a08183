//! The small pieces that every page uses: on native elements, so that keyboard, touch and screen readers find what they know.

mod announcer;
mod copy;
mod dialog;
mod dynamic;
mod icon;
mod languages;
pub(crate) mod listbox;
mod popover;
mod unique;
mod viewport;

pub(crate) use announcer::{Announcer, announce, toast};
pub(crate) use copy::CopyButton;
pub(crate) use dialog::Dialog;
pub(crate) use dynamic::{Show, dynamic, flag, list, text};
pub(crate) use icon::{Glyph, Icon};
pub(crate) use languages::LanguageMenu;
pub(crate) use popover::{Popover, use_popover};
pub(crate) use unique::unique;
pub(crate) use viewport::{Viewport, use_viewport};
