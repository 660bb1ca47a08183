//! What the room's screens read: the room as plain Rust, read anew when something of it changes.

use std::cell::RefCell;
use std::sync::Arc;

use hamutuk_shared::id::PlanId;
use hamutuk_shared::plan::Room;
use leptos::prelude::*;

use crate::session::use_session;
use crate::view_model::PlanView;

thread_local! {
    /// One for all screens of an open plan.
    static FOLLOWED: RefCell<Option<(PlanId, RwSignal<Arc<Room>>)>> = const { RefCell::new(None) };
}

/// The room of the plan that is open around the caller, for as long as it is open.
pub(crate) fn follow() -> Signal<Arc<Room>> {
    let session = use_session();
    let view = expect_context::<PlanView>();
    // A plan that was closed and opened again has a session of its own, and the signals of the former are gone.
    let known = FOLLOWED.with_borrow(|followed| followed.filter(|(plan, room)| *plan == session.plan() && !room.is_disposed()));
    let room = known.map_or_else(
        || {
            session.within(|| {
                let room = RwSignal::new(Arc::new(session.room()));
                Effect::new(move |before: Option<u64>| {
                    let now = view.room.get();
                    if before.is_some_and(|before| before != now) {
                        room.set(Arc::new(session.room()));
                    }
                    now
                });
                room
            })
        },
        |(_, room)| room,
    );
    FOLLOWED.set(Some((session.plan(), room)));
    room.into()
}
