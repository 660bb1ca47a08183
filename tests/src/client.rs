//! A person's browser without the browser: the real replica, a device in memory and a real socket.
//!
//! Nothing happens behind the test's back: frames are read only while the test waits for something.

mod device;

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use automerge::ChangeHash;
use hamutuk_shared::access::{Grant, Refusal};
use hamutuk_shared::id::{Author, ParticipantId, TabId};
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name, Plan, Room};
use hamutuk_shared::replica::{Effect, Replica, Status};
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, Presence, ServerFrame, SessionId, Welcome};
use hamutuk_shared::sync::peer::{Link, ProtocolError};
use hamutuk_shared::text::Splice;
use hamutuk_shared::text::splice::utf16_length;
use tokio::time::{Instant, timeout_at};

pub use self::device::Device;

use crate::door::Joined;
use crate::socket::{Opening, Socket};
use crate::wait::PATIENCE;

/// One tab of a person's browser.
pub struct WireClient {
    joined: Joined,
    /// Who else has joined with this browser.
    companions: Vec<Joined>,
    replica: Replica,
    device: Device,
    socket: Option<Socket>,
    receive_buffer_bytes: Option<u32>,
    welcome: Option<Welcome>,
    goodbye: Option<Goodbye>,
    acked: HashSet<ChangeHash>,
    refused: Vec<(Edit, Refusal)>,
    others: BTreeMap<SessionId, (ParticipantId, Presence)>,
    protocol_errors: Vec<ProtocolError>,
    pongs: u64,
}

