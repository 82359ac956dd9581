//! Moments as milliseconds since 1970 UTC, and the one clock rule that matters: `upload_time` only goes forward.

use std::time::Duration;

use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// A moment in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(i64);

/// China has one time zone and no summer time; WeChat's days end at its midnight.
pub fn china() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

impl Timestamp {
    /// From milliseconds since 1970 UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From seconds since 1970 UTC, the unit of WeChat's replies; saturates at the ends of the range.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Milliseconds since 1970 UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970 UTC, rounded down.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The moment `span` later; saturates.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// The moment `span` earlier; saturates.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)),
        )
    }

    /// How long after `earlier` this is; zero when it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// RFC 3339 at +08:00, with milliseconds only when they are not zero: staff of WeChat ask for that
    /// (contract 3.0). Never contains a blank.
    pub fn rfc3339(self) -> String {
        let Ok(at) = jiff::Timestamp::from_millisecond(self.0) else {
            return String::from("1970-01-01T08:00:00+08:00");
        };
        let at = at.to_zoned(china());
        let format = if self.0.rem_euclid(1000) == 0 {
            "%Y-%m-%dT%H:%M:%S%:z"
        } else {
            "%Y-%m-%dT%H:%M:%S.%3f%:z"
        };
        at.strftime(format).to_string()
    }

    /// Reads RFC 3339, or `YYYY-MM-DD` as the start of that day at +08:00. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = text.parse::<jiff::Timestamp>() {
            return Some(Self(at.as_millisecond()));
        }
        let day: jiff::civil::Date = text.parse().ok()?;
        Some(Self(day.to_zoned(china()).ok()?.timestamp().as_millisecond()))
    }

    /// The next midnight at +08:00, when WeChat's daily quotas return.
    #[must_use]
    pub fn next_china_midnight(self) -> Self {
        const DAY_MS: i64 = 86_400_000;
        const SHIFT_MS: i64 = 28_800_000;
        let day = self
            .0
            .saturating_add(SHIFT_MS)
            .div_euclid(DAY_MS)
            .saturating_add(1);
        Self(day.saturating_mul(DAY_MS).saturating_sub(SHIFT_MS))
    }
}

/// The `upload_time` of a new intent: the server's now, but later than the newest upload that the look
/// showed by at least a second, so that WeChat's ordering rule (contract 3.0) accepts it even when this
/// computer's clock is slow. Milliseconds are never zero, so the text always has the same shape.
pub fn next_upload_time(server_now: Timestamp, newest_seen: Option<Timestamp>) -> Timestamp {
    let floor = newest_seen.map_or(i64::MIN, |seen| seen.millis().saturating_add(1000));
    let at = server_now.millis().max(floor);
    Timestamp(if at.rem_euclid(1000) == 0 {
        at.saturating_add(1)
    } else {
        at
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_is_at_plus_eight_and_omits_zero_milliseconds() {
        for (millis, text) in [
            (0, "1970-01-01T08:00:00+08:00"),
            (1, "1970-01-01T08:00:00.001+08:00"),
            (1_700_000_000_120, "2023-11-15T06:13:20.120+08:00"),
            (1_700_000_000_000, "2023-11-15T06:13:20+08:00"),
        ] {
            assert_eq!(Timestamp(millis).rfc3339(), text);
            assert_eq!(Timestamp::parse(text), Some(Timestamp(millis)));
        }
    }

    #[test]
    fn a_bare_day_is_a_day_in_china() {
        assert_eq!(Timestamp::parse("1970-01-02"), Some(Timestamp::from_secs(57_600)));
        assert_eq!(Timestamp::parse("soon"), None);
    }

    #[test]
    fn upload_time_is_later_than_anything_seen_and_never_on_a_whole_second() {
        let now = Timestamp::from_secs(1000);
        assert_eq!(next_upload_time(now, None), Timestamp(1_000_001));
        assert_eq!(
            next_upload_time(now, Some(Timestamp::from_secs(5000))),
            Timestamp(5_001_001)
        );
        assert_eq!(
            next_upload_time(Timestamp(1_000_500), Some(Timestamp::from_secs(900))),
            Timestamp(1_000_500)
        );
    }

    #[test]
    fn quota_returns_at_midnight_in_china() {
        let noon = Timestamp::parse("2026-11-21T12:00:00+08:00").unwrap();
        assert_eq!(noon.next_china_midnight().rfc3339(), "2026-11-22T00:00:00+08:00");
        let midnight = Timestamp::parse("2026-11-22").unwrap();
        assert_eq!(
            midnight.next_china_midnight().rfc3339(),
            "2026-11-23T00:00:00+08:00"
        );
    }
}
