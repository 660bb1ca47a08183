//! A room: the task around [`core::RoomCore`] that does what the core asks for. It decides nothing itself.

pub mod core;
mod description;
mod load;
mod names;
mod outbox;
mod work;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{OrganisationId, PlanId};
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, SessionId};
use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior};

use self::core::{Companion, Effect, IntroduceError, Introduction, RoomCore};
use self::work::Answer;
use crate::audit::Names;
use crate::secret;
use crate::store::Store;

pub use description::Description;
pub(crate) use load::{LoadError, load};
pub(crate) use outbox::{Outbox, Outgoing, Seat};

/// How many messages may wait for a room; whoever sends one more waits.
pub(crate) const INBOX_MESSAGES_MAX: usize = 1_024;

const TICK: Duration = Duration::from_secs(1);

/// How often the system's clock is asked at least, while a link is to end.
const CLOCK_CHECK: Duration = Duration::from_secs(1);

/// What a room is told.
pub(crate) enum Message {
    /// A connection is there. Answered when the room has it.
    Join {
        session: SessionId,
        grant: Grant,
        /// Until when, in milliseconds since 1970, if the link ends by itself.
        until_ms: Option<u64>,
        /// Who else writes on the same device.
        companions: Vec<Companion>,
        outbox: Outbox,
        joined: oneshot::Sender<()>,
    },
    Frame {
        session: SessionId,
        frame: ClientFrame,
        /// Its part of what may wait for the room; given back with the message.
        weight: OwnedSemaphorePermit,
    },
    /// The socket has taken a frame that was to be reported.
    Written {
        session: SessionId,
    },
    Leave {
        session: SessionId,
    },
    Introduce {
        introduction: Introduction,
        reply: oneshot::Sender<Result<Option<OrganisationId>, IntroduceError>>,
    },
    /// What the audit log knows by its id.
    Name {
        reply: oneshot::Sender<Names>,
    },
    Describe {
        reply: oneshot::Sender<Description>,
    },
    /// Somebody may do something else than before: everybody's link is looked up anew.
    Refresh,
    /// The server stops.
    Stop,
}

/// An open plan and all that its task holds.
pub(crate) struct Room {
    plan: PlanId,
    store: Arc<dyn Store>,
    core: RoomCore,
    inbox: mpsc::Receiver<Message>,
    outboxes: HashMap<SessionId, Outbox>,
    introductions: HashMap<u64, oneshot::Sender<Result<Option<OrganisationId>, IntroduceError>>>,
    introduced: u64,
    work: JoinSet<Option<Answer>>,
    look_up: LookUp,
    started: Instant,
    idle_since: Instant,
    stage: Stage,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Open,
    /// The server stops; what is taken in is being stored.
    Stopping,
    Ended,
}

/// Whether everybody's link is being looked up. Once at a time: of two answers, the later must be the newer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LookUp {
    None,
    Running,
    /// And it must be done again, because something changed after it began.
    Outdated,
}

impl Room {
    pub(crate) fn new(plan: PlanId, store: Arc<dyn Store>, core: RoomCore, inbox: mpsc::Receiver<Message>) -> Self {
        let now = Instant::now();
        Self {
            plan,
            store,
            core,
            inbox,
            outboxes: HashMap::new(),
            introductions: HashMap::new(),
            introduced: 0,
            work: JoinSet::new(),
            look_up: LookUp::None,
            started: now,
            idle_since: now,
            stage: Stage::Open,
        }
    }

    /// Runs until nobody has been here for `idle`, the server stops, or the room cannot go on. Nothing is on its way to the store then.
    /// Gives back what nobody listens to any more.
    pub(crate) async fn run(mut self, idle: Duration) -> mpsc::Receiver<Message> {
        let mut ticks = tokio::time::interval(TICK.min(idle).max(Duration::from_millis(1)));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while !self.is_over(idle) {
            tokio::select! {
                () = until(self.core.next_end_ms()) => {}
                message = self.inbox.recv() => match message {
                    Some(message) => {
                        // Not a change more is taken in than the link allowed.
                        self.end_links();
                        self.hear(message);
                    }
                    None => self.stop(),
                },
                Some(answer) = self.work.join_next() => match answer {
                    Ok(Some(answer)) => {
                        self.tell_clock();
                        self.learn(answer);
                    }
                    Ok(None) => {}
                    Err(error) => {
                        tracing::error!(plan = %self.plan, %error, "a task of the room failed; the room is closed");
                        self.stage = Stage::Ended;
                    }
                },
                _ = ticks.tick() => self.core.tick(self.started.elapsed()),
            }
            self.end_links();
            self.act();
        }
        // A read may still be on its way; an append too, if the room ended by force.
        while self.work.join_next().await.is_some() {}
        for (_, outbox) in self.outboxes.drain() {
            outbox.close(Goodbye::Trouble);
        }
        self.inbox
    }

