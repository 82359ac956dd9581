//! The simulator's clock: the system's, or one that a test holds and moves.
//!
//! Separate because only the HTTP edge may read a clock; the rules take `now` as an argument.

use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock; clones share the same hands.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Hands>);

#[derive(Debug)]
struct Hands {
    /// `None` follows the system.
    fixed: Option<Timestamp>,
    /// Milliseconds added to the time.
    moved_ms: AtomicI64,
    /// Seconds added in the `Date` header only.
    date_skew_secs: AtomicI64,
}

impl Clock {
    /// The system's time.
    pub fn system() -> Self {
        Self::with(None)
    }

    /// Stands still until it is moved.
    pub fn fixed(start: Timestamp) -> Self {
        Self::with(Some(start))
    }

    /// The time of the simulated server.
    pub fn now(&self) -> Timestamp {
        let base = self.0.fixed.unwrap_or_else(Timestamp::now);
        shifted(
            base,
            SignedDuration::from_millis(self.0.moved_ms.load(Ordering::SeqCst)),
        )
    }

    /// Moves the server's time on (or back) by milliseconds.
    pub fn advance_ms(&self, ms: i64) {
        self.0.moved_ms.fetch_add(ms, Ordering::SeqCst);
    }

    /// From now on the `Date` header is wrong by this many seconds.
    pub fn set_date_skew_secs(&self, secs: i64) {
        self.0.date_skew_secs.store(secs, Ordering::SeqCst);
    }

    /// The `Date` header for a reply sent at `now`.
    pub fn date_header(&self, now: Timestamp) -> String {
        let skew = self.0.date_skew_secs.load(Ordering::SeqCst);
        let shown = shifted(now, SignedDuration::from_secs(skew));
        jiff::fmt::rfc2822::DateTimePrinter::new()
            .timestamp_to_rfc9110_string(&shown)
            .unwrap_or_default()
    }

    fn with(fixed: Option<Timestamp>) -> Self {
        Self(Arc::new(Hands {
            fixed,
            moved_ms: AtomicI64::new(0),
            date_skew_secs: AtomicI64::new(0),
        }))
    }
}

/// `base + by`, or `base` where that is outside the calendar.
fn shifted(base: Timestamp, by: SignedDuration) -> Timestamp {
    base.checked_add(by).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_only_when_told_and_the_skew_shows_in_the_header_only() {
        let start: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
        let clock = Clock::fixed(start);
        let other = clock.clone();
        other.advance_ms(1_500);
        assert_eq!(clock.now().to_string(), "2024-01-02T03:04:06.5Z");
        clock.set_date_skew_secs(-3600);
        assert_eq!(clock.date_header(clock.now()), "Tue, 02 Jan 2024 02:04:06 GMT");
    }

    #[test]
    fn a_move_outside_the_calendar_changes_nothing() {
        let start: Timestamp = "2024-01-02T03:04:05Z".parse().unwrap();
        let clock = Clock::fixed(start);
        clock.advance_ms(i64::MAX);
        assert_eq!(clock.now(), start);
    }
}
