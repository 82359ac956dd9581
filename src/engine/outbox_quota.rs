//! What failed calls and used-up quotas mean for the calls that follow; apart from the outbox, because the reads
//! beside it teach the same.

use super::outbox::{Effect, Outbox};
use super::pace::Sign;
use super::quota::Api;
use crate::domain::{Answer, CallFailure, Doubt, FailureKind, Hold, Now, Timestamp};
use crate::wechat::Quota;

/// The share of WeChat's limit for short times that we take at most; the shop's own server needs the rest.
const OUR_SHARE: f64 = 0.8;

impl Outbox {
    /// Learns from a call that failed.
    pub fn learn_failure(&mut self, api: Api, failure: &CallFailure, now: Now) -> Option<Effect> {
        if failure.stops_account() {
            self.gates.account = Some(failure.clone());
            return None;
        }
        if failure.kind == FailureKind::DailyQuota {
            return Some(self.used_up(api, now));
        }
        self.pace.learn(sign_of(failure), now.local);
        None
    }

    /// Learns from the answer to a write.
    pub fn learn_answer(&mut self, api: Api, answer: &Answer, now: Now) -> Option<Effect> {
        match answer {
            Answer::Accepted | Answer::Refused(_) | Answer::NotVisible => {
                self.pace.learn(Sign::Clean, now.local);
            }
            Answer::NotProcessed(hold) => return self.learn_hold(api, hold, now),
            Answer::Unclear(Doubt::Failure(_)) => self.pace.learn(Sign::Bad, now.local),
            Answer::Unclear(_) => self.pace.learn(Sign::Clean, now.local),
        }
        None
    }

    fn learn_hold(&mut self, api: Api, hold: &Hold, now: Now) -> Option<Effect> {
        match hold {
            Hold::Connection => self.pace.learn(Sign::Bad, now.local),
            Hold::Token => {}
            Hold::Second => self.pace.learn(Sign::TooFastSecond, now.local),
            Hold::Minute => self.pace.learn(Sign::TooFastMinute, now.local),
            Hold::Day => return Some(self.used_up(api, now)),
            Hold::Account(failure) => self.gates.account = Some(failure.clone()),
        }
        None
    }

    /// The daily quota of a call is used up (45009): it rests until it is whole again, over restarts too.
    pub(super) fn used_up(&mut self, api: Api, now: Now) -> Effect {
        Effect::Pause(api, self.gates.quotas.used_up(api, now, self.policy.quiet))
    }

    /// Stops before the last calls of a quota are gone: they are kept for looks at what is unclear.
    pub(super) fn rest_in_time(&mut self, now: Now) -> Vec<Effect> {
        if self.rests_until(Api::Upload, now.local).is_some() {
            return Vec::new();
        }
        let unclear = self.count("unclear").saturating_add(self.uploads_in_flight());
        match self.gates.quotas.reserved(unclear, self.flights.len()) {
            // Reading goes on with what was kept: only uploads rest.
            Some(Api::Upload | Api::GetOrder) => vec![self.used_up(Api::Upload, now)],
            Some(Api::OrderList | Api::Remind | Api::Report) | None => Vec::new(),
        }
    }

    /// What WeChat says about the quota of a call; its limit for short times bounds the pace.
    pub fn know_quota(&mut self, api: Api, quota: Quota, now: Now) {
        if let Some(rate) = quota.rate {
            #[expect(
                clippy::cast_precision_loss,
                reason = "calls and seconds, far below the limit"
            )]
            let per_sec = rate.calls as f64 / rate.period_secs.max(1) as f64;
            self.pace.at_most(per_sec * OUR_SHARE);
        }
        self.gates.quotas.know(api, quota, now);
    }

    /// What is left of a call's quota, when WeChat has said so.
    pub fn quota_left(&self, api: Api) -> Option<Quota> {
        self.gates.quotas.left(api)
    }

    /// Until when a call rests.
    pub fn rests_until(&self, api: Api, now: Timestamp) -> Option<Timestamp> {
        self.gates.quotas.rests_until(api, now)
    }
}

/// What a failed read says about the pace; a no about one order is a clean answer.
fn sign_of(failure: &CallFailure) -> Sign {
    if failure.kind == FailureKind::TooFast {
        Sign::TooFastMinute
    } else if failure.kind.is_trouble() {
        Sign::Bad
    } else {
        Sign::Clean
    }
}

#[cfg(test)]
#[path = "outbox_quota_tests.rs"]
mod tests;