    fn is_over(&mut self, idle: Duration) -> bool {
        if !self.core.is_idle() {
            self.idle_since = Instant::now();
        }
        match self.stage {
            Stage::Open => self.idle_since.elapsed() >= idle,
            Stage::Stopping => self.core.is_settled(),
            Stage::Ended => true,
        }
    }

    /// Time has passed: links may have ended.
    fn end_links(&mut self) {
        if self.core.next_end_ms().is_some() {
            self.core.end_due(secret::now_ms());
        }
    }

    fn stop(&mut self) {
        self.core.stop();
        self.stage = Stage::Stopping;
    }

    fn hear(&mut self, message: Message) {
        self.tell_clock();
        match message {
            Message::Join { session, grant, until_ms, companions, outbox, joined } => {
                let participant = grant.participant;
                self.outboxes.insert(session, outbox);
                self.core.join(session, grant);
                self.core.limit(participant, until_ms);
                self.core.accompany(session, companions);
                let _ = joined.send(());
                if self.stage != Stage::Open {
                    self.core.stop();
                }
            }
            Message::Frame { session, frame, weight } => {
                self.core.frame(session, frame, self.started.elapsed());
                drop(weight);
            }
            Message::Written { session } => self.core.written(session),
            Message::Leave { session } => {
                self.outboxes.remove(&session);
                self.core.leave(session);
            }
            Message::Introduce { mut introduction, reply } => {
                self.introduced += 1;
                introduction.request = self.introduced;
                self.introductions.insert(introduction.request, reply);
                self.core.introduce(introduction);
            }
            Message::Name { reply } => {
                if let Some(doc) = self.core.document() {
                    let _ = reply.send(names::of(doc));
                }
            }
            Message::Describe { reply } => {
                if let Some(doc) = self.core.document() {
                    let _ = reply.send(Description::of(doc));
                }
            }
            Message::Refresh => match self.look_up {
                LookUp::None => self.look_up(),
                LookUp::Running | LookUp::Outdated => self.look_up = LookUp::Outdated,
            },
            Message::Stop => self.stop(),
        }
    }

    fn tell_clock(&mut self) {
        self.core.clock(i64::try_from(secret::now_ms()).unwrap_or_default());
    }

    /// Looks up what everybody here may do now.
    fn look_up(&mut self) {
        self.look_up = LookUp::Running;
        let look_up = work::look_up(Arc::clone(&self.store), self.plan, self.core.participants());
        self.work.spawn(async { Some(look_up.await) });
    }

    fn learn(&mut self, answer: Answer) {
        let is_look_up = matches!(answer, Answer::Regranted(_));
        answer.tell(&mut self.core);
        match self.look_up {
            LookUp::Outdated if is_look_up => self.look_up(),
            LookUp::Running if is_look_up => self.look_up = LookUp::None,
            LookUp::None | LookUp::Running | LookUp::Outdated => {}
        }
    }

    /// Does what the core asks for, until it asks for nothing more.
    fn act(&mut self) {
        loop {
            let effects = self.core.take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                self.perform(effect);
            }
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Send { session, frame, care } => {
                if self.outboxes.get(&session).is_some_and(|outbox| !outbox.send(frame, care)) {
                    self.core.overflowed(session);
                }
            }
            Effect::Close { session, goodbye } => {
                if let Some(outbox) = self.outboxes.remove(&session) {
                    tracing::debug!(plan = %self.plan, session = session.0, ?goodbye, "closing a session");
                    outbox.close(goodbye);
                }
            }
            Effect::Introduced { request, result } => {
                if let Some(reply) = self.introductions.remove(&request) {
                    let _ = reply.send(result);
                }
            }
            Effect::End => self.stage = Stage::Ended,
            effect => drop(self.work.spawn(work::carry_out(Arc::clone(&self.store), self.plan, effect))),
        }
    }
}

/// Waits until a moment, in milliseconds since 1970; for ever if there is none. The system's clock may be set meanwhile, so it wakes up
/// early rather than late.
async fn until(moment_ms: Option<u64>) {
    match moment_ms {
        Some(moment_ms) => tokio::time::sleep(Duration::from_millis(moment_ms.saturating_sub(secret::now_ms())).min(CLOCK_CHECK)).await,
        None => std::future::pending().await,
    }
}
