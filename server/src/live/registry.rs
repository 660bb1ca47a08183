//! The open rooms. A plan is read when somebody comes, and its room closes when nobody has been there for a while.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{OrganisationId, ParticipantId, PlanId, SectionId, TabId};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{Goodbye, SessionId};
use tokio::sync::{OnceCell, Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::room::core::{Companion, IntroduceError, Introduction, RoomCore};
use super::room::{Description, INBOX_MESSAGES_MAX, LoadError, Message, Outbox, Room, Seat, load};
use crate::audit::Names;
use crate::secret::{self, RandomError};
use crate::store::Store;

/// How often something is tried again that met a room which was just closing.
const ATTEMPTS_MAX: usize = 3;

/// Why something could not be done in a room.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The plan cannot be opened.
    #[error(transparent)]
    Load(#[from] LoadErrorKind),
    /// A person could not be introduced.
    #[error(transparent)]
    Introduce(#[from] IntroduceError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
    /// The room closed at once, again and again.
    #[error("the room closed")]
    Gone,
}

/// Why a plan cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum LoadErrorKind {
    /// There is no such plan.
    #[error("there is no such plan")]
    NotFound,
    /// It could not be read; the log of the server says why.
    #[error("the plan cannot be read")]
    Trouble,
}

impl RegistryError {
    /// How a socket is told.
    #[must_use]
    pub fn goodbye(&self) -> Goodbye {
        match self {
            Self::Load(LoadErrorKind::NotFound) => Goodbye::PlanNotFound,
            Self::Stopping => Goodbye::Stopping,
            Self::Load(LoadErrorKind::Trouble) | Self::Introduce(_) | Self::Gone => Goodbye::Trouble,
        }
    }
}

/// The open rooms of a server.
pub struct Registry {
    store: Arc<dyn Store>,
    idle: Duration,
    rooms: Mutex<Rooms>,
    sessions: AtomicU64,
}

#[derive(Default)]
struct Rooms {
    is_stopping: bool,
    slots: HashMap<PlanId, Arc<Slot>>,
}

/// A room that is open or being opened, once for all who want it.
struct Slot {
    room: OnceCell<mpsc::Sender<Message>>,
    /// How many KiB of frames may still wait for the room.
    inbox_kib: Arc<Semaphore>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Default for Slot {
    fn default() -> Self {
        Self { room: OnceCell::new(), inbox_kib: Arc::new(Semaphore::new(limits::ROOM_INBOX_KIB_MAX)), task: Mutex::default() }
    }
}

/// The way into an open room.
struct Entrance {
    room: mpsc::Sender<Message>,
    inbox_kib: Arc<Semaphore>,
}

impl Registry {
    /// No room is open yet.
    #[must_use]
    pub fn new(store: Arc<dyn Store>) -> Arc<Self> {
        Self::with_idle(store, limits::ROOM_IDLE)
    }

    /// With another time after which an empty room closes.
    #[must_use]
    pub fn with_idle(store: Arc<dyn Store>, idle: Duration) -> Arc<Self> {
        Arc::new(Self { store, idle, rooms: Mutex::default(), sessions: AtomicU64::new(1) })
    }

    /// How many rooms are open.
    #[must_use]
    pub fn open_rooms(&self) -> usize {
        self.lock().slots.len()
    }

    /// Takes a seat in a plan's room, for as long as the grant holds: until a moment in milliseconds since 1970, if it ends by itself.
    /// The companions write on the same device.
    pub(crate) async fn join(
        self: &Arc<Self>,
        plan: PlanId,
        grant: Grant,
        until_ms: Option<u64>,
        companions: Vec<Companion>,
    ) -> Result<Seat, RegistryError> {
        for _ in 0..ATTEMPTS_MAX {
            let Entrance { room, inbox_kib } = self.entrance(plan).await?;
            let session = SessionId(self.sessions.fetch_add(1, Ordering::Relaxed));
            let (outbox, seat) = Outbox::new(session, room.clone(), inbox_kib);
            let (joined, answer) = oneshot::channel();
            let (grant, companions) = (grant.clone(), companions.clone());
            let join = Message::Join { session, grant, until_ms, companions, outbox, joined };
            if room.send(join).await.is_ok() && answer.await.is_ok() {
                return Ok(seat);
            }
        }
        Err(RegistryError::Gone)
    }

    /// Writes a person into a plan, and into the group of a section, and answers with their organisation once it is durable.
    ///
    /// # Errors
    /// When a name does not do, or the plan cannot be opened or written.
    pub async fn introduce(
        self: &Arc<Self>,
        plan: PlanId,
        participant: ParticipantId,
        [name, organisation]: [&str; 2],
        group: Option<SectionId>,
    ) -> Result<Option<OrganisationId>, RegistryError> {
        for _ in 0..ATTEMPTS_MAX {
            let introduction = Introduction {
                request: 0,
                participant,
                name: name.to_owned(),
                organisation: organisation.to_owned(),
                organisation_id: OrganisationId::from_bytes(secret::random().map_err(no_randomness)?),
                group,
                now_s: secret::now_ms().cast_signed() / 1_000,
            };
            let room = self.room(plan).await?;
            let (reply, answer) = oneshot::channel();
            if room.send(Message::Introduce { introduction, reply }).await.is_ok()
                && let Ok(result) = answer.await
            {
                return Ok(result?);
            }
        }
        Err(RegistryError::Gone)
    }

    /// What somebody may see of a plan before they join it.
    ///
    /// # Errors
    /// When the plan cannot be opened.
    pub async fn describe(self: &Arc<Self>, plan: PlanId) -> Result<Description, RegistryError> {
        for _ in 0..ATTEMPTS_MAX {
            let (reply, answer) = oneshot::channel();
            if self.room(plan).await?.send(Message::Describe { reply }).await.is_ok()
                && let Ok(description) = answer.await
            {
                return Ok(description);
            }
        }
        Err(RegistryError::Gone)
    }

    /// The names in a plan of what its audit log knows by its id.
    ///
    /// # Errors
    /// When the plan cannot be opened.
    pub async fn names(self: &Arc<Self>, plan: PlanId) -> Result<Names, RegistryError> {
        for _ in 0..ATTEMPTS_MAX {
            let (reply, answer) = oneshot::channel();
            if self.room(plan).await?.send(Message::Name { reply }).await.is_ok()
                && let Ok(names) = answer.await
            {
                return Ok(names);
            }
        }
        Err(RegistryError::Gone)
    }

    /// To be called after a link of a plan was changed or revoked: whoever came by it and is there is told what they may do now, or to go.
    ///
    /// Who takes a seat at the same moment looks up their link once more when they have it.
    pub async fn refresh(&self, plan: PlanId) {
        let slot = self.lock().slots.get(&plan).cloned();
        if let Some(room) = slot.as_ref().and_then(|slot| slot.room.get()) {
            // A room that has closed since then has nobody in it.
            let _ = room.send(Message::Refresh).await;
        }
    }

    /// Tells everybody, and waits until all rooms have stored what they took in.
    pub async fn stop(&self) {
        let slots: Vec<Arc<Slot>> = {
            let mut rooms = self.lock();
            rooms.is_stopping = true;
            rooms.slots.values().cloned().collect()
        };
        for room in slots.iter().filter_map(|slot| slot.room.get()) {
            let _ = room.send(Message::Stop).await;
        }
        for slot in slots {
            let task = slot.task.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(task) = task {
                let _ = task.await;
            }
        }
    }

    async fn room(self: &Arc<Self>, plan: PlanId) -> Result<mpsc::Sender<Message>, RegistryError> {
        Ok(self.entrance(plan).await?.room)
    }

    async fn entrance(self: &Arc<Self>, plan: PlanId) -> Result<Entrance, RegistryError> {
        let claim = {
            let mut rooms = self.lock();
            if rooms.is_stopping {
                return Err(RegistryError::Stopping);
            }
            Claim { registry: self, plan, slot: Arc::clone(rooms.slots.entry(plan).or_default()) }
        };
        let room = claim.slot.room.get_or_try_init(|| self.open(plan, &claim.slot)).await?;
        Ok(Entrance { room: room.clone(), inbox_kib: Arc::clone(&claim.slot.inbox_kib) })
    }

    async fn open(self: &Arc<Self>, plan: PlanId, slot: &Arc<Slot>) -> Result<mpsc::Sender<Message>, RegistryError> {
        let opening = load(&*self.store, plan).await.map_err(|error| trouble(plan, &error))?;
        let tab = TabId::from_bytes(secret::random().map_err(no_randomness)?);
        let opened = tokio::task::spawn_blocking(move || RoomCore::open(opening, tab)).await;
        let core = match opened {
            Ok(Ok(core)) => core,
            Ok(Err(error)) => return Err(trouble(plan, &error.into())),
            Err(error) => {
                tracing::error!(%plan, %error, "opening a plan stopped");
                return Err(LoadErrorKind::Trouble.into());
            }
        };
        let (sender, inbox) = mpsc::channel(INBOX_MESSAGES_MAX);
        let room = Room::new(plan, Arc::clone(&self.store), core, inbox);
        let (registry, own) = (Arc::clone(self), Arc::clone(slot));
        let task = tokio::spawn(async move {
            let idle = registry.idle;
            let inbox = room.run(idle).await;
            // Only now may the plan be opened again. Who has written to the room meanwhile gets no answer, and opens it again.
            registry.forget(plan, &own);
            drop(inbox);
        });
        *slot.task.lock().unwrap_or_else(PoisonError::into_inner) = Some(task);
        if self.lock().is_stopping {
            // It began to open before the server began to stop.
            let _ = sender.send(Message::Stop).await;
        }
        Ok(sender)
    }

    fn forget(&self, plan: PlanId, slot: &Arc<Slot>) {
        let mut rooms = self.lock();
        if rooms.slots.get(&plan).is_some_and(|current| Arc::ptr_eq(current, slot)) {
            rooms.slots.remove(&plan);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Somebody who wants a room. When they go, and nobody else wants it, a slot without a room goes too: the room could not be opened, or
/// they did not wait for it.
struct Claim<'a> {
    registry: &'a Registry,
    plan: PlanId,
    slot: Arc<Slot>,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        let mut rooms = self.registry.lock();
        // The registry's and our own. Whoever else waits for the room will open it in this slot, which must stay the only one.
        let is_last = Arc::strong_count(&self.slot) <= 2;
        let is_current = rooms.slots.get(&self.plan).is_some_and(|current| Arc::ptr_eq(current, &self.slot));
        if is_last && is_current && self.slot.room.get().is_none() {
            rooms.slots.remove(&self.plan);
        }
    }
}

fn trouble(plan: PlanId, error: &LoadError) -> RegistryError {
    if matches!(error, LoadError::NotFound) {
        return LoadErrorKind::NotFound.into();
    }
    tracing::error!(%plan, %error, "a plan cannot be opened");
    LoadErrorKind::Trouble.into()
}

fn no_randomness(error: RandomError) -> RegistryError {
    tracing::error!(%error, "no random bytes");
    LoadErrorKind::Trouble.into()
}

#[cfg(test)]
mod tests;
