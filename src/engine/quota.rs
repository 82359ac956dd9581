//! The daily quota of each call: what WeChat said is left, and until when a call that is used up rests. Pure; apart
//! from the gates because a quota belongs to a path and not to the sending of shipments.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{Now, Timestamp};
use crate::wechat::Quota;

/// The calls whose quota decides about the work of a day. WeChat counts each path by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Api {
    /// The upload of a shipment.
    Upload,
    /// The reading of one order.
    GetOrder,
    /// The list of orders.
    OrderList,
    /// The reminder to confirm receipt.
    Remind,
    /// The report of special orders.
    Report,
}

impl Api {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Upload,
        Self::GetOrder,
        Self::OrderList,
        Self::Remind,
        Self::Report,
    ];

    /// Its path, which also names it in the journal.
    pub fn path(self) -> &'static str {
        match self {
            Self::Upload => crate::wechat::UPLOAD_PATH,
            Self::GetOrder => crate::wechat::GET_ORDER_PATH,
            Self::OrderList => crate::wechat::ORDER_LIST_PATH,
            Self::Remind => crate::wechat::REMIND_PATH,
            Self::Report => crate::wechat::REPORT_PATH,
        }
    }

    /// The call of a path.
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|api| api.path() == path)
    }
}

/// Reads that must be left for each call under way: the look before, the look after, and one to spare.
const READS_FOR_EACH: i64 = 3;

/// What is known about the quotas of one account.
#[derive(Clone, Debug, Default)]
pub struct Quotas {
    /// Until when, by WeChat's clock, a call rests.
    rests: BTreeMap<Api, Timestamp>,
    /// What WeChat said, less what was called since, and until when, by its clock, that counts.
    left: BTreeMap<Api, (Quota, Timestamp)>,
    /// WeChat's clock minus ours, in milliseconds, when it was last seen.
    ahead_millis: i64,
}

impl Quotas {
    /// How far the two clocks are apart now: a rest ends by WeChat's clock, also when this computer has slept
    /// or its clock was set.
    pub fn see(&mut self, now: Now) {
        self.ahead_millis = now.server.millis().saturating_sub(now.local.millis());
        self.left.retain(|_, (_, ends)| now.server < *ends);
    }

    /// A call is used up for today; the result is when its quota is whole again, by WeChat's clock: some minutes
    /// past midnight in China, because all shops would come back at once. `spread` is a fifth of those minutes.
    pub fn used_up(&mut self, api: Api, now: Now, spread: Duration) -> Timestamp {
        self.see(now);
        let share = now.local.millis().rem_euclid(1000);
        let share = f64::from(u16::try_from(share).unwrap_or(0)) / 1000.0;
        let after = spread.mul_f64(1.0 + 4.0 * share);
        let until = now.server.next_china_midnight().plus(after);
        let known = self.rests.entry(api).or_insert(until);
        if *known <= now.server {
            *known = until; // a rest of an earlier day; one of today keeps the moment that was told
        }
        // Which of them ran short does not matter: what was said before it did counts no more.
        self.left.clear();
        *known
    }

    /// A rest that an earlier run has kept. No midnight is further away than a day, whatever that run's clock
    /// showed.
    pub fn keep(&mut self, api: Api, until: Timestamp, now: Now) {
        self.see(now);
        let latest = now.server.plus(Duration::from_hours(24));
        self.rests.insert(api, until.min(latest));
    }

    /// A person says that the quota was reset.
    pub fn forget_rests(&mut self) {
        self.rests.clear();
        self.left.clear();
    }

    /// Until when a call rests, by our clock.
    pub fn rests_until(&self, api: Api, now: Timestamp) -> Option<Timestamp> {
        let until = self.rests.get(&api)?.millis().saturating_sub(self.ahead_millis);
        Some(Timestamp::from_millis(until)).filter(|until| now < *until)
    }

    /// What WeChat says about a call.
    pub fn know(&mut self, api: Api, quota: Quota, now: Now) {
        self.left.insert(api, (quota, now.server.next_china_midnight()));
    }

    /// A call was made.
    pub fn spend(&mut self, api: Api) {
        if let Some((quota, _)) = self.left.get_mut(&api) {
            quota.used = quota.used.saturating_add(1);
            quota.remain = quota.remain.saturating_sub(1);
        }
    }

    /// What is left of a call's quota, when WeChat has said so today.
    pub fn left(&self, api: Api) -> Option<Quota> {
        self.left.get(&api).map(|(quota, _)| *quota)
    }

