//! What WeChat tells about itself: what a request was that it received, and how often a call may still be made.
//! Only for people; nothing about an order is ever decided from it.

use serde::{Deserialize, Serialize};

use super::{CallFailure, Timestamp};

/// Longest request id, in bytes.
const MAX_RID_BYTES: usize = 64;
/// WeChat tells of a request for so many days (76001 afterwards).
pub const RID_DAYS: i64 = 7;
/// Resets of all quotas that an account has in a month.
pub const RESETS_PER_MONTH: usize = 10;
/// What a person types before the quotas are reset: the number of resets in a month.
pub const RESET_TYPED: &str = "10";

/// A request id as WeChat writes it, also when it was copied with the word before it; `None` when it is none.
pub fn parse_rid(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let typed = typed.strip_prefix("rid").unwrap_or(typed);
    let rid = typed
        .trim_start_matches([':', '：', ' '])
        .trim()
        .to_ascii_lowercase();
    let fits = (1..=MAX_RID_BYTES).contains(&rid.len())
        && rid.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'))
        && rid.bytes().any(|b| b != b'-');
    fits.then_some(rid)
}

/// What WeChat received under a request id and answered to it. Texts are masked: no token, no secret, no whole phone,
/// payers shortened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RidRecord {
    /// When it was received; `None` when the answer does not say.
    pub invoked_at: Option<Timestamp>,
    /// How long WeChat worked on it, in milliseconds.
    pub cost_millis: i64,
    /// The parameters behind the address.
    pub url: String,
    /// The body that was received.
    pub request: String,
    /// The body that was answered.
    pub response: String,
    /// The address of the caller as WeChat saw it; may be empty.
    pub client_ip: String,
}

/// How often a call may be made on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayQuota {
    /// Calls per day.
    pub daily_limit: i64,
    /// Calls used today.
    pub used: i64,
    /// Calls left today.
    pub remain: i64,
    /// Calls in each period of so many seconds, when WeChat tells it.
    pub rate: Option<(i64, i64)>,
}

impl DayQuota {
    /// The used part, 0 to 1; 0 without a limit.
    pub fn used_part(&self) -> f32 {
        if self.daily_limit <= 0 {
            return 0.0;
        }
        (self.used.max(0) as f32 / self.daily_limit as f32).clamp(0.0, 1.0)
    }
}

/// The quota of one call, or why WeChat did not tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallQuota {
    /// The path of the call.
    pub path: &'static str,
    /// What WeChat says.
    pub answer: Result<DayQuota, CallFailure>,
}

/// How the last reset of the quotas stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResetState {
    /// None was asked for.
    #[default]
    Never,
    /// It may have left.
    Sending,
    /// WeChat has done it.
    Done,
    /// WeChat has not done it.
    Failed(CallFailure),
    /// It is not known whether it was done; the quotas show it.
    Unclear,
}

/// The resets of an account's quotas that were asked for from here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Resets {
    /// The last one.
    pub state: ResetState,
    /// When each was asked for that was or may have been done, oldest first.
    pub at: Vec<Timestamp>,
}

impl Resets {
    /// Those of the month of `now` in China, as far as they were made from here.
    pub fn this_month(&self, now: Timestamp) -> usize {
        let month = |at: Timestamp| at.rfc3339().chars().take(7).collect::<String>();
        let current = month(now);
        self.at.iter().filter(|at| month(**at) == current).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rid_is_read_as_people_copy_it_and_nothing_else_is_one() {
        for (typed, read) in [
            ("65f1a2b3-0a1b2c3d-4e5f6071", Some("65f1a2b3-0a1b2c3d-4e5f6071")),
            (" rid: 65F1A2B3-0a1b ", Some("65f1a2b3-0a1b")),
            ("rid 65f1", Some("65f1")),
            ("rid：65f1", Some("65f1")),
            ("", None),
            ("rid:", None),
            ("--", None),
            ("65f1 0a1b", None),
            ("4200x", None),
            ("订单", None),
        ] {
            assert_eq!(parse_rid(typed).as_deref(), read, "{typed}");
        }
        assert_eq!(parse_rid(&"a".repeat(65)), None);
    }

    #[test]
    fn resets_count_by_the_month_in_china() {
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let resets = Resets {
            at: vec![
                at("2026-10-31T23:59:59+08:00"),
                at("2026-11-01T00:00:00+08:00"),
                at("2026-11-21T12:00:00+08:00"),
            ],
            ..Resets::default()
        };
        assert_eq!(resets.this_month(at("2026-11-30T23:00:00+08:00")), 2);
        assert_eq!(resets.this_month(at("2026-12-01T00:00:00+08:00")), 0);
        assert_eq!(RESET_TYPED, RESETS_PER_MONTH.to_string());
    }

    #[test]
    fn the_used_part_stays_between_nothing_and_all() {
        let part = |daily_limit, used| {
            DayQuota {
                daily_limit,
                used,
                remain: 0,
                rate: None,
            }
            .used_part()
        };
        assert_eq!(part(0, 5).to_bits(), 0.0_f32.to_bits());
        assert_eq!(part(10, 5).to_bits(), 0.5_f32.to_bits());
        assert_eq!(part(10, 50).to_bits(), 1.0_f32.to_bits());
    }
}
