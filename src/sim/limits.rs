//! How often a path may be called: the day's quota, the minute and the second.
//!
//! Separate because counting calls is the same for every path and knows no order.

use super::reply::Refusal;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Seconds that China is ahead of UTC: quotas start anew at midnight there.
const CHINA_OFFSET_SECS: i64 = 8 * 3600;

/// The limits of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Calls per path and day for paths that `daily_by_path` does not name.
    pub daily: u64,
    /// Calls per day for single paths.
    pub daily_by_path: BTreeMap<String, u64>,
    /// Calls per minute over all paths; `None` is without limit.
    pub per_minute: Option<u64>,
    /// Calls per second over all paths (staff name 100); `None` is without limit.
    pub per_second: Option<u64>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            daily: 1_000_000,
            daily_by_path: BTreeMap::new(),
            per_minute: None,
            per_second: Some(100),
        }
    }
}

impl Limits {
    /// Calls per day for a path.
    pub fn daily_limit(&self, path: &str) -> u64 {
        self.daily_by_path.get(path).copied().unwrap_or(self.daily)
    }
}

/// What has been used up.
#[derive(Debug, Clone, Default)]
pub struct Usage {
    day: i64,
    by_path: BTreeMap<String, u64>,
    minute: (i64, u64),
    second: (i64, u64),
}

impl Usage {
    /// Counts a call, or refuses it: 44990 for the second, 45011 for the minute, 45009 for the day.
    pub fn take(&mut self, path: &str, limits: &Limits, now: Timestamp) -> Result<(), Refusal> {
        let secs = now.as_second();
        if over(&mut self.second, secs, limits.per_second) {
            return Err(Refusal::new(44990, "reach max api second frequence limit"));
        }
        if over(&mut self.minute, secs.div_euclid(60), limits.per_minute) {
            return Err(Refusal::new(
                45011,
                "api minute-quota reach limit, mustslower, retry next minute",
            ));
        }
        let limit = limits.daily_limit(path);
        if self.used(path, now) >= limit {
            return Err(Refusal::new(45009, "reach max api daily quota limit"));
        }
        let used = self.by_path.entry(path.to_owned()).or_default();
        *used = used.saturating_add(1);
        Ok(())
    }

    /// Calls of a path that were let through today.
    pub fn used(&mut self, path: &str, now: Timestamp) -> u64 {
        let day = now
            .as_second()
            .saturating_add(CHINA_OFFSET_SECS)
            .div_euclid(86_400);
        if day != self.day {
            self.day = day;
            self.by_path.clear();
        }
        self.by_path.get(path).copied().unwrap_or(0)
    }
}

/// Counts one more in the current window and tells whether that is too many.
fn over(window: &mut (i64, u64), current: i64, limit: Option<u64>) -> bool {
    if window.0 != current {
        *window = (current, 0);
    }
    window.1 = window.1.saturating_add(1);
    limit.is_some_and(|limit| window.1 > limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(secs: i64) -> Timestamp {
        // 2023-11-15 00:00:00 in China.
        Timestamp::from_second(1_699_977_600 + secs).unwrap()
    }

    #[test]
    fn each_window_has_its_code_and_ends() {
        let limits = |second, minute, day| Limits {
            per_second: second,
            per_minute: minute,
            daily: day,
            ..Limits::default()
        };
        let cases = [
            (limits(Some(2), None, 99), 44990, 1),
            (limits(None, Some(2), 99), 45011, 60),
            (limits(None, None, 2), 45009, 86_400),
        ];
        for (limits, errcode, later) in cases {
            let mut usage = Usage::default();
            let answers: Vec<_> = (0..3)
                .map(|_| usage.take("/a", &limits, at(0)).map_err(|no| no.errcode))
                .collect();
            assert_eq!(answers, [Ok(()), Ok(()), Err(errcode)]);
            assert!(usage.take("/a", &limits, at(later - 1)).is_err());
            assert_eq!(usage.take("/a", &limits, at(later)), Ok(()));
        }
    }

    #[test]
    fn paths_have_quotas_of_their_own() {
        let mut limits = Limits::default();
        limits.daily_by_path.insert("/a".into(), 1);
        let mut usage = Usage::default();
        assert_eq!(usage.take("/a", &limits, at(0)), Ok(()));
        assert_eq!(usage.take("/a", &limits, at(1)).unwrap_err().errcode, 45009);
        assert_eq!(usage.take("/b", &limits, at(1)), Ok(()));
        assert_eq!(usage.used("/a", at(1)), 1);
    }
}
