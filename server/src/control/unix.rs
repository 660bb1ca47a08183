//! The socket itself, and both ends of an exchange.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use hamutuk_shared::limits::{CONTROL_ANSWER_BYTES_MAX, CONTROL_EXCHANGES_MAX, CONTROL_REQUEST_BYTES_MAX, CONTROL_WAIT_MAX};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixSocket, UnixStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::{Answer, ControlError, NAME, Request, Said, VERSION, line, parse};
use crate::admin::{Admin, Order, Outcome};

/// Nobody but the user that made it.
const MODE: u32 = 0o600;

/// How many commands may wait.
const BACKLOG: u32 = 16;

/// How long to wait after the system gave no connection, for want of handles, say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(200);

/// The server's end. Its name goes when it is dropped.
pub struct Listener {
    listener: UnixListener,
    path: PathBuf,
}

impl Listener {
    /// Listens in a data directory. To be called by whoever holds the directory's lock: what is there from before is of a server that
    /// was killed.
    ///
    /// # Errors
    /// When the system refuses, such as where the path is longer than it allows for a socket.
    pub fn bind(data: &Path) -> io::Result<Self> {
        let path = data.join(NAME);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let socket = UnixSocket::new_stream()?;
        socket.bind(&path)?;
        // Nobody can connect before it listens, so nobody can before this.
        let listening = fs::set_permissions(&path, Permissions::from_mode(MODE)).and_then(|()| socket.listen(BACKLOG));
        match listening {
            Ok(listener) => Ok(Self { listener, path }),
            Err(error) => {
                let _ = fs::remove_file(&path);
                Err(error)
            }
        }
    }

    /// Answers commands, until it is dropped.
    pub(crate) async fn serve(self, admin: Admin) {
        let places = Arc::new(Semaphore::new(CONTROL_EXCHANGES_MAX));
        let mut exchanges = JoinSet::new();
        loop {
            let place = Arc::clone(&places).acquire_owned().await.expect("nobody closes it");
            while exchanges.try_join_next().is_some() {}
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let admin = admin.clone();
                    exchanges.spawn(async move {
                        if !matches!(timeout(CONTROL_WAIT_MAX, exchange(stream, &admin)).await, Ok(Ok(()))) {
                            tracing::warn!("a command on the control socket went away or took too long");
                        }
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "the control socket does not take a command");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

async fn exchange(mut stream: UnixStream, admin: &Admin) -> io::Result<()> {
    let result = match read_line(&mut stream, CONTROL_REQUEST_BYTES_MAX).await?.map(|line| parse(&line)) {
        Some(Ok(Request { order, .. })) => match admin.carry_out(order).await {
            Ok(outcome) => Said::Done(outcome),
            Err(error) => Said::Failed(error.to_string()),
        },
        Some(Err(ControlError::OtherVersion)) => Said::Failed(ControlError::OtherVersion.to_string()),
        Some(Err(_)) => Said::Failed("the running server cannot read what this command asks".to_owned()),
        None => Said::Failed(format!("a request may have {CONTROL_REQUEST_BYTES_MAX} bytes, and ends with a line break")),
    };
    let mut bytes = line(&Answer { version: VERSION, result });
    if bytes.len() > CONTROL_ANSWER_BYTES_MAX {
        let result = Said::Failed("the answer is too long: stop the server, then ask again".to_owned());
        bytes = line(&Answer { version: VERSION, result });
    }
    stream.write_all(&bytes).await?;
    stream.shutdown().await
}

/// Asks the server that has this data to do something.
///
/// # Errors
/// When none listens, it does not answer, or it could not do it.
pub async fn ask(data: &Path, order: Order) -> Result<Outcome, ControlError> {
    let mut stream = UnixStream::connect(data.join(NAME)).await.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused | io::ErrorKind::InvalidInput => ControlError::Nobody,
        _ => ControlError::Broken(error),
    })?;
    let asked = timeout(CONTROL_WAIT_MAX, async {
        stream.write_all(&line(&Request { version: VERSION, order })).await?;
        read_line(&mut stream, CONTROL_ANSWER_BYTES_MAX).await
    });
    let answer = asked.await.map_err(io::Error::from)??.ok_or(ControlError::Malformed)?;
    let Answer { result, .. } = parse(&answer)?;
    match result {
        Said::Done(outcome) => Ok(outcome),
        Said::Failed(why) => Err(ControlError::Failed(why)),
    }
}

/// A line; none if it is longer than `bytes_max`, or has no end.
async fn read_line(stream: &mut (impl AsyncRead + Unpin), bytes_max: usize) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    BufReader::new(stream.take(bytes_max as u64)).read_until(b'\n', &mut line).await?;
    Ok(line.ends_with(b"\n").then_some(line))
}
