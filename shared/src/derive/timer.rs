//! The countdown: the desk holds when it ends by the server's clock, or what is left of one that was stopped.

use crate::limits;
use crate::plan::Desk;
use crate::plan::edit::{Edit, Value};
use crate::plan::schema::{Field, Item, Name};

/// How the countdown stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Timer {
    /// There is none.
    #[default]
    None,
    /// It runs; so many seconds are left, a begun one counted whole.
    Running(i64),
    /// It stands still with so many seconds left.
    Paused(i64),
    /// It ended, not long ago.
    Over,
}

impl Timer {
    /// At a moment of the server's clock.
    #[must_use]
    pub const fn at(desk: &Desk, now_ms: i64) -> Self {
        match (desk.timer_rest_s.value, desk.timer_ends_ms.value) {
            (Some(rest), _) => Self::Paused(rest),
            (None, Some(ends)) if ends > now_ms => Self::Running((ends - now_ms + 999) / 1000),
            (None, Some(ends)) if now_ms - ends < limits::TIMER_OVER_MS => Self::Over,
            (None, _) => Self::None,
        }
    }

    /// What is left, if there is a countdown.
    #[must_use]
    pub const fn left_s(self) -> Option<i64> {
        match self {
            Self::None => None,
            Self::Running(left) | Self::Paused(left) => Some(left),
            Self::Over => Some(0),
        }
    }
}

/// What a facilitator does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Begins one of so many minutes.
    Start(i64),
    /// Makes it stand still.
    Pause,
    /// Lets it run on.
    Resume,
    /// Gives a minute more.
    Minute,
    /// Takes it away.
    Stop,
}

/// The edits that do it; none where it makes no sense as the countdown stands.
#[must_use]
pub fn turn(desk: &Desk, turn: Turn, now_ms: i64) -> Vec<Edit> {
    let ends = |left_s: i64| set(Some(now_ms + left_s.min(limits::TIMER_MINUTES_MAX * 60) * 1000), None);
    let rest = |left_s: i64| set(None, Some(left_s.min(limits::TIMER_MINUTES_MAX * 60)));
    match (turn, Timer::at(desk, now_ms)) {
        (Turn::Start(minutes), _) => ends(minutes.clamp(1, limits::TIMER_MINUTES_MAX) * 60),
        (Turn::Pause, Timer::Running(left)) => rest(left),
        (Turn::Resume, Timer::Paused(left)) => ends(left),
        (Turn::Minute, Timer::Running(left)) => ends(left + 60),
        (Turn::Minute, Timer::Paused(left)) => rest(left + 60),
        (Turn::Minute, Timer::Over) => ends(60),
        (Turn::Stop, _) => set(None, None),
        (Turn::Pause | Turn::Resume | Turn::Minute, _) => Vec::new(),
    }
}

fn set(ends_ms: Option<i64>, rest_s: Option<i64>) -> Vec<Edit> {
    let one = |name, value: Option<i64>| Edit::Set {
        field: Field { item: Item::Desk, name },
        value: value.map_or(Value::Nothing, Value::Number),
    };
    vec![one(Name::TimerEnds, ends_ms), one(Name::TimerRest, rest_s)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Register;

    const NOW: i64 = 1_732_000_000_000;

    fn desk(ends_ms: Option<i64>, rest_s: Option<i64>) -> Desk {
        Desk { timer_ends_ms: Register::settled(ends_ms), timer_rest_s: Register::settled(rest_s), ..Desk::default() }
    }

    /// The desk after something was done to it.
    fn after(of: &Desk, done: Turn, now_ms: i64) -> Desk {
        let mut desk = of.clone();
        for edit in turn(of, done, now_ms) {
            let Edit::Set { field, value } = edit else { panic!("it is set") };
            let value = match value {
                Value::Number(number) => Some(number),
                _ => None,
            };
            match field.name {
                Name::TimerEnds => desk.timer_ends_ms = Register::settled(value),
                Name::TimerRest => desk.timer_rest_s = Register::settled(value),
                name => panic!("{name:?} is none of its fields"),
            }
        }
        desk
    }

    #[test]
    fn it_stands_as_the_desk_and_the_clock_say() {
        for (ends, rest, expected) in [
            (None, None, Timer::None),
            (Some(NOW + 1), None, Timer::Running(1)),
            (Some(NOW + 1_000), None, Timer::Running(1)),
            (Some(NOW + 1_001), None, Timer::Running(2)),
            (Some(NOW), None, Timer::Over),
            (Some(NOW - limits::TIMER_OVER_MS + 1), None, Timer::Over),
            (Some(NOW - limits::TIMER_OVER_MS), None, Timer::None),
            (None, Some(90), Timer::Paused(90)),
            // Stopped and started at the same time: it stands still, which anybody can see and end.
            (Some(NOW + 5_000), Some(90), Timer::Paused(90)),
        ] {
            assert_eq!(Timer::at(&desk(ends, rest), NOW), expected, "{ends:?} {rest:?}");
        }
    }

    #[test]
    fn a_facilitator_starts_stops_and_lengthens_it() {
        let started = after(&Desk::default(), Turn::Start(5), NOW);
        assert_eq!(Timer::at(&started, NOW), Timer::Running(300));
        let paused = after(&started, Turn::Pause, NOW + 60_500);
        assert_eq!(Timer::at(&paused, NOW + 500_000), Timer::Paused(240));
        let longer = after(&paused, Turn::Minute, NOW + 500_000);
        assert_eq!(Timer::at(&longer, NOW + 500_000), Timer::Paused(300));
        let resumed = after(&longer, Turn::Resume, NOW + 500_000);
        assert_eq!(Timer::at(&resumed, NOW + 500_000), Timer::Running(300));
        let longer = after(&resumed, Turn::Minute, NOW + 500_000);
        assert_eq!(Timer::at(&longer, NOW + 500_000), Timer::Running(360));
        assert_eq!(Timer::at(&longer, NOW + 860_000), Timer::Over);
        let again = after(&longer, Turn::Minute, NOW + 870_000);
        assert_eq!(Timer::at(&again, NOW + 870_000), Timer::Running(60));
        assert_eq!(Timer::at(&after(&again, Turn::Stop, NOW), NOW), Timer::None);
    }

    #[test]
    fn what_makes_no_sense_does_nothing() {
        let running = desk(Some(NOW + 5_000), None);
        for (of, done) in [(&Desk::default(), Turn::Pause), (&Desk::default(), Turn::Minute), (&running, Turn::Resume)] {
            assert_eq!(turn(of, done, NOW), []);
        }
        let longest = after(&Desk::default(), Turn::Start(i64::MAX), NOW);
        assert_eq!(Timer::at(&longest, NOW), Timer::Running(limits::TIMER_MINUTES_MAX * 60));
        assert_eq!(Timer::at(&after(&longest, Turn::Minute, NOW), NOW), Timer::Running(limits::TIMER_MINUTES_MAX * 60));
    }
}
