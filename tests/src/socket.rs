//! A WebSocket to a room, as raw as a test needs it.

mod catch_up;

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use futures_util::{SinkExt, StreamExt};
use hamutuk_shared::sync::frame::{self, ClientFrame, ServerFrame};
use hamutuk_shared::version;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};

pub use self::catch_up::CaughtUp;

use crate::door::Joined;

/// How much is read at a time. The library clears so much before every read, which would be the most that hundreds of clients do.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// How a socket is opened.
#[derive(Debug, Clone)]
pub struct Opening {
    address: SocketAddr,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    receive_buffer_bytes: Option<u32>,
}

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
}

impl Opening {
    /// A socket to the plan of somebody who joined, as their browser opens it.
    ///
    /// # Errors
    /// When the cookie cannot be a header.
    pub fn of(joined: &Joined) -> Result<Self> {
        Self::of_shared(joined, &[])
    }

    /// As the browser of somebody opens it with which these others have joined, too.
    ///
    /// # Errors
    /// When the cookies cannot be a header.
    pub fn of_shared(joined: &Joined, companions: &[Joined]) -> Result<Self> {
        let path = format!("/live/{}?as={}", joined.plan, joined.participant);
        let cookies: Vec<&str> = [joined].into_iter().chain(companions).map(|joined| joined.cookie.as_str()).collect();
        Self { address: joined.address, path, headers: Vec::new(), receive_buffer_bytes: None }
            .header("cookie", &cookies.join("; "))?
            .header("sec-websocket-protocol", version::SUBPROTOCOL)
    }

    /// With a header, in place of the one that it had.
    ///
    /// # Errors
    /// When it cannot be a header.
    pub fn header(mut self, name: &str, value: &str) -> Result<Self> {
        let name: HeaderName = name.parse()?;
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.parse()?));
        Ok(self)
    }

    /// The system keeps no more than this of what comes and is not read yet.
    #[must_use]
    pub const fn receive_buffer_bytes(mut self, bytes: u32) -> Self {
        self.receive_buffer_bytes = Some(bytes);
        self
    }

    /// Opens it.
    ///
    /// # Errors
    /// When the server does not answer, or refuses: then [`refusal`] tells the status.
    pub async fn open(self) -> Result<Socket> {
        let mut request = format!("ws://{}{}", self.address, self.path).into_client_request()?;
        for (name, value) in self.headers {
            request.headers_mut().insert(name, value);
        }
        let socket = TcpSocket::new_v4()?;
        if let Some(bytes) = self.receive_buffer_bytes {
            socket.set_recv_buffer_size(bytes)?;
        }
        let stream = socket.connect(self.address).await.context("cannot connect")?;
        // As browsers do.
        stream.set_nodelay(true)?;
        let config = WebSocketConfig::default().read_buffer_size(READ_BUFFER_BYTES);
        let (stream, _) = tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
        Ok(Socket { stream })
    }
}

/// The HTTP status with which an upgrade was refused, if that is what went wrong.
#[must_use]
pub fn refusal(error: &anyhow::Error) -> Option<u16> {
    match error.downcast_ref::<tungstenite::Error>()? {
        tungstenite::Error::Http(response) => Some(response.status().as_u16()),
        _ => None,
    }
}

impl Socket {
    /// Sends a frame.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn send(&mut self, frame: &ClientFrame) -> Result<()> {
        self.send_message(Message::Binary(frame::encode(frame).into())).await
    }

    /// Sends any message.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn send_message(&mut self, message: Message) -> Result<()> {
        Ok(self.stream.send(message).await?)
    }

    /// Puts a message in line without waiting until it is written.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn feed_message(&mut self, message: Message) -> Result<()> {
        Ok(self.stream.feed(message).await?)
    }

    /// Writes what is in line.
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn flush(&mut self) -> Result<()> {
        Ok(self.stream.flush().await?)
    }

    /// The bytes of the next frame; none when the connection has ended.
    pub async fn next_bytes(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.stream.next().await? {
                Ok(Message::Binary(bytes)) => return Some(bytes.into()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next frame; none when the connection has ended.
    ///
    /// # Errors
    /// When what came is not a frame.
    pub async fn next(&mut self) -> Result<Option<ServerFrame>> {
        match self.next_bytes().await {
            Some(bytes) => Ok(Some(frame::decode(&bytes)?)),
            None => Ok(None),
        }
    }

    /// Closes the connection as a browser does.
    pub async fn close(mut self) {
        // It may be gone already.
        let _ = self.stream.close(None).await;
    }
}
