//! What can go wrong on purpose: which call (`When`) meets which mishap (`What`).
//!
//! Separate because tests, the control routes and fault files write the same script.

use jiff::Timestamp;

/// One line of the script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The path, or its last part (`upload_shipping_info`), or `*` for all.
    pub path: String,
    /// Which of the calls to it.
    pub when: When,
    /// Only calls for these orders (`transaction_id`); empty for all.
    pub orders: Vec<String>,
    /// The mishap.
    pub what: What,
}

/// Which calls are meant, counted from the moment the fault was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// The next so many calls that no earlier fault takes.
    Next(u32),
    /// The n-th call, counted from 1.
    Nth(u32),
    /// Every n-th call.
    Every(u32),
    /// Every call after the first n.
    After(u32),
    /// Every call.
    Always,
    /// Every call within so many seconds from the first one.
    ForSecs(u32),
}

/// The mishap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The request is lost: not carried out, connection closed without an answer.
    DropBeforeApply,
    /// The request is carried out, then the connection is closed without an answer.
    DropReplyAfterApply,
    /// The connection is closed at once without an answer; the request is carried out later.
    ApplyLate {
        /// Milliseconds until then.
        ms: u64,
    },
    /// The request waits, is carried out, and truly answered.
    Delay {
        /// Milliseconds before it is carried out.
        ms: u64,
    },
    /// The request is carried out at once, its true answer waits.
    DelayReply {
        /// Milliseconds before the answer.
        ms: u64,
    },
    /// Something else is answered.
    Answer {
        /// Whether the request is carried out before.
        applied: bool,
        /// What is answered.
        answer: Answer,
    },
    /// Something happens just before the request, which then takes its true course.
    Happen(Happening),
}

/// What is answered in place of the truth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// This `errcode`.
    Errcode(i64),
    /// The true answer with `errcode` in quotes.
    ErrcodeAsString,
    /// The true answer without `errcode`.
    NoErrcode,
    /// The true answer without a charset in its `Content-Type`.
    NoCharset,
    /// This HTTP status with an empty body.
    Status(u16),
    /// This HTTP status with a web page, as proxies and portals answer.
    Html(u16),
    /// 307 to this address.
    Redirect(String),
    /// 200 with this body, for everything that is not in this list.
    Body(String),
    /// 200 with an empty body.
    Empty,
    /// 200 with the first half of the true JSON, properly ended.
    Truncated,
    /// 200 that promises the true JSON, sends half and closes the connection.
    CutBody,
    /// 200 with a body that does not end.
    Endless,
    /// The true answer, one byte after another.
    Drip {
        /// Milliseconds between two bytes.
        ms: u64,
    },
}

/// What happens in the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Another system forces a new token.
    KillToken,
    /// The merchant takes its authorisation away from the platform.
    PlatformRevoked,
    /// The ticket of the platform has become older than twelve hours.
    TicketExpired,
    /// The merchant authorises the platform anew: the refresh token before is not valid any more.
    AuthorisedAgain,
    /// Another system ships the order of this request.
    SomeoneElseShips {
        /// The courier's `delivery_id`.
        express_company: String,
        /// The tracking number.
        tracking_no: String,
    },
    /// The order of this request is refunded.
    Refund,
    /// The buyer confirms receipt of the order of this request.
    BuyerConfirms,
    /// The order of this request cannot be found for a while.
    NotVisible {
        /// Seconds.
        secs: i64,
    },
    /// From now on the order of this request is reported in this state.
    ReportState(i64),
    /// From now on this address is not in the whitelist.
    IpNotAllowed(String),
    /// From now on the service is not opened (48001).
    ServiceClosed,
    /// From now on the `Date` header is wrong.
    DateSkew {
        /// Seconds.
        secs: i64,
    },
}

impl Fault {
    /// A fault for all orders.
    pub fn new(path: impl Into<String>, when: When, what: What) -> Self {
        Self {
            path: path.into(),
            when,
            orders: Vec::new(),
            what,
        }
    }

    /// A fault for the next call.
    pub fn next(path: impl Into<String>, what: What) -> Self {
        Self::new(path, When::Next(1), what)
    }

    /// Keeps the fault to these orders (`transaction_id`).
    #[must_use]
    pub fn for_orders(mut self, orders: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.orders = orders.into_iter().map(Into::into).collect();
        self
    }

    fn means(&self, path: &str, transaction_ids: &[String]) -> bool {
        let here = self.path == "*"
            || self.path == path
            || path
                .strip_suffix(self.path.as_str())
                .is_some_and(|rest| rest.ends_with('/'));
        let this_one = transaction_ids.iter().any(|id| self.orders.contains(id));
        here && (self.orders.is_empty() || this_one)
    }
}

impl What {
    /// An `errcode` in place of carrying the request out.
    pub fn errcode(errcode: i64) -> Self {
        Self::Answer {
            applied: false,
            answer: Answer::Errcode(errcode),
        }
    }

    /// An `errcode` although the request was carried out.
    pub fn errcode_after_apply(errcode: i64) -> Self {
        Self::Answer {
            applied: true,
            answer: Answer::Errcode(errcode),
        }
    }

