//! The one place that reads a clock. Inside, time is the start of the program plus what a monotonic clock
//! has counted since, so that a jump of the computer's clock changes no wait.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::domain::{Now, Timestamp};

/// A clock that only goes forward.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    boot: Timestamp,
    started: Instant,
}

impl Clock {
    /// Starts at the computer's time.
    pub fn start() -> Self {
        Self {
            boot: computer_time(),
            started: Instant::now(),
        }
    }

    /// Now, as this program counts.
    pub fn now(&self) -> Timestamp {
        self.boot.plus(self.started.elapsed())
    }

    /// Both clocks of a decision; `offset_millis` is WeChat's time minus the computer's. It was measured
    /// against the computer's clock, so it is added to that one: the monotonic clock stands still while the
    /// computer sleeps.
    pub fn both(&self, offset_millis: Option<i64>) -> Now {
        let server = computer_time()
            .millis()
            .saturating_add(offset_millis.unwrap_or(0));
        Now {
            local: self.now(),
            server: Timestamp::from_millis(server),
        }
    }
}

/// How old something is, by both clocks of the computer: the monotonic one stands still while it sleeps, and the
/// other one can be set. The larger of both counts.
#[derive(Clone, Copy, Debug)]
pub struct Age {
    began: Instant,
    wall: Timestamp,
}

impl Age {
    /// From now on.
    pub fn begin() -> Self {
        Self {
            began: Instant::now(),
            wall: computer_time(),
        }
    }

    /// How long ago that was.
    pub fn span(self) -> Duration {
        self.began.elapsed().max(computer_time().since(self.wall))
    }
}

/// What the computer's clock shows.
#[expect(
    clippy::disallowed_methods,
    reason = "the edge at which time enters the program"
)]
pub fn computer_time() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