impl WireClient {
    /// A new tab, not connected yet.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn new(joined: Joined) -> Result<Self> {
        let author = Author { participant: joined.participant, tab: fresh_tab() };
        let replica = Replica::load(author, Grant::new(author.participant, joined.role), [], None)?;
        Ok(Self {
            joined,
            companions: Vec::new(),
            replica,
            device: Device::default(),
            socket: None,
            receive_buffer_bytes: None,
            welcome: None,
            goodbye: None,
            acked: HashSet::new(),
            refused: Vec::new(),
            others: BTreeMap::new(),
            protocol_errors: Vec::new(),
            pongs: 0,
        })
    }

    /// A new tab that has caught up.
    ///
    /// # Errors
    /// When there is no connection.
    pub async fn open(joined: Joined) -> Result<Self> {
        let mut client = Self::new(joined)?;
        client.go_live().await?;
        Ok(client)
    }

    /// Connects and waits until everything that the server had is here.
    ///
    /// # Errors
    /// When there is no connection.
    pub async fn go_live(&mut self) -> Result<()> {
        self.connect().await?;
        self.until("it is live", |client| client.status().link == Link::Live).await;
        Ok(())
    }

    /// Connects.
    ///
    /// # Errors
    /// When there is no connection.
    pub async fn connect(&mut self) -> Result<()> {
        let mut opening = Opening::of_shared(&self.joined, &self.companions)?;
        if let Some(bytes) = self.receive_buffer_bytes {
            opening = opening.receive_buffer_bytes(bytes);
        }
        self.socket = Some(opening.open().await?);
        (self.welcome, self.goodbye) = (None, None);
        self.others.clear();
        let effects = self.replica.connected();
        self.carry_out(effects).await;
        Ok(())
    }

    /// The system keeps little of what comes and is not read yet: a slow phone, from the next connection on.
    pub const fn receive_little(&mut self) {
        self.receive_buffer_bytes = Some(4 * 1024);
    }

    /// The network is gone.
    pub fn disconnect(&mut self) {
        self.socket = None;
        self.replica.disconnected();
    }

    /// The browser is closed and opened again: what the device holds is still there.
    ///
    /// # Errors
    /// When the device cannot be read.
    pub fn reopen(&mut self) -> Result<()> {
        self.disconnect();
        let grant = |joined: &Joined| Grant::new(joined.participant, joined.role);
        let author = Author { participant: self.joined.participant, tab: fresh_tab() };
        self.replica = Replica::load(author, grant(&self.joined), self.device.chunks(), self.device.position())?;
        self.replica.set_companions(self.companions.iter().map(grant));
        Ok(())
    }

    /// Somebody else writes in this browser from now on, who has joined with it too.
    ///
    /// # Errors
    /// When the device cannot be read.
    pub fn hand_to(&mut self, next: Joined) -> Result<()> {
        self.companions.retain(|companion| companion.participant != next.participant);
        self.companions.push(std::mem::replace(&mut self.joined, next));
        self.reopen()
    }

    /// From the next connection on, it is another server that the browser finds at the address.
    pub const fn move_to(&mut self, address: std::net::SocketAddr) {
        self.joined.address = address;
    }

    /// Who the person is.
    #[must_use]
    pub const fn participant(&self) -> ParticipantId {
        self.joined.participant
    }

    /// What the person may do, as this tab knows.
    #[must_use]
    pub const fn grant(&self) -> &Grant {
        self.replica.grant()
    }

    /// Where the person's work is.
    #[must_use]
    pub fn status(&self) -> Status {
        self.replica.status()
    }

    /// The plan as it stands here.
    #[must_use]
    pub fn plan(&self) -> Plan {
        self.replica.plan()
    }

    /// What is beside the content, as it stands here.
    #[must_use]
    pub fn room(&self) -> Room {
        self.replica.room()
    }

    /// The words of a field as they stand here.
    #[must_use]
    pub fn text(&self, field: Field) -> String {
        self.replica.text(field).unwrap_or_default()
    }

    /// The heads of the document, in order.
    pub fn heads(&mut self) -> Vec<ChangeHash> {
        let mut heads = self.replica.heads();
        heads.sort();
        heads
    }

    /// Whether the document holds a change.
    pub fn holds(&mut self, hash: ChangeHash) -> bool {
        self.replica.holds(hash)
    }

    /// The answer to the last hello.
    #[must_use]
    pub const fn welcome(&self) -> Option<&Welcome> {
        self.welcome.as_ref()
    }

    /// Why the server ended the last connection, if it said so.
    #[must_use]
    pub const fn goodbye(&self) -> Option<Goodbye> {
        self.goodbye
    }

    /// What the server has said is durable, in all connections.
    #[must_use]
    pub const fn acked(&self) -> &HashSet<ChangeHash> {
        &self.acked
    }

    /// What the server refused and could not be made anew.
    #[must_use]
    pub fn refused(&self) -> &[(Edit, Refusal)] {
        &self.refused
    }

    /// Whether the person may do this, as far as the device knows.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, edit: &Edit) -> Result<(), Refusal> {
        self.replica.may(edit)
    }

    /// Where the others are.
    #[must_use]
    pub const fn others(&self) -> &BTreeMap<SessionId, (ParticipantId, Presence)> {
        &self.others
    }

    /// How the server broke the protocol. Nothing, one hopes.
    #[must_use]
    pub fn protocol_errors(&self) -> &[ProtocolError] {
        &self.protocol_errors
    }

    /// The device.
    #[must_use]
    pub const fn device(&self) -> &Device {
        &self.device
    }

    /// The first section's context: a text in which everybody may write.
    ///
    /// # Panics
    /// When the plan is not here.
    #[must_use]
    pub fn context(&self) -> Field {
        Field::of_section(self.plan().sections.first().expect("the plan is here").id, Name::Context)
    }

    /// The first activity.
    ///
    /// # Panics
    /// When the plan is not here.
    #[must_use]
    pub fn activity(&self) -> ActivityRef {
        let plan = self.plan();
        let section = plan.sections.first().expect("the plan is here");
        ActivityRef { section: section.id, activity: section.activities.first().expect("the template has activities").id }
    }

    /// Does an edit and closes it into a change.
    pub async fn edit(&mut self, edit: &Edit) {
        let mut effects = self.replica.edit(edit, now_ms()).unwrap_or_else(|error| panic!("{edit:?}: {error}"));
        effects.extend(self.replica.commit(now_ms()));
        self.carry_out(effects).await;
    }

    /// Does all these edits as one step.
    pub async fn edit_all(&mut self, edits: &[Edit]) {
        let effects = self.replica.edit_all(edits, now_ms()).unwrap_or_else(|error| panic!("{edits:?}: {error}"));
        self.carry_out(effects).await;
    }

    /// Types at the end of a text.
    pub async fn write(&mut self, field: Field, words: &str) {
        let at = utf16_length(&self.text(field));
        self.edit(&Edit::Text { field, splice: Splice { at, delete: 0, insert: words.to_owned() } }).await;
    }

    /// Types at the end of a text and waits until the server has it.
    pub async fn write_acked(&mut self, field: Field, words: &str) {
        self.write(field, words).await;
        self.until_received().await;
    }

    /// Says where the person is.
    pub async fn be_at(&mut self, presence: Presence) {
        self.carry_out(vec![Effect::Send(ClientFrame::Presence(presence))]).await;
    }

    /// Waits until the server has everything that was written here.
    pub async fn until_received(&mut self) {
        self.until("the server has everything", |client| client.status().waiting == 0).await;
    }

    /// Waits until the server has answered everything that was sent to it before.
    pub async fn round_trip(&mut self) {
        let pongs = self.pongs;
        self.carry_out(vec![Effect::Send(ClientFrame::Ping)]).await;
        self.until("a pong comes", |client| client.pongs > pongs).await;
    }

    /// Takes in frames until something holds.
    ///
    /// # Panics
    /// When the connection ends first, or nothing comes of it in [`PATIENCE`].
    pub async fn until(&mut self, what: &str, mut condition: impl FnMut(&mut Self) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !condition(self) {
            match timeout_at(deadline, self.next()).await {
                Ok(true) => {}
                Ok(false) => panic!("the connection ended ({:?}) before this: {what}", self.goodbye),
                Err(_) => panic!("in {PATIENCE:?} it did not happen: {what}; {:?}", self.status()),
            }
        }
    }

    /// Takes in frames until the connection ends, and gives what the server said of it.
    ///
    /// # Panics
    /// When it does not end in [`PATIENCE`].
    pub async fn until_closed(&mut self) -> Option<Goodbye> {
        let deadline = Instant::now() + PATIENCE;
        while timeout_at(deadline, self.next()).await.expect("the connection ends") {}
        self.goodbye
    }

    /// Takes in one frame; false when the connection has ended. It may be dropped while it waits.
    pub async fn next(&mut self) -> bool {
        let Some(socket) = &mut self.socket else { return false };
        let Some(frame) = socket.next().await.expect("the server sends frames") else {
            self.disconnect();
            return false;
        };
        self.note(&frame);
        let effects = self.replica.receive(frame, now_ms());
        self.carry_out(effects).await;
        true
    }

    fn note(&mut self, frame: &ServerFrame) {
        match frame {
            ServerFrame::Welcome(welcome) => self.welcome = Some(welcome.clone()),
            ServerFrame::Ack { hashes, .. } => self.acked.extend(hashes.iter().map(|hash| ChangeHash::from(*hash))),
            ServerFrame::Pong => self.pongs += 1,
            _ => {}
        }
    }

    async fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut effects: VecDeque<Effect> = effects.into();
        while let Some(effect) = effects.pop_front() {
            match effect {
                Effect::Store { changes, snapshot, position } => {
                    let stored = self.device.write(changes, snapshot, position);
                    effects.extend(self.replica.stored(&stored));
                }
                Effect::SetAside { changes, refused, .. } => {
                    self.device.set_aside(&changes);
                    self.refused.extend(refused.into_iter().map(|refused| (refused.edit, refused.refusal)));
                }
                Effect::Send(frame) => self.send(&frame).await,
                Effect::Changed(_) => {}
                Effect::Presence { session, participant, presence } => {
                    self.others.insert(session, (participant, presence));
                }
                Effect::Left(session) => {
                    self.others.remove(&session);
                }
                Effect::Rejoin => effects.extend(self.replica.rejoin(fresh_tab(), now_ms())),
                Effect::Rebase { refusal, .. } => effects.extend(self.replica.rebase(fresh_tab(), refusal, now_ms())),
                Effect::Goodbye(goodbye) => self.goodbye = Some(goodbye),
                Effect::Reconnect(error) => {
                    self.protocol_errors.push(error);
                    self.disconnect();
                }
            }
        }
    }

    async fn send(&mut self, frame: &ClientFrame) {
        // A connection that takes no more may still hold frames that came; the end shows when they are read.
        if let Some(socket) = &mut self.socket {
            let _ = socket.send(frame).await;
        }
    }
}

fn fresh_tab() -> TabId {
    TabId::from_bytes(rand::random())
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
