//! Text fields: from what a person typed to a change of the document, and from the document's changes to the screen.
//!
//! All positions are UTF-16 code units, as the browser counts them and as the documents are opened. [`splice`] finds what was
//! typed, [`shift`] says where a caret goes when somebody else types, and [`TextField`] is the field between the two, compositions
//! (input methods, and every word on many phones) included. [`diff`] marks what differs between two texts, and [`merge`] does to a text
//! what somebody wanted of it before others changed it; [`ahead`] is what is typed before the document is there.

pub mod ahead;
pub mod diff;
pub mod field;
pub mod merge;
pub mod patch;
pub mod shift;
pub mod splice;

pub use ahead::Ahead;
pub use field::{FieldUpdate, TextField};
pub use shift::Selection;
pub use splice::Splice;
