//! What stands above the list: its age, the fetch that is under way or broke off, and the pager's words.
//! Apart from the rows, because it speaks of the list as a whole.

use crate::domain::{FailureKind, OrderQuery, Timestamp};
use crate::engine::{Fetch, Orders};
use crate::i18n::{Lang, explain_failure, format, text, text_with};

use super::cells::{Said, Tone};

/// What the fetch line offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchOffer {
    /// Nothing.
    None,
    /// Stop the fetch.
    Stop,
    /// Go on where it broke off: the same query again.
    GoOn(OrderQuery),
    /// There is no list for this account: type a number.
    Find,
}

/// The line above the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FetchLine {
    /// What happened.
    pub said: Said,
    /// Why and what to do; empty when there is nothing to explain.
    pub detail: String,
    /// The codes for support; may be empty.
    pub small: String,
    /// What can be done.
    pub offer: FetchOffer,
}

/// Where the fetch stands, in words; `None` when there is nothing to say.
pub fn fetch_line(lang: Lang, orders: &Orders, now: Timestamp) -> Option<FetchLine> {
    let plain = |said, offer| FetchLine {
        said,
        detail: String::new(),
        small: String::new(),
        offer,
    };
    match &orders.fetch {
        Fetch::Idle => None,
        Fetch::Running {
            pages, orders: count, ..
        } => {
            let args = [
                ("pages", (*pages).into()),
                ("count", format::count(*count).into()),
            ];
            let words = text_with(lang, "orders-fetching", &args);
            Some(plain(Said::new(words, Tone::Busy), FetchOffer::Stop))
        }
        Fetch::Failed { failure, .. } if failure.kind == FailureKind::NotForPlatforms => {
            let why = explain_failure(lang, failure);
            Some(FetchLine {
                said: Said::new(text(lang, "orders-barred"), Tone::Warn),
                detail: text(lang, "orders-barred-advice"),
                small: why.code,
                offer: FetchOffer::Find,
            })
        }
        Fetch::Failed {
            query,
            pages,
            orders: count,
            failure,
        } => {
            let why = explain_failure(lang, failure);
            let page = pages.saturating_add(1);
            let args = [
                ("page", page.into()),
                ("count", format::count(*count).into()),
                ("why", why.title.into()),
            ];
            Some(FetchLine {
                said: Said::new(text_with(lang, "orders-fetch-failed", &args), Tone::Bad),
                // Waiting repairs no account; anything else goes on where it broke off.
                detail: if failure.stops_account() {
                    why.action
                } else {
                    text(lang, "orders-fetch-go-on-advice")
                },
                small: why.code,
                offer: FetchOffer::GoOn(query.clone()),
            })
        }
        Fetch::Complete {
            orders: count, at, ..
        } => {
            let args = [
                ("count", format::count(*count).into()),
                ("age", format::age(lang, *at, now).into()),
            ];
            let words = text_with(lang, "orders-fetch-complete", &args);
            Some(plain(Said::new(words, Tone::Quiet), FetchOffer::None))
        }
    }
}

/// WeChat gives this account no list (ruling C-31): what is known are the orders that were looked up.
pub fn is_barred(orders: &Orders) -> bool {
    matches!(&orders.fetch, Fetch::Failed { failure, .. } if failure.kind == FailureKind::NotForPlatforms)
}

/// How old the list is, and whether WeChat could not be reached for a newer one.
pub fn list_age(lang: Lang, orders: &Orders, now: Timestamp) -> Said {
    let age = age_of_list(lang, orders, now);
    match &orders.fetch {
        Fetch::Failed { failure, .. } if failure.kind.is_trouble() => Said::new(
            text_with(lang, "orders-offline", &[("age", age.into())]),
            Tone::Warn,
        ),
        Fetch::Failed { .. } | Fetch::Idle | Fetch::Running { .. } | Fetch::Complete { .. } => {
            Said::new(age, Tone::Quiet)
        }
    }
}

fn age_of_list(lang: Lang, orders: &Orders, now: Timestamp) -> String {
    match orders.read_at {
        None => text(lang, "orders-never-read"),
        Some(at) => text_with(
            lang,
            "orders-read-at",
            &[
                ("at", format::time_of_day(at).into()),
                ("age", format::age(lang, at, now).into()),
            ],
        ),
    }
}
