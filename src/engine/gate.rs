//! Every reason why nothing is sent now, each with its own end; several may hold at once.

use std::time::Duration;

use super::snapshot::Gate;
use crate::domain::{CallFailure, Timestamp};

/// The reasons that hold at the moment.
#[derive(Clone, Debug, Default)]
pub struct Gates {
    /// A person paused.
    pub paused: bool,
    /// An earlier run ended in the middle; a person must say *go on*.
    pub interrupted: bool,
    /// The journal is new or restored: no upload before this moment (D7).
    pub quarantine_until: Option<Timestamp>,
    /// The daily quota is used up until this moment: nothing is sent.
    pub day_until: Option<Timestamp>,
    /// The quota of reading orders is used up as well: unclear shipments cannot be looked at either.
    pub day_for_reads: Option<Timestamp>,
    /// Nothing can work until a person repairs the account.
    pub account: Option<CallFailure>,
    /// The journal cannot be written.
    pub store_failed: bool,
}

impl Gates {
    /// Until when a journal that is new or restored since `doubtful_since` sends nothing. Never longer than
    /// `span` from now: the computer's clock may have gone back since.
    pub fn quarantine(doubtful_since: Timestamp, span: Duration, now: Timestamp) -> Option<Timestamp> {
        let until = doubtful_since.plus(span).min(now.plus(span));
        (now < until).then_some(until)
    }

    /// A pause that an earlier run has kept. No midnight is further away than a day, whatever that run's
    /// clock showed.
    pub fn kept_pause(until: Timestamp, now: Timestamp) -> Timestamp {
        until.min(now.plus(Duration::from_hours(24)))
    }

    /// `Some` when calls of this kind may not start: with the moment at which to ask again, or `None` inside
    /// when only a person can open. Looks at unclear shipments go on while sending is paused.
    pub fn closed(&self, is_send: bool, now: Timestamp) -> Option<Option<Timestamp>> {
        if self.store_failed || self.account.is_some() {
            return Some(None);
        }
        let day = if is_send {
            self.day_until
        } else {
            self.day_for_reads
        };
        if let Some(until) = day.filter(|until| now < *until) {
            return Some(Some(until));
        }
        if !is_send {
            return None;
        }
        if self.paused || self.interrupted {
            return Some(None);
        }
        self.quarantine_until.filter(|until| now < *until).map(Some)
    }

    /// A person asks to go on.
    pub fn resume(&mut self) {
        self.paused = false;
        self.interrupted = false;
        self.account = None;
        // The quota may have been reset by hand; if it was not, the next answer says so again.
        self.day_until = None;
        self.day_for_reads = None;
    }

    /// The next moment at which one of the reasons ends by itself.
    pub fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        [self.day_until, self.day_for_reads, self.quarantine_until]
            .into_iter()
            .flatten()
            .filter(|until| now < *until)
            .min()
    }

    /// What a person is told: the reason that needs them most.
    pub fn shown(
        &self,
        now: Timestamp,
        holding_until: Option<Timestamp>,
        recovering: Option<Timestamp>,
    ) -> Gate {
        if self.store_failed {
            return Gate::StoreFailed;
        }
        if let Some(failure) = &self.account {
            return Gate::Account(failure.clone());
        }
        if self.interrupted {
            return Gate::Interrupted;
        }
        if self.paused {
            return Gate::Paused;
        }
        let later = |moment: Option<Timestamp>| moment.filter(|until| now < *until);
        if let Some(until) = later(self.day_until) {
            return Gate::DailyQuota { until };
        }
        if let Some(until) = later(self.quarantine_until) {
            return Gate::Quarantine { until };
        }
        if let Some(until) = later(recovering) {
            return Gate::Recovering { until };
        }
        later(holding_until).map_or(Gate::Open, |until| Gate::Holding { until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_went_back_lengthens_neither_quarantine_nor_pause() {
        let (at, minute) = (Timestamp::from_secs, Duration::from_mins(1));
        let year: i64 = 31_536_000;
        for (since, now, until) in [
            (0, 10, Some(60)),
            (0, 60, None),
            (0, year, None),
            (year, 10, Some(70)),
        ] {
            let quarantine = Gates::quarantine(at(since), minute, at(now));
            assert_eq!(quarantine, until.map(at), "{since} {now}");
        }
        assert_eq!(Gates::kept_pause(at(3600), at(0)), at(3600));
        assert_eq!(Gates::kept_pause(at(year), at(0)), at(86_400));
    }
}
