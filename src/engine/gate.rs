//! Every reason why nothing is sent now, each with its own end; several may hold at once.

use std::time::Duration;

use super::quota::{Api, Quotas};
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
    /// The daily quotas: without uploads or reads nothing is sent, without reads nothing is looked at.
    pub quotas: Quotas,
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

    /// `Some` when calls of this kind may not start: with the moment at which to ask again, or `None` inside
    /// when only a person can open. Looks at unclear shipments go on while sending is paused.
    pub fn closed(&self, is_send: bool, now: Timestamp) -> Option<Option<Timestamp>> {
        self.closed_to(is_send.then_some(Api::Upload), now)
    }

    /// The same for a look that is followed by this write, or by none.
    pub fn closed_to(&self, write: Option<Api>, now: Timestamp) -> Option<Option<Timestamp>> {
        if self.store_failed || self.account.is_some() {
            return Some(None);
        }
        let needed = write.into_iter().chain([Api::GetOrder]);
        if let Some(until) = self.rests_until(needed, now) {
            return Some(Some(until));
        }
        write?;
        if self.paused || self.interrupted {
            return Some(None);
        }
        self.quarantine_until.filter(|until| now < *until).map(Some)
    }

    /// The latest end of the rests of these calls.
    fn rests_until(&self, calls: impl IntoIterator<Item = Api>, now: Timestamp) -> Option<Timestamp> {
        let rests = |api: Api| self.quotas.rests_until(api, now);
        calls.into_iter().filter_map(rests).max()
    }

    /// A person asks to go on. What they stopped themselves, or what waited for them, ends first; only when
    /// nothing but a daily quota is in the way do they say by it that the quota was reset, and if it was not, the
    /// next answer says so again. `true`: the rests of the quotas are over too.
    pub fn resume(&mut self) -> bool {
        let waited = self.paused || self.interrupted || self.account.is_some();
        self.paused = false;
        self.interrupted = false;
        self.account = None;
        if !waited {
            self.quotas.forget_rests();
        }
        !waited
    }

    /// The next moment at which one of the reasons ends by itself.
    pub fn next_end(&self, now: Timestamp) -> Option<Timestamp> {
        let rests = Api::ALL.into_iter().map(|api| self.quotas.rests_until(api, now));
        rests
            .chain([self.quarantine_until])
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
        if let Some(until) = self.rests_until([Api::Upload, Api::GetOrder], now) {
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
    fn a_clock_that_went_back_does_not_lengthen_the_quarantine() {
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
    }

    #[test]
    fn going_on_ends_what_waited_for_a_person_before_it_ends_a_rest() {
        let now = crate::domain::Now {
            local: Timestamp::from_secs(0),
            server: Timestamp::from_secs(0),
        };
        let mut gates = Gates {
            interrupted: true,
            ..Gates::default()
        };
        gates.quotas.used_up(Api::Upload, now, Duration::from_mins(1));
        assert!(!gates.resume(), "the rest goes on");
        assert!(matches!(gates.closed(true, now.local), Some(Some(_))));
        assert_eq!(
            gates.closed(false, now.local),
            None,
            "reads have a quota of their own"
        );
        assert!(gates.resume(), "asked again, a person means the quota");
        assert_eq!(gates.closed(true, now.local), None);
    }
}
