//! Where there is no Unix domain socket.

use std::convert::Infallible;
use std::io;
use std::path::Path;

use super::ControlError;
use crate::admin::{Admin, Order, Outcome};

/// There is none.
pub struct Listener(Infallible);

impl Listener {
    /// Fails.
    ///
    /// # Errors
    /// Always.
    pub fn bind(_data: &Path) -> io::Result<Self> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(crate) async fn serve(self, _desk: Admin) {
        match self.0 {}
    }
}

/// Nobody can be asked.
///
/// # Errors
/// Always.
pub async fn ask(_data: &Path, _order: Order) -> Result<Outcome, ControlError> {
    Err(ControlError::Nobody)
}
