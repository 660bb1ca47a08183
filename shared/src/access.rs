//! Who may write what: one pure function. The client greys out with it, the server refuses with it.

mod inspect;
mod rule;

pub use inspect::{Admitted, Inspector, Touched};
pub use rule::{Act, Grant, Refusal, Role, Scope, States, Target, check, is_owned};