    /// The call that must not be spent on another shipment: what is left is needed for looks at what is unclear
    /// and in flight. A look must always be affordable.
    pub fn reserved(&self, unclear: usize, in_flight: usize) -> Option<Api> {
        let count = |value: usize| i64::try_from(value).unwrap_or(i64::MAX);
        let short = |api: Api, needed: i64| {
            self.left
                .get(&api)
                .is_some_and(|(quota, _)| quota.remain <= needed)
        };
        if short(Api::Upload, count(unclear)) {
            return Some(Api::Upload);
        }
        let reads = count(in_flight).saturating_mul(READS_FOR_EACH);
        short(Api::GetOrder, reads).then_some(Api::GetOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(local: i64, server: i64) -> Now {
        Now {
            local: Timestamp::from_secs(local),
            server: Timestamp::from_secs(server),
        }
    }

    /// 15:59:00 UTC is one minute to midnight in China.
    const MINUTE_TO_MIDNIGHT: i64 = 20_000 * 86_400 + 57_540;

    #[test]
    fn a_call_rests_until_some_minutes_past_midnight_in_china() {
        let mut quotas = Quotas::default();
        let spread = Duration::from_mins(1);
        let until = quotas.used_up(Api::Upload, at(1_000, MINUTE_TO_MIDNIGHT), spread);
        assert_eq!(until.secs() - MINUTE_TO_MIDNIGHT, 60 + 60);
        // Another answer of the same day does not move the moment that a person was told.
        let later = Now {
            local: Timestamp::from_millis(1_010_999),
            server: Timestamp::from_secs(MINUTE_TO_MIDNIGHT + 10),
        };
        assert_eq!(quotas.used_up(Api::Upload, later, spread), until);
        quotas.see(at(1_000, MINUTE_TO_MIDNIGHT));
        assert_eq!(
            quotas.rests_until(Api::Upload, Timestamp::from_secs(1_119)),
            Some(Timestamp::from_secs(1_120))
        );
        assert_eq!(quotas.rests_until(Api::Upload, Timestamp::from_secs(1_120)), None);
        assert_eq!(
            quotas.rests_until(Api::GetOrder, Timestamp::from_secs(1_000)),
            None
        );
    }

    #[test]
    fn a_rest_ends_by_wechats_clock_also_after_sleep() {
        let mut quotas = Quotas::default();
        quotas.used_up(Api::Upload, at(1_000, MINUTE_TO_MIDNIGHT), Duration::from_mins(1));
        // An hour of sleep that our clock did not count.
        quotas.see(at(1_010, MINUTE_TO_MIDNIGHT + 3_610));
        assert_eq!(quotas.rests_until(Api::Upload, Timestamp::from_secs(1_010)), None);
    }

    #[test]
    fn a_kept_rest_is_never_longer_than_a_day() {
        let day = 86_400;
        for (until, now, ends) in [
            (3_600, 0, Some(3_600)),
            (3_600, 3_600, None),
            (400 * day, 0, Some(day)),
        ] {
            let mut quotas = Quotas::default();
            quotas.keep(Api::GetOrder, Timestamp::from_secs(until), at(now, now));
            let rests = quotas.rests_until(Api::GetOrder, Timestamp::from_secs(now));
            assert_eq!(rests, ends.map(Timestamp::from_secs), "{until} {now}");
        }
    }

    #[test]
    fn what_is_left_is_kept_for_looks() {
        let quota = |remain| Quota {
            daily_limit: 100,
            used: 100 - remain,
            remain,
            rate: None,
        };
        for (upload, reads, unclear, in_flight, reserved) in [
            (10, 100, 9, 5, None),
            (10, 100, 10, 5, Some(Api::Upload)),
            (0, 100, 0, 0, Some(Api::Upload)),
            (10, 16, 0, 5, None),
            (10, 15, 0, 5, Some(Api::GetOrder)),
        ] {
            let mut quotas = Quotas::default();
            assert_eq!(quotas.reserved(unclear, in_flight), None, "nothing is known");
            let now = at(1_000, MINUTE_TO_MIDNIGHT);
            quotas.know(Api::Upload, quota(upload), now);
            quotas.know(Api::GetOrder, quota(reads), now);
            assert_eq!(quotas.reserved(unclear, in_flight), reserved, "{upload} {reads}");
            quotas.see(at(1_070, MINUTE_TO_MIDNIGHT + 70));
            assert_eq!(quotas.reserved(unclear, in_flight), None, "that was yesterday");
        }
    }

    #[test]
    fn every_call_is_found_by_its_path() {
        for api in Api::ALL {
            assert_eq!(Api::of_path(api.path()), Some(api));
        }
    }
}