    /// A spoiled answer to a request that was carried out.
    pub fn answer(answer: Answer) -> Self {
        Self::Answer {
            applied: true,
            answer,
        }
    }

    /// A word for the ledger.
    pub fn word(&self) -> &'static str {
        match self {
            Self::DropBeforeApply => "drop_before_apply",
            Self::DropReplyAfterApply => "drop_reply_after_apply",
            Self::ApplyLate { .. } => "apply_late",
            Self::Delay { .. } => "delay",
            Self::DelayReply { .. } => "delay_reply",
            Self::Answer { .. } => "answer",
            Self::Happen(_) => "happen",
        }
    }
}

/// The faults that are set, with their counts.
#[derive(Debug, Clone, Default)]
pub struct Script {
    lines: Vec<Line>,
}

#[derive(Debug, Clone)]
struct Line {
    fault: Fault,
    seen: u32,
    fired: u32,
    first_at: Option<Timestamp>,
}

/// What one call meets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What happens first, in the order it was set.
    pub happenings: Vec<Happening>,
    /// The mishap of the call itself.
    pub mishap: Option<What>,
}

impl Script {
    /// Adds a fault behind those already set.
    pub fn push(&mut self, fault: Fault) {
        self.lines.push(Line {
            fault,
            seen: 0,
            fired: 0,
            first_at: None,
        });
    }

    /// Forgets all faults.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// Counts a call and says what it meets: every happening, and the first mishap that is due.
    pub fn choose(&mut self, path: &str, transaction_ids: &[String], now: Timestamp) -> Chosen {
        let mut chosen = Chosen::default();
        for line in self
            .lines
            .iter_mut()
            .filter(|line| line.fault.means(path, transaction_ids))
        {
            line.seen = line.seen.saturating_add(1);
            let first_at = *line.first_at.get_or_insert(now);
            if !line.due(now, first_at) {
                continue;
            }
            if let What::Happen(happening) = &line.fault.what {
                chosen.happenings.push(happening.clone());
            } else if chosen.mishap.is_none() {
                chosen.mishap = Some(line.fault.what.clone());
            } else {
                continue;
            }
            line.fired = line.fired.saturating_add(1);
        }
        chosen
    }
}

impl Line {
    fn due(&self, now: Timestamp, first_at: Timestamp) -> bool {
        match self.fault.when {
            When::Next(count) => self.fired < count,
            When::Nth(n) => self.seen == n,
            When::Every(n) => self.seen.checked_rem(n) == Some(0),
            When::After(n) => self.seen > n,
            When::Always => true,
            When::ForSecs(secs) => now.as_second().saturating_sub(first_at.as_second()) < i64::from(secs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/wxa/sec/order/upload_shipping_info";

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + secs).unwrap()
    }

    /// Which of nine calls, one a second, meet the fault.
    #[track_caller]
    fn check(when: When, expected: &[i64]) {
        let mut script = Script::default();
        script.push(Fault::new("upload_shipping_info", when, What::DropBeforeApply));
        let met: Vec<i64> = (1..=9)
            .filter(|call| script.choose(PATH, &[], at(*call)).mishap.is_some())
            .collect();
        assert_eq!(met, expected, "{when:?}");
    }

    #[test]
    fn each_when_means_its_calls() {
        check(When::Next(1), &[1]);
        check(When::Next(3), &[1, 2, 3]);
        check(When::Nth(4), &[4]);
        check(When::Every(4), &[4, 8]);
        check(When::Every(0), &[]);
        check(When::After(7), &[8, 9]);
        check(When::Always, &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        check(When::ForSecs(2), &[1, 2]);
    }

    #[test]
    fn faults_for_the_next_call_queue_up() {
        let mut script = Script::default();
        script.push(Fault::next("*", What::DropReplyAfterApply));
        script.push(Fault::next("*", What::errcode(-1)));
        assert_eq!(
            script.choose(PATH, &[], at(0)).mishap,
            Some(What::DropReplyAfterApply)
        );
        assert_eq!(script.choose(PATH, &[], at(0)).mishap, Some(What::errcode(-1)));
        assert_eq!(script.choose(PATH, &[], at(0)).mishap, None);
    }

    #[test]
    fn paths_and_orders_are_kept_apart() {
        let fault = Fault::new("get_order", When::Always, What::DropBeforeApply).for_orders(["42"]);
        for (path, order, expected) in [
            ("/wxa/sec/order/get_order", &["42"][..], true),
            ("/wxa/sec/order/get_order", &["43"], false),
            ("/wxa/sec/order/get_order", &[], false),
            ("/wxa/sec/order/get_order_list", &["42"], false),
            ("/wxa/sec/order/forget_order", &["42"], false),
        ] {
            let ids: Vec<String> = order.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(fault.means(path, &ids), expected, "{path} {order:?}");
        }
    }

    #[test]
    fn what_happens_before_does_not_take_the_place_of_a_mishap() {
        let mut script = Script::default();
        script.push(Fault::next("*", What::Happen(Happening::KillToken)));
        script.push(Fault::next("*", What::DropBeforeApply));
        let chosen = script.choose(PATH, &[], at(0));
        assert_eq!(chosen.happenings, [Happening::KillToken]);
        assert_eq!(chosen.mishap, Some(What::DropBeforeApply));
    }
}
