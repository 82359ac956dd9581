//! Calls about the account instead of an order: couriers, the two switches of the service, quotas.
//!
//! Separate because they are asked at start-up and by the account's checks, never while shipping.

use serde::Serialize;
use serde_json::Value;

use super::lenient;
use crate::domain::Courier;

/// How often a call may still be made today (contract section 1, `quota/get`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Calls per day.
    pub daily_limit: i64,
    /// Calls used today.
    pub used: i64,
    /// Calls left today.
    pub remain: i64,
    /// The limit for short times, when WeChat tells it.
    pub rate: Option<RateLimit>,
}

/// A limit for short times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Calls allowed in each period.
    pub calls: i64,
    /// Length of the period in seconds.
    pub period_secs: i64,
}

#[derive(Serialize)]
struct AppIdRequest<'a> {
    appid: &'a str,
}

#[derive(Serialize)]
struct QuotaRequest<'a> {
    cgi_path: &'a str,
}

/// The body of the two questions about the account.
pub(super) fn appid_request(appid: &str) -> Vec<u8> {
    super::to_json(&AppIdRequest { appid })
}

/// The body of `quota/get`.
pub(super) fn quota_request(cgi_path: &str) -> Vec<u8> {
    super::to_json(&QuotaRequest { cgi_path })
}

/// The couriers of an answer; entries without an id are left out.
pub(super) fn read_couriers(answer: &Value) -> Vec<Courier> {
    lenient::list(answer, "delivery_list")
        .iter()
        .map(|entry| Courier {
            id: lenient::text(entry, "delivery_id"),
            name: lenient::text(entry, "delivery_name"),
        })
        .filter(|courier| !courier.id.is_empty())
        .collect()
}

/// The quota of an answer; `None` when there is none.
pub(super) fn read_quota(answer: &Value) -> Option<Quota> {
    let quota = answer
        .get("quota")
        .filter(|quota| quota.get("daily_limit").is_some())?;
    let rate = lenient::object(answer, "rate_limit");
    let rate = RateLimit {
        calls: lenient::integer(rate, "call_count"),
        period_secs: lenient::integer(rate, "refresh_second"),
    };
    Some(Quota {
        daily_limit: lenient::integer(quota, "daily_limit"),
        used: lenient::integer(quota, "used"),
        remain: lenient::integer(quota, "remain"),
        rate: (rate.calls > 0 && rate.period_secs > 0).then_some(rate),
    })
}
